// A body through `backmate export` and back through `backmate import`: nothing moves, everything is
// known again.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "anatomy/pack.h"
#include "data/json_file.h"
#include "support/run_program.h"
#include "support/scratch_dir.h"

namespace {

using support::run_backmate;

constexpr float kAgreement_m = 1e-4f;  // of the specification: 0.1 mm

geom::Mesh mesh_of(const anatomy::Body& body, const anatomy::Structure& structure) {
  const anatomy::MeshRange range = structure.lods[0];
  const anatomy::LodMesh& all = body.lods[0];
  geom::Mesh mesh;
  mesh.positions_m.assign(all.positions_m.begin() + range.first_vertex,
                          all.positions_m.begin() + range.first_vertex + range.vertex_count);
  for (std::uint32_t i = 0; i < range.index_count; ++i) {
    mesh.indices.push_back(all.indices[range.first_index + i] - range.first_vertex);
  }
  return mesh;
}

float farthest(const geom::Mesh& from, const geom::Mesh& to) {
  const geom::Bvh tree(to.positions_m, to.indices);
  float distance = 0.0f;
  for (const glm::vec3 p : from.positions_m) {
    distance = std::max(distance, tree.find_closest(p, 10.0f)->distance_m);
  }
  return distance;
}

TEST(Export, ComesBackThroughImportAsItWas) {
  const support::ScratchDir dir("export_test");
  const std::string glb = (dir.path() / "body.glb").string();
  const std::string pack = (dir.path() / "body.pack").string();
  const auto exported = run_backmate({"export", "--out", glb});
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  const auto imported = run_backmate({"import", glb, "--out", pack});
  ASSERT_EQ(imported.exit_code, 0) << imported.err;

  const auto before = anatomy::load_pack(std::filesystem::path(BACKMATE_BINARY_DIR) / "share" /
                                         "backmate" / "bodies" / "builtin.pack");
  const auto after = anatomy::load_pack(pack);
  ASSERT_TRUE(before && after);
  ASSERT_EQ((*before)->structures.size(), (*after)->structures.size());
  EXPECT_TRUE((*after)->unrecognised.empty());
  EXPECT_TRUE((*after)->suspicious.empty());
  for (const anatomy::Structure& a : (*before)->structures) {
    const auto index = (*after)->find_structure(a.id);
    ASSERT_NE(index, anatomy::kNone) << a.id;
    const anatomy::Structure& b = (*after)->structures[index];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.fma, b.fma) << a.id;
    EXPECT_EQ(a.side, b.side) << a.id;
    EXPECT_EQ(a.kind, b.kind) << a.id;
    EXPECT_EQ(a.layer, b.layer) << a.id;
    EXPECT_EQ(a.groups, b.groups) << a.id;
    const geom::Mesh mesh_a = mesh_of(**before, a);
    const geom::Mesh mesh_b = mesh_of(**after, b);
    EXPECT_LE(farthest(mesh_a, mesh_b), kAgreement_m) << a.id;
    EXPECT_LE(farthest(mesh_b, mesh_a), kAgreement_m) << a.id;
  }
}

TEST(Export, FailuresAreOneSentenceAndHarmNothing) {
  const support::ScratchDir dir("export_failures");
  const auto expect_failure = [](const std::vector<std::string>& arguments,
                                 const std::string& mentions) {
    const auto result = run_backmate(arguments);
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_TRUE(result.out.empty()) << result.out;
    EXPECT_NE(result.err.find(mentions), std::string::npos) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  };
  expect_failure({"export", "--out", (dir.path() / "no" / "a.glb").string()}, "a.glb");
  expect_failure({"export", "--out", (dir.path() / "a.obj").string()}, ".glb");
  const std::string kept = dir.write("kept.glb", "what was there").string();
  expect_failure({"export", "--body", "nobody", "--out", kept}, "nobody");
  expect_failure({"export", "--body", dir.write("junk.pack", "junk").string(), "--out", kept},
                 "junk.pack");
  EXPECT_EQ(*data::read_file(kept), "what was there");
  std::filesystem::create_directories(dir.path() / "taken.glb" / "inner");
  expect_failure({"export", "--out", (dir.path() / "taken.glb").string()}, "taken.glb");
  EXPECT_TRUE(std::filesystem::exists(dir.path() / "taken.glb" / "inner"));
  EXPECT_EQ(run_backmate({"export"}).exit_code, 2);
}

}  // namespace
