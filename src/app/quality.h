// How much a picture may cost: four tiers, each with what is drawn while something moves and once
// it rests. Only the window measures and chooses by itself; `render` and `play` are told.
#pragma once

#include "ui/display.h"

namespace app {

using ui::Quality;

struct PictureCost {
  int lod = 1;
  float resolution_scale = 1.0f;  // of the inner picture, never under one half
  int samples = 1;                // 1: edges are smoothed afterwards where the scale is 1
  bool occlusion = true;
};

PictureCost cost_moving(Quality quality);
// The full-quality still: within a second of rest on software GL.
PictureCost cost_still(Quality quality);

// From the times of moving frames to a tier: up after a row of fast frames, down after a few slow
// ones; within the lowest tier nothing gives way any more.
class QualityChooser {
 public:
  explicit QualityChooser(Quality start) : quality_(start) {}

  Quality quality() const { return quality_; }
  void take_frame(float ms);

  static constexpr float kSlowMs = 40.0f;  // 25 frames a second
  static constexpr float kFastMs = 16.0f;
  static constexpr int kSlowFrames = 3;
  static constexpr int kFastFrames = 30;

 private:
  Quality quality_;
  // A tier that has been too slow once is not tried again.
  Quality highest_ = Quality::kBest;
  int slow_ = 0;
  int fast_ = 0;
};

}  // namespace app
