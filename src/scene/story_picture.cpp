#include "scene/story_picture.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <utility>

#include "base/hash.h"
#include "scene/colour_maps.h"

namespace scene {
namespace {

constexpr float kGlass = 0.20f;
// How far a nerve that is pressed as hard as its story goes turns to the colour of pain.
constexpr float kPressedShare = 0.85f;

}  // namespace

StoryPicture::StoryPicture(guide::StoryMoment moment)
    : moment_(std::move(moment)), builder_(moment_.body) {
  document_.layer = anatomy::Layer::kSkin;
  const std::size_t count = moment_.body->structures.size();
  document_.hidden.assign(count, 0);
  document_.isolated = document_.selected = document_.hidden;
}

const draw::DrawList& StoryPicture::build(const ViewState& view) {
  session::Snapshot snapshot;
  snapshot.document = &document_;
  ViewState finest = view;
  finest.lod = 0;
  finest.standing = false;
  list_ = builder_.build(snapshot, finest);
  // One mesh on the GPU, whichever moment it is: a slider in hand makes dozens.
  base::Hash name;
  name.add_bytes("story", 5);
  list_.body.mesh.id = name.value();
  base::Hash version;
  version.add_bytes(moment_.body->id.data(), moment_.body->id.size());
  list_.body.mesh.version = version.value();
  for (std::size_t i = 0; i < list_.body.styles.size(); ++i) {
    draw::StructureStyle& style = list_.body.styles[i];
    // Told apart from the bones that they lie between.
    if (moment_.body->structures[i].kind == anatomy::Kind::kDisc)
      style.colour = from_srgb(0x7FA9C4);
    if (moment_.glass[i] != 0) style.opacity = kGlass;
    const float pressed = kPressedShare * std::sqrt(moment_.pressed[i]);
    style.colour = glm::mix(style.colour, from_srgb(0xD83A2B), pressed);
  }
  return list_;
}

draw::Camera story_camera(const guide::StoryMoment& moment, float width_m, float aspect) {
  draw::Camera camera;
  camera.pivot_m = moment.look_at_m;
  camera.yaw_rad = std::atan2(moment.from.x, moment.from.z);
  camera.pitch_rad = std::asin(std::clamp(moment.from.y, -1.0f, 1.0f));
  const float height = width_m / std::min(1.0f, aspect);
  camera.distance_m = 0.5f * height / std::tan(0.5f * camera.vertical_fov_rad);
  return camera;
}

}  // namespace scene
