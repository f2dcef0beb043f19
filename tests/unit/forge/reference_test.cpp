// The must rows of anatomy.md for muscles, where the reference folder is present.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "anatomy/ontology.h"
#include "base/frames.h"
#include "forge/bones.h"
#include "forge/fit_slips.h"
#include "forge/muscles.h"
#include "import/mesh_reader.h"

namespace {

namespace fs = std::filesystem;

fs::path reference_dir() {
  if (const char* path = std::getenv("BACKMATE_REFERENCE")) return path;
  for (fs::path up = fs::path(BACKMATE_SOURCE_DIR);; up = up.parent_path()) {
    const fs::path found = up / "shared" / "reference" / "bodyparts3d";
    if (fs::exists(found)) return found;
    if (up == up.parent_path()) return {};
  }
}

TEST(Reference, MusclesLieWhereTheReferenceHasThem) {
  const fs::path folder = reference_dir();
  if (folder.empty()) GTEST_SKIP() << "skipped: no reference/bodyparts3d beside the project";
  const fs::path assets = fs::path(BACKMATE_SOURCE_DIR) / "assets";
  const auto ontology = anatomy::Ontology::load(assets / "anatomy");
  auto specs = forge::load_muscles(assets / "anatomy" / "muscles", assets / "schema");
  ASSERT_TRUE(ontology && specs);
  const auto bones = forge::build_bones(assets);
  ASSERT_TRUE(bones);
  ASSERT_TRUE(forge::order_muscles(*specs));
  ASSERT_TRUE(forge::attach_muscles(*specs, *bones));
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());

  std::vector<float> distances;
  int volumes = 0;
  int good_volumes = 0;
  for (const forge::MuscleSpec& spec : *specs) {
    const auto* entry = ontology->find_entry(spec.id);
    const bool measured = spec.ruler || spec.has_slips();
    if (!measured || entry == nullptr) continue;
    const std::string& fma = entry->paired ? entry->fma_right : entry->fma_median;
    if (fma.empty()) continue;
    const auto file = std::find_if(files.begin(), files.end(), [&](const fs::path& f) {
      return f.filename().string().find("_" + fma + "_") != std::string::npos;
    });
    ASSERT_NE(file, files.end()) << spec.id;
    auto raw = atlas::read_mesh_file(*file);
    ASSERT_TRUE(raw) << raw.error().message;
    geom::Mesh mesh = raw->structures.front().mesh;
    for (glm::vec3& p : mesh.positions_m) p = base::from_bodyparts3d_mm(p);
    const forge::FitResult result =
        forge::compare_nets(mesh, entry->paired ? spec.nets : forge::with_mirror(spec.nets));
    EXPECT_LE(result.mean_distance_m, 0.004f) << spec.id;
    distances.push_back(result.mean_distance_m);
    if (result.volume_ratio > 0.0f) {
      ++volumes;
      if (result.volume_ratio >= 0.85f && result.volume_ratio <= 1.18f) ++good_volumes;
    }
  }
  ASSERT_GT(distances.size(), 50u);
  std::nth_element(distances.begin(), distances.begin() + distances.size() / 2, distances.end());
  EXPECT_LE(distances[distances.size() / 2], 0.0018f);
  EXPECT_GE(good_volumes, (volumes * 8 + 9) / 10);
}

}  // namespace
