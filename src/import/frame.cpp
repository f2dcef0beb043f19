#include "import/frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "base/frames.h"

namespace atlas {
namespace {

// The frames that published atlases use; all are rotations of ours, none a mirror image.
struct NamedFrame {
  const char* words;
  glm::vec3 left, up, anterior;
};
constexpr glm::vec3 kX{1.0f, 0.0f, 0.0f};
constexpr glm::vec3 kY{0.0f, 1.0f, 0.0f};
constexpr glm::vec3 kZ{0.0f, 0.0f, 1.0f};
constexpr std::array<NamedFrame, 4> kFrames = {{
    {"Y up, Z forward (glTF)", kX, kY, kZ},
    {"Z up, Y backward (BodyParts3D)", kX, kZ, -kY},
    {"Y up, Z backward", -kX, kY, -kZ},
    {"Z up, Y forward", -kX, kZ, kY},
}};
constexpr std::size_t kGltf = 0;
constexpr std::size_t kBodyparts3d = 1;

struct Unit {
  const char* words;
  float scale_m;
};
constexpr std::array<Unit, 3> kUnits = {
    {{"metres", 1.0f}, {"centimetres", 0.01f}, {"millimetres", 0.001f}}};

float median(std::vector<float> values) {
  if (values.empty()) return 0.0f;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Size of the whole, not misled by the odd tenth that may be out of scale.
glm::vec3 robust_extent(std::span<const Clue> clues) {
  glm::vec3 extent(0.0f);
  for (int axis = 0; axis < 3; ++axis) {
    std::vector<float> low, high;
    for (const Clue& clue : clues) {
      low.push_back(clue.box.min[axis]);
      high.push_back(clue.box.max[axis]);
    }
    const std::size_t skip = clues.size() / 10;
    std::sort(low.begin(), low.end());
    std::sort(high.begin(), high.end());
    extent[axis] = high[high.size() - 1 - skip] - low[skip];
  }
  return extent;
}

bool in_group(const Clue& clue, std::string_view group) {
  const auto& groups = clue.match.entry->groups;
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

// "vertebra_c3" -> 3 counted from the top, "vertebra_l5" -> 24; 0 for others.
int level_of_vertebra(const std::string& id) {
  constexpr std::string_view kPrefix = "vertebra_";
  if (!id.starts_with(kPrefix) || id.size() < kPrefix.size() + 2) return 0;
  const int number = std::atoi(id.c_str() + kPrefix.size() + 1);
  const char region = id[kPrefix.size()];
  return number + (region == 't' ? 7 : region == 'l' ? 19 : 0);
}

// Medians of the structures' middles on both sides of a question, in file coordinates.
struct Contrast {
  std::vector<glm::vec3> from, to;

  // Along `direction`: positive when `to` lies further; 0 when there is nothing to compare.
  float along(glm::vec3 direction) const {
    if (from.empty() || to.empty()) return 0.0f;
    std::vector<float> a, b;
    for (const glm::vec3& p : from) a.push_back(glm::dot(p, direction));
    for (const glm::vec3& p : to) b.push_back(glm::dot(p, direction));
    return median(b) - median(a);
  }
};

struct Evidence {
  Contrast right_to_left, low_to_high, back_to_front;
};

Evidence find_evidence(std::span<const Clue> clues) {
  Evidence found;
  for (const Clue& clue : clues) {
    if (clue.match.entry == nullptr) continue;
    const glm::vec3 middle = clue.box.centre();
    if (clue.match.side == anatomy::Side::kLeft) found.right_to_left.to.push_back(middle);
    if (clue.match.side == anatomy::Side::kRight) found.right_to_left.from.push_back(middle);
    const int level = level_of_vertebra(clue.match.entry->id);
    if (level > 0) (level <= 12 ? found.low_to_high.to : found.low_to_high.from).push_back(middle);
    const bool back = level > 0 || in_group(clue, "trapezius") || in_group(clue, "rhomboids");
    if (back) found.back_to_front.from.push_back(middle);
    if (in_group(clue, "pectorals")) found.back_to_front.to.push_back(middle);
  }
  return found;
}

std::string choose_unit(float diagonal, std::size_t structures, float& scale_m) {
  char text[160];
  // A whole atlas is about a metre across. One or two structures may be anything between a small
  // bone and a long muscle; millimetres are then the commonest unit of mesh files.
  const float wanted = structures >= 3 ? 0.9f : 0.15f;
  const Unit* best = nullptr;
  float best_miss = std::log(30.0f);
  for (const Unit& unit : kUnits) {
    const float miss = std::abs(std::log(diagonal * unit.scale_m / wanted));
    if (miss < best_miss) {
      best = &unit;
      best_miss = miss;
    }
  }
  if (best == nullptr) {
    scale_m = 1.0f;
    std::snprintf(text, sizeof text,
                  "the whole is %.3g units across, which no usual unit explains: metres are "
                  "assumed (--scale sets it)",
                  static_cast<double>(diagonal));
    return text;
  }
  scale_m = best->scale_m;
  std::snprintf(text, sizeof text, "%s, because the whole is %.3g units across", best->words,
                static_cast<double>(diagonal));
  return text;
}

}  // namespace

Frame find_frame(std::span<const Clue> clues, FrameChoice choice, std::optional<float> scale_m) {
  Frame frame;
  const glm::vec3 extent = robust_extent(clues);
  const Evidence evidence = find_evidence(clues);
  std::size_t chosen = choice == FrameChoice::kBodyparts3d ? kBodyparts3d : kGltf;
  std::string why = "as asked";
  if (choice == FrameChoice::kAuto) {
    float best = -1.0f;
    const float size = std::max(glm::length(extent), 1e-20f);
    for (std::size_t i = 0; i < kFrames.size(); ++i) {
      const NamedFrame& named = kFrames[i];
      const auto vote = [&](const Contrast& contrast, glm::vec3 direction, float weight) {
        // The part of the difference that lies along the direction, -1 .. 1.
        const glm::vec3 all(contrast.along(kX), contrast.along(kY), contrast.along(kZ));
        const float length = glm::length(all);
        return length > 1e-3f * size ? weight * glm::dot(all, direction) / length : 0.0f;
      };
      const float longest = glm::dot(glm::abs(named.up), extent) / size;
      const float score = 4.0f * (vote(evidence.right_to_left, named.left, 1.0f) +
                                  vote(evidence.low_to_high, named.up, 1.0f) +
                                  vote(evidence.back_to_front, named.anterior, 0.7f)) +
                          0.5f * longest - 0.01f * static_cast<float>(i);
      if (i == 0 || score > best) {
        best = score;
        chosen = i;
      }
    }
    why.clear();
    const auto because = [&](const std::string& text) { why += (why.empty() ? "" : ", ") + text; };
    const NamedFrame& named = kFrames[chosen];
    if (evidence.right_to_left.along(named.left) > 0.0f) because("left structures lie on the left");
    if (evidence.low_to_high.along(named.up) > 0.0f)
      because("upper vertebrae lie above lower ones");
    if (evidence.back_to_front.along(named.anterior) > 0.0f) because("the chest lies in front");
    if (why.empty()) because("nothing recognised tells, and that direction is the longest");
  }
  const NamedFrame& named = kFrames[chosen];
  frame.left = named.left;
  frame.up = named.up;
  frame.anterior = named.anterior;
  frame.reason = std::string("Frame: ") + named.words + ", because " + why + ". Unit: ";
  if (why == "as asked") frame.reason = std::string("Frame: ") + named.words + ", as asked. Unit: ";

  if (scale_m) {
    frame.scale_m = *scale_m;
    char text[64];
    std::snprintf(text, sizeof text, "%g m, as asked.", static_cast<double>(*scale_m));
    frame.reason += text;
  } else if (choice == FrameChoice::kAuto) {
    frame.reason += choose_unit(glm::length(extent), clues.size(), frame.scale_m) + ".";
  } else {
    frame.scale_m = choice == FrameChoice::kBodyparts3d ? 0.001f : 1.0f;
    frame.reason += choice == FrameChoice::kBodyparts3d ? "millimetres." : "metres.";
  }
  // BodyParts3D's plane of symmetry is not its x = 0 (base/frames.h).
  if (chosen == kBodyparts3d && frame.scale_m == 0.001f) {
    frame.offset_m = base::from_bodyparts3d_mm(glm::vec3(0.0f));
  }
  if (evidence.right_to_left.along(named.left) < 0.0f) {
    frame.reason += " Warning: structures named left lie on the right in this frame.";
  }
  if (evidence.low_to_high.along(named.up) < 0.0f) {
    frame.reason += " Warning: upper vertebrae lie below lower ones in this frame.";
  }
  return frame;
}

}  // namespace atlas
