// Where and how hard one may press, as data (assets/safety/safety.json, format "backmate-safety";
// science.md section 7: conservative design values, assumed). A skin point belongs to every region
// that fits; the lowest limit decides, and skin that no region holds has a limit of its own.
// Left and right are treated alike: a point is judged by its distance from the midline.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"

namespace sim {

enum class Facing : std::uint8_t { kBack, kFront, kUp, kDown, kIn, kOut };

struct SafetyBound {
  std::string landmark;
  float offset_m = 0.0f;
};

// All that is given must fit.
struct SafetyClause {
  // above, below (height), beyond, within (distance from the midline), before, behind (depth).
  std::array<std::optional<SafetyBound>, 6> bounds;
  std::vector<Facing> facing;
  std::vector<std::string> over, not_over;
};

struct SafetyRegion {
  std::string id;
  std::string name;  // English, in the middle of a sentence
  float force_limit_n = 0.0f;
  std::vector<SafetyClause> where;

  bool no_go() const { return !(force_limit_n > 0.0f); }
};

struct SafetyRules {
  float comfort_gentle = 0.5f;
  float comfort_warn = 0.8f;
  float comfort_pain = 1.0f;
  float comfort_stop = 1.2f;
  float bruise_peak_pa = 300e3f;
  float static_spot_s = 90.0f;
  float site_s = 300.0f;
  float session_s = 1800.0f;
  float fresh_h = 72.0f;
  std::vector<SafetyRegion> regions;  // the last one is "elsewhere"
};

base::Result<SafetyRules> load_safety_rules(const std::filesystem::path& assets_dir);

class TissueColumns;  // sim/tissue_columns.h

// Index in SafetyRules::regions.
using RegionIndex = std::uint8_t;

// The rules on one body.
class SafetyMap {
 public:
  SafetyMap(std::shared_ptr<const anatomy::BodyIndex> body, SafetyRules rules);

  const SafetyRules& rules() const { return rules_; }
  const SafetyRegion& region(RegionIndex index) const { return rules_.regions[index]; }
  // The region that decides for a skin point with this outward normal: of those that fit, the one
  // with the lowest limit (the first of equals).
  RegionIndex find_region(glm::vec3 point_m, glm::vec3 normal) const;
  // Of these sites, in `out` from its start. Looked for once and kept (thread-safe): ask with the
  // columns of one body only.
  void find_site_regions(const TissueColumns& columns, std::span<const std::uint32_t> sites,
                         std::vector<RegionIndex>& out) const;
  // All that fit, in the order of the file; never empty.
  std::vector<RegionIndex> find_all_regions(glm::vec3 point_m, glm::vec3 normal) const;
  // No-go zones that cannot be found on this body, because it lacks the landmarks.
  std::vector<std::string> lost_zones() const;

 private:
  // Bounds in metres on this body, per side (left, right); infinite where none is asked.
  struct Box {
    bool possible = true;
    float lowest = 0.0f, highest = 0.0f, innermost = 0.0f, outermost = 0.0f, rearmost = 0.0f,
          foremost = 0.0f;
  };
  struct Clause {
    std::array<Box, 2> sides;
    std::vector<Facing> facing;
    std::vector<std::uint8_t> over, not_over;  // per structure; empty: does not matter
  };

  // Calls take(region) for each that fits, in the order of the file; at least once.
  template <typename Take>
  void visit_regions(glm::vec3 point_m, glm::vec3 normal, const Take& take) const;
  Box box_for(const SafetyClause& clause, bool left) const;
  std::vector<std::uint8_t> flags_of(const std::vector<std::string>& names) const;
  anatomy::StructureIndex outermost_muscle(glm::vec3 point_m, glm::vec3 normal) const;

  std::shared_ptr<const anatomy::BodyIndex> body_;
  SafetyRules rules_;
  std::vector<std::vector<Clause>> clauses_;  // per region but the last
  std::vector<std::uint8_t> is_muscle_;       // per structure
  mutable std::mutex mutex_;
  mutable std::vector<RegionIndex> site_regions_;  // kUnknown where nobody has asked
};

}  // namespace sim
