#include "session/structure_tree.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace session {
namespace {

constexpr std::array<const char*, 8> kRegions = {"skin",  "head",       "neck",     "shoulder_arm",
                                                 "chest", "upper_back", "low_back", "hips"};

// Where a structure lies, told by the middle of its box and the body's landmarks; where those are
// lacking, by shares of the body's height.
class Regions {
 public:
  explicit Regions(const anatomy::Body& body) {
    geom::Aabb box;
    for (const anatomy::Structure& structure : body.structures)
      if (structure.usable) box.add(structure.bounds_m);
    const float height = box.empty() ? 1.0f : box.max.y - box.min.y;
    const float foot = box.empty() ? 0.0f : box.min.y;
    const auto y_of = [&](const char* id, float share) {
      const auto* landmark = body.find_landmark(id);
      return landmark == nullptr ? foot + share * height : landmark->position_m.y;
    };
    neck_ = y_of("C7", 0.78f);
    waist_ = y_of("T12", 0.45f);
    crest_ = y_of("iliac_crest_left", 0.25f);
    const auto* occiput = body.find_landmark("occiput");
    head_ =
        occiput == nullptr ? neck_ + 0.6f * (foot + height - neck_) : occiput->position_m.y - 0.03f;
    const auto* acromion = body.find_landmark("acromion_left");
    arm_ = acromion == nullptr ? 0.1f : 0.58f * std::abs(acromion->position_m.x);
    const auto* c7 = body.find_landmark("C7");
    middle_ = c7 == nullptr ? 0.5f * (box.min.z + box.max.z) : c7->position_m.z + 0.075f;
  }

  std::size_t find(const anatomy::Structure& structure) const {
    if (structure.kind == anatomy::Kind::kSkin) return 0;
    const glm::vec3 at = 0.5f * (structure.bounds_m.min + structure.bounds_m.max);
    if (at.y > head_) return 1;
    if (at.y > neck_) return 2;
    if (std::abs(at.x) > arm_ && at.y > crest_) return 3;
    if (at.y > waist_) return at.z > middle_ ? 4 : 5;
    return at.y > crest_ ? 6 : 7;
  }

 private:
  float head_ = 0.0f, neck_ = 0.0f, waist_ = 0.0f, crest_ = 0.0f, arm_ = 0.0f, middle_ = 0.0f;
};

}  // namespace

std::vector<TreeBranch> make_structure_tree(const anatomy::Body& body, TreeOrder order) {
  std::vector<TreeBranch> branches;
  switch (order) {
    case TreeOrder::kLayer:
      for (int i = 0; i < anatomy::kLayerCount; ++i)
        branches.push_back(
            {"layer." + std::string(anatomy::to_string(static_cast<anatomy::Layer>(i))), {}, {}});
      break;
    case TreeOrder::kRegion:
      for (const char* region : kRegions)
        branches.push_back({"tree.region." + std::string(region), {}, {}});
      break;
    case TreeOrder::kGroup:
      for (const anatomy::Group& group : body.groups)
        branches.push_back({"group." + group.id, group.name, {}});
      branches.push_back({"tree.others", {}, {}});
      break;
  }
  const Regions regions(body);
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const anatomy::Structure& structure = body.structures[i];
    if (!structure.usable) continue;
    const auto add = [&](std::size_t branch) {
      branches[branch].structures.push_back(static_cast<anatomy::StructureIndex>(i));
    };
    if (order == TreeOrder::kLayer) add(static_cast<std::size_t>(structure.layer));
    if (order == TreeOrder::kRegion) add(regions.find(structure));
    if (order == TreeOrder::kGroup) {
      for (const anatomy::GroupIndex group : structure.groups) add(group);
      if (structure.groups.empty()) add(branches.size() - 1);
    }
  }
  std::erase_if(branches, [](const TreeBranch& branch) { return branch.structures.empty(); });
  return branches;
}

std::size_t count_visible(const std::vector<anatomy::StructureIndex>& structures,
                          const anatomy::Body& body, const Document& document) {
  return static_cast<std::size_t>(std::count_if(
      structures.begin(), structures.end(),
      [&](anatomy::StructureIndex s) { return document.is_visible(body.structures[s], s); }));
}

}  // namespace session
