// Every usable structure stands in the tree, once by layer and by region; counts follow what can be
// seen; revealing, hiding and showing many at once are one step each.
#include "session/structure_tree.h"

#include <gtest/gtest.h>

#include <set>

#include "anatomy/pack.h"
#include "session/session.h"

namespace {

using session::TreeOrder;

class StructureTree : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    body_ =
        anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
            .value();
  }
  static void TearDownTestSuite() { body_.reset(); }
  static inline std::shared_ptr<const anatomy::Body> body_;
};

TEST_F(StructureTree, HoldsEveryUsableStructureOnceByLayerAndByRegion) {
  std::size_t usable = 0;
  for (const auto& structure : body_->structures) usable += structure.usable;
  for (const TreeOrder order : {TreeOrder::kLayer, TreeOrder::kRegion, TreeOrder::kGroup}) {
    std::multiset<anatomy::StructureIndex> all;
    for (const auto& branch : session::make_structure_tree(*body_, order)) {
      EXPECT_FALSE(branch.structures.empty()) << branch.id;
      all.insert(branch.structures.begin(), branch.structures.end());
    }
    const std::set<anatomy::StructureIndex> once(all.begin(), all.end());
    EXPECT_EQ(once.size(), usable);
    if (order != TreeOrder::kGroup) {
      EXPECT_EQ(all.size(), usable);
    }
  }
}

TEST_F(StructureTree, RegionsAreWherePeopleLookForThem) {
  const auto branches = session::make_structure_tree(*body_, TreeOrder::kRegion);
  const auto region_of = [&](const std::string& id) {
    const auto index = body_->find_structure(id);
    for (const auto& branch : branches)
      if (std::find(branch.structures.begin(), branch.structures.end(), index) !=
          branch.structures.end())
        return branch.id;
    return std::string("nowhere");
  };
  EXPECT_EQ(region_of("skin"), "tree.region.skin");
  EXPECT_EQ(region_of("splenius_capitis_left"), "tree.region.neck");
  EXPECT_EQ(region_of("rhomboid_major_right"), "tree.region.upper_back");
  EXPECT_EQ(region_of("quadratus_lumborum_left"), "tree.region.low_back");
  EXPECT_EQ(region_of("gluteus_medius_right"), "tree.region.hips");
  EXPECT_EQ(region_of("deltoid_acromial_left"), "tree.region.shoulder_arm");
  EXPECT_EQ(region_of("pectoralis_major_sternocostal_left"), "tree.region.chest");
}

TEST_F(StructureTree, BothSidesOfAPairAreInTheSameRegion) {
  for (const auto& branch : session::make_structure_tree(*body_, TreeOrder::kRegion)) {
    std::set<std::string> ids;
    for (const auto s : branch.structures) ids.insert(body_->structures[s].id);
    for (const std::string& id : ids) {
      if (!id.ends_with("_left")) continue;
      EXPECT_TRUE(ids.contains(id.substr(0, id.size() - 4) + "right")) << branch.id << " " << id;
    }
  }
}

TEST_F(StructureTree, CountsWhatCanBeSeen) {
  session::Document document;
  document.hidden.assign(body_->structures.size(), 0);
  document.isolated = document.selected = document.hidden;
  document.layer = anatomy::Layer::kSkin;
  for (const auto& branch : session::make_structure_tree(*body_, TreeOrder::kLayer)) {
    EXPECT_EQ(session::count_visible(branch.structures, *body_, document),
              branch.structures.size());
    document.hidden[branch.structures.front()] = 1;
    EXPECT_EQ(session::count_visible(branch.structures, *body_, document),
              branch.structures.size() - 1);
  }
  document.layer = anatomy::Layer::kSkeleton;
  const auto layers = session::make_structure_tree(*body_, TreeOrder::kLayer);
  EXPECT_EQ(session::count_visible(layers.front().structures, *body_, document), 0u);
}

TEST_F(StructureTree, RevealingShowsWhateverIsInTheWayOfItInOneStep) {
  const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
  const auto index = std::make_shared<const anatomy::BodyIndex>(body_);
  const auto tool =
      std::make_shared<const tool::ToolSpec>(tool::load_tool(assets / "attachments").value());
  const auto session = session::Session::make({index, tool, assets, {}}).value().release();
  const std::unique_ptr<session::Session> owner(session);
  const auto rhomboid = body_->find_structure("rhomboid_major_right");
  const auto rib = body_->find_structure("rib_5_left");
  ASSERT_NE(rhomboid, anatomy::kNone);
  ASSERT_NE(rib, anatomy::kNone);
  ASSERT_TRUE(session->apply(session::Hide{{rhomboid}}));
  ASSERT_TRUE(session->apply(session::Isolate{{rib}}));
  const session::Document before = *session->snapshot().document;
  ASSERT_TRUE(session->apply(session::Reveal{{rhomboid}}));
  const session::Document& now = *session->snapshot().document;
  EXPECT_TRUE(now.is_visible(body_->structures[rhomboid], rhomboid));
  EXPECT_EQ(now.selected[rhomboid], 1);
  EXPECT_EQ(now.layer, body_->structures[rhomboid].layer);
  ASSERT_TRUE(session->apply(session::Undo{}));
  EXPECT_TRUE(session::is_same(*session->snapshot().document, before));
  EXPECT_FALSE(session->apply(session::Reveal{{60000}}));
}

}  // namespace
