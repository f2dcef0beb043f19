#include "session/stand_words.h"

#include <algorithm>
#include <cmath>

namespace session {
namespace {

using guide::Stance;

// Less than this is no difference in a doorway.
constexpr float kNoticedM = 0.01f;

std::string number(float value) { return std::to_string(std::lround(value)); }

}  // namespace

std::string centimetres(float metres) { return number(100.0f * metres); }

std::string kilograms(base::Newtons force) {
  return number(std::max(1.0f, force.value / guide::kGravity));
}

std::string time_words(const std::array<base::Seconds, 2>& seconds, const data::Translator& tr) {
  const auto is_whole = [](float s) { return std::lround(s) % 60 == 0; };
  const bool minutes =
      seconds[1].value > 90.0f && is_whole(seconds[0].value) && is_whole(seconds[1].value);
  const float unit = minutes ? 60.0f : 1.0f;
  const std::string to = number(seconds[1].value / unit);
  const char* key = minutes ? "plan.minutes" : "plan.seconds";
  if (seconds[0] == seconds[1]) return data::fill_in(tr(key), to);
  return data::fill_in(tr(key),
                       data::fill_in(tr("plan.range"), number(seconds[0].value / unit), to));
}

std::vector<NamedFigure> stand_figures(const guide::Stand& stand, const data::Translator& tr) {
  std::vector<NamedFigure> figures;
  figures.push_back(
      {tr("plan.figure.bar"), data::fill_in(tr("plan.cm"), centimetres(stand.bar_height_m))});
  const bool under = stand.stance == Stance::kUnderTool;
  if (!under) {
    const bool behind = stand.stance == Stance::kBackToTool;
    figures.push_back({tr(behind ? "plan.figure.feet" : "plan.figure.feet.away"),
                       stand.feet_m < guide::kRightUnderM
                           ? std::string(tr("plan.feet.under"))
                           : data::fill_in(tr("plan.cm.about"), centimetres(stand.feet_m))});
  }
  figures.push_back({tr(under ? "plan.figure.rise" : "plan.figure.lean"),
                     data::fill_in(tr("plan.kg"), kilograms(stand.force))});
  return figures;
}

std::vector<std::string> stand_sentences(const guide::Stand& stand, const data::Translator& tr) {
  std::vector<std::string> sentences;
  if (stand.beyond_m > kNoticedM)
    sentences.push_back(data::fill_in(tr("plan.too_high"), centimetres(stand.beyond_m)));
  if (stand.beyond_m < -kNoticedM)
    sentences.push_back(data::fill_in(tr("plan.too_low"), centimetres(-stand.beyond_m)));
  if (stand.turn.value != 0.0f) {
    // To the nearest five degrees: nobody turns more exactly.
    const long degrees = 5 * std::lround(std::abs(base::to_degrees(stand.turn)) / 5.0f);
    sentences.push_back(
        data::fill_in(tr(stand.turn.value > 0.0f ? "plan.turn.right" : "plan.turn.left"),
                      std::to_string(degrees)));
  }
  sentences.emplace_back(tr("plan.stance." + std::string(to_string(stand.stance))));
  return sentences;
}

std::string doorway_words(const guide::MySize& size, const tool::ToolSpec& tool,
                          const data::Translator& tr) {
  const auto fit = guide::fit_doorway(size, tool);
  if (fit == guide::DoorwayFit::kFits) return {};
  const bool narrow = fit == guide::DoorwayFit::kTooNarrow;
  return data::fill_in(tr(narrow ? "door.narrow" : "door.wide"), centimetres(size.doorway_m),
                       data::fill_in(tr("plan.range"), centimetres(tool.doorway_min.value),
                                     centimetres(tool.doorway_max.value)));
}

std::vector<std::string> sketch_words(const guide::Sketch& sketch, const guide::Stand& stand,
                                      const guide::MySize& size, const data::Translator& tr) {
  std::vector<std::string> words;
  for (const guide::SketchLabel& label : sketch.labels) {
    switch (label.word) {
      case guide::SketchWord::kBarHeight:
        words.push_back(data::fill_in(tr("plan.cm"), centimetres(stand.bar_height_m)));
        break;
      case guide::SketchWord::kFeet:
        words.push_back(data::fill_in(tr("plan.cm"), centimetres(stand.feet_m)));
        break;
      case guide::SketchWord::kLean:
        words.push_back(number(base::to_degrees(stand.lean)) + "°");
        break;
      case guide::SketchWord::kForce:
        words.push_back(data::fill_in(tr("plan.kg"), kilograms(stand.force)));
        break;
      case guide::SketchWord::kDoorway:
        words.push_back(data::fill_in(tr("plan.cm"), centimetres(size.doorway_m)));
        break;
    }
  }
  return words;
}

}  // namespace session
