// Cut, overwritten and hostile mesh files in every text and binary format, the same ones on every
// run: whatever the reader does on them, the import ends with a body or a sentence, and the good
// file beside them arrives.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <assimp/Exporter.hpp>
#include <assimp/Importer.hpp>
#include <cmath>
#include <cstring>
#include <random>

#include "import/import_atlas.h"
#include "mesh_files.h"
#include "support/scratch_dir.h"

namespace atlas {
namespace {

using namespace atlas::testing;

constexpr int kPerFormat = 30;

struct Format {
  std::string extension;
  std::string good;
};

// Nobody writes FBX by hand.
std::string to_fbx(const std::string& obj) {
  Assimp::Importer reader;
  Assimp::Exporter exporter;
  const aiExportDataBlob* blob =
      exporter.ExportToBlob(reader.ReadFileFromMemory(obj.data(), obj.size(), 0, "obj"), "fbx");
  return blob == nullptr ? "" : std::string(static_cast<const char*>(blob->data), blob->size);
}

std::vector<Format> make_formats() {
  const geom::Mesh ball = make_ellipsoid({0.1f, 1.2f, 0.0f}, {0.05f, 0.08f, 0.03f}, 6);
  return {{".obj", to_obj({{"Left scapula", ball}})},
          {".ply", to_ascii_ply(ball)},
          {".stl", to_binary_stl(ball)},
          {"_text.stl", to_ascii_stl(ball)},
          {".fbx", to_fbx(to_obj({{"Left scapula", ball}}))},
          {".glb", to_glb({"Left scapula", ball}, ",\"scale\":[1,1,1]")}};
}

using Random = std::mt19937;  // the same numbers everywhere, which distributions do not promise

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

// What disks, downloads and people do to files, and what fuzzers do.
std::string damage(std::string bytes, Random& random) {
  static const std::vector<std::string> kNumbers = {
      "nan", "-inf", "1e38", "-1", "99999999999999999999", "4294967295", "0x41", "", "1e-45", "}"};
  switch (below(random, 6)) {
    case 0:
      bytes.resize(below(random, bytes.size()));
      break;
    case 1:
      for (int i = 0; i < 20; ++i) {
        bytes[below(random, bytes.size())] = static_cast<char>(below(random, 256));
      }
      break;
    case 2: {  // four bytes that mean a large number, near the start, where the counts are
      const std::uint32_t large = below(random, 2) == 0 ? 0xFFFFFFFFu : 0x7FFFFFFFu;
      const std::size_t at = below(random, std::min<std::size_t>(bytes.size() - 4, 200));
      std::memcpy(bytes.data() + at, &large, sizeof(large));
      break;
    }
    case 3:
      for (int i = 0; i < 3; ++i) {  // a number becomes another
        const std::size_t at = bytes.find_first_of("0123456789", below(random, bytes.size()));
        if (at == std::string::npos) continue;
        const std::size_t end = bytes.find_first_not_of("0123456789.e-", at);
        bytes.replace(at, std::min(end, bytes.size()) - at,
                      kNumbers[below(random, kNumbers.size())]);
      }
      break;
    case 4: {  // a stretch is missing
      const std::size_t at = below(random, bytes.size());
      bytes.erase(at, below(random, 400));
      break;
    }
    default: {  // a stretch is there many times
      const std::size_t at = below(random, bytes.size());
      const std::string part = bytes.substr(at, below(random, 200));
      for (int i = 0; i < 50; ++i) bytes.insert(at, part);
      break;
    }
  }
  return bytes;
}

class DamagedFiles : public ::testing::Test {
 protected:
  static const anatomy::Ontology& ontology() {
    static const auto loaded =
        anatomy::Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
    return loaded.value();
  }
  // Everything in the folder, and the good file must have arrived whole.
  base::Result<Import> import_folder() {
    base::Progress progress;
    return import_atlas(dir_.path(), ontology(), nullptr,
                        {.frame = FrameChoice::kGltf, .scale_m = 1.0f}, progress);
  }
  void write_good_file() { dir_.write("torso.obj", to_obj(make_torso())); }
  support::ScratchDir dir_{"damaged_files"};
};

TEST_F(DamagedFiles, AnyDamageEndsWithABodyOrASentence) {
  Random random(20250611);
  std::size_t written = 0;
  for (const Format& format : make_formats()) {
    ASSERT_GT(format.good.size(), 1000u) << format.extension;
    for (int i = 0; i < kPerFormat; ++i) {
      dir_.write("m" + std::to_string(i) + format.extension, damage(format.good, random));
      ++written;
    }
  }
  write_good_file();
  const auto result = import_folder();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->files, written + 1);
  for (const std::string& why : result->warnings) {
    EXPECT_NE(why.find((dir_.path() / "m").string()), std::string::npos) << why;
    EXPECT_LT(why.size(), 600u) << why;
  }
  EXPECT_GT(result->warnings.size(), written / 5);
  EXPECT_LT(result->warnings.size(), written)
      << "damage too coarse to test what comes after the reader";
  for (const Part& part : make_torso()) {
    const bool arrived = std::any_of(
        result->body->structures.begin(), result->body->structures.end(), [&](const auto& s) {
          return s.usable && s.lods[0].index_count / 3 == part.mesh.triangle_count();
        });
    EXPECT_TRUE(arrived) << part.name;
  }
  for (const anatomy::LodMesh& mesh : result->body->lods) {
    for (const glm::vec3& p : mesh.positions_m) ASSERT_TRUE(std::isfinite(p.x + p.y + p.z));
  }
}

TEST_F(DamagedFiles, NodesNestedWithoutEndAreNamed) {
  // Readers of trees are recursive: 200,000 levels are no stack's business.
  std::string nodes;
  constexpr int kLevels = 200'000;
  for (int i = 0; i + 1 < kLevels; ++i) {
    nodes += "{\"children\":[" + std::to_string(i + 1) + "]},";
  }
  dir_.write("deep.gltf",
             "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],"
             "\"nodes\":[" +
                 nodes + "{\"name\":\"last\"}]}");
  dir_.write("brackets.gltf", std::string(1'000'000, '['));
  write_good_file();
  const auto result = import_folder();
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->warnings.size(), 2u);
  EXPECT_NE(result->warnings[0].find("brackets.gltf"), std::string::npos);
  EXPECT_NE(result->warnings[1].find("deep.gltf"), std::string::npos);
  EXPECT_EQ(result->body->structures.size(), make_torso().size());
}

}  // namespace
}  // namespace atlas
