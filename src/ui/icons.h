// Drawn icons: lines and discs, sharp at every scale, no image files. Each fills a square of `size`
// pixels about `centre`.
#pragma once

#include <imgui.h>

#include "anatomy/body.h"
#include "session/session.h"
#include "ui/theme.h"

namespace ui {

enum class Icon {
  kUndo,
  kRedo,
  kFrame,
  kHelp,
  kXray,
  kNerves,
  kShowAll,
  kHide,
  kIsolate,
  kFacts,
  kRoll,
  kHold,
  kMirror,
  kStartOver,
  kClose,
  kMinus,
  kPlus,
  kColours,
  kDepth,
  kLimits,
  kWarning,
  kStop,
  kFolder,
  kFile,
  kBody,
  kUp,
  kSave,
  kSearch,
  kTree,
  kUnder,
  kCheck,
  kDisplay,
  kLabels,
  kViews,
  kDoor,
  kTender,
  kBefore,
  kNext,
  kFoldLeft,
  kFoldRight,
  kFoldDown,
  kTargets
};

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);
// The stack of layers with this one on top.
void draw_layer_icon(ImDrawList& list, anatomy::Layer layer, ImVec2 centre, float size,
                     ImU32 colour);
// An attachment seen from the skin; balls are to scale with each other (attachment_icon.cpp).
void draw_attachment(ImDrawList& list, const tool::AttachmentSpec& attachment, ImVec2 centre,
                     float width_px, const Theme& theme);
// The program's mark: two balls on a bar.
void draw_mark(ImDrawList& list, ImVec2 centre, float size, const Theme& theme);

}  // namespace ui
