// Names, scale bar and the figure that shows the patient's left, beside the body.
#include <cmath>

#include "app/app_impl.h"
#include "app/plate_view.h"
#include "base/hash.h"

namespace app {
namespace {

constexpr float kSameSpotM = 0.004f;

// All that decides which structures are seen where, loads apart: they flicker under a moving head.
std::uint64_t hash_of(const session::Document& document, const draw::Camera& camera,
                      const ui::Rect& free, bool holds_tool,
                      std::span<const scene::CutRegion> cut) {
  base::Hash hash;
  hash.add(static_cast<int>(document.layer));
  hash.add((document.xray ? 1 : 0) + (document.nerves ? 2 : 0) + (holds_tool ? 4 : 0));
  for (const auto* flags : {&document.hidden, &document.isolated, &document.selected})
    hash.add_bytes(flags->data(), flags->size());
  for (const float v : {camera.pivot_m.x, camera.pivot_m.y, camera.pivot_m.z, camera.distance_m,
                        camera.yaw_rad, camera.pitch_rad, free.x, free.y, free.width, free.height})
    hash.add(v);
  // A held head sinks in by hundredths of a millimetre: that moves no name.
  for (const scene::CutRegion& region : cut) {
    hash.add(region.structure);
    for (const float x : {region.at_m.x, region.at_m.y, region.at_m.z})
      hash.add(std::lround(x / kSameSpotM));
  }
  return hash.value();
}

}  // namespace

// What cards leave of the free part.
ui::Rect App::Impl::plate_area() const {
  const session::Document& document = *session->snapshot().document;
  ui::Rect area = layout.free;
  for (const std::uint8_t selected : document.selected) {
    if (selected == 0) continue;
    area.height -= theme.px(72.0f);
    break;
  }
  if (document.field != session::Field::kNatural || document.limits) area.width -= theme.px(144.0f);
  return area;
}

void App::Impl::update_plate() {
  const session::Snapshot snapshot = session->snapshot();
  const draw::Camera& now = camera.camera();
  view.plate_area = plate_area();
  view.plate_columns = ui::make_plate_columns(view.plate_area, layout.scale);
  set_view(view.plate, now, camera.viewport_px());
  const bool wanted = view.display.labels && !is_story_shown();
  if (!wanted) {
    label_layout.clear();
    view.plate.labels.clear();
    label_hash = 0;
    return;
  }
  if (label_finder == nullptr) label_finder = std::make_unique<scene::LabelFinder>(body);
  // Of the picture before this one: the face follows the head, and names follow the face.
  const bool cut = cut_plane() != scene::CutPlane::kNone;
  const auto regions = cut ? painter->cut_regions() : std::span<const scene::CutRegion>();
  const std::uint64_t hash =
      hash_of(*snapshot.document, now, view.plate_area, pointer.is_dragging_tool(), regions);
  const bool moving = camera.is_moving() || (pointer.is_dragging() && !pointer.is_dragging_tool());
  if (hash != label_hash || (labels_follow && !moving)) {
    const scene::PictureArea area = between(view.plate_columns, view.plate_area);
    if (cut) {
      label_finder->find_on_cut(regions, snapshot, now, camera.viewport_px(), area);
    } else if (moving) {
      label_finder->follow(snapshot, now, camera.viewport_px(), area);
    } else {
      label_finder->find(snapshot, now, camera.viewport_px(), area);
    }
    label_layout.update(label_finder->anchors(), label_area(view.plate_columns), !moving);
    label_hash = hash;
    labels_follow = moving;
  }
  set_labels(view.plate, label_layout, snapshot);
}

}  // namespace app
