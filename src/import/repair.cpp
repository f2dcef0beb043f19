#include "import/repair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <glm/geometric.hpp>

#include "import/body_map.h"

namespace atlas {
namespace {

using anatomy::Body;
using anatomy::Structure;

// Millimetres, centimetres, metres and inches taken for one another.
constexpr std::array<float, 6> kMistakes = {10.0f, 100.0f, 1000.0f, 25.4f, 2.54f, 39.37f};
// How far off a repaired structure may be: people differ, boxes are rough.
constexpr float kLengthRatio = 1.5f;
constexpr float kOffM = 0.03f;
constexpr float kOffShare = 0.35f;  // of its length

struct Expectation {
  glm::vec3 centre_m{0.0f};
  float length_m = 0.0f;
  const char* according_to = "";
};

float length_of(const Structure& s) { return glm::length(s.bounds_m.size()); }

const Structure* find_usable(const Body& body, const std::string& id) {
  const anatomy::StructureIndex index = body.find_structure(id);
  return index != anatomy::kNone && body.structures[index].usable ? &body.structures[index]
                                                                  : nullptr;
}

std::optional<Expectation> expect_as_twin(const Body& body, const Structure& s) {
  std::string other = s.id;
  const bool left = other.ends_with("_left");
  if (!left && !other.ends_with("_right")) return std::nullopt;
  other.resize(other.size() - (left ? 5 : 6));
  other += left ? "_right" : "_left";
  const Structure* twin = find_usable(body, other);
  if (twin == nullptr) return std::nullopt;
  return Expectation{twin->bounds_m.centre() * glm::vec3(-1.0f, 1.0f, 1.0f), length_of(*twin),
                     "the other side has it"};
}

// Between the one above and the one below in a row: "vertebra_c4", "rib_7_left".
std::optional<Expectation> expect_in_row(const Body& body, const Structure& s) {
  const std::size_t end = s.id.find_last_of("0123456789");
  if (end == std::string::npos) return std::nullopt;
  std::size_t first = end;
  while (first > 0 && s.id[first - 1] >= '0' && s.id[first - 1] <= '9') --first;
  const int number = std::atoi(s.id.substr(first, end + 1 - first).c_str());
  const auto neighbour = [&](int step) {
    return find_usable(
        body, s.id.substr(0, first) + std::to_string(number + step) + s.id.substr(end + 1));
  };
  const Structure* before = neighbour(-1);
  const Structure* after = neighbour(1);
  if (before == nullptr || after == nullptr) return std::nullopt;
  return Expectation{0.5f * (before->bounds_m.centre() + after->bounds_m.centre()),
                     0.5f * (length_of(*before) + length_of(*after)), "its neighbours have it"};
}

std::optional<Expectation> expect_as_builtin(const Body* builtin, const BodyMap* map,
                                             const Structure& s) {
  if (builtin == nullptr || !map->known()) return std::nullopt;
  const Structure* known = find_usable(*builtin, s.id);
  if (known == nullptr) return std::nullopt;
  const glm::vec3 centre = known->bounds_m.centre();
  // The map bends a little; over a body's length its scale shows.
  const float scale =
      glm::length((*map)(glm::vec3(0.0f, 1.6f, 0.0f)) - (*map)(glm::vec3(0.0f))) / 1.6f;
  return Expectation{(*map)(centre), scale * length_of(*known), "the built-in body has it"};
}

std::string describe(float factor, bool about_origin, const std::string& according_to) {
  char text[96];
  const float times = factor > 1.0f ? factor : 1.0f / factor;
  std::snprintf(text, sizeof text, "%.3g times %s about %s, as ", static_cast<double>(times),
                factor > 1.0f ? "larger" : "smaller",
                about_origin ? "the files' origin" : "its own middle");
  return text + according_to;
}

std::string distance_text(float off_m) {
  return " (within " + std::to_string(std::max(1L, std::lround(1e3f * off_m))) + " mm)";
}

std::optional<Repair> find_repair(const Structure& s, const Expectation& expected,
                                  glm::vec3 file_origin_m) {
  std::optional<Repair> best;
  float least = std::max(kOffM, kOffShare * expected.length_m);
  const glm::vec3 centre = s.bounds_m.centre();
  const auto consider = [&](float factor, bool about_origin) {
    const float ratio = factor * length_of(s) / expected.length_m;
    if (!(ratio < kLengthRatio && ratio > 1.0f / kLengthRatio)) return;
    Repair repair{factor, about_origin ? file_origin_m : centre, {}};
    const float off = glm::length(repair(centre) - expected.centre_m);
    if (!(off < least)) return;
    least = off;
    repair.words = describe(factor, about_origin, expected.according_to) + distance_text(off);
    best = std::move(repair);
  };
  for (const float mistake : kMistakes) {
    for (const float factor : {mistake, 1.0f / mistake}) {
      consider(factor, true);
      consider(factor, false);
    }
  }
  // Any other factor has to lead to the right place and the right size at once.
  const glm::vec3 from_origin = centre - file_origin_m;
  const float square = glm::dot(from_origin, from_origin);
  if (!best && square > 0.0f) {
    consider(glm::dot(expected.centre_m - file_origin_m, from_origin) / square, true);
  }
  return best;
}

// Files that went wrong together need the same factor: it is then known better than from each
// alone, and for those, too, of which nothing else is known, if it leads into the body.
void agree(const Body& body, glm::vec3 file_origin_m, std::vector<std::optional<Repair>>& repairs) {
  constexpr std::size_t kFewest = 3;
  constexpr float kAlike = 1.05f;
  constexpr float kMarginM = 0.03f;
  std::vector<float> factors;
  for (const auto& repair : repairs) {
    if (repair && repair->pivot_m == file_origin_m) factors.push_back(repair->factor);
  }
  if (factors.empty()) return;
  std::sort(factors.begin(), factors.end());
  const float common = factors[factors.size() / 2];
  const auto alike = [&](float f) { return f < common * kAlike && f > common / kAlike; };
  if (static_cast<std::size_t>(std::count_if(factors.begin(), factors.end(), alike)) < kFewest) {
    return;
  }
  geom::Aabb whole;
  for (const Structure& s : body.structures) {
    if (s.usable) whole.add(s.bounds_m);
  }
  for (std::size_t i = 0; i < repairs.size(); ++i) {
    const Structure& s = body.structures[i];
    if (repairs[i] && repairs[i]->pivot_m == file_origin_m && alike(repairs[i]->factor)) {
      const std::string& words = repairs[i]->words;
      repairs[i]->words = describe(common, true, words.substr(words.find(", as ") + 5));
      repairs[i]->factor = common;
    } else if (!repairs[i] && !s.usable) {
      const Repair repair{common, file_origin_m,
                          describe(common, true, "others in these files need it")};
      const glm::vec3 low = repair(s.bounds_m.min) - whole.min;
      const glm::vec3 high = whole.max - repair(s.bounds_m.max);
      const float inside = std::min({low.x, low.y, low.z, high.x, high.y, high.z});
      if (inside > -kMarginM) repairs[i] = repair;
    }
  }
}

}  // namespace

std::vector<std::optional<Repair>> find_repairs(const Body& body, const Body* builtin,
                                                glm::vec3 file_origin_m) {
  std::vector<std::optional<Repair>> repairs(body.structures.size());
  std::optional<BodyMap> map;
  if (builtin != nullptr) map.emplace(*builtin, body);
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const Structure& s = body.structures[i];
    if (s.usable || !s.recognised) continue;
    for (const auto& expected : {expect_as_twin(body, s), expect_in_row(body, s),
                                 expect_as_builtin(builtin, map ? &*map : nullptr, s)}) {
      if (expected && !repairs[i]) repairs[i] = find_repair(s, *expected, file_origin_m);
    }
  }
  agree(body, file_origin_m, repairs);
  return repairs;
}

}  // namespace atlas
