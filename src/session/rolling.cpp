#include "session/rolling.h"

#include <algorithm>
#include <cmath>

namespace session {

float stroke_offset_m(double seconds, guide::StrokeReach reach) {
  const double length = static_cast<double>(reach.length_m());
  if (!(length > 0.0)) return 0.0f;
  const double ahead = static_cast<double>(reach.ahead_m);
  const double speed = std::min(static_cast<double>(kStrokeSpeedMps), length / kShortestPassS);
  const double way = std::fmod(seconds * speed, 2.0 * length);
  if (way <= ahead) return static_cast<float>(way);
  if (way <= ahead + length) return static_cast<float>(2.0 * ahead - way);
  return static_cast<float>(way - 2.0 * length);
}

StrokePath::StrokePath(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                       const tool::AttachmentSpec& attachment, guide::StrokeReach reach)
    : reach_(reach), path_(guide::SkinPath::along_rolling(body, placed, attachment, reach)) {}

tool::HeadPose StrokePath::pose_after(double seconds) const {
  return path_.pose_at(path_.placed_at_m() + stroke_offset_m(seconds, reach_));
}

}  // namespace session
