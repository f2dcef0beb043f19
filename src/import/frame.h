// In which frame and unit an atlas was drawn, and how its points come into ours (base/frames.h).
// `find_frame` weighs, in this order: recognised left against right structures, recognised
// vertebrae from top to bottom, front against back muscles, the longest extent; and for the unit
// how long recognised structures usually are, else the size of the whole. It says in words what it
// chose and why. What is given is taken as it is, and warned about where recognised structures
// contradict it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "anatomy/ontology.h"
#include "geom/mesh.h"

namespace atlas {

enum class FrameChoice { kAuto, kGltf, kBodyparts3d };

// An axis of the files, with its sign.
enum class Axis { kPlusX, kMinusX, kPlusY, kMinusY, kPlusZ, kMinusZ };
glm::vec3 direction_of(Axis axis);

struct FrameWish {
  FrameChoice frame = FrameChoice::kAuto;
  std::optional<float> scale_m = {};  // metres per unit of the files
  std::optional<Axis> up = {};        // where the head is; only with kAuto
  std::optional<Axis> front = {};     // where the chest is; not along `up`
};

// ours = rotation * file * scale_m + offset.
struct Frame {
  glm::vec3 left{1.0f, 0.0f, 0.0f};  // directions of the body, in file coordinates
  glm::vec3 up{0.0f, 1.0f, 0.0f};
  glm::vec3 anterior{0.0f, 0.0f, 1.0f};
  float scale_m = 1.0f;  // metres per unit of the file
  glm::vec3 offset_m{0.0f};
  bool mirrored = false;  // the file's axes are left-handed: left, up and anterior are, too
  std::string reason;     // a sentence for the person who imports

  glm::vec3 to_body(glm::vec3 p) const {
    return scale_m * glm::vec3(glm::dot(left, p), glm::dot(up, p), glm::dot(anterior, p)) +
           offset_m;
  }
};

// What is known of a structure before the frame is: its box in file coordinates and its match.
struct Clue {
  geom::Aabb box;
  anatomy::OntologyMatch match;
  float usual_m = 0.0f;  // diagonal of the structure's box in a body of usual size; 0: not known
};

Frame find_frame(std::span<const Clue> clues, const FrameWish& wish);

}  // namespace atlas
