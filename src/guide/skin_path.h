// A way over the skin that a head is led along: through given points, or straight on from a placed
// head. Poses lie about 2 mm apart and keep the placed head's angle and pitch. Metres.
#pragma once

#include <span>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace guide {

class SkinPath {
 public:
  SkinPath() = default;
  // Along the placed head's rolling direction, half of the length to either side of it.
  static SkinPath along_rolling(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                                const tool::AttachmentSpec& attachment, float length_m);
  // Through the points, each laid on the skin. Refuses (as the end of a sentence that begins with
  // the field) a way that leaves the skin between two points, and one of no length.
  static base::Result<SkinPath> through(const anatomy::BodyIndex& body,
                                        std::span<const glm::vec3> points_m,
                                        const tool::HeadPose& placed,
                                        const tool::AttachmentSpec& attachment);

  bool empty() const { return poses_.empty(); }
  float length_m() const { return along_m_.empty() ? 0.0f : along_m_.back(); }
  // `at_m` from the beginning, held within the path.
  tool::HeadPose pose_at(float at_m) const;
  // Unit, towards the end.
  glm::vec3 direction_at(float at_m) const;

 private:
  void measure();
  std::size_t find_piece(float at_m) const;

  std::vector<tool::HeadPose> poses_;
  std::vector<float> along_m_;  // of each pose, from the beginning
};

}  // namespace guide
