#include "guide/stroke_reach.h"

#include <algorithm>

#include "guide/safety_watch.h"

namespace guide {
namespace {

// A person does not turn back to the millimetre.
constexpr float kStepM = 0.005f;
constexpr base::Seconds kMoment{0.1f};

class Way {
 public:
  Way(const PlacementSpec& placement, const tool::HeadPose& placed,
      const tool::AttachmentSpec& attachment, const sim::SimModel& model)
      : model_(model),
        force_(placement.default_force),
        attachment_(attachment),
        path_(SkinPath::along_rolling(*model.body, placed, attachment,
                                      {placement.stroke.value, placement.stroke.value})) {}

  bool is_clear_at(float offset_m) {
    const sim::ToolInput input{path_.pose_at(path_.placed_at_m() + offset_m), &attachment_, force_,
                               glm::vec3(0.0f), false};
    sim::place_head(model_, state_, input);
    SafetyWatch watch({std::shared_ptr<const sim::SimModel>(), &model_});
    return watch.observe(state_, input, kMoment).empty();
  }

  // Up to the last clear step before the first that is not, less one.
  float find_clear_m(float direction, float most_m) {
    float clear_m = 0.0f;
    while (clear_m < most_m) {
      const float next_m = std::min(clear_m + kStepM, most_m);
      if (!is_clear_at(direction * next_m)) return std::max(clear_m - kStepM, 0.0f);
      clear_m = next_m;
    }
    return most_m;
  }

 private:
  const sim::SimModel& model_;
  base::Newtons force_;
  const tool::AttachmentSpec& attachment_;
  SkinPath path_;
  sim::SimState state_ = sim::make_start_state(model_);
};

}  // namespace

StrokeReach find_stroke_reach(const PlacementSpec& placement, const tool::HeadPose& placed,
                              const tool::AttachmentSpec& attachment, const sim::SimModel& model) {
  Way way(placement, placed, attachment, model);
  if (!way.is_clear_at(0.0f)) return {0.0f, 0.0f};
  const float whole_m = placement.stroke.value;
  const float half_m = 0.5f * whole_m;
  float back_m = way.find_clear_m(-1.0f, half_m);
  const float ahead_m = way.find_clear_m(1.0f, whole_m - back_m);
  if (back_m == half_m) back_m = way.find_clear_m(-1.0f, whole_m - ahead_m);
  return {back_m, ahead_m};
}

}  // namespace guide
