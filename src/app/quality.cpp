#include "app/quality.h"

namespace app {

PictureCost cost_moving(Quality quality) {
  switch (quality) {
    case Quality::kLow:
      return {.lod = 2, .resolution_scale = 0.5f, .samples = 1, .occlusion = false};
    case Quality::kMedium:
      return {.lod = 2, .resolution_scale = 0.75f, .samples = 1, .occlusion = false};
    case Quality::kHigh:
      return {.lod = 1, .resolution_scale = 1.0f, .samples = 1, .occlusion = true};
    case Quality::kBest:
      break;
  }
  return {.lod = 0, .resolution_scale = 1.0f, .samples = 4, .occlusion = true};
}

PictureCost cost_still(Quality quality) {
  switch (quality) {
    case Quality::kLow:
    case Quality::kMedium:
      return {.lod = 1, .resolution_scale = 1.0f, .samples = 1, .occlusion = true};
    case Quality::kHigh:
    case Quality::kBest:
      break;
  }
  return {.lod = 0, .resolution_scale = 1.0f, .samples = 4, .occlusion = true};
}

void QualityChooser::take_frame(float ms) {
  slow_ = ms > kSlowMs ? slow_ + 1 : 0;
  fast_ = ms < kFastMs ? fast_ + 1 : 0;
  const int tier = static_cast<int>(quality_);
  if (slow_ >= kSlowFrames && tier > 0) {
    quality_ = highest_ = static_cast<Quality>(tier - 1);
    slow_ = fast_ = 0;
  } else if (fast_ >= kFastFrames && quality_ < highest_) {
    quality_ = static_cast<Quality>(tier + 1);
    slow_ = fast_ = 0;
  }
}

}  // namespace app
