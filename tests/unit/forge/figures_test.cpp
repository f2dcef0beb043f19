// The figures of the built-in body: every sex and build is a body like the authored one (closed
// meshes, in order, symmetric, everything inside the skin), as large as people are, with fat as
// thick as the table says.
//
// Survey: ANSUR II (Gordon and others, 2014; 4,082 men and 1,986 women of the US Army): 5th and
// 95th percentiles. Men's 95th and median of the full sample, 5th from both (log-symmetric);
// women's from published means and a regression over a sample of the rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "anatomy/figure.h"
#include "anatomy/pack.h"
#include "anatomy/stature.h"
#include "base/parallel.h"
#include "compare/compare.h"
#include "compare/order.h"
#include "forge/figure_spec.h"
#include "forge/forge.h"
#include "forge/muscle_spec.h"
#include "forge/skin.h"
#include "geom/bvh.h"
#include "support/scratch_dir.h"

namespace {

namespace fs = std::filesystem;
using anatomy::Body;
using anatomy::Build;
using anatomy::Sex;

const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";
const fs::path kBodies = fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies";

struct FigureBody {
  Sex sex;
  Build build;
  std::shared_ptr<const Body> body;
};

std::vector<FigureBody> load_figures() {
  std::vector<FigureBody> figures;
  for (const Sex sex : anatomy::kSexes) {
    for (const Build build : anatomy::kBuilds) {
      const fs::path file = kBodies / (anatomy::figure_id(sex, build) + ".pack");
      const auto body = anatomy::load_pack(file);
      if (body) figures.push_back({sex, build, *body});
      EXPECT_TRUE(body.has_value()) << (body ? "" : body.error().message);
    }
  }
  return figures;
}

std::span<const glm::vec3> vertices_of(const Body& body, const anatomy::Structure& structure) {
  const anatomy::MeshRange& range = structure.lods[0];
  return std::span(body.lods[0].positions_m).subspan(range.first_vertex, range.vertex_count);
}

std::span<const glm::vec3> vertices_of(const Body& body, const std::string& id) {
  const auto index = body.find_structure(id);
  return index == anatomy::kNone ? std::span<const glm::vec3>()
                                 : vertices_of(body, body.structures[index]);
}

geom::Mesh mesh_of(const Body& body, const anatomy::Structure& structure, std::size_t lod) {
  const anatomy::MeshRange& range = structure.lods[lod];
  const anatomy::LodMesh& all = body.lods[lod];
  geom::Mesh mesh;
  const auto first = all.positions_m.begin() + range.first_vertex;
  mesh.positions_m.assign(first, first + range.vertex_count);
  for (std::size_t k = 0; k < range.index_count; ++k) {
    mesh.indices.push_back(all.indices[range.first_index + k] - range.first_vertex);
  }
  return mesh;
}

// A tape around one closed line in which a level cuts the skin: over hollows, not into them.
struct Tape {
  float middle_x_m = 0.0f;
  float girth_mm = 0.0f;
  float breadth_mm = 0.0f;
  float depth_mm = 0.0f;
};

float hull_length(std::vector<glm::vec2> points) {
  std::sort(points.begin(), points.end(),
            [](glm::vec2 a, glm::vec2 b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  std::vector<glm::vec2> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t start = hull.size();
    for (const glm::vec2 p : points) {
      while (hull.size() >= start + 2) {
        const glm::vec2 a = hull[hull.size() - 2];
        const glm::vec2 b = hull.back();
        if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0.0f) break;
        hull.pop_back();
      }
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  float length = 0.0f;
  for (std::size_t k = 0; k < hull.size(); ++k) {
    length += glm::length(hull[(k + 1) % hull.size()] - hull[k]);
  }
  return length;
}

std::vector<Tape> tapes_at(const geom::Mesh& skin, float y_m) {
  using Edge = std::pair<std::uint32_t, std::uint32_t>;
  std::map<Edge, std::size_t> crossing_of;
  std::vector<glm::vec2> points;
  std::vector<std::size_t> piece;
  const std::function<std::size_t(std::size_t)> root = [&](std::size_t k) {
    while (piece[k] != k) k = piece[k] = piece[piece[k]];
    return k;
  };
  for (std::size_t t = 0; t + 2 < skin.indices.size(); t += 3) {
    std::vector<std::size_t> ends;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t a = skin.indices[t + k];
      const std::uint32_t b = skin.indices[t + (k + 1) % 3];
      const glm::vec3 pa = skin.positions_m[a];
      const glm::vec3 pb = skin.positions_m[b];
      if ((pa.y < y_m) == (pb.y < y_m)) continue;
      const auto [found, added] = crossing_of.try_emplace(std::minmax(a, b), points.size());
      if (added) {
        const glm::vec3 p = glm::mix(pa, pb, (y_m - pa.y) / (pb.y - pa.y));
        points.push_back({p.x, p.z});
        piece.push_back(piece.size());
      }
      ends.push_back(found->second);
    }
    if (ends.size() == 2) piece[root(ends[0])] = root(ends[1]);
  }
  std::map<std::size_t, std::vector<glm::vec2>> loops;
  for (std::size_t k = 0; k < points.size(); ++k) loops[root(k)].push_back(points[k]);
  std::vector<Tape> tapes;
  for (const auto& [id, loop] : loops) {
    glm::vec2 low(1.0f);
    glm::vec2 high(-1.0f);
    for (const glm::vec2 p : loop) {
      low = glm::min(low, p);
      high = glm::max(high, p);
    }
    tapes.push_back({0.5f * (low.x + high.x), 1e3f * hull_length(loop), 1e3f * (high.x - low.x),
                     1e3f * (high.y - low.y)});
  }
  std::sort(tapes.begin(), tapes.end(), [](const Tape& a, const Tape& b) {
    return std::abs(a.middle_x_m) < std::abs(b.middle_x_m);
  });
  return tapes;
}

struct Percentiles {
  float p5_mm;
  float p95_mm;
};
// Of a woman and of a man.
struct Survey {
  const char* measure;
  Percentiles female;
  Percentiles male;
};
constexpr Survey kSurvey[] = {
    {"stature", {1523, 1734}, {1647, 1870}},       {"neck girth", {299, 361}, {352, 443}},
    {"bideltoid breadth", {405, 496}, {457, 567}}, {"chest girth", {821, 1072}, {924, 1207}},
    {"chest depth", {203, 292}, {215, 298}},       {"waist girth", {698, 1024}, {776, 1131}},
    {"waist breadth", {252, 354}, {274, 385}},     {"waist depth", {159, 269}, {183, 300}},
    {"buttock girth", {901, 1142}, {900, 1149}},   {"hip breadth", {313, 395}, {306, 387}},
    {"buttock depth", {194, 272}, {208, 291}},     {"biacromial breadth", {330, 400}, {385, 447}},
    {"bicristal breadth", {242, 303}, {248, 305}}, {"head girth", {532, 597}, {548, 601}},
    {"head breadth", {139, 154}, {145, 163}},      {"head length", {175, 205}, {190, 211}},
};

std::map<std::string, float> measure(const Body& body) {
  const geom::Mesh& skin = body.contact_surface;
  std::map<std::string, float> mm;
  const float stature = geom::bounds_of(skin.positions_m).max.y;
  mm["stature"] = 1e3f * stature;
  mm["neck girth"] = 1e6f;
  for (float share = 0.835f; share < 0.89f; share += 0.004f) {
    mm["neck girth"] = std::min(mm["neck girth"], tapes_at(skin, share * stature).front().girth_mm);
  }
  float half = 0.0f;
  for (const glm::vec3 p : skin.positions_m) {
    if (p.y > 0.755f * stature && p.y < 0.83f * stature) half = std::max(half, std::abs(p.x));
  }
  mm["bideltoid breadth"] = 2e3f * half;
  // Below the armpits: at the nipples our arms still join the chest. The survey's breadth leaves
  // out what the tape goes round at the sides, so it has no counterpart.
  for (float share = 0.76f; share > 0.62f; share -= 0.004f) {
    const auto tapes = tapes_at(skin, share * stature);
    if (tapes.size() < 3) continue;
    mm["chest girth"] = tapes.front().girth_mm;
    mm["chest depth"] = tapes.front().depth_mm;
    break;
  }
  const Tape waist = tapes_at(skin, 0.60f * stature).front();
  mm["waist girth"] = waist.girth_mm;
  mm["waist breadth"] = waist.breadth_mm;
  mm["waist depth"] = waist.depth_mm;
  Tape hip;
  for (float share = 0.48f; share < 0.55f; share += 0.005f) {
    const Tape here = tapes_at(skin, share * stature).front();
    if (here.girth_mm > hip.girth_mm) hip = here;
  }
  mm["buttock girth"] = hip.girth_mm;
  mm["hip breadth"] = hip.breadth_mm;
  mm["buttock depth"] = hip.depth_mm;
  // Over the skin, with the survey's arms of the caliper firm against the bone: skin alone, 2 mm.
  for (const auto& [name, bone, from] : {std::tuple("biacromial breadth", "scapula", 0.0f),
                                         std::tuple("bicristal breadth", "hip_bone", 0.55f)}) {
    float reach = 0.0f;
    for (const char* side : {"_left", "_right"}) {
      for (const glm::vec3 p : vertices_of(body, std::string(bone) + side)) {
        if (p.y > from * stature) reach = std::max(reach, std::abs(p.x));
      }
    }
    mm[name] = 2e3f * reach + 4.0f;
  }
  const Tape head = tapes_at(skin, 0.945f * stature).front();
  mm["head girth"] = head.girth_mm;
  mm["head breadth"] = head.breadth_mm;
  mm["head length"] = head.depth_mm;
  return mm;
}

TEST(Figures, LieBetweenThe5thAnd95thPercentileOfTheSurvey) {
  for (const FigureBody& figure : load_figures()) {
    auto mm = measure(*figure.body);
    for (const Survey& row : kSurvey) {
      // Neither sex: between a small woman and a large man.
      const Percentiles range = figure.sex == Sex::kFemale ? row.female
                                : figure.sex == Sex::kMale
                                    ? row.male
                                    : Percentiles{row.female.p5_mm, row.male.p95_mm};
      ASSERT_TRUE(mm.contains(row.measure)) << figure.body->id << ": " << row.measure;
      EXPECT_GE(mm[row.measure], range.p5_mm) << figure.body->id << ": " << row.measure;
      EXPECT_LE(mm[row.measure], range.p95_mm) << figure.body->id << ": " << row.measure;
    }
  }
}

TEST(Figures, HeavierMeansWider) {
  const auto figures = load_figures();
  ASSERT_EQ(figures.size(), 9u);
  for (std::size_t k = 0; k + 1 < figures.size(); ++k) {
    if (figures[k].sex != figures[k + 1].sex) continue;
    auto lighter = measure(*figures[k].body);
    auto heavier = measure(*figures[k + 1].body);
    for (const char* name : {"waist girth", "buttock girth", "chest girth", "neck girth"}) {
      EXPECT_LT(lighter[name], heavier[name] - 5.0f) << figures[k].body->id << ": " << name;
    }
    EXPECT_NEAR(lighter["stature"], heavier["stature"], 6.0f);
  }
}

TEST(Figures, EveryMeshIsClosedAndTheSidesMirror) {
  for (const FigureBody& figure : load_figures()) {
    const Body& body = *figure.body;
    std::vector<std::string> faults(body.structures.size());
    base::parallel_for(body.structures.size(), [&](std::size_t k) {
      const anatomy::Structure& structure = body.structures[k];
      std::vector<geom::Mesh> levels;
      for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
        levels.push_back(mesh_of(body, structure, lod));
      }
      if (!compare::find_mesh_faults(levels).good()) faults[k] = "is not closed";
      if (structure.side != anatomy::Side::kLeft) return;
      const std::string twin = structure.id.substr(0, structure.id.size() - 4) + "right";
      const auto other = vertices_of(body, twin);
      if (other.size() != levels[0].positions_m.size()) {
        faults[k] = "differs from " + twin;
        return;
      }
      glm::vec3 left(0.0f);
      glm::vec3 right(0.0f);
      for (const glm::vec3 p : levels[0].positions_m) left += p;
      for (const glm::vec3 p : other) right += p;
      const glm::vec3 apart =
          (left - right * glm::vec3(-1, 1, 1)) / static_cast<float>(other.size());
      if (glm::length(apart) > 5e-5f) faults[k] = "lies elsewhere than " + twin;
    });
    for (std::size_t k = 0; k < faults.size(); ++k) {
      EXPECT_EQ(faults[k], "") << body.id << ": " << body.structures[k].id;
    }
  }
}

std::vector<compare::CoverRule> load_cover_rules() {
  std::vector<compare::CoverRule> rules;
  const auto muscles = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  for (const forge::MuscleSpec& muscle : muscles.value()) {
    for (const std::string& cover : muscle.under) {
      rules.push_back({muscle.id, cover, {}});
      for (const anatomy::SideBySide& place : muscle.beside) {
        if (place.cover == cover) rules.back().beside.push_back(place);
      }
    }
  }
  return rules;
}

void expect_order(const Body& body, const std::vector<compare::CoverRule>& rules) {
  for (const compare::OrderFinding& finding : compare::measure_order(body, rules)) {
    EXPECT_LT(finding.share, 0.01f)  // anatomy.md
        << body.id << ": " << body.structures[finding.structure].id << " before "
        << body.structures[finding.worst_cover].id;
  }
}

// The rules name places of the authored body where two muscles lie beside each other: balls, which
// go along and grow with what is around them.
template <typename Move>
std::vector<compare::CoverRule> move_places(std::vector<compare::CoverRule> rules,
                                            const Move& move) {
  for (compare::CoverRule& rule : rules) {
    for (anatomy::SideBySide& place : rule.beside) {
      const glm::vec3 middle = place.around_m;
      float within_m = 0.0f;
      for (int axis = 0; axis < 3; ++axis) {
        glm::vec3 rim = middle;
        rim[axis] += place.within_m;
        within_m = std::max(within_m, glm::distance(move(rim), move(middle)));
      }
      place.around_m = move(middle);
      place.within_m = within_m;
    }
  }
  return rules;
}

// Points go along with a change of stature as landmarks do.
void expect_order_at(float stature_m, Body body, std::vector<compare::CoverRule> rules) {
  const std::size_t own = body.landmarks.size();
  move_places(rules, [&](glm::vec3 place) {
    body.landmarks.push_back({"place", place});
    return place;
  });
  anatomy::scale_to_stature(body, stature_m);
  std::size_t next = own;
  rules =
      move_places(std::move(rules), [&](glm::vec3) { return body.landmarks[next++].position_m; });
  body.id += stature_m < 1.7f ? ", short" : ", tall";
  expect_order(body, rules);
}

TEST(Figures, LayersKeepTheirOrder) {
  const std::vector<compare::CoverRule> authored = load_cover_rules();
  ASSERT_GT(authored.size(), 50u);
  const auto moulds = forge::make_moulds(kAssets);
  ASSERT_TRUE(moulds.has_value()) << moulds.error().message;
  for (const FigureBody& figure : load_figures()) {
    const auto spec = forge::load_figure(kAssets, figure.sex, figure.build);
    ASSERT_TRUE(spec.has_value()) << spec.error().message;
    const forge::FigureMap map = forge::make_map(*moulds, *spec);
    const auto rules = move_places(authored, [&](glm::vec3 place) { return map(place); });
    expect_order(*figure.body, rules);
    if (figure.build != Build::kMedium) continue;
    for (const float stature_m : {1.40f, 2.10f}) expect_order_at(stature_m, *figure.body, rules);
  }
}

// Crossings on the way out, of three ways: one that runs through an edge counts twice.
bool is_outside(const geom::Bvh& skin, glm::vec3 p) {
  int outside = 0;
  for (const glm::vec3 way : {glm::vec3(0.31f, 0.47f, 0.83f), glm::vec3(-0.71f, 0.23f, 0.41f),
                              glm::vec3(0.13f, -0.57f, -0.79f)}) {
    std::vector<geom::RayHit> crossings;
    skin.find_all_hits({p, glm::normalize(way)}, 10.0f, crossings);
    outside += crossings.size() % 2 == 0 ? 1 : 0;
  }
  return outside >= 2;
}

TEST(Figures, NothingIsOutsideTheSkin) {
  constexpr float kAllowed_m = 0.0005f;
  for (const FigureBody& figure : load_figures()) {
    const Body& body = *figure.body;
    const geom::Mesh& skin = body.contact_surface;
    const geom::Bvh tree(skin.positions_m, skin.indices);
    std::vector<float> furthest(body.structures.size(), 0.0f);
    base::parallel_for(body.structures.size(), [&](std::size_t k) {
      if (body.structures[k].kind == anatomy::Kind::kSkin) return;
      for (const glm::vec3 p : vertices_of(body, body.structures[k])) {
        const auto near = tree.find_closest(p, 0.05f);
        if (!near || near->distance_m < kAllowed_m) continue;
        if (is_outside(tree, p)) furthest[k] = std::max(furthest[k], near->distance_m);
      }
    });
    for (std::size_t k = 0; k < furthest.size(); ++k) {
      EXPECT_LE(furthest[k], kAllowed_m) << body.id << ": " << body.structures[k].id;
    }
  }
}

// Places that a palpating finger knows, in the authored body on the left, over a structure that
// lies right under the fat there (not over a hollow between two).
struct NamedPoint {
  const char* name;
  const char* under;  // the structure
  glm::vec3 at_mm;
};
constexpr NamedPoint kNamedPoints[] = {
    {"crown", "skull", {0, 1640, 80}},
    {"side of the crown", "skull", {45, 1615, 80}},
    {"back of the head", "skull", {0, 1590, 5}},
    {"back of the head, beside", "skull", {40, 1580, 15}},
    {"brow", "skull", {0, 1580, 180}},
    {"nape beside C3", "trapezius_descending_left", {30, 1430, 45}},
    {"nape beside C5", "trapezius_descending_left", {30, 1400, 30}},
    {"shoulder top, inner", "trapezius_descending_left", {70, 1392, 40}},
    {"shoulder top, outer", "trapezius_transverse_left", {115, 1372, 40}},
    {"beside T1", "trapezius_transverse_left", {40, 1355, 0}},
    {"beside T3", "trapezius_ascending_left", {40, 1320, -10}},
    {"beside T6", "trapezius_ascending_left", {40, 1260, -15}},
    {"inner edge of the blade", "trapezius_ascending_left", {65, 1290, -15}},
    {"over infraspinatus", "infraspinatus_left", {100, 1265, -15}},
    {"rear shoulder", "deltoid_spinal_left", {160, 1310, 5}},
    {"outer shoulder", "deltoid_acromial_left", {190, 1310, 60}},
    {"front shoulder", "deltoid_clavicular_left", {165, 1310, 105}},
    {"back of the arm", "triceps_brachii_long_head_left", {195, 1180, 30}},
    {"back of the arm, lower", "triceps_brachii_lateral_head_left", {212, 1130, 25}},
    {"front of the arm", "biceps_brachii_long_head_left", {200, 1160, 108}},
    {"latissimus below the blade", "latissimus_dorsi_left", {100, 1160, 5}},
    {"latissimus beside T12", "latissimus_dorsi_left", {80, 1110, 10}},
    {"beside L1", "latissimus_dorsi_left", {60, 1070, 15}},
    {"beside L3", "thoracolumbar_fascia_left", {50, 1010, 22}},
    {"beside L4", "thoracolumbar_fascia_left", {50, 980, 25}},
    {"loin", "latissimus_dorsi_left", {100, 1040, 50}},
    {"flank, upper", "external_oblique_left", {125, 1060, 100}},
    {"flank, lower", "external_oblique_left", {125, 1010, 110}},
    {"belly, upper, beside", "external_oblique_left", {95, 1080, 175}},
    {"belly beside the navel", "rectus_abdominis_left", {45, 1010, 205}},
    {"belly, upper", "rectus_abdominis_left", {45, 1080, 208}},
    {"belly, lower", "rectus_abdominis_left", {45, 930, 195}},
    {"over the sacrum", "thoracolumbar_fascia_left", {20, 900, 10}},
    {"buttock, upper outer", "gluteus_medius_left", {125, 890, 50}},
    {"buttock, upper", "gluteus_maximus_left", {80, 870, 0}},
    {"buttock", "gluteus_maximus_left", {75, 840, -8}},
    {"buttock, lower", "gluteus_maximus_left", {75, 810, -8}},
    {"hip", "gluteus_medius_left", {140, 890, 85}},
    {"chest, inner", "pectoralis_major_sternocostal_left", {45, 1295, 188}},
    {"breastbone, upper", "manubrium", {0, 1330, 155}},
};

TEST(Figures, FatIsAsThickAsItsTableAtFortyNamedPoints) {
  static_assert(std::size(kNamedPoints) >= 40);
  const auto figures = load_figures();
  ASSERT_EQ(figures.size(), 9u);
  const Body& authored = *figures[1].body;
  for (const FigureBody& figure : figures) {
    const Body& body = *figure.body;
    const anatomy::BodyIndex index(figure.body);
    const auto table = forge::load_skin(kAssets, figure.sex, figure.build);
    ASSERT_TRUE(table.has_value()) << table.error().message;
    for (const NamedPoint& point : kNamedPoints) {
      SCOPED_TRACE(body.id + ": " + point.name);
      // The same vertex of the same structure, in either body.
      const auto from = vertices_of(authored, point.under);
      const auto to = vertices_of(body, point.under);
      ASSERT_EQ(from.size(), to.size());
      ASSERT_FALSE(from.empty());
      const glm::vec3 at = point.at_mm * 1e-3f;
      const auto nearest = std::min_element(
          from.begin(), from.end(),
          [&](glm::vec3 a, glm::vec3 b) { return glm::distance(a, at) < glm::distance(b, at); });
      const auto skin =
          index.find_surface_point(to[static_cast<std::size_t>(nearest - from.begin())]);
      const glm::vec3 inward = -index.surface_normal(skin);
      std::vector<anatomy::BodyIndex::Hit> hits;
      index.find_all_hits({skin.point_m - 1e-4f * inward, inward}, 0.1f, hits);
      const auto below = std::find_if(hits.begin(), hits.end(), [&](const auto& hit) {
        return body.structures[hit.structure].kind != anatomy::Kind::kSkin;
      });
      ASSERT_NE(below, hits.end());
      const float wanted = forge::skin_thickness_m(*table, *nearest);
      EXPECT_NEAR((below->ray.distance_m - 1e-4f) / wanted, 1.0f, 0.2f)
          << body.structures[below->structure].id << ", wanted " << 1e3f * wanted << " mm";
    }
  }
}

// Skeletal muscle of women against men: 21.0 and 33.0 kg of the whole body (0.64), 0.60 of the
// upper and 0.67 of the lower (Janssen and others 2000, 268 men and 200 women, magnetic resonance);
// trunk muscles one by one 0.60 to 0.83 (Johannesdottir and others 2018, computed tomography).
TEST(Figures, MusclesDifferBySexAndBuildAsMeasured) {
  const auto figures = load_figures();
  ASSERT_EQ(figures.size(), 9u);
  const auto volume = [](const Body& body, const std::string& beginning) {
    double sum = 0.0;
    for (const anatomy::Structure& structure : body.structures) {
      if (structure.kind != anatomy::Kind::kMuscle) continue;
      if (structure.id.compare(0, beginning.size(), beginning) != 0) continue;
      sum += geom::signed_volume_m3(mesh_of(body, structure, 0));
    }
    return sum;
  };
  const Body& woman = *figures[4].body;
  const Body& man = *figures[7].body;
  EXPECT_NEAR(volume(woman, "") / volume(man, ""), 0.64, 0.04);
  for (const char* muscle :
       {"trapezius", "latissimus", "deltoid", "pectoralis_major", "rhomboid", "longissimus",
        "iliocostalis", "multifidus", "quadratus", "rectus_abdominis", "external_oblique",
        "gluteus", "psoas", "infraspinatus", "triceps", "biceps"}) {
    const double ratio = volume(woman, muscle) / volume(man, muscle);
    EXPECT_GE(ratio, 0.55) << muscle;
    EXPECT_LE(ratio, 0.83) << muscle;
  }
  for (std::size_t k = 0; k + 1 < figures.size(); ++k) {
    if (figures[k].sex != figures[k + 1].sex) continue;
    EXPECT_LT(volume(*figures[k].body, ""), volume(*figures[k + 1].body, ""));
  }
}

// A smooth map that folds nowhere cannot tear a mesh or turn two layers about.
TEST(Figures, SpaceFoldsNowhere) {
  const auto moulds = forge::make_moulds(kAssets);
  ASSERT_TRUE(moulds.has_value()) << moulds.error().message;
  for (const Sex sex : anatomy::kSexes) {
    for (const Build build : anatomy::kBuilds) {
      const auto spec = forge::load_figure(kAssets, sex, build);
      ASSERT_TRUE(spec.has_value()) << spec.error().message;
      const forge::FigureMap map = forge::make_map(*moulds, *spec);
      EXPECT_EQ(map.is_identity(), spec->is_authored());
      float least = 10.0f;
      float most = 0.0f;
      for (const forge::Part& part : moulds->parts) {
        for (const glm::vec3 p : part.lods[2].mesh.positions_m) {
          const float growth = glm::determinant(map.gradient(p));
          least = std::min(least, growth);
          most = std::max(most, growth);
          const glm::vec3 mirror(-1, 1, 1);
          EXPECT_LT(glm::distance(map(mirror * p), mirror * map(p)), 1e-5f);
        }
      }
      EXPECT_GT(least, 0.3f) << anatomy::figure_id(sex, build);
      EXPECT_LT(most, 3.0f) << anatomy::figure_id(sex, build);
    }
  }
}

TEST(Figures, LandmarksStandOnTheSkinInTheSameOrder) {
  const auto figures = load_figures();
  ASSERT_EQ(figures.size(), 9u);
  const Body& authored = *figures[1].body;
  for (const FigureBody& figure : figures) {
    const Body& body = *figure.body;
    ASSERT_EQ(body.landmarks.size(), authored.landmarks.size()) << body.id;
    const geom::Bvh tree(body.contact_surface.positions_m, body.contact_surface.indices);
    for (std::size_t k = 0; k < body.landmarks.size(); ++k) {
      EXPECT_EQ(body.landmarks[k].id, authored.landmarks[k].id);
      EXPECT_TRUE(tree.find_closest(body.landmarks[k].position_m, 0.001f)) << body.landmarks[k].id;
    }
    const auto height = [&](const char* id) { return body.find_landmark(id)->position_m.y; };
    const char* down[] = {"C2", "C7", "T1", "T4", "T8", "T12", "L1", "L4", "S2"};
    for (std::size_t k = 0; k + 1 < std::size(down); ++k) {
      EXPECT_GT(height(down[k]), height(down[k + 1])) << body.id << ": " << down[k];
    }
  }
}

// What is wrong with figures.json is said with file and field; no figure is built from it.
TEST(FiguresFile, AWrongOneIsNamedWithWhatIsWrong) {
  support::ScratchDir scratch("figures");
  fs::create_directories(scratch.path() / "anatomy");
  fs::copy(kAssets / "schema", scratch.path() / "schema");
  std::ifstream in(kAssets / "anatomy" / "figures.json");
  const auto good = nlohmann::json::parse(in);
  const auto refusal = [&](const std::function<void(nlohmann::json&)>& spoil) -> std::string {
    nlohmann::json bad = good;
    spoil(bad);
    std::ofstream(scratch.path() / "anatomy" / "figures.json") << bad.dump();
    const auto spec = forge::load_figure(scratch.path(), Sex::kFemale, Build::kHeavy);
    if (!spec) return spec.error().message;
    const auto status = forge::check_bones(*spec, scratch.path(), {"vertebra_l1", "sacrum"});
    return status ? "" : status.error().message;
  };
  const auto expect = [](const std::string& message, const char* word) {
    EXPECT_NE(message.find("figures.json"), std::string::npos) << message;
    EXPECT_NE(message.find(word), std::string::npos) << message;
  };
  using Json = nlohmann::json;
  expect(refusal([](Json& f) { f["version"] = 7; }), "version");
  expect(refusal([](Json& f) { f["stature_mm"].erase("female"); }), "female");
  expect(refusal([](Json& f) { f["stature_mm"]["male"] = -4; }), "stature_mm");
  expect(refusal([](Json& f) { f["skeleton"][1]["parent"] = "tail"; }), "tail");
  expect(refusal([](Json& f) { f["skeleton"][0]["scale"]["female"] = {0.1, 1, 1}; }), "scale");
  expect(refusal([](Json& f) { f["skeleton"][0].erase("about_mm"); }), "about_mm");
  expect(refusal([](Json& f) { f["bulk"][0]["factor"]["male"] = {1, 1}; }), "factor");
  expect(refusal([](Json& f) { std::swap(f["girth"][0]["y_mm"], f["girth"][1]["y_mm"]); }), "y_mm");
  expect(refusal([](Json& f) { f["girth"][0]["front_mm"]["neutral"][0] = 900; }), "front_mm");
  expect(refusal([](Json& f) { f["extra"] = 1; }), "extra");
  expect(refusal([](Json& f) { f["skeleton"][0]["bones"] = {"vertebrae_"}; }), "vertebrae_");
}

}  // namespace
