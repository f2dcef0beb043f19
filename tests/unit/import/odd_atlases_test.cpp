// Atlases as people have them, made here one by one: other frames, units and handedness, one side
// only, structures out of scale, the same one twice, meshes with faults, files that are no meshes.
// Each ends with the right body, or with a sentence.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "import/estimated_skin.h"
#include "import/import_atlas.h"
#include "mesh_files.h"
#include "support/scratch_dir.h"

namespace atlas {
namespace {

using anatomy::Body;
using anatomy::Structure;
using namespace atlas::testing;

// Boxes of the built-in body's structures as ellipsoids: an atlas of the right size and place.
std::vector<Part> make_figure(const Body& builtin) {
  std::vector<Part> parts;
  for (const char* id : {"vertebra_c5",
                         "vertebra_c6",
                         "vertebra_c7",
                         "vertebra_t1",
                         "vertebra_t2",
                         "vertebra_t6",
                         "vertebra_t12",
                         "vertebra_l1",
                         "vertebra_l2",
                         "vertebra_l3",
                         "vertebra_l4",
                         "vertebra_l5",
                         "scapula_left",
                         "scapula_right",
                         "clavicle_left",
                         "clavicle_right",
                         "humerus_left",
                         "humerus_right",
                         "rib_6_left",
                         "rib_6_right",
                         "rib_7_left",
                         "rib_7_right",
                         "rib_8_left",
                         "rib_8_right",
                         "trapezius_transverse_left",
                         "trapezius_transverse_right",
                         "pectoralis_major_sternocostal_left",
                         "pectoralis_major_sternocostal_right",
                         "teres_major_left",
                         "teres_major_right",
                         "hip_bone_left",
                         "hip_bone_right"}) {
    const auto index = builtin.find_structure(id);
    if (index == anatomy::kNone) continue;
    const geom::Aabb& box = builtin.structures[index].bounds_m;
    parts.push_back({id, make_ellipsoid(box.centre(), 0.5f * box.size(), 8)});
  }
  return parts;
}

class OddAtlas : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path root =
        std::filesystem::path(BACKMATE_BINARY_DIR) / "share" / "backmate";
    auto recipe = load_skin_recipe({root});
    ASSERT_TRUE(recipe) << recipe.error().message;
    recipe_ = new SkinRecipe(std::move(*recipe));
    auto ontology = anatomy::Ontology::load(root / "assets" / "anatomy");
    ASSERT_TRUE(ontology) << ontology.error().message;
    ontology_ = new anatomy::Ontology(std::move(*ontology));
  }
  static void TearDownTestSuite() {
    delete recipe_;
    delete ontology_;
  }
  base::Result<Import> import(const std::filesystem::path& path, ImportOptions options = {}) {
    base::Progress progress;
    return import_atlas(path, *ontology_, recipe_, options, progress);
  }
  base::Result<Import> import(const std::vector<Part>& parts, ImportOptions options = {}) {
    options.wrap_skin = false;
    return import(dir_.write("figure.obj", to_obj(parts)), options);
  }
  std::vector<Part> figure() const { return make_figure(*recipe_->builtin); }
  static std::vector<Part> changed(std::vector<Part> parts, const glm::mat3& by, float scale) {
    for (Part& part : parts) part.mesh = transformed(part.mesh, by, scale);
    return parts;
  }
  // Every part arrived where it was, closed and wound outward.
  static void expect_figure(const base::Result<Import>& result, const std::vector<Part>& parts,
                            float within_m = 2e-3f) {
    ASSERT_TRUE(result) << result.error().message;
    const Body& body = *result->body;
    ASSERT_EQ(body.structures.size(), parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Structure& s = body.structures[i];
      EXPECT_EQ(s.id, parts[i].name);
      EXPECT_TRUE(s.usable) << s.id;
      const geom::Aabb box = geom::bounds_of(parts[i].mesh.positions_m);
      EXPECT_LT(glm::distance(s.bounds_m.centre(), box.centre()), within_m)
          << s.id << ": " << result->frame_reason;
      EXPECT_LT(glm::distance(s.bounds_m.size(), box.size()), within_m) << s.id;
      geom::Mesh mesh;
      mesh.positions_m = body.lods[0].positions_m;
      mesh.indices.assign(
          body.lods[0].indices.begin() + s.lods[0].first_index,
          body.lods[0].indices.begin() + s.lods[0].first_index + s.lods[0].index_count);
      EXPECT_GT(geom::signed_volume_m3(mesh), 0.0f) << s.id << " is inside out";
    }
  }
  static std::string findings(const Import& import) {
    std::string text;
    for (const auto& finding : import.body->suspicious) text += finding.what + "\n";
    return text;
  }
  static const Structure& structure(const Import& import, const char* id) {
    const auto index = import.body->find_structure(id);
    EXPECT_NE(index, anatomy::kNone) << id;
    return import.body->structures[index == anatomy::kNone ? 0 : index];
  }

  static inline const SkinRecipe* recipe_ = nullptr;
  static inline const anatomy::Ontology* ontology_ = nullptr;
  support::ScratchDir dir_{"odd_atlas"};
};

TEST_F(OddAtlas, UnitsAreFoundFromWhatIsRecognised) {
  const auto parts = figure();
  const std::pair<float, const char*> units[] = {
      {1.0f, "metres"}, {100.0f, "centimetres"}, {1000.0f, "millimetres"}, {39.3701f, "inches"}};
  for (const auto& [scale, words] : units) {
    const auto result = import(changed(parts, glm::mat3(1.0f), scale));
    expect_figure(result, parts);
    EXPECT_NE(result->frame_reason.find(words), std::string::npos) << result->frame_reason;
    EXPECT_NE(result->frame_reason.find("recognised structures"), std::string::npos);
  }
}

TEST_F(OddAtlas, AFewStructuresAreEnoughForTheUnit) {
  // A shoulder alone in centimetres: its size as a whole would say nothing.
  std::vector<Part> parts = figure();
  std::erase_if(parts, [](const Part& part) {
    return part.name != "scapula_left" && part.name != "clavicle_left" &&
           part.name != "humerus_left";
  });
  for (const float scale : {1.0f, 100.0f, 1000.0f, 39.3701f}) {
    expect_figure(import(changed(parts, glm::mat3(1.0f), scale)), parts);
  }
}

// Columns are where the body's X, Y, Z go.
TEST_F(OddAtlas, AnyAxesAreFound) {
  const auto parts = figure();
  const glm::mat3 turns[] = {
      glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}),    // Z up
      glm::mat3({0, 0, 1}, {1, 0, 0}, {0, 1, 0}),     // X up
      glm::mat3({0, 0, -1}, {0, -1, 0}, {-1, 0, 0}),  // head down
      glm::mat3({0, 1, 0}, {0, 0, -1}, {-1, 0, 0}),
  };
  for (const glm::mat3& turn : turns) {
    ASSERT_NEAR(glm::determinant(turn), 1.0f, 1e-5f);
    expect_figure(import(changed(parts, turn, 1000.0f)), parts);
  }
}

TEST_F(OddAtlas, LeftHandedAxesAreMirroredBack) {
  const auto parts = figure();
  const glm::mat3 mirror({-1, 0, 0}, {0, 1, 0}, {0, 0, 1});
  auto mirrored = changed(parts, mirror, 100.0f);
  for (const bool turned : {false, true}) {
    // Some programs turn the triangles over as well, some do not.
    for (Part& part : mirrored) {
      for (std::size_t i = 0; turned && i + 2 < part.mesh.indices.size(); i += 3) {
        std::swap(part.mesh.indices[i], part.mesh.indices[i + 1]);
      }
    }
    const auto result = import(mirrored);
    expect_figure(result, parts);
    EXPECT_NE(result->frame_reason.find("mirrored"), std::string::npos) << result->frame_reason;
    EXPECT_EQ(findings(*result), "");
  }
}

TEST_F(OddAtlas, WhatIsGivenIsTakenAndContradictionsAreSaid) {
  const auto parts = figure();
  ImportOptions options;
  options.up = Axis::kPlusZ;
  options.front = Axis::kMinusY;
  options.scale_m = 0.0254f;
  expect_figure(
      import(changed(parts, glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), 1.0f / 0.0254f), options),
      parts);
  options.scale_m = 1.0f;
  options.up = Axis::kMinusY;
  options.front = Axis::kPlusZ;
  const auto wrong = import(parts, options);
  ASSERT_TRUE(wrong) << wrong.error().message;
  EXPECT_NE(wrong->frame_reason.find("Warning"), std::string::npos) << wrong->frame_reason;
  options.front = Axis::kPlusY;
  const auto impossible = import(parts, options);
  ASSERT_FALSE(impossible);
  EXPECT_NE(impossible.error().message.find("same axis"), std::string::npos);
  options = {.frame = FrameChoice::kGltf, .up = Axis::kPlusY};
  EXPECT_FALSE(import(parts, options));
}

TEST_F(OddAtlas, OneSideAloneStandsWhereItBelongs) {
  auto parts = figure();
  std::erase_if(parts, [](const Part& part) { return part.name.ends_with("_right"); });
  const auto result = import(changed(parts, glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), 100.0f));
  expect_figure(result, parts);
  EXPECT_EQ(findings(*result), "");
}

TEST_F(OddAtlas, ScaleIsRepairedOnRequestWhereThePlaceIsKnown) {
  const auto parts = figure();
  struct Case {
    const char* id;
    float factor;
    bool about_itself;
    const char* words;
  };
  const Case cases[] = {{"teres_major_left", 0.1f, false, "10 times larger"},      // twin
                        {"teres_major_left", 25.4f, false, "25.4 times smaller"},  // inches
                        {"scapula_right", 0.001f, false, "1e+03 times larger"},
                        {"humerus_left", 0.1f, true, "its own middle"},
                        {"vertebra_l3", 0.01f, false, "neighbours"},  // between L2 and L4
                        {"vertebra_t6", 1.0f / 27.7f, false, "built-in body"},
                        {"rib_7_left", 0.1f, false, "the other side"}};
  for (const Case& c : cases) {
    auto wrong = parts;
    for (Part& part : wrong) {
      if (part.name != c.id) continue;
      const glm::vec3 pivot =
          c.about_itself ? geom::bounds_of(part.mesh.positions_m).centre() : glm::vec3(0.0f);
      for (glm::vec3& p : part.mesh.positions_m) p = pivot + c.factor * (p - pivot);
    }
    const auto left_out = import(wrong, {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
    ASSERT_TRUE(left_out) << left_out.error().message;
    EXPECT_FALSE(structure(*left_out, c.id).usable) << c.id;
    EXPECT_NE(findings(*left_out).find("--repair"), std::string::npos) << findings(*left_out);

    const auto repaired =
        import(wrong, {.frame = FrameChoice::kGltf, .scale_m = 1.0f, .repair = true});
    expect_figure(repaired, parts, 0.02f);
    ASSERT_EQ(repaired->body->suspicious.size(), 1u) << findings(*repaired);
    EXPECT_NE(findings(*repaired).find(c.words), std::string::npos) << findings(*repaired);
  }
}

TEST_F(OddAtlas, WhatNobodyKnowsIsNotRepaired) {
  auto parts = figure();
  parts.push_back({"Widget", make_ellipsoid({0.0f, 0.0013f, 0.0f}, glm::vec3(0.0004f))});
  const auto result = import(parts, {.frame = FrameChoice::kGltf, .scale_m = 1.0f, .repair = true});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_FALSE(structure(*result, "widget").usable);
  EXPECT_EQ(findings(*result).find("repair"), std::string::npos) << findings(*result);
}

TEST_F(OddAtlas, TheSameMeshTwiceCountsOnce) {
  auto parts = figure();
  parts.push_back({"scapula_left.001", parts[0].mesh});
  for (const Part& part : parts) {
    if (part.name == "scapula_left") parts.back().mesh = part.mesh;
  }
  parts.push_back({"Left shoulder blade", make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.06f))});
  const auto result = import(parts, {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(structure(*result, "scapula_left").usable);
  EXPECT_FALSE(structure(*result, "scapula_left_2").usable);
  EXPECT_TRUE(structure(*result, "scapula_left_3").usable);
  EXPECT_NE(findings(*result).find("same mesh"), std::string::npos) << findings(*result);
  EXPECT_NE(findings(*result).find("more than once"), std::string::npos) << findings(*result);
}

TEST_F(OddAtlas, FaultyMeshesAreNamed) {
  auto parts = figure();
  // Inside out.
  for (std::size_t i = 0; i + 2 < parts[0].mesh.indices.size(); i += 3) {
    std::swap(parts[0].mesh.indices[i], parts[0].mesh.indices[i + 1]);
  }
  // No area: all points on one line.
  geom::Mesh line = parts[1].mesh;
  float along = 1.0f;
  for (glm::vec3& p : line.positions_m) p = {0.0f, along += 1e-4f, 0.0f};
  parts.push_back({"Left iliacus", line});
  for (glm::vec3& p : line.positions_m) p = {0.0f, 1.0f, 0.0f};
  parts.push_back({"Nothing at all", line});
  // Every tenth triangle has a fin on it.
  geom::Mesh fins = make_ellipsoid({0.12f, 1.1f, 0.05f}, glm::vec3(0.05f));
  const std::size_t triangles = fins.triangle_count();
  for (std::size_t t = 0; t < triangles; t += 10) {
    const std::uint32_t a = fins.indices[3 * t];
    const std::uint32_t b = fins.indices[3 * t + 1];
    const glm::vec3 out = fins.positions_m[a] - glm::vec3(0.12f, 1.1f, 0.05f);
    fins.indices.insert(fins.indices.end(),
                        {a, b, static_cast<std::uint32_t>(fins.positions_m.size())});
    fins.positions_m.push_back(fins.positions_m[a] + 0.1f * out);
  }
  parts.push_back({"Left external oblique", fins});
  const auto result = import(parts, {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
  ASSERT_TRUE(result) << result.error().message;
  const std::string said = findings(*result);
  ASSERT_EQ(result->notes.size(), 1u);
  EXPECT_NE(result->notes[0].find("inside out"), std::string::npos) << result->notes[0];
  ASSERT_EQ(result->warnings.size(), 1u);
  EXPECT_NE(result->warnings[0].find("Nothing_at_all"), std::string::npos) << result->warnings[0];
  EXPECT_FALSE(structure(*result, "iliacus_left").usable);
  EXPECT_NE(said.find("no area"), std::string::npos) << said;
  EXPECT_TRUE(structure(*result, "external_oblique_left").usable);
  EXPECT_NE(said.find("more than two triangles meet"), std::string::npos) << said;
}

TEST_F(OddAtlas, AHugeBackdropIsLeftOut) {
  auto parts = figure();
  parts.push_back({"Backdrop", make_ellipsoid({0.0f, 0.0f, 0.0f}, {40.0f, 0.1f, 40.0f})});
  const auto result = import(parts, {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_FALSE(structure(*result, "backdrop").usable);
  const geom::Aabb box = geom::bounds_of(result->body->contact_surface.positions_m);
  EXPECT_LT(glm::length(box.size()), 2.6f);
}

TEST_F(OddAtlas, AnAtlasWithoutSkinGetsOneOverWhatItHas) {
  const auto parts = figure();
  const auto result = import(dir_.write("figure.obj", to_obj(parts)), {});
  ASSERT_TRUE(result) << result.error().message;
  const Body& body = *result->body;
  EXPECT_TRUE(body.has_skin());
  const Structure& skin = structure(*result, "skin");
  EXPECT_TRUE(skin.estimated);
  EXPECT_EQ(skin.name, "Skin (estimated)");
  EXPECT_EQ(skin.kind, anatomy::Kind::kSkin);
  EXPECT_FALSE(body.contact_surface_estimated);
  EXPECT_TRUE(geom::find_topology(body.contact_surface).watertight());
  // Nothing of the atlas lies outside.
  const geom::Bvh surface(body.contact_surface.positions_m, body.contact_surface.indices);
  std::size_t outside = 0;
  std::size_t all = 0;
  for (std::size_t v = 0; v < body.lods[0].positions_m.size(); ++v) {
    if (body.structures[body.lods[0].vertex_structure[v]].kind == anatomy::Kind::kSkin) continue;
    const glm::vec3 p = body.lods[0].positions_m[v];
    const auto near = surface.find_closest(p, 0.05f);
    ++all;
    if (!near) continue;
    const std::size_t t = std::size_t{near->triangle} * 3;
    const auto corner = [&](std::size_t k) {
      return body.contact_surface.positions_m[body.contact_surface.indices[t + k]];
    };
    const glm::vec3 normal =
        glm::normalize(glm::cross(corner(1) - corner(0), corner(2) - corner(0)));
    if (glm::dot(p - near->point_m, normal) > 0.0005f) ++outside;
  }
  EXPECT_GT(all, 1000u);
  EXPECT_EQ(outside, 0u);
  // With a skin of its own it is left alone.
  auto dressed = parts;
  dressed.push_back({"Skin", make_ellipsoid({0.0f, 1.1f, 0.08f}, {0.4f, 0.7f, 0.3f}, 24)});
  const auto own = import(dir_.write("dressed.obj", to_obj(dressed)), {});
  ASSERT_TRUE(own) << own.error().message;
  EXPECT_EQ(own->body->structures.size(), dressed.size());
  EXPECT_FALSE(structure(*own, "skin").estimated);
}

TEST_F(OddAtlas, AStrangersHeapGetsASkinToo) {
  // Nothing of it is recognised: a plain thickness, no soft parts.
  const auto result =
      import(dir_.write("heap.obj",
                        to_obj({{"Thing", make_ellipsoid({0.0f, 1.0f, 0.0f}, glm::vec3(0.1f))},
                                {"Other", make_ellipsoid({0.15f, 1.0f, 0.0f}, glm::vec3(0.06f))},
                                {"Far", make_ellipsoid({0.6f, 1.0f, 0.0f}, glm::vec3(0.05f))}})),
             {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result->body->has_skin());
  const geom::Aabb box = geom::bounds_of(result->body->contact_surface.positions_m);
  EXPECT_NEAR(box.min.x, -0.1f - 0.006f, 0.003f);
  EXPECT_NEAR(box.max.x, 0.65f + 0.006f, 0.003f) << "what stands apart has its own piece";
}

// Files that are something else than their name says.
class OddFile : public OddAtlas {
 protected:
  void expect_sentence(const std::filesystem::path& path, const std::string& words) {
    const auto result = import(path);
    ASSERT_FALSE(result) << path;
    EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
    EXPECT_LT(result.error().message.size(), 700u);
  }
  static std::string ball_glb() {
    return to_glb({"Left scapula", make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f))});
  }
};

TEST_F(OddFile, TextUnderEveryName) {
  for (const char* name : {"a.glb", "a.gltf", "a.obj", "a.stl", "a.ply", "a.fbx"}) {
    expect_sentence(dir_.write(name, "Dear colleague,\nplease find the atlas attached.\n"), name);
  }
}

TEST_F(OddFile, CutAtEveryLength) {
  const std::string good = ball_glb();
  for (std::size_t length = 0; length < good.size(); length += good.size() / 17) {
    const auto result = import(dir_.write("cut.glb", good.substr(0, length)));
    ASSERT_FALSE(result) << length;
    EXPECT_NE(result.error().message.find("cut.glb"), std::string::npos);
  }
}

TEST_F(OddFile, HugeCountsCostNothing) {
  // Four billion triangles in 84 bytes; accessors and elements that nobody could store.
  std::string stl(80, ' ');
  stl.append("\xff\xff\xff\xff", 4);
  expect_sentence(dir_.write("bomb.stl", stl), "bomb.stl");
  expect_sentence(dir_.write("bomb.ply",
                             "ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\n"
                             "property float x\nproperty float y\nproperty float z\nelement face "
                             "4000000000\nproperty list uchar int vertex_indices\nend_header\n"),
                  "bomb.ply");
  expect_sentence(
      dir_.write(
          "bomb.gltf",
          R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],"accessors":[
{"bufferView":0,"componentType":5126,"count":4000000000,"type":"VEC3"},
{"bufferView":0,"componentType":5125,"count":4000000000,"type":"SCALAR"}],
"bufferViews":[{"buffer":0,"byteLength":48000000000}],
"buffers":[{"byteLength":48000000000,"uri":"data:application/octet-stream;base64,AAAA"}]})"),
      "bomb.gltf");
}

TEST_F(OddFile, IndicesOutsideAreLeftOut) {
  const std::string good =
      to_obj({{"Left scapula", make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f))}});
  // Whatever the reader makes of it: a sentence, or the good triangles.
  for (const char* face :
       {"f 1 2 999999999\n", "f -99999 1 2\n", "f 0 0 0\n", "f 1\n", "f\n", "f 1 2 4294967297\n"}) {
    const auto result = import(dir_.write("odd.obj", good + face), {.wrap_skin = false});
    if (!result) {
      EXPECT_NE(result.error().message.find("odd.obj"), std::string::npos) << face;
      continue;
    }
    for (const std::uint32_t index : result->body->lods[0].indices) {
      ASSERT_LT(index, result->body->lods[0].positions_m.size()) << face;
    }
  }
}

TEST_F(OddFile, WhatCannotBeReadIsSaid) {
  if (::geteuid() == 0) {
    // Root may read everything: a loop of links cannot be read by anybody.
    const auto loop = dir_.path() / "loop.glb";
    std::filesystem::create_symlink(loop, loop);
    expect_sentence(loop, "loop.glb");
    return;
  }
  const auto file = dir_.write("secret.glb", ball_glb());
  ::chmod(file.c_str(), 0);
  expect_sentence(file, "secret.glb");
  ::chmod(file.c_str(), 0600);
}

TEST_F(OddFile, FoldersWithNothingInThem) {
  const auto folder = dir_.path() / "nothing";
  std::filesystem::create_directories(folder / "deeper" / "still deeper");
  expect_sentence(folder, "holds no mesh files");
  std::ofstream(folder / "notes.txt") << "nothing here";
  expect_sentence(folder, "holds no mesh files");
  // A folder that is called like a file is no file.
  std::filesystem::create_directories(folder / "scapula.glb");
  expect_sentence(folder, "holds no mesh files");
}

TEST_F(OddFile, DeepNodesThatAreStillSane) {
  // A chain of nodes, each moving a little: the transforms add up.
  const geom::Mesh ball = make_ellipsoid({0.1f, 1.0f, 0.0f}, glm::vec3(0.05f));
  std::string glb = to_glb({"Left scapula", ball}, R"(,"translation":[0,0.2,0])");
  const auto result = import(dir_.write("deep.glb", glb),
                             {.frame = FrameChoice::kGltf, .scale_m = 1.0f, .wrap_skin = false});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_LT(glm::distance(result->body->structures[0].bounds_m.centre(), {0.1f, 1.2f, 0.0f}),
            1e-4f);
}

TEST_F(OddFile, NumbersThatAreNone) {
  for (const char* number : {"nan", "inf", "-inf", "1e999", "--", "0x"}) {
    std::string obj = "o Left scapula\n";
    for (int i = 0; i < 3; ++i)
      obj += "v " + std::string(number) + " " + std::to_string(i) + " 0\n";
    obj += "f 1 2 3\n";
    const auto result = import(dir_.write("odd.obj", obj));
    ASSERT_FALSE(result) << number;
    EXPECT_NE(result.error().message.find("odd.obj"), std::string::npos) << result.error().message;
  }
}

}  // namespace
}  // namespace atlas
