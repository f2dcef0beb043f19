// The building blocks of every panel. Each places itself at a rectangle, registers it with the
// controls under its id, shows hover, press, focus and disabled states and a tooltip.
#pragma once

#include <optional>
#include <string_view>

#include "base/function_ref.h"
#include "ui/context.h"
#include "ui/icons.h"

namespace ui {

enum class Align { kLeft, kCentre, kRight };

// A panel that holds still: an ImGui window of its own with a rounded surface.
class Panel {
 public:
  Panel(Context& context, const char* name, const Rect& rect, bool over_others = false);
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;
};

struct ButtonLook {
  bool enabled = true;
  bool selected = false;
  bool quiet = true;  // no surface of its own until the pointer is over it
  std::string_view tooltip = {};
};

// Draws inside the button; the colour is the one for its state.
using DrawInside = base::FunctionRef<void(ImDrawList& list, const Rect& rect, ImU32 colour)>;

bool button(Context& context, std::string_view id, const Rect& rect, const ButtonLook& look,
            const DrawInside& draw_inside);
bool icon_button(Context& context, std::string_view id, const Rect& rect, Icon icon,
                 const ButtonLook& look);
// An icon (or none: pass nothing) with words beside it.
bool text_button(Context& context, std::string_view id, const Rect& rect, std::string_view label,
                 const ButtonLook& look);
bool icon_text_button(Context& context, std::string_view id, const Rect& rect, Icon icon,
                      std::string_view label, const ButtonLook& look);

// The button that puts a panel away; with its word beside the icon where there is room.
void fold_button(Context& context, const char* id, const Rect& rect, Icon icon, bool words,
                 bool Folds::*panel);
void fold(Context& context, bool Folds::*panel, bool away);

// Words in one line, cut with an ellipsis where they do not fit.
void draw_text(ImDrawList& list, ImFont* font, const Rect& rect, Align align, ImU32 colour,
               std::string_view text);
float text_width(const ImFont* font, std::string_view text);
// Words over several lines; returns the height they take.
float draw_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width, ImU32 colour,
                     std::string_view text);
// A neutral mark of what a figure rests on: "physics", "measured in people", "hypothesis",
// "assumed". Ends at `right`; returns where it begins.
float draw_badge(Context& context, ImVec2 right_centre, const char* key);
void draw_bar(ImDrawList& list, const Rect& rect, float share, ImU32 track, ImU32 fill);

// What became of a value in hand.
struct Edit {
  bool changed = false;    // live: a preview
  bool committed = false;  // let go
  float value = 0.0f;
};

// A horizontal slider over [0, top]; filled with the accent where no other colour is asked for.
Edit slider(Context& context, std::string_view id, const Rect& rect, float value, float top,
            float step, std::string_view tooltip, std::optional<ImU32> fill = {});

// A round dial: the pointer's direction from its centre is the value. `direction` turns a value
// into the angle of the hand, clockwise from right on screen.
struct DialScale {
  float low = 0.0f;
  float high = 0.0f;
  float snap = 0.0f;              // soft: nearby values jump to it
  float degrees_per_unit = 1.0f;  // sign: which way is up
  bool both_ends = false;         // a bar points both ways
};
Edit dial(Context& context, std::string_view id, const Rect& rect, float value,
          const DialScale& scale, std::string_view tooltip);

}  // namespace ui
