#include "session/rolling.h"

#include <algorithm>
#include <cmath>

namespace session {

float stroke_offset_m(double seconds, float length_m) {
  const double half = 0.5 * static_cast<double>(length_m);
  const double speed = static_cast<double>(std::min(kStrokeSpeedMps, length_m / kShortestPassS));
  const double way = std::fmod(seconds * speed, 4.0 * half);
  if (way <= half) return static_cast<float>(way);
  if (way <= 3.0 * half) return static_cast<float>(2.0 * half - way);
  return static_cast<float>(way - 4.0 * half);
}

StrokePath::StrokePath(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                       const tool::AttachmentSpec& attachment, float length_m)
    : path_(guide::SkinPath::along_rolling(body, placed, attachment, length_m)) {}

tool::HeadPose StrokePath::pose_at(float offset_m) const {
  return path_.pose_at(0.5f * path_.length_m() + offset_m);
}

}  // namespace session
