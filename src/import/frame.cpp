#include "import/frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "base/frames.h"

namespace atlas {
namespace {

// Frames in the order in which they are tried; the first four are those of published atlases.
struct NamedFrame {
  std::string words;
  glm::vec3 left, up, anterior;
  bool usual = true;
};
constexpr glm::vec3 kX{1.0f, 0.0f, 0.0f};
constexpr glm::vec3 kY{0.0f, 1.0f, 0.0f};
constexpr glm::vec3 kZ{0.0f, 0.0f, 1.0f};
constexpr std::array<const char*, 6> kAxisWords = {"X", "-X", "Y", "-Y", "Z", "-Z"};

std::vector<NamedFrame> list_frames() {
  std::vector<NamedFrame> frames = {{"Y up, Z forward (glTF)", kX, kY, kZ},
                                    {"Z up, Y backward (BodyParts3D)", kX, kZ, -kY},
                                    {"Y up, Z backward", -kX, kY, -kZ},
                                    {"Z up, Y forward", -kX, kZ, kY}};
  for (int up = 0; up < 6; ++up) {
    for (int front = 0; front < 6; ++front) {
      const glm::vec3 u = direction_of(static_cast<Axis>(up));
      const glm::vec3 f = direction_of(static_cast<Axis>(front));
      const bool known = std::any_of(frames.begin(), frames.end(), [&](const NamedFrame& named) {
        return named.up == u && named.anterior == f;
      });
      if (known || glm::dot(u, f) != 0.0f) continue;
      frames.push_back({std::string(kAxisWords[static_cast<std::size_t>(up)]) + " up, " +
                            kAxisWords[static_cast<std::size_t>(front)] + " forward",
                        glm::cross(u, f), u, f, false});
    }
  }
  return frames;
}

constexpr std::size_t kGltf = 0;
constexpr std::size_t kBodyparts3d = 1;

struct Unit {
  const char* words;
  float scale_m;
};
constexpr std::array<Unit, 4> kUnits = {
    {{"metres", 1.0f}, {"centimetres", 0.01f}, {"millimetres", 0.001f}, {"inches", 0.0254f}}};
// The size of the whole is too vague to tell inches from centimetres.
constexpr std::size_t kVagueUnits = 3;

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
  for (const Unit& unit : std::span(kUnits).first(kVagueUnits)) {
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

// By how long recognised structures are in other bodies; nothing where too few of them are known,
// or no unit explains it.
std::optional<std::string> choose_unit_by_structures(std::span<const Clue> clues, float& scale_m) {
  constexpr std::size_t kFewest = 3;
  constexpr float kFurthest = 1.55f;  // people and cuts differ; inches and centimetres by 2.54
  std::vector<float> metres_per_unit;
  for (const Clue& clue : clues) {
    const float length = glm::length(clue.box.size());
    if (clue.usual_m > 0.0f && length > 0.0f) metres_per_unit.push_back(clue.usual_m / length);
  }
  if (metres_per_unit.size() < kFewest) return std::nullopt;
  const float measured = median(metres_per_unit);
  const auto miss = [&](const Unit& unit) { return std::abs(std::log(measured / unit.scale_m)); };
  const auto best =
      std::min_element(kUnits.begin(), kUnits.end(),
                       [&](const Unit& a, const Unit& b) { return miss(a) < miss(b); });
  if (miss(*best) > std::log(kFurthest)) return std::nullopt;
  scale_m = best->scale_m;
  char text[160];
  std::snprintf(text, sizeof text,
                "%s, because %zu recognised structures are then %.2f times as long as usual",
                best->words, metres_per_unit.size(), static_cast<double>(best->scale_m / measured));
  return text;
}

// How well a frame explains the evidence.
float score_frame(const NamedFrame& named, const Evidence& evidence, glm::vec3 extent) {
  const float size = std::max(glm::length(extent), 1e-20f);
  const auto vote = [&](const Contrast& contrast, glm::vec3 direction, float weight) {
    // The part of the difference that lies along the direction, -1 .. 1.
    const glm::vec3 all(contrast.along(kX), contrast.along(kY), contrast.along(kZ));
    const float length = glm::length(all);
    return length > 1e-3f * size ? weight * glm::dot(all, direction) / length : 0.0f;
  };
  const float longest = glm::dot(glm::abs(named.up), extent) / size;
  return 4.0f * (vote(evidence.right_to_left, named.left, 1.0f) +
                 vote(evidence.low_to_high, named.up, 1.0f) +
                 vote(evidence.back_to_front, named.anterior, 0.7f)) +
         (named.usual ? 0.5f * longest : 0.0f);
}

// Up and front agree, but the left is on the right, and clearly so: left-handed axes.
bool is_mirrored(const NamedFrame& named, const Evidence& evidence, glm::vec3 extent) {
  constexpr std::size_t kFewest = 3;
  constexpr float kClear = 0.05f;
  const float clear = kClear * glm::length(extent);
  return evidence.right_to_left.from.size() >= kFewest &&
         evidence.right_to_left.to.size() >= kFewest &&
         evidence.right_to_left.along(named.left) < -clear &&
         evidence.low_to_high.along(named.up) > clear &&
         evidence.back_to_front.along(named.anterior) > clear;
}

}  // namespace

glm::vec3 direction_of(Axis axis) {
  const int number = static_cast<int>(axis);
  glm::vec3 direction(0.0f);
  direction[number / 2] = number % 2 == 0 ? 1.0f : -1.0f;
  return direction;
}

Frame find_frame(std::span<const Clue> clues, const FrameWish& wish) {
  Frame frame;
  const glm::vec3 extent = robust_extent(clues);
  const Evidence evidence = find_evidence(clues);
  const std::vector<NamedFrame> frames = list_frames();
  std::size_t chosen = wish.frame == FrameChoice::kBodyparts3d ? kBodyparts3d : kGltf;
  bool mirrored = false;
  std::string why = "as asked";
  if (wish.frame == FrameChoice::kAuto) {
    // Those that fit what was asked, each also as its mirror image.
    std::optional<float> best;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const NamedFrame& named = frames[i];
      if (wish.up && named.up != direction_of(*wish.up)) continue;
      if (wish.front && named.anterior != direction_of(*wish.front)) continue;
      NamedFrame mirror = named;
      mirror.left = -mirror.left;
      const bool turned = is_mirrored(named, evidence, extent);
      const float score =
          score_frame(turned ? mirror : named, evidence, extent) - 0.01f * static_cast<float>(i);
      if (best && score <= *best) continue;
      best = score;
      chosen = i;
      mirrored = turned;
    }
    why.clear();
    const auto because = [&](const std::string& text) { why += (why.empty() ? "" : ", ") + text; };
    const NamedFrame& named = frames[chosen];
    if (wish.up || wish.front) because("as asked");
    if (mirrored) {
      because("left structures lie on the right although up and front agree: mirrored back");
    } else if (evidence.right_to_left.along(named.left) > 0.0f) {
      because("left structures lie on the left");
    }
    if (evidence.low_to_high.along(named.up) > 0.0f)
      because("upper vertebrae lie above lower ones");
    if (evidence.back_to_front.along(named.anterior) > 0.0f) because("the chest lies in front");
    if (why.empty()) because("nothing recognised tells, and that direction is the longest");
  }
  const NamedFrame& named = frames[chosen];
  frame.left = mirrored ? -named.left : named.left;
  frame.up = named.up;
  frame.anterior = named.anterior;
  frame.mirrored = mirrored;
  frame.reason = "Frame: " + named.words + ", because " + why + ". Unit: ";
  if (why == "as asked") frame.reason = "Frame: " + named.words + ", as asked. Unit: ";

  if (wish.scale_m) {
    frame.scale_m = *wish.scale_m;
    char text[64];
    std::snprintf(text, sizeof text, "%g m, as asked.", static_cast<double>(*wish.scale_m));
    frame.reason += text;
  } else if (wish.frame == FrameChoice::kAuto) {
    const auto by_structures = choose_unit_by_structures(clues, frame.scale_m);
    frame.reason += by_structures ? *by_structures
                                  : choose_unit(glm::length(extent), clues.size(), frame.scale_m);
    frame.reason += ".";
  } else {
    frame.scale_m = wish.frame == FrameChoice::kBodyparts3d ? 0.001f : 1.0f;
    frame.reason += wish.frame == FrameChoice::kBodyparts3d ? "millimetres." : "metres.";
  }
  // BodyParts3D's plane of symmetry is not its x = 0 (base/frames.h).
  if (chosen == kBodyparts3d && frame.scale_m == 0.001f && !mirrored) {
    frame.offset_m = base::from_bodyparts3d_mm(glm::vec3(0.0f));
  }
  if (evidence.right_to_left.along(frame.left) < 0.0f) {
    frame.reason += " Warning: structures named left lie on the right in this frame.";
  }
  if (evidence.low_to_high.along(named.up) < 0.0f) {
    frame.reason += " Warning: upper vertebrae lie below lower ones in this frame.";
  }
  if (evidence.back_to_front.along(named.anterior) < 0.0f) {
    frame.reason += " Warning: the chest lies behind in this frame.";
  }
  return frame;
}

}  // namespace atlas
