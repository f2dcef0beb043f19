// The rolling stroke: to and fro over the skin about the placed position, along the head's rolling
// direction. 8 cm at 4 cm/s: the middle of the 2-6 cm/s that product.md calls good.
#pragma once

#include "anatomy/body.h"
#include "guide/skin_path.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace session {

inline constexpr float kStrokeSpeedMps = 0.04f;
// A pass takes at least that long one way (product.md: 2-4 s): short strokes are slower.
inline constexpr float kShortestPassS = 2.0f;

// Signed distance from the placed position along the stroke: a triangle wave that starts at 0 and
// goes ahead first. 0 for a reach without length.
float stroke_offset_m(double seconds, guide::StrokeReach reach = {});

// The stroke as points on the skin, evenly spaced along the way, so that its length holds on a
// curved body. Every pose keeps the placed head's angle and pitch.
class StrokePath {
 public:
  StrokePath() = default;
  StrokePath(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
             const tool::AttachmentSpec& attachment, guide::StrokeReach reach = {});
  // Where the head is after rolling for so long.
  tool::HeadPose pose_after(double seconds) const;
  bool empty() const { return path_.empty(); }

 private:
  guide::StrokeReach reach_;
  guide::SkinPath path_;
};

}  // namespace session
