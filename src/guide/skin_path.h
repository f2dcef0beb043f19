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

// How far a stroke leads to either side of the placed head, along its rolling direction.
struct StrokeReach {
  float back_m = 0.04f;
  float ahead_m = 0.04f;
  float length_m() const { return back_m + ahead_m; }
};

class SkinPath {
 public:
  SkinPath() = default;
  // Empty where the reach has no length.
  static SkinPath along_rolling(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                                const tool::AttachmentSpec& attachment, StrokeReach reach);
  // Through the points, each laid on the skin. Refuses (as the end of a sentence that begins with
  // the field) a way that leaves the skin between two points, and one of no length.
  static base::Result<SkinPath> through(const anatomy::BodyIndex& body,
                                        std::span<const glm::vec3> points_m,
                                        const tool::HeadPose& placed,
                                        const tool::AttachmentSpec& attachment);

  bool empty() const { return poses_.empty(); }
  float length_m() const { return along_m_.empty() ? 0.0f : along_m_.back(); }
  // Where along_rolling's placed head is on it; the beginning of others.
  float placed_at_m() const { return placed_at_m_; }
  // `at_m` from the beginning, held within the path.
  tool::HeadPose pose_at(float at_m) const;
  // Unit, towards the end.
  glm::vec3 direction_at(float at_m) const;

 private:
  void measure();
  std::size_t find_piece(float at_m) const;

  std::vector<tool::HeadPose> poses_;
  float placed_at_m_ = 0.0f;
  std::vector<float> along_m_;  // of each pose, from the beginning
};

}  // namespace guide
