#include "anatomy/finish.h"

#include <gtest/gtest.h>

#include <set>

#include "support/phantom_body.h"

namespace anatomy {
namespace {

Body without_segments() {
  test_support::PhantomSpec spec;
  spec.cell_m = 0.008f;
  Body body = *test_support::make_phantom_body(spec);
  body.segments.clear();
  for (Structure& s : body.structures) {
    s.first_segment = kNone;
    s.segment_count = 0;
  }
  for (LodMesh& mesh : body.lods) {
    std::fill(mesh.vertex_segment.begin(), mesh.vertex_segment.end(), kNone);
  }
  return body;
}

// Law: every vertex of a muscle lies in a segment of that muscle, segments are 2-3 cm long (unless
// the whole muscle is shorter), no vertex of anything else has one.
void expect_segmented(const Body& body) {
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const Structure& s = body.structures[i];
    const bool muscle = s.kind == Kind::kMuscle;
    EXPECT_EQ(s.segment_count > 0, muscle) << s.id;
    for (std::size_t lod = 0; lod < kLodCount; ++lod) {
      for (std::uint32_t v = 0; v < s.lods[lod].vertex_count; ++v) {
        const SegmentIndex segment = body.lods[lod].vertex_segment[s.lods[lod].first_vertex + v];
        if (!muscle) {
          ASSERT_EQ(segment, kNone);
          continue;
        }
        ASSERT_GE(segment, s.first_segment);
        ASSERT_LT(segment, s.first_segment + s.segment_count);
        ASSERT_EQ(body.segments[segment].structure, i);
      }
    }
    for (int k = 0; muscle && k < s.segment_count; ++k) {
      const Segment& segment = body.segments[s.first_segment + static_cast<std::size_t>(k)];
      EXPECT_NEAR(glm::length(segment.fibre), 1.0f, 1e-4f);
      EXPECT_LE(segment.length_m, 0.038f) << s.id;
      if (s.segment_count > 1) {
        EXPECT_GE(segment.length_m, 0.018f) << s.id;
      }
    }
  }
}

TEST(BuildSegments, AlongTheLongestDirection) {
  Body body = without_segments();
  for (LodMesh& mesh : body.lods) mesh.fibre.clear();
  build_segments(body);
  expect_segmented(body);
  // The phantom's thoracic erector is a long vertical strip.
  const Structure* strip = nullptr;
  for (const Structure& s : body.structures) {
    const glm::vec3 size = s.bounds_m.size();
    if (s.kind == Kind::kMuscle && size.y > 2.5f * size.x) strip = &s;
  }
  ASSERT_NE(strip, nullptr);
  const float length = strip->bounds_m.size().y;
  EXPECT_NEAR(strip->segment_count, length / 0.025f, 1.5f);
  EXPECT_GT(std::abs(body.segments[strip->first_segment].fibre.y), 0.95f);
}

TEST(BuildSegments, FibresDecideTheDirection) {
  Body body = without_segments();
  for (LodMesh& mesh : body.lods) {
    mesh.fibre.assign(mesh.positions_m.size(), glm::vec3(1.0f, 0.0f, 0.0f));
  }
  build_segments(body);
  expect_segmented(body);
  for (const Segment& segment : body.segments) EXPECT_GT(segment.fibre.x, 0.99f);
}

TEST(BuildSegments, KeepsWhatIsThere) {
  Body body = without_segments();
  build_segments(body);
  const std::size_t count = body.segments.size();
  build_segments(body);
  EXPECT_EQ(body.segments.size(), count);
}

TEST(FinishStructures, BoundsAndMembersFollowTheMeshes) {
  Body body = without_segments();
  for (Structure& s : body.structures) s.bounds_m = {};
  for (Group& g : body.groups) g.members.clear();
  finish_structures(body);
  for (const Structure& s : body.structures) EXPECT_FALSE(s.bounds_m.empty()) << s.id;
  for (std::size_t g = 0; g < body.groups.size(); ++g) {
    for (const StructureIndex member : body.groups[g].members) {
      const auto& groups = body.structures[member].groups;
      EXPECT_NE(std::find(groups.begin(), groups.end(), g), groups.end());
    }
    EXPECT_FALSE(body.groups[g].members.empty());
  }
}

TEST(FinishStructuresDeath, IndexOutsideItsRangeIsABug) {
  Body body = without_segments();
  body.lods[0].indices[0] = static_cast<std::uint32_t>(body.lods[0].positions_m.size());
  EXPECT_DEATH(finish_structures(body), "does not hold");
}

}  // namespace
}  // namespace anatomy
