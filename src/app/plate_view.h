// From what scene/ finds to what ui/ draws beside the body: names, scale, orientation. And the same
// over a picture without a window.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "draw/camera.h"
#include "scene/labels.h"
#include "scene/scene.h"
#include "session/session.h"
#include "ui/plate.h"

namespace app {

// The studio that suits the look of the interface.
scene::Studio studio_of(ui::Look look);
// Scale and orientation of what the camera sees.
void set_view(ui::Plate& plate, const draw::Camera& camera, glm::vec2 viewport_px);
// The picture between the columns of words.
scene::PictureArea between(const ui::PlateColumns& columns, const ui::Rect& area);
scene::LabelArea label_area(const ui::PlateColumns& columns);
void set_labels(ui::Plate& plate, const scene::LabelLayout& layout,
                const session::Snapshot& snapshot);

// Draws a plate over a finished picture. Needs a current OpenGL context for its whole life.
class PlatePainter {
 public:
  // Words suit a picture of this size; `assets` holds the translations.
  static base::Result<std::unique_ptr<PlatePainter>> make(const std::filesystem::path& fonts,
                                                          const std::filesystem::path& assets,
                                                          int width_px, int height_px,
                                                          ui::Look look);
  virtual ~PlatePainter() = default;

  virtual void paint(const session::Snapshot& snapshot,
                     const std::shared_ptr<const anatomy::BodyIndex>& body,
                     const draw::Camera& camera, std::span<const scene::CutRegion> cut,
                     unsigned framebuffer) = 0;
};

// What is left for the body between the words, of the width.
inline constexpr float kPlateBodyShare = 0.5f;

}  // namespace app
