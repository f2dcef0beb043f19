#include "forge/strands.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "forge/slips.h"
#include "forge/tube.h"
#include "geom/bvh.h"

namespace forge {
namespace {

using anatomy::Kind;

constexpr float kStrandStep_m = 0.001f;
// What a strand leaves between itself and what it makes way for.
constexpr float kClearance_m = 0.0004f;
constexpr int kMakeWayRounds = 60;
constexpr float kStrandReach_m = 0.012f;  // how far away obstacles are looked for
constexpr float kClosest_m = 1e-4f;       // two points nearer than this are the same

struct Detail {
  int sides;
  float tolerance_m;
  float longest_m;
};
constexpr std::array<Detail, anatomy::kLodCount> kDetails = {
    {{9, 0.00010f, 0.008f}, {7, 0.0003f, 0.016f}, {5, 0.0008f, 0.03f}}};

// Something solid that strands go round.
struct Obstacle {
  std::string entry_id;
  bool always = false;  // bones and discs; muscles only where a strand names them
  geom::Mesh mesh;
  geom::Bvh bvh;

  struct Nearest {
    float distance_m;  // negative inside
    glm::vec3 outward;
  };
  // Nothing further away than reach_m outside.
  std::optional<Nearest> find(glm::vec3 point_m, float reach_m) const {
    const geom::Aabb& box = bvh.bounds();
    for (int k = 0; k < 3; ++k) {
      if (point_m[k] < box.min[k] - reach_m || point_m[k] > box.max[k] + reach_m) return {};
    }
    const auto nearest = bvh.find_closest(point_m, kStrandReach_m);
    if (!nearest) return {};
    const std::uint32_t* corners = &mesh.indices[3 * std::size_t{nearest->triangle}];
    // The corners' normals, weighted by nearness: right at edges, where a triangle's own is not.
    glm::vec3 normal(0.0f);
    for (int k = 0; k < 3; ++k) {
      const float away = glm::length(mesh.positions_m[corners[k]] - nearest->point_m);
      normal += mesh.normals[corners[k]] / (away + 1e-5f);
    }
    const glm::vec3 way = point_m - nearest->point_m;
    const bool inside = glm::dot(way, normal) < 0.0f;
    const float distance = glm::length(way);
    const glm::vec3 outward =
        distance > 1e-5f ? (inside ? -way : way) / distance : glm::normalize(normal);
    return Nearest{inside ? -distance : distance, outward};
  }
};

using Obstacles = std::vector<Obstacle>;

Obstacles make_obstacles(const anatomy::Ontology& ontology, std::span<const Part> parts) {
  Obstacles obstacles;
  for (const Part& part : parts) {
    if (part.side == anatomy::Side::kRight) continue;
    const anatomy::OntologyEntry* entry = ontology.find_entry(part.entry_id);
    if (entry == nullptr) continue;
    const bool hard = entry->kind == Kind::kBone || entry->kind == Kind::kDisc;
    if (!hard && entry->kind != Kind::kMuscle) continue;
    Obstacle made;
    made.entry_id = part.entry_id;
    made.always = hard;
    made.mesh = part.lods[0].mesh;
    obstacles.push_back(std::move(made));
  }
  base::parallel_for(obstacles.size(), [&](std::size_t i) {
    Obstacle& o = obstacles[i];
    geom::order_triangles(o.mesh);
    o.mesh.normals = geom::smooth_normals(o.mesh.positions_m, o.mesh.indices);
    o.bvh = geom::Bvh(o.mesh.positions_m, o.mesh.indices);
  });
  return obstacles;
}

std::string describe_strand(const StrandSpec& spec, const Strand& strand) {
  return "'" + spec.entry_id + "', strand '" + strand.name + "'";
}

base::Result<std::vector<TubeStation>> place_points(const StrandSpec& spec, const Strand& strand,
                                                    const Obstacles& obstacles) {
  std::vector<TubeStation> points;
  for (std::size_t k = 0; k < strand.points.size(); ++k) {
    const StrandPoint& point = strand.points[k];
    const auto found = std::find_if(obstacles.begin(), obstacles.end(),
                                    [&](const Obstacle& o) { return o.entry_id == point.from; });
    if (found == obstacles.end()) {
      return base::fail(describe_strand(spec, strand) + ": points[" + std::to_string(k) +
                        "].from names '" + point.from +
                        "', which is no bone, disc or muscle of the body. Correct the name.");
    }
    points.push_back({found->bvh.bounds().centre() + point.offset_m, 0.5f * point.diameter_m});
    if (k > 0 && glm::length(points[k].at_m - points[k - 1].at_m) < kClosest_m) {
      return base::fail(describe_strand(spec, strand) + ": points[" + std::to_string(k) +
                        "] lies on the one before it. Remove one.");
    }
  }
  return points;
}

std::vector<const Obstacle*> find_near(const Strand& strand, std::span<const TubeStation> way,
                                       const Obstacles& obstacles) {
  geom::Aabb box;
  for (const TubeStation& s : way) {
    box.add(s.at_m - kStrandReach_m);
    box.add(s.at_m + kStrandReach_m);
  }
  std::vector<const Obstacle*> near;
  for (const Obstacle& o : obstacles) {
    const bool named = std::find(strand.clear_of.begin(), strand.clear_of.end(), o.entry_id) !=
                       strand.clear_of.end();
    if (!o.always && !named) continue;
    const geom::Aabb& other = o.bvh.bounds();
    bool meets = true;
    for (int k = 0; k < 3; ++k) {
      meets = meets && other.min[k] < box.max[k] && other.max[k] > box.min[k];
    }
    if (meets) near.push_back(&o);
  }
  return near;
}

// Pushed out of what it touches, again and again; what one place gives way spreads to its
// neighbours, so that the strand bends instead of buckling.
void make_way(std::vector<TubeStation>& way, const std::vector<const Obstacle*>& near,
              bool in_midline) {
  std::vector<glm::vec3> moved(way.size(), glm::vec3(0.0f));
  std::vector<glm::vec3> spread(way.size());
  // Where a station was last measured against an obstacle, and how far it may move until it has to
  // be again.
  struct Known {
    glm::vec3 at_m{0.0f};
    float free_m = 0.0f;
  };
  std::vector<Known> known(way.size() * near.size());
  for (int round = 0; round < kMakeWayRounds; ++round) {
    bool touches = false;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const float wanted = way[i].radius_m + kClearance_m;
      for (std::size_t k = 0; k < near.size(); ++k) {
        const glm::vec3 at = way[i].at_m + moved[i];
        Known& last = known[i * near.size() + k];
        if (glm::length(at - last.at_m) < last.free_m) continue;
        const auto nearest = near[k]->find(at, kStrandReach_m);
        last = {at, (nearest ? nearest->distance_m : kStrandReach_m) - wanted};
        if (last.free_m >= 0.0f) continue;
        moved[i] -= 0.7f * last.free_m * nearest->outward;
        touches = true;
      }
      if (in_midline) moved[i].x = 0.0f;
    }
    if (!touches) break;
    // The last rounds only push: nothing may be drawn back into a bone.
    if (round >= kMakeWayRounds - 6) continue;
    for (int pass = 0; pass < 3; ++pass) {
      for (std::size_t i = 0; i < way.size(); ++i) {
        const glm::vec3 before = moved[i == 0 ? 0 : i - 1];
        const glm::vec3 after = moved[std::min(i + 1, way.size() - 1)];
        spread[i] = 0.5f * moved[i] + 0.25f * (before + after);
      }
      moved.swap(spread);
    }
  }
  for (std::size_t i = 0; i < way.size(); ++i) way[i].at_m += moved[i];
}

// The worst place where the strand still lies in something; "" where there is none.
std::string find_pierced(std::span<const TubeStation> way,
                         const std::vector<const Obstacle*>& near) {
  float worst = kStrandInBone_m;
  std::string text;
  for (const TubeStation& s : way) {
    for (const Obstacle* o : near) {
      const auto nearest = o->find(s.at_m, s.radius_m);
      if (!nearest || s.radius_m - nearest->distance_m <= worst) continue;
      worst = s.radius_m - nearest->distance_m;
      char place[160];
      std::snprintf(place, sizeof place, " lies %.1f mm deep in '%s' at (%.1f, %.1f, %.1f) mm",
                    static_cast<double>(1e3f * worst), o->entry_id.c_str(),
                    static_cast<double>(1e3f * s.at_m.x), static_cast<double>(1e3f * s.at_m.y),
                    static_cast<double>(1e3f * s.at_m.z));
      text = place;
    }
  }
  return text;
}

base::Result<Part> build_strand(const StrandSpec& spec, const anatomy::OntologyEntry& entry,
                                const Obstacles& obstacles) {
  Part part;
  part.entry_id = spec.entry_id;
  part.side = entry.paired ? anatomy::Side::kLeft : anatomy::Side::kMedian;
  for (const Strand& strand : spec.strands) {
    for (const std::string& muscle : strand.clear_of) {
      const bool known = std::any_of(obstacles.begin(), obstacles.end(),
                                     [&](const Obstacle& o) { return o.entry_id == muscle; });
      if (!known) {
        return base::fail(describe_strand(spec, strand) + ": clear_of names '" + muscle +
                          "', which the body does not have. Correct the name.");
      }
    }
    const auto points = place_points(spec, strand, obstacles);
    if (!points) return tl::unexpected(points.error());
    std::vector<TubeStation> way = smooth_way(*points, kStrandStep_m);
    const auto near = find_near(strand, way, obstacles);
    const bool in_midline = std::all_of(points->begin(), points->end(), [](const TubeStation& s) {
      return std::abs(s.at_m.x) < kClosest_m;
    });
    make_way(way, near, in_midline);
    if (const std::string pierced = find_pierced(way, near); !pierced.empty()) {
      return base::fail(describe_strand(spec, strand) + pierced +
                        ". Move the points beside it or make it thinner.");
    }
    for (std::size_t lod = 0; lod < kDetails.size(); ++lod) {
      const Detail& detail = kDetails[lod];
      PartMesh mesh;
      mesh.mesh = sweep_tube(thin_out(way, detail.tolerance_m, detail.longest_m), detail.sides);
      append_mesh(part.lods[lod], mesh);
    }
  }
  return part;
}

}  // namespace

base::Result<std::vector<Part>> build_strands(std::span<const StrandSpec> specs,
                                              const anatomy::Ontology& ontology,
                                              std::span<const Part> parts) {
  const Obstacles obstacles = make_obstacles(ontology, parts);
  std::vector<const anatomy::OntologyEntry*> entries;
  for (const StrandSpec& spec : specs) {
    const anatomy::OntologyEntry* entry = ontology.find_entry(spec.entry_id);
    if (entry == nullptr) {
      return base::fail("'" + spec.entry_id +
                        "' is described as a nerve or vessel, but anatomy/structures.json does "
                        "not know it; add it there");
    }
    if (entry->kind != Kind::kNerve && entry->kind != Kind::kArtery && entry->kind != Kind::kVein) {
      return base::fail("'" + spec.entry_id + "' is described as a nerve or vessel, but is a " +
                        std::string(to_string(entry->kind)) + " in anatomy/structures.json");
    }
    entries.push_back(entry);
  }
  std::vector<base::Result<Part>> built(specs.size());
  base::parallel_for(specs.size(), [&](std::size_t i) {
    built[i] = build_strand(specs[i], *entries[i], obstacles);
  });
  // All faults at once: forging takes seconds, and their author wants to see them together.
  std::string faults;
  for (const auto& strand : built) {
    if (!strand) faults += (faults.empty() ? "" : "\n") + strand.error().message;
  }
  if (!faults.empty()) return base::fail(faults);
  std::vector<Part> made;
  for (std::size_t i = 0; i < built.size(); ++i) {
    if (entries[i]->paired) made.push_back(mirror_part(*built[i]));
    made.push_back(std::move(*built[i]));
  }
  return made;
}

}  // namespace forge
