#include "session/rolling.h"

#include <cmath>

namespace session {

float stroke_offset_m(double seconds) {
  const double half = 0.5 * kStrokeLengthM;
  const double way = std::fmod(seconds * kStrokeSpeedMps, 4.0 * half);
  if (way <= half) return static_cast<float>(way);
  if (way <= 3.0 * half) return static_cast<float>(2.0 * half - way);
  return static_cast<float>(way - 4.0 * half);
}

StrokePath::StrokePath(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                       const tool::AttachmentSpec& attachment)
    : path_(guide::SkinPath::along_rolling(body, placed, attachment, kStrokeLengthM)) {}

tool::HeadPose StrokePath::pose_at(float offset_m) const {
  return path_.pose_at(0.5f * path_.length_m() + offset_m);
}

}  // namespace session
