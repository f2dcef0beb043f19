// Fibres of muscles that are known by their surface alone: laws on tubes, bent tubes and fans.
#include "anatomy/fibre_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "anatomy/finish.h"

namespace anatomy {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

// A sheet over [0,1] x [0,1], `place` puts it anywhere; `round`: the second edge meets the first.
geom::Mesh make_sheet(int rows, int columns, bool round,
                      const std::function<glm::vec3(float, float)>& place) {
  geom::Mesh mesh;
  const int points = round ? columns : columns + 1;
  for (int i = 0; i <= rows; ++i) {
    for (int j = 0; j < points; ++j) {
      mesh.positions_m.push_back(place(static_cast<float>(i) / static_cast<float>(rows),
                                       static_cast<float>(j) / static_cast<float>(columns)));
    }
  }
  const auto at = [&](int i, int j) { return static_cast<std::uint32_t>(i * points + j % points); };
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      for (const std::uint32_t v :
           {at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i, j), at(i + 1, j + 1), at(i + 1, j)}) {
        mesh.indices.push_back(v);
      }
    }
  }
  return mesh;
}

// Both ends closed with a fan.
void close_ends(geom::Mesh& mesh, std::uint32_t columns) {
  const auto count = static_cast<std::uint32_t>(mesh.positions_m.size());
  for (const std::uint32_t first : {0u, count - columns}) {
    glm::vec3 middle(0.0f);
    for (std::uint32_t j = 0; j < columns; ++j) {
      middle += mesh.positions_m[first + j] / static_cast<float>(columns);
    }
    const auto centre = static_cast<std::uint32_t>(mesh.positions_m.size());
    mesh.positions_m.push_back(middle);
    for (std::uint32_t j = 0; j < columns; ++j) {
      mesh.indices.insert(mesh.indices.end(), {centre, first + (j + 1) % columns, first + j});
    }
  }
}

const glm::vec3 kAxis = glm::normalize(glm::vec3(0.3f, -0.9f, 0.4f));

geom::Mesh make_tube(float length_m, float radius_m = 0.012f) {
  const glm::vec3 side = glm::normalize(glm::cross(kAxis, glm::vec3(0.0f, 0.0f, 1.0f)));
  const glm::vec3 other = glm::cross(kAxis, side);
  return make_sheet(24, 12, true, [=](float u, float v) {
    const float angle = 2.0f * kPi * v;
    return glm::vec3(0.05f, 1.2f, 0.0f) + kAxis * (u * length_m) +
           radius_m * (std::cos(angle) * side + std::sin(angle) * other);
  });
}

constexpr float kBend_m = 0.10f;

// A quarter of a ring around the origin, in the plane of x and y, from +x to +y.
geom::Mesh make_bent_tube() {
  geom::Mesh mesh = make_sheet(28, 12, true, [](float u, float v) {
    const float turn = 0.5f * kPi * u;
    const float angle = 2.0f * kPi * v;
    const float radius = kBend_m + 0.012f * std::cos(angle);
    return glm::vec3(radius * std::cos(turn), radius * std::sin(turn), 0.012f * std::sin(angle));
  });
  close_ends(mesh, 12);
  return mesh;
}

glm::vec3 bend_direction(glm::vec3 p) { return glm::normalize(glm::vec3(-p.y, p.x, 0.0f)); }

float degrees_between(glm::vec3 a, glm::vec3 b) {
  return std::acos(std::clamp(glm::dot(a, b), -1.0f, 1.0f)) * 180.0f / kPi;
}

FibreClues along(glm::vec3 course) {
  FibreClues clues;
  clues.course = course;
  return clues;
}

// The bent tube's ends lie flat on bones.
FibreClues between_bones(const geom::Mesh& mesh) {
  FibreClues clues = along({-1.0f, 1.0f, 0.0f});
  for (const glm::vec3 p : mesh.positions_m) {
    clues.from_m.push_back(std::abs(p.y));
    clues.to_m.push_back(std::abs(p.x));
  }
  return clues;
}

// Largest angle between a field's fibres and what they should be.
float worst_angle(const geom::Mesh& mesh, const FibreField& field,
                  const std::function<glm::vec3(glm::vec3)>& expected) {
  float worst = 0.0f;
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    worst = std::max(worst, degrees_between(field.fibre[v], expected(mesh.positions_m[v])));
  }
  return worst;
}

Body make_body(const geom::Mesh& mesh) {
  Body body;
  Structure muscle;
  muscle.id = "muscle_of_the_test";
  muscle.kind = Kind::kMuscle;
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    muscle.lods[lod] = {0, static_cast<std::uint32_t>(mesh.positions_m.size()), 0,
                        static_cast<std::uint32_t>(mesh.indices.size())};
    body.lods[lod].positions_m = mesh.positions_m;
    body.lods[lod].indices = mesh.indices;
    body.lods[lod].vertex_segment.assign(mesh.positions_m.size(), kNone);
    body.lods[lod].vertex_structure.assign(mesh.positions_m.size(), 0);
  }
  body.structures.push_back(muscle);
  return body;
}

TEST(FibreField, RunsAlongAStraightTubeAndCutsItEvenly) {
  geom::Mesh mesh = make_tube(0.2f);
  close_ends(mesh, 12);
  const auto field = solve_fibre_field(mesh, along(kAxis));
  ASSERT_TRUE(field);
  EXPECT_LT(worst_angle(mesh, *field, [](glm::vec3) { return kAxis; }), 3.0f);
  EXPECT_NEAR(field->length_m, 0.2f, 0.006f);

  Body body = make_body(mesh);
  build_fibres(body, Ontology{});
  ASSERT_EQ(body.segments.size(), 8u);  // 20 cm in stretches of 2.5 cm
  for (std::size_t s = 0; s < body.segments.size(); ++s) {
    EXPECT_NEAR(body.segments[s].length_m, 0.025f, 0.001f);
    EXPECT_LT(degrees_between(body.segments[s].fibre, kAxis), 3.0f);
    if (s == 0) continue;
    const glm::vec3 step = body.segments[s].centre_m - body.segments[s - 1].centre_m;
    EXPECT_NEAR(glm::dot(step, kAxis), 0.025f, 0.006f);
  }
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    for (const glm::vec3 fibre : body.lods[lod].fibre) EXPECT_NEAR(glm::length(fibre), 1.0f, 1e-4f);
  }
}

TEST(FibreField, FollowsABendAndIsCutAcrossIt) {
  const geom::Mesh mesh = make_bent_tube();
  const auto field = solve_fibre_field(mesh, between_bones(mesh));
  ASSERT_TRUE(field);
  EXPECT_LT(worst_angle(mesh, *field, bend_direction), 12.0f);
  EXPECT_NEAR(field->length_m, 0.5f * kPi * kBend_m, 0.012f);

  Body body = make_body(mesh);
  build_fibres(body, Ontology{});
  ASSERT_GE(body.segments.size(), 6u);
  // Nobody said where it begins: either way round, but one after the other along the bend; at ends
  // that are only guessed fibres may lean.
  const bool forward =
      bend_direction(body.segments[0].centre_m).y * body.segments[0].fibre.y > 0.0f;
  for (std::size_t s = 0; s < body.segments.size(); ++s) {
    const Segment& segment = body.segments[s];
    EXPECT_GE(segment.length_m, 0.02f);
    EXPECT_LE(segment.length_m, 0.03f);
    EXPECT_NEAR(std::hypot(segment.centre_m.x, segment.centre_m.y), kBend_m, 0.004f);
    EXPECT_NEAR(segment.centre_m.z, 0.0f, 0.004f);
    const glm::vec3 way = (forward ? 1.0f : -1.0f) * bend_direction(segment.centre_m);
    const bool inner = s > 0 && s + 1 < body.segments.size();
    EXPECT_LT(degrees_between(segment.fibre, way), inner ? 10.0f : 25.0f);
    if (s == 0) continue;
    EXPECT_GT(glm::dot(segment.centre_m - body.segments[s - 1].centre_m, way), 0.015f);
  }
  // A plane across the bend cuts it: what belongs to one segment spans 2.5 cm of the ring, no more.
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    const Segment& segment = body.segments[body.lods[0].vertex_segment[v]];
    EXPECT_LT(
        degrees_between(bend_direction(mesh.positions_m[v]), bend_direction(segment.centre_m)),
        15.0f);
  }
}

TEST(FibreField, ConvergesInAFan) {
  // From an edge of 16 cm to one of 1 cm, 12 cm higher: fibres on lines through a point above.
  const auto half_width = [](float height) { return 0.08f - (0.08f - 0.005f) * height / 0.12f; };
  const geom::Mesh mesh = make_sheet(16, 20, false, [&](float u, float v) {
    const float height = 0.12f * u;
    return glm::vec3((2.0f * v - 1.0f) * half_width(height), height, 0.0f);
  });
  FibreClues clues = along({0.0f, 1.0f, 0.0f});
  for (const glm::vec3 p : mesh.positions_m) {
    clues.from_m.push_back(p.y);
    clues.to_m.push_back(glm::length(p - glm::vec3(0.0f, 0.12f, 0.0f)));
  }
  const auto field = solve_fibre_field(mesh, clues);
  ASSERT_TRUE(field);
  const glm::vec3 apex(0.0f, 0.12f + 0.005f * 0.12f / 0.075f, 0.0f);
  int left = 0;
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    const glm::vec3 p = mesh.positions_m[v];
    if (p.y > 0.095f || std::abs(p.x) < 0.01f) continue;
    EXPECT_LT(field->fibre[v].x * p.x, 0.0f) << p.x << ' ' << p.y;  // towards the middle
    EXPECT_LT(degrees_between(field->fibre[v], glm::normalize(apex - p)), 25.0f)
        << p.x << ' ' << p.y;
    left += p.x < 0.0f ? 1 : 0;
  }
  EXPECT_GT(left, 50);
}

// Two tubes one behind the other with 4 mm between them: one muscle whose numbers run on.
TEST(FibreField, PiecesOfOneMuscleAreNumberedInOneRow) {
  geom::Mesh mesh = make_tube(0.08f);
  const geom::Mesh second = mesh;
  const auto offset = static_cast<std::uint32_t>(mesh.positions_m.size());
  for (const glm::vec3 p : second.positions_m) mesh.positions_m.push_back(p + kAxis * 0.084f);
  for (const std::uint32_t i : second.indices) mesh.indices.push_back(offset + i);
  const auto field = solve_fibre_field(mesh, along(kAxis));
  ASSERT_TRUE(field);
  EXPECT_LT(worst_angle(mesh, *field, [](glm::vec3) { return kAxis; }), 10.0f);
  EXPECT_NEAR(field->length_m, 0.164f, 0.010f);
  for (std::uint32_t v = 0; v < offset; ++v) {
    EXPECT_GT(field->along_m[v + offset] - field->along_m[v], 0.05f);
  }
}

TEST(FibreField, PiecesSideBySideAgree) {
  geom::Mesh mesh = make_tube(0.15f, 0.008f);
  const geom::Mesh second = mesh;
  const auto offset = static_cast<std::uint32_t>(mesh.positions_m.size());
  const glm::vec3 side = glm::normalize(glm::cross(kAxis, glm::vec3(0.0f, 0.0f, 1.0f)));
  for (const glm::vec3 p : second.positions_m) mesh.positions_m.push_back(p + side * 0.020f);
  for (const std::uint32_t i : second.indices) mesh.indices.push_back(offset + i);
  const auto field = solve_fibre_field(mesh, along(kAxis));
  ASSERT_TRUE(field);
  for (std::uint32_t v = 0; v < offset; ++v) {
    EXPECT_NEAR(field->along_m[v + offset], field->along_m[v], 0.012f);
  }
}

TEST(FibreField, SurvivesWhatPublishedMeshesAreLike) {
  const geom::Mesh whole = make_tube(0.2f);  // open at both ends
  geom::Mesh torn = whole;
  torn.indices.resize(torn.indices.size() * 9 / 10);  // a hole
  std::swap(torn.indices[30], torn.indices[31]);      // a triangle inside out
  torn.indices.insert(torn.indices.end(), {60, 61, 73, 60, 61, 73, 5, 5, 6});  // twice; no area
  torn.positions_m.push_back(torn.positions_m[50]);                            // used by nobody
  for (const geom::Mesh& mesh : {whole, torn}) {
    const auto field = solve_fibre_field(mesh, along(kAxis));
    ASSERT_TRUE(field);
    EXPECT_LT(worst_angle(mesh, *field, [](glm::vec3) { return kAxis; }), 12.0f);
  }
}

TEST(FibreField, OtherEndsOtherWayRound) {
  const geom::Mesh mesh = make_bent_tube();
  const FibreClues there = between_bones(mesh);
  FibreClues back = there;
  std::swap(back.from_m, back.to_m);
  back.course = -back.course;
  const auto a = solve_fibre_field(mesh, there);
  const auto b = solve_fibre_field(mesh, back);
  ASSERT_TRUE(a && b);
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    EXPECT_GT(degrees_between(a->fibre[v], b->fibre[v]), 179.0f);
    EXPECT_NEAR(a->along_m[v], b->length_m - b->along_m[v], 0.0005f);
  }
}

TEST(FibreField, TheMirrorImageHasMirroredFibres) {
  const geom::Mesh mesh = make_bent_tube();
  geom::Mesh mirrored = mesh;
  for (glm::vec3& p : mirrored.positions_m) p.x = -p.x;
  for (std::size_t i = 0; i < mirrored.indices.size(); i += 3) {
    std::swap(mirrored.indices[i + 1], mirrored.indices[i + 2]);
  }
  const auto a = solve_fibre_field(mesh, along({-1.0f, 1.0f, 0.0f}));
  const auto b = solve_fibre_field(mirrored, along({1.0f, 1.0f, 0.0f}));
  ASSERT_TRUE(a && b);
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    const glm::vec3 f = a->fibre[v];
    EXPECT_LT(degrees_between({-f.x, f.y, f.z}, b->fibre[v]), 0.5f);
  }
}

TEST(FibreField, ARowOfSmallMusclesRunsFromOneToTheNext) {
  // Three tubes of 2 cm that lean outward, above each other, on the left side of the body.
  const glm::vec3 lean = glm::normalize(glm::vec3(-0.5f, 0.85f, 0.0f));
  geom::Mesh mesh;
  for (int k = 0; k < 3; ++k) {
    const geom::Mesh one = make_sheet(6, 8, true, [&](float u, float v) {
      const float angle = 2.0f * kPi * v;
      return glm::vec3(0.03f, 1.0f + 0.03f * static_cast<float>(k), 0.0f) + lean * (0.025f * u) +
             0.003f * glm::vec3(0.85f * std::cos(angle), 0.5f * std::cos(angle), std::sin(angle));
    });
    const auto offset = static_cast<std::uint32_t>(mesh.positions_m.size());
    mesh.positions_m.insert(mesh.positions_m.end(), one.positions_m.begin(), one.positions_m.end());
    for (const std::uint32_t i : one.indices) mesh.indices.push_back(offset + i);
  }
  const FibreField field = solve_series_field(mesh, {-0.5f, 0.85f, 0.0f}, {0.0f, 1.0f, 0.0f});
  EXPECT_LT(worst_angle(mesh, field, [&](glm::vec3) { return lean; }), 10.0f);
  EXPECT_NEAR(field.length_m, 0.085f, 0.01f);
}

// Published rotatores are one zigzag from top to bottom: no piece tells one slip from the next, so
// the course that a person has named holds, mirrored on the other side.
TEST(FibreField, WhereARowHangsTogetherItsCourseHolds) {
  const glm::vec3 course = glm::normalize(glm::vec3(-0.7f, 0.7f, 0.0f));
  for (const float side : {1.0f, -1.0f}) {
    const geom::Mesh row = make_sheet(24, 6, false, [&](float u, float v) {
      const float zigzag = std::abs(std::fmod(6.0f * u, 2.0f) - 1.0f);
      return glm::vec3(side * (0.005f + 0.02f * zigzag), 1.0f + 0.15f * u, 0.005f * v);
    });
    const FibreField field = solve_series_field(row, course, {0.0f, 1.0f, 0.0f});
    EXPECT_LT(
        worst_angle(row, field,
                    [&](glm::vec3) { return glm::vec3(side * course.x, course.y, course.z); }),
        1.0f)
        << side;
    EXPECT_NEAR(field.length_m, 0.15f, 0.001f);
  }
}

TEST(FibreField, WithoutASurfaceThereIsNone) {
  EXPECT_FALSE(solve_fibre_field({}, along(kAxis)));
  geom::Mesh point;
  point.positions_m.assign(6, glm::vec3(0.1f, 1.0f, 0.0f));
  point.indices = {0, 1, 2, 3, 4, 5};
  EXPECT_FALSE(solve_fibre_field(point, along(kAxis)));
  EXPECT_FALSE(solve_fibre_field(make_tube(0.1f), along(glm::vec3(0.0f))));
  // Such a muscle still gets a segment: the straight cut takes what the field leaves.
  Body body = make_body(point);
  build_fibres(body, Ontology{});
  EXPECT_TRUE(body.segments.empty());
  build_segments(body);
  EXPECT_EQ(body.segments.size(), 1u);
}

}  // namespace
}  // namespace anatomy
