// A body against references whose distance from it is known: itself, moved, blown up.
#include "compare/compare.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "compare/body_mesh.h"
#include "support/phantom_body.h"

namespace compare {
namespace {

using anatomy::Kind;
using anatomy::Side;

test_support::PhantomSpec small_spec() {
  test_support::PhantomSpec spec;
  spec.cell_m = 0.012f;
  return spec;
}

std::shared_ptr<const anatomy::Body> phantom() {
  return test_support::make_phantom_body(small_spec());
}

ReferenceStructure reference_of(const anatomy::Body& body, const std::string& id) {
  const auto index = body.find_structure(id);
  const anatomy::Structure& s = body.structures[index];
  ReferenceStructure made;
  made.label = {s.id, s.name, ""};
  made.fma = s.fma;
  made.kind = s.kind;
  made.side = s.side;
  made.mesh_m = mesh_of(body, index, 0);
  return made;
}

const StructureRow& row_of(const Comparison& comparison, const std::string& id) {
  const auto it = std::find_if(comparison.rows.begin(), comparison.rows.end(),
                               [&](const StructureRow& row) { return row.id == id; });
  EXPECT_NE(it, comparison.rows.end()) << id;
  return *it;
}

TEST(Compare, ABodyLiesOnItself) {
  const auto body = phantom();
  const Comparison c =
      compare_body(*body, {reference_of(*body, "trapezius_descending_left")}, {}, {});
  const StructureRow& row = row_of(c, "trapezius_descending_left");
  EXPECT_EQ(row.presence, Presence::kBoth);
  EXPECT_EQ(row.judged, Judged::kMuscle);
  EXPECT_NEAR(row.distance->mean_m(), 0.0f, 1e-6f);
  EXPECT_NEAR(*row.volume_ratio, 1.0, 1e-4);
  EXPECT_TRUE(row.mesh->good());
  EXPECT_NEAR(*row.mirror_m, 0.0f, 1e-6f);
  EXPECT_EQ(row_of(c, "trapezius_descending_right").presence, Presence::kBodyOnly);
}

// Nothing is aligned: a reference 5 mm higher is off, and more so the blunter its ends are.
TEST(Compare, NothingIsAligned) {
  const auto body = phantom();
  ReferenceStructure moved = reference_of(*body, "levator_scapulae_left");
  for (glm::vec3& p : moved.mesh_m.positions_m) p.y += 0.5f;
  const Comparison c = compare_body(*body, {moved}, {}, {});
  // Half a metre up, a muscle 0.1 m long is 0.4 to 0.5 m away.
  EXPECT_GT(row_of(c, "levator_scapulae_left").distance->mean_m(), 0.38f);
  EXPECT_NEAR(*row_of(c, "levator_scapulae_left").volume_ratio, 1.0, 1e-3);
}

TEST(Compare, IdsMatchByFmaFirstAndPartsAreJoined) {
  const auto body = phantom();
  ReferenceStructure renamed = reference_of(*body, "rhomboid_major_left");
  renamed.label.id = "quite_another_name";
  const Comparison c = compare_body(*body, {renamed}, {}, {});
  EXPECT_EQ(row_of(c, "quite_another_name").presence, Presence::kBoth);
  EXPECT_NEAR(row_of(c, "quite_another_name").distance->mean_m(), 0.0f, 1e-6f);

  std::vector<ReferenceStructure> joined;
  const ReferenceStructure whole = reference_of(*body, "rhomboid_major_left");
  geom::Mesh half = whole.mesh_m;
  const std::size_t middle = whole.mesh_m.indices.size() / 6 * 3;
  half.indices.resize(middle);
  ReferenceFile file;
  file.kind = "muscle";
  add_reference(joined, file, whole.label, half);
  half.indices.assign(whole.mesh_m.indices.begin() + static_cast<std::ptrdiff_t>(middle),
                      whole.mesh_m.indices.end());
  add_reference(joined, file, whole.label, half);
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_NEAR(geom::surface_area_m2(joined[0].mesh_m), geom::surface_area_m2(whole.mesh_m), 1e-7f);
}

TEST(Compare, WhatTheBodyLacksIsMissing) {
  const auto body = phantom();
  ReferenceStructure unknown = reference_of(*body, "rhomboid_major_left");
  unknown.label.id = "transversus_thoracis_left";
  unknown.fma = "FMA9762";
  const Comparison c = compare_body(*body, {unknown}, {}, {});
  EXPECT_EQ(row_of(c, "transversus_thoracis_left").presence, Presence::kMissing);
  EXPECT_FALSE(row_of(c, "transversus_thoracis_left").distance);

  // What the pack itself calls wrong is not there either.
  auto without = std::make_shared<anatomy::Body>(*body);
  without->structures[without->find_structure("rhomboid_major_left")].usable = false;
  const Comparison d = compare_body(*without, {reference_of(*body, "rhomboid_major_left")}, {}, {});
  EXPECT_EQ(row_of(d, "rhomboid_major_left").presence, Presence::kMissing);
}

// A skull of two shells in two parts against one shell: only the outside counts.
TEST(Compare, TheSkullIsMeasuredAsOneFromOutside) {
  const auto body_of = [](float depth) {
    test_support::PhantomSpec spec = small_spec();
    spec.bone_depth_m = depth;
    auto body = std::make_shared<anatomy::Body>(*test_support::make_phantom_body(spec));
    auto& bone = body->structures[body->find_structure("thoracic_vertebra_7")];
    bone.id = "skull";
    bone.fma.clear();
    return body;
  };
  const auto outer = body_of(0.040f);
  const auto inner = body_of(0.046f);
  ReferenceStructure front = reference_of(*outer, "skull");
  front.label = {"frontal_bone", "Frontal bone", "frontal_bone"};
  ReferenceStructure back = reference_of(*inner, "skull");
  back.label = {"occipital_bone", "Occipital bone", "occipital_bone"};
  const Comparison c = compare_body(*outer, {front, back}, {}, {});
  EXPECT_EQ(std::count_if(c.rows.begin(), c.rows.end(),
                          [](const StructureRow& r) { return r.presence == Presence::kBoth; }),
            1);
  const StructureRow& row = row_of(c, "skull");
  EXPECT_EQ(row.judged, Judged::kBone);
  EXPECT_NEAR(row.distance->mean_m(), 0.0f, 1e-6f);
  EXPECT_FALSE(row.volume_ratio);
}

TEST(Compare, ATwinOutOfPlaceIsSeen) {
  auto body = std::make_shared<anatomy::Body>(*phantom());
  const auto& s = body->structures[body->find_structure("levator_scapulae_right")];
  for (std::uint32_t v = 0; v < s.lods[0].vertex_count; ++v) {
    body->lods[0].positions_m[s.lods[0].first_vertex + v].y += 0.002f;
  }
  const Comparison c = compare_body(*body, {}, {}, {});
  EXPECT_NEAR(*row_of(c, "levator_scapulae_left").mirror_m, 0.002f, 5e-4f);
  EXPECT_NEAR(*row_of(c, "levator_scapulae_right").mirror_m, 0.002f, 5e-4f);
  EXPECT_LT(*row_of(c, "rhomboid_major_left").mirror_m, 1e-6f);
}

TEST(MeshFaults, EachFaultIsCounted) {
  const auto body = phantom();
  const geom::Mesh good = mesh_of(*body, body->find_structure("levator_scapulae_left"), 0);
  const auto faults = [](geom::Mesh mesh) { return find_mesh_faults(std::span(&mesh, 1)); };
  EXPECT_TRUE(faults(good).good());

  geom::Mesh open = good;
  open.indices.resize(open.indices.size() - 3);
  EXPECT_EQ(faults(open).open_edges, 3u);
  geom::Mesh turned = good;
  std::swap(turned.indices[0], turned.indices[1]);
  EXPECT_EQ(faults(turned).flipped_edges, 3u);
  geom::Mesh inside_out = good;
  for (std::size_t i = 0; i < inside_out.indices.size(); i += 3) {
    std::swap(inside_out.indices[i], inside_out.indices[i + 1]);
  }
  EXPECT_TRUE(faults(inside_out).inside_out);
  EXPECT_EQ(faults(inside_out).flipped_edges, 0u);
  geom::Mesh doubled = good;
  doubled.indices.insert(doubled.indices.end(), good.indices.begin(), good.indices.begin() + 3);
  EXPECT_EQ(faults(doubled).crowded_edges, 3u);
  // Two corners at one place: the triangle is gone for whoever welds, and was degenerate before.
  geom::Mesh pinched = good;
  pinched.positions_m[pinched.indices[1]] = pinched.positions_m[pinched.indices[0]];
  EXPECT_GE(faults(pinched).degenerate_triangles, 2u);
  EXPECT_FALSE(faults(pinched).good());
}

const OrderFinding& finding_of(const anatomy::Body& body, const std::vector<OrderFinding>& all,
                               const std::string& id) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const OrderFinding& f) {
    return body.structures[f.structure].id == id;
  });
  EXPECT_NE(it, all.end()) << id;
  return *it;
}

// The phantom's levator (14 to 19 mm deep) lies under its trapezius (8 to 13 mm), not over it.
TEST(Order, LayersInOrderPassAndInTheWrongOrderFail) {
  const auto body = phantom();
  const std::vector<CoverRule> right = {{"rhomboid_major", "trapezius_transverse"}};
  for (const OrderFinding& f : measure_order(*body, right)) EXPECT_EQ(f.share, 0.0f);
  const std::vector<CoverRule> wrong = {{"trapezius_transverse", "rhomboid_major"},
                                        {"trapezius_transverse", "no_such_muscle"}};
  const auto found = measure_order(*body, wrong);
  ASSERT_EQ(found.size(), 2u);  // left and right
  const OrderFinding& left = finding_of(*body, found, "trapezius_transverse_left");
  // Both overlap in height by 1.31..1.39 of 1.31..1.41 and around the body by .05...55 of .02...9.
  EXPECT_NEAR(left.share, 0.8 * 0.5 / 0.88, 0.08);
  EXPECT_EQ(body->structures[left.worst_cover].id, "rhomboid_major_left");
}

// One muscle half of which has been pushed out through its cover.
TEST(Order, TheShareIsTheAreaThatComesThrough) {
  test_support::PhantomSpec spec = small_spec();
  spec.muscles = {{"trapezius_transverse", "trapezius", anatomy::Layer::kSuperficial, .010f, .015f,
                   .1f, 1.0f, 1.20f, 1.44f, true},
                  {"rhomboid_major", "rhomboids", anatomy::Layer::kIntermediate, .012f, .020f, .2f,
                   .9f, 1.22f, 1.42f, true}};
  const std::vector<CoverRule> rules = {{"rhomboid_major", "trapezius_transverse"}};
  auto body = std::make_shared<anatomy::Body>(*test_support::make_phantom_body(spec));
  EXPECT_EQ(measure_order(*body, rules)[0].share, 0.0f);  // overlapping is not yet in disorder
  const auto index = body->find_structure("rhomboid_major_left");
  const auto& range = body->structures[index].lods[0];
  for (std::uint32_t v = range.first_vertex; v < range.first_vertex + range.vertex_count; ++v) {
    glm::vec3& p = body->lods[0].positions_m[v];
    if (p.y > 1.32f) p -= 0.005f * glm::normalize(glm::vec3(-p.x, 0.0f, -p.z));
  }
  EXPECT_NEAR(finding_of(*body, measure_order(*body, rules), "rhomboid_major_left").share, 0.5,
              0.1);
}

// Behind a bone begins another place of the body.
TEST(Order, ACoverBehindABoneDoesNotCount) {
  test_support::PhantomSpec spec = small_spec();
  spec.bone_depth_m = 0.022f;
  spec.muscles = {
      {"subscapularis", "a", anatomy::Layer::kDeep, .026f, .032f, .1f, 1.0f, 1.20f, 1.44f, true},
      {"infraspinatus", "b", anatomy::Layer::kSuperficial, .010f, .018f, .1f, 1.0f, 1.20f, 1.44f,
       true}};
  const auto body = test_support::make_phantom_body(spec);
  const std::vector<CoverRule> wrong = {{"infraspinatus", "subscapularis"}};
  EXPECT_EQ(measure_order(*body, wrong)[0].share, 0.0f);
  spec.bone = false;
  EXPECT_GT(measure_order(*test_support::make_phantom_body(spec), wrong)[0].share, 0.9f);
}

}  // namespace
}  // namespace compare
