#include "import/import_atlas.h"

#include <gtest/gtest.h>

#include <assimp/Exporter.hpp>
#include <assimp/Importer.hpp>
#include <cmath>
#include <set>

#include "anatomy/pack.h"
#include "mesh_files.h"
#include "support/scratch_dir.h"

namespace atlas {
namespace {

using anatomy::Body;
using anatomy::Side;
using anatomy::Structure;
using namespace atlas::testing;

class ImportTest : public ::testing::Test {
 protected:
  static const anatomy::Ontology& ontology() {
    static const auto loaded =
        anatomy::Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
    return loaded.value();
  }
  base::Result<Import> import(const std::filesystem::path& path,
                              const ImportOptions& options = {}) {
    base::Progress progress;
    return import_atlas(path, ontology(), nullptr, options, progress);
  }
  // A message and no crash: what happened, where, what to do.
  void expect_refusal(const std::filesystem::path& path, const std::string& words) {
    const auto result = import(path);
    ASSERT_FALSE(result) << path;
    EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
    EXPECT_NE(result.error().message.find(path.filename().string()), std::string::npos)
        << result.error().message;
  }
  const Structure& structure(const Body& body, const char* id) {
    const auto index = body.find_structure(id);
    EXPECT_NE(index, anatomy::kNone) << id;
    return body.structures[index];
  }
  support::ScratchDir dir_{"import_test"};
};

TEST_F(ImportTest, OneObjWithManyNodes) {
  std::vector<Part> parts = make_torso();
  parts.push_back({"Blob of something", make_ellipsoid({0.0f, 1.2f, 0.0f}, glm::vec3(0.03f))});
  const auto result = import(dir_.write("torso.obj", to_obj(parts)));
  ASSERT_TRUE(result) << result.error().message;
  const Body& body = *result->body;
  ASSERT_EQ(body.structures.size(), parts.size());
  EXPECT_EQ(body.unrecognised, std::vector<std::string>{"blob_of_something"});
  EXPECT_TRUE(body.suspicious.empty()) << body.suspicious.front().what;

  const Structure& trapezius = structure(body, "trapezius_transverse_left");
  EXPECT_EQ(trapezius.fma, "FMA33585");
  EXPECT_EQ(trapezius.kind, anatomy::Kind::kMuscle);
  EXPECT_EQ(trapezius.side, Side::kLeft);
  EXPECT_EQ(trapezius.layer, anatomy::Layer::kSuperficial);
  ASSERT_EQ(trapezius.groups.size(), 1u);
  EXPECT_EQ(body.groups[trapezius.groups[0]].id, "trapezius");
  EXPECT_EQ(body.groups[trapezius.groups[0]].members.size(), 2u);
  EXPECT_GT(trapezius.bounds_m.centre().x, 0.0f);
  EXPECT_GT(trapezius.segment_count, 0);
  EXPECT_EQ(structure(body, "vertebra_l5").kind, anatomy::Kind::kBone);

  const Structure& blob = structure(body, "blob_of_something");
  EXPECT_TRUE(blob.usable);
  EXPECT_FALSE(blob.recognised);
  EXPECT_EQ(blob.name, "Blob of something");
  EXPECT_EQ(blob.lods[0].index_count / 3, parts.back().mesh.triangle_count());
}

TEST_F(ImportTest, EveryStructureKeepsItsShapeAndTheSurfaceEnclosesIt) {
  const std::vector<Part> parts = make_torso();
  const auto result = import(dir_.write("torso.obj", to_obj(parts)));
  ASSERT_TRUE(result) << result.error().message;
  const Body& body = *result->body;
  ASSERT_EQ(body.structures.size(), parts.size());
  EXPECT_TRUE(body.contact_surface_estimated);
  EXPECT_TRUE(geom::find_topology(body.contact_surface).watertight());
  const geom::Aabb outside = geom::bounds_of(body.contact_surface.positions_m);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Structure& s = body.structures[i];
    const geom::Aabb expected = geom::bounds_of(parts[i].mesh.positions_m);
    EXPECT_LT(glm::length(s.bounds_m.min - expected.min), 1e-5f) << s.id;
    EXPECT_LT(glm::length(s.bounds_m.max - expected.max), 1e-5f) << s.id;
    for (int axis = 0; axis < 3; ++axis) {
      EXPECT_LT(outside.min[axis], expected.min[axis] + 0.01f) << s.id;
      EXPECT_GT(outside.max[axis], expected.max[axis] - 0.01f) << s.id;
    }
  }
}

TEST_F(ImportTest, EqualCornersAreWeldedAndWindingPointsOutward) {
  const geom::Mesh ball = make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f));
  const auto result = import(dir_.write("left_scapula.stl", to_binary_stl(ball)));
  ASSERT_TRUE(result) << result.error().message;
  const anatomy::LodMesh& mesh = result->body->lods[0];
  EXPECT_EQ(mesh.positions_m.size(), ball.positions_m.size());
  const geom::Mesh whole{mesh.positions_m, mesh.normals, mesh.indices};
  EXPECT_TRUE(geom::find_topology(whole).watertight());
  EXPECT_GT(geom::signed_volume_m3(whole), 0.0f);
}

struct FrameCase {
  const char* name;
  glm::mat3 rotation;  // body -> file
  float scale;
  glm::vec3 offset_m;
};

class Frames : public ImportTest, public ::testing::WithParamInterface<FrameCase> {};

// The same torso, drawn in other frames and units, comes out at the same place.
TEST_P(Frames, AreFoundOut) {
  std::vector<Part> parts = make_torso();
  const std::vector<Part> original = parts;
  for (Part& part : parts)
    part.mesh = transformed(part.mesh, GetParam().rotation, GetParam().scale);
  const auto result = import(dir_.write("torso.obj", to_obj(parts)));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_FALSE(result->frame_reason.empty());
  for (std::size_t i = 0; i < original.size(); ++i) {
    const glm::vec3 expected =
        geom::bounds_of(original[i].mesh.positions_m).centre() + GetParam().offset_m;
    EXPECT_LT(glm::length(result->body->structures[i].bounds_m.centre() - expected), 1e-4f)
        << result->frame_reason;
  }
}

// Columns are where the body's X, Y, Z go.
INSTANTIATE_TEST_SUITE_P(
    All, Frames,
    ::testing::Values(
        FrameCase{"gltf", glm::mat3(1.0f), 1.0f, {}},
        FrameCase{"gltf_cm", glm::mat3(1.0f), 100.0f, {}},
        FrameCase{"bodyparts3d",
                  glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}),
                  1000.0f,
                  {0.0008f, 0.0f, 0.0f}},
        FrameCase{"z_up_metres", glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), 1.0f, {}},
        FrameCase{"turned_round", glm::mat3({-1, 0, 0}, {0, 1, 0}, {0, 0, -1}), 1000.0f, {}},
        FrameCase{"z_up_y_forward", glm::mat3({-1, 0, 0}, {0, 0, 1}, {0, 1, 0}), 100.0f, {}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(ImportTest, FrameAndScaleAreTakenWhenGiven) {
  const geom::Mesh ball = make_ellipsoid({10.0f, 120.0f, -5.0f}, glm::vec3(3.0f));
  const auto file = dir_.write("thing.ply", to_ascii_ply(ball));
  const auto given = import(file, {.frame = FrameChoice::kBodyparts3d, .scale_m = 0.01f});
  ASSERT_TRUE(given) << given.error().message;
  const glm::vec3 centre = given->body->structures[0].bounds_m.centre();
  EXPECT_LT(glm::length(centre - glm::vec3(0.1f, -0.05f, -1.2f)), 1e-5f);
  EXPECT_FALSE(import(file, {.frame = FrameChoice::kGltf, .scale_m = -1.0f}));
}

TEST_F(ImportTest, SideFollowsFromThePlaceWhenTheNameHasNone) {
  const auto result = import(dir_.write(
      "arms.obj",
      to_obj({{"Teres minor", make_ellipsoid({0.15f, 1.3f, 0.0f}, glm::vec3(0.02f))},
              {"Teres major", make_ellipsoid({-0.15f, 1.3f, 0.0f}, glm::vec3(0.02f))},
              {"Rhomboid major", make_ellipsoid({0.0f, 1.3f, 0.0f}, glm::vec3(0.06f))},
              {"Right scapula", make_ellipsoid({0.1f, 1.3f, 0.0f}, glm::vec3(0.04f))}})));
  ASSERT_TRUE(result) << result.error().message;
  const Body& body = *result->body;
  EXPECT_EQ(body.structures[0].id, "teres_minor_left");
  EXPECT_EQ(body.structures[1].id, "teres_major_right");
  EXPECT_EQ(body.structures[2].id, "rhomboid_major");
  // Named right, lying left: kept, and said.
  ASSERT_EQ(body.suspicious.size(), 1u);
  EXPECT_EQ(body.suspicious[0].structure_id, "scapula_right");
  EXPECT_TRUE(body.structures[3].usable);
}

TEST_F(ImportTest, EqualNamesGetDifferentIds) {
  const auto result = import(dir_.write(
      "two.obj", to_obj({{"thing", make_ellipsoid({0.05f, 1.3f, 0.0f}, glm::vec3(0.05f))},
                         {"other", make_ellipsoid({0.0f, 1.2f, 0.0f}, glm::vec3(0.05f))},
                         {"Thing!", make_ellipsoid({0.1f, 1.3f, 0.0f}, glm::vec3(0.05f))}})));
  ASSERT_TRUE(result) << result.error().message;
  std::set<std::string> ids;
  for (const Structure& s : result->body->structures) ids.insert(s.id);
  EXPECT_EQ(ids, (std::set<std::string>{"thing", "thing_2", "other"}));
}

TEST_F(ImportTest, WrongScaleIsNamedAndLeftOut) {
  for (const float factor : {1.0f / 28.0f, 1.0f / 1000.0f, 40.0f}) {
    std::vector<Part> parts = make_torso();
    parts.push_back({"Sacrum", make_ellipsoid({0.0f, 0.9f, -0.05f}, {0.05f, 0.05f, 0.02f})});
    for (const std::size_t bad : {std::size_t{2}, parts.size() - 1}) {
      parts[bad].mesh = transformed(parts[bad].mesh, glm::mat3(1.0f), factor);
    }
    const auto result =
        import(dir_.write("torso.obj", to_obj(parts)), {.frame = FrameChoice::kGltf});
    ASSERT_TRUE(result) << result.error().message;
    const Body& body = *result->body;
    std::set<std::string> named;
    for (const auto& finding : body.suspicious) named.insert(finding.structure_id);
    EXPECT_EQ(named, (std::set<std::string>{"sacrum", "vertebra_t8"})) << factor;
    for (const Structure& s : body.structures) {
      EXPECT_EQ(s.usable, !named.contains(s.id)) << s.id << " at " << factor;
    }
    // What is left out bends nothing else: the surface stays as large as the torso.
    const geom::Aabb box = geom::bounds_of(body.contact_surface.positions_m);
    EXPECT_LT(glm::length(box.size()), 0.8f) << factor;
  }
}

TEST_F(ImportTest, OpenMeshIsNoted) {
  std::vector<Part> parts = make_torso();
  parts.push_back({"Hyoid bone", make_bowl({0.0f, 1.45f, 0.02f}, glm::vec3(0.03f))});
  const auto result = import(dir_.write("torso.obj", to_obj(parts)));
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->body->suspicious.size(), 1u);
  EXPECT_EQ(result->body->suspicious[0].structure_id, "hyoid_bone");
  EXPECT_NE(result->body->suspicious[0].what.find("open"), std::string::npos);
  EXPECT_TRUE(structure(*result->body, "hyoid_bone").usable);
}

TEST_F(ImportTest, EveryFormatIsRead) {
  const geom::Mesh ball = make_ellipsoid({0.1f, 1.2f, 0.0f}, {0.05f, 0.08f, 0.03f});
  const std::vector<std::filesystem::path> files = {
      dir_.write("scapula left.obj", to_obj({{"x", ball}})),
      dir_.write("Scapula_L.stl", to_ascii_stl(ball)),
      dir_.write("left-scapula.STL", to_binary_stl(ball)),
      dir_.write("Scapula sinistra.ply", to_ascii_ply(ball)),
      dir_.write("12 SCAPULA (left).glb", to_glb({"x", ball}))};
  for (const auto& file : files) {
    const auto result = import(file);
    ASSERT_TRUE(result) << result.error().message;
    const Structure& s = result->body->structures.front();
    EXPECT_EQ(s.id, "scapula_left") << file;
    EXPECT_EQ(s.lods[0].index_count / 3, ball.triangle_count()) << file;
    EXPECT_LT(glm::length(s.bounds_m.centre() - glm::vec3(0.1f, 1.2f, 0.0f)), 1e-4f) << file;
  }
  // All of them together: equal structures, different ids.
  const auto together = import(dir_.path());
  ASSERT_TRUE(together) << together.error().message;
  EXPECT_EQ(together->body->structures.size(), files.size());
}

TEST_F(ImportTest, FbxIsRead) {
  const geom::Mesh ball = make_ellipsoid({0.1f, 1.2f, 0.0f}, {0.05f, 0.08f, 0.03f});
  Assimp::Importer reader;
  const aiScene* scene =
      reader.ReadFile(dir_.write("ball.obj", to_obj({{"Left_scapula", ball}})).string(), 0);
  ASSERT_NE(scene, nullptr);
  Assimp::Exporter exporter;
  const auto file = dir_.path() / "atlas.fbx";
  ASSERT_EQ(exporter.Export(scene, "fbxa", file.string()), AI_SUCCESS) << exporter.GetErrorString();
  const auto result = import(file, {.frame = FrameChoice::kGltf, .scale_m = 1.0f});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->body->structures.size(), 1u);
  const Structure& s = result->body->structures.front();
  EXPECT_EQ(s.id, "scapula_left");
  EXPECT_EQ(s.lods[0].index_count / 3, ball.triangle_count());
}

TEST_F(ImportTest, NodeTransformsAndIdsInExtrasCount) {
  const geom::Mesh ball = make_ellipsoid({0.1f, 0.2f, 0.0f}, {0.05f, 0.08f, 0.03f});
  const std::string fields =
      R"(,"translation":[0,1,0],"scale":[-1,1,1],"extras":{"id":"FMA13395"})";
  const auto result = import(dir_.write("part.glb", to_glb({"cut name of righ", ball}, fields)));
  ASSERT_TRUE(result) << result.error().message;
  const Structure& s = result->body->structures.front();
  EXPECT_EQ(s.id, "scapula_right");
  EXPECT_LT(glm::length(s.bounds_m.centre() - glm::vec3(-0.1f, 1.2f, 0.0f)), 1e-4f);
  const anatomy::LodMesh& mesh = result->body->lods[0];
  EXPECT_GT(geom::signed_volume_m3({mesh.positions_m, mesh.normals, mesh.indices}), 0.0f)
      << "a mirrored node must not turn inside out";
}

TEST_F(ImportTest, DamagedFilesAreRefusedInWords) {
  const std::string good =
      to_glb({"Left scapula", make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f))});
  expect_refusal(dir_.path() / "missing.glb", "does not exist");
  expect_refusal(dir_.write("empty.glb", ""), "empty");
  expect_refusal(dir_.write("cut.glb", good.substr(0, good.size() / 2)), "cannot be read");
  expect_refusal(dir_.write("cut_in_header.glb", good.substr(0, 10)), "cannot be read");
  expect_refusal(dir_.write("words.obj", "once upon a time\n"), "words.obj");
  expect_refusal(dir_.write("words.stl", "once upon a time\n"), "words.stl");
  expect_refusal(dir_.write("words.ply", "once upon a time\n"), "words.ply");
  expect_refusal(dir_.write("words.fbx", "once upon a time\n"), "words.fbx");
  expect_refusal(dir_.write("words.gltf", "{}"), "words.gltf");
  const std::string ply = to_ascii_ply(make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f)));
  expect_refusal(dir_.write("cut.ply", ply.substr(0, 900)), "cut.ply");
  const geom::Mesh huge = make_ellipsoid(glm::vec3(0.0f), glm::vec3(9e6f));
  expect_refusal(dir_.write("huge.stl", to_binary_stl(huge)), "--scale");
  expect_refusal(dir_.write("notes.txt", "not a mesh"), "not a mesh file");
  expect_refusal(dir_.write("points.obj", "o a\nv 0 0 0\nv 1 0 0\n"), "points.obj");
  const support::ScratchDir bare("import_bare");
  bare.write("readme.md", "hello");
  expect_refusal(bare.path(), "no mesh files");
}

TEST_F(ImportTest, TrianglesWithNansAreDroppedAndSaid) {
  std::vector<Part> parts = make_torso();
  const std::size_t before = parts[0].mesh.triangle_count();
  parts[0].mesh.positions_m[0].x = std::numeric_limits<float>::quiet_NaN();
  parts.push_back({"Manubrium", make_ellipsoid({0.0f, 1.4f, 0.08f}, glm::vec3(0.03f))});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    dir_.write(std::to_string(i) + " " + parts[i].name + ".stl", to_binary_stl(parts[i].mesh));
  }
  geom::Mesh lost = make_ellipsoid({0.0f, 1.0f, 0.0f}, glm::vec3(0.03f));
  for (glm::vec3& p : lost.positions_m) p.y = std::numeric_limits<float>::infinity();
  dir_.write("lost.stl", to_binary_stl(lost));
  const auto result = import(dir_.path());
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->warnings.size(), 1u);
  EXPECT_NE(result->warnings[0].find("lost.stl"), std::string::npos);
  ASSERT_EQ(result->body->suspicious.size(), 1u);
  EXPECT_EQ(result->body->suspicious[0].structure_id, "vertebra_c7");
  EXPECT_LT(structure(*result->body, "vertebra_c7").lods[0].index_count / 3, before);
  for (const anatomy::LodMesh& mesh : result->body->lods) {
    for (const glm::vec3& p : mesh.positions_m) ASSERT_TRUE(std::isfinite(p.x + p.y + p.z));
  }
}

TEST_F(ImportTest, GoodFilesBesideBadOnesAreImported) {
  dir_.write("left_scapula.obj",
             to_obj({{"Left scapula", make_ellipsoid({0.1f, 1.2f, 0.0f}, glm::vec3(0.05f))}}));
  dir_.write("broken.glb", "glTF nonsense");
  dir_.write("empty.ply", "");
  const auto result = import(dir_.path());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->body->structures.size(), 1u);
  EXPECT_EQ(result->warnings.size(), 2u);
  EXPECT_EQ(result->files, 3u);
}

TEST_F(ImportTest, CancelStopsIt) {
  base::Progress progress;
  progress.cancel();
  const auto result = import_atlas(dir_.write("torso.obj", to_obj(make_torso())), ontology(),
                                   nullptr, {}, progress);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("cancelled"), std::string::npos);
}

TEST_F(ImportTest, ResultSurvivesThePack) {
  const auto result = import(dir_.write("torso.obj", to_obj(make_torso())));
  ASSERT_TRUE(result) << result.error().message;
  const auto file = dir_.path() / "torso.pack";
  ASSERT_TRUE(anatomy::save_pack(*result->body, file));
  const auto loaded = anatomy::load_pack(file);
  ASSERT_TRUE(loaded) << loaded.error().message;
  const anatomy::BodyIndex index(*loaded);
  // From behind at the height of the scapulae: the trapezius is met first.
  const auto hit = index.find_structure_hit({{0.09f, 1.4f, -1.0f}, {0.0f, 0.0f, 1.0f}}, 3.0f);
  ASSERT_TRUE(hit);
  EXPECT_EQ((*loaded)->structures[hit->structure].id, "trapezius_transverse_left");
  EXPECT_NE(hit->segment, anatomy::kNone);
}

}  // namespace
}  // namespace atlas
