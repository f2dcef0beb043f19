#include "compare/order.h"

#include <algorithm>
#include <map>

#include "anatomy/ontology.h"
#include "base/parallel.h"
#include "compare/body_mesh.h"
#include "geom/surface.h"

namespace compare {
namespace {

using anatomy::Body;
using anatomy::StructureIndex;

constexpr std::size_t kSamples = 1500;
constexpr float kStart_m = 0.002f;  // outside the skin, for what comes through it
constexpr float kSame_m = 1e-4f;    // two crossings of one triangle, rounding apart
// The ray must be about the cover's own way to the skin, too.
constexpr float kOwnWay = 0.9f;

struct Cover {
  StructureIndex structure = anatomy::kNone;
  std::span<const anatomy::SideBySide> beside;
};

struct Task {
  StructureIndex deep = anatomy::kNone;
  std::vector<Cover> covers;
};

std::vector<Task> find_tasks(const Body& body, std::span<const CoverRule> rules) {
  std::map<StructureIndex, Task> tasks;
  const auto usable = [&](const std::string& entry, anatomy::Side side) {
    const StructureIndex index = body.find_structure(anatomy::structure_id_of(entry, side));
    const bool good = index != anatomy::kNone && body.structures[index].usable &&
                      body.structures[index].lods[0].index_count > 0;
    return good ? index : anatomy::kNone;
  };
  for (const CoverRule& rule : rules) {
    for (const anatomy::Side side :
         {anatomy::Side::kLeft, anatomy::Side::kRight, anatomy::Side::kMedian}) {
      const StructureIndex deep = usable(rule.deep, side);
      const StructureIndex cover = usable(rule.cover, side);
      if (deep == anatomy::kNone || cover == anatomy::kNone) continue;
      tasks[deep].deep = deep;
      tasks[deep].covers.push_back({cover, rule.beside});
    }
  }
  std::vector<Task> list;
  for (auto& [index, task] : tasks) list.push_back(std::move(task));
  return list;
}

class OrderMeter {
 public:
  explicit OrderMeter(const Body& body)
      : body_(body), skin_(body.contact_surface.positions_m, body.contact_surface.indices) {
    trees_.reserve(body.structures.size());
    for (std::size_t i = 0; i < body.structures.size(); ++i) {
      const anatomy::Structure& s = body.structures[i];
      trees_.emplace_back(
          body.lods[0].positions_m,
          std::span(body.lods[0].indices).subspan(s.lods[0].first_index, s.lods[0].index_count));
      if (s.kind == anatomy::Kind::kBone && s.usable) bones_.push_back(i);
    }
  }

  OrderFinding measure(const Task& task) const {
    const geom::SurfaceSamples samples =
        geom::sample_surface(mesh_of(body_, task.deep, 0), kSamples);
    std::size_t outward = 0;
    std::size_t early = 0;
    std::vector<std::size_t> early_of(task.covers.size(), 0);
    for (std::size_t k = 0; k < samples.points.size(); ++k) {
      const auto at_skin = skin_.find_closest(samples.points[k], 1.0f);
      if (!at_skin || at_skin->distance_m < kSame_m) continue;
      const glm::vec3 inward = (samples.points[k] - at_skin->point_m) / at_skin->distance_m;
      const geom::Ray ray{at_skin->point_m - kStart_m * inward, inward};
      const float here = at_skin->distance_m + kStart_m;
      const auto first = trees_[task.deep].find_hit(ray, here + kSame_m);
      if (first && first->distance_m < here - kSame_m) continue;
      ++outward;
      if (const auto cover = find_late_cover(ray, here, task.covers)) {
        ++early;
        ++early_of[*cover];
      }
    }
    OrderFinding finding;
    finding.structure = task.deep;
    if (outward > 0) finding.share = static_cast<float>(early) / static_cast<float>(outward);
    if (early > 0) {
      const auto worst = std::max_element(early_of.begin(), early_of.end()) - early_of.begin();
      finding.worst_cover = task.covers[static_cast<std::size_t>(worst)].structure;
    }
    return finding;
  }

 private:
  // A cover that the ray meets only behind `here`, as a place in `covers`.
  std::optional<std::size_t> find_late_cover(const geom::Ray& ray, float here,
                                             const std::vector<Cover>& covers) const {
    float limit = here + kOrderReach_m;
    bool bones_known = false;
    for (std::size_t c = 0; c < covers.size(); ++c) {
      const auto hit = trees_[covers[c].structure].find_hit(ray, limit);
      if (!hit || hit->distance_m <= here) continue;
      const bool beside = std::any_of(
          covers[c].beside.begin(), covers[c].beside.end(), [&](const anatomy::SideBySide& place) {
            return place.holds(ray.origin_m + here * ray.direction, ray.direction);
          });
      if (beside) continue;
      // Few rays come this far.
      if (!bones_known) {
        for (const std::size_t bone : bones_) {
          if (const auto stop = trees_[bone].find_hit(ray, limit)) limit = stop->distance_m;
        }
        bones_known = true;
      }
      if (hit->distance_m >= limit) continue;
      const auto depth =
          skin_.find_closest(ray.origin_m + hit->distance_m * ray.direction, hit->distance_m);
      if (depth && depth->distance_m >= kOwnWay * (hit->distance_m - kStart_m)) return c;
    }
    return std::nullopt;
  }

  const Body& body_;
  geom::Bvh skin_;
  std::vector<geom::Bvh> trees_;
  std::vector<std::size_t> bones_;
};

}  // namespace

std::vector<OrderFinding> measure_order(const Body& body, std::span<const CoverRule> rules) {
  const std::vector<Task> tasks = find_tasks(body, rules);
  const OrderMeter meter(body);
  std::vector<OrderFinding> findings(tasks.size());
  base::parallel_for(tasks.size(), [&](std::size_t i) { findings[i] = meter.measure(tasks[i]); });
  return findings;
}

}  // namespace compare
