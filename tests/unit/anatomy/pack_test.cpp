#include "anatomy/pack.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <set>

#include "anatomy/pack_codec.h"
#include "data/json_file.h"
#include "support/phantom_body.h"
#include "support/scratch_dir.h"

namespace anatomy {
namespace {

// Byte places in the header, as pack.cpp documents its layout.
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kMetadataBytesAt = 24;
constexpr std::size_t kHeaderBytes = 40;

std::shared_ptr<const Body> small_body() {
  test_support::PhantomSpec spec;
  spec.cell_m = 0.02f;
  auto body = std::make_shared<Body>(*test_support::make_phantom_body(spec));
  body->unrecognised = {"odd thing"};
  body->suspicious = {{"skin", "is far too red"}};
  return body;
}

// The triangles of a range as sets of corner positions, corner order kept up to rotation.
std::vector<std::array<std::uint32_t, 3>> rotated_triangles(
    std::span<const std::uint32_t> indices) {
  std::vector<std::array<std::uint32_t, 3>> out;
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    std::array<std::uint32_t, 3> t = {indices[i], indices[i + 1], indices[i + 2]};
    std::rotate(t.begin(), std::min_element(t.begin(), t.end()), t.end());
    out.push_back(t);
  }
  return out;
}

std::string read_bytes(const std::filesystem::path& file) { return *data::read_file(file); }

std::string with_right_checksum(std::string bytes) {
  const std::uint64_t sum = pack_checksum(std::string_view(bytes).substr(kHeaderBytes));
  std::memcpy(bytes.data() + kChecksumAt, &sum, sizeof(sum));
  return bytes;
}

class Pack : public testing::Test {
 protected:
  support::ScratchDir dir_{"pack_test"};
  std::filesystem::path file_ = dir_.path() / "a.pack";

  std::string error_of(const std::string& bytes) {
    const auto loaded = load_pack(dir_.write("broken.pack", bytes));
    return loaded ? "" : loaded.error().message;
  }
};

TEST_F(Pack, CoarseLevelsComeAloneWithTheBoxesOfTheFinest) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  const auto whole = load_pack(file_);
  const auto coarse = load_pack(file_, 1);
  ASSERT_TRUE(whole && coarse);
  EXPECT_TRUE((*coarse)->lods[0].positions_m.empty());
  EXPECT_TRUE((*coarse)->lods[0].indices.empty());
  EXPECT_EQ((*coarse)->lods[1].positions_m, (*whole)->lods[1].positions_m);
  EXPECT_EQ((*coarse)->lods[1].indices, (*whole)->lods[1].indices);
  for (std::size_t i = 0; i < (*whole)->structures.size(); ++i) {
    EXPECT_EQ((*coarse)->structures[i].bounds_m.min, (*whole)->structures[i].bounds_m.min);
    EXPECT_EQ((*coarse)->structures[i].bounds_m.max, (*whole)->structures[i].bounds_m.max);
    EXPECT_EQ((*coarse)->structures[i].lods[0].index_count, 0u);
  }
}

TEST_F(Pack, RoundTripKeepsTheBody) {
  const auto before = small_body();
  ASSERT_TRUE(save_pack(*before, file_));
  const auto loaded = load_pack(file_);
  ASSERT_TRUE(loaded) << loaded.error().message;
  const Body& after = **loaded;

  EXPECT_EQ(after.id, before->id);
  EXPECT_EQ(after.source, before->source);
  EXPECT_EQ(after.contact_surface_estimated, before->contact_surface_estimated);
  EXPECT_EQ(after.unrecognised, before->unrecognised);
  ASSERT_EQ(after.suspicious.size(), 1u);
  EXPECT_EQ(after.suspicious[0].what, before->suspicious[0].what);
  ASSERT_EQ(after.structures.size(), before->structures.size());
  ASSERT_EQ(after.groups.size(), before->groups.size());
  for (std::size_t g = 0; g < before->groups.size(); ++g) {
    EXPECT_EQ(after.groups[g].id, before->groups[g].id);
    EXPECT_EQ(after.groups[g].members, before->groups[g].members);
  }
  for (std::size_t i = 0; i < before->structures.size(); ++i) {
    const Structure& a = after.structures[i];
    const Structure& b = before->structures[i];
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.fma, b.fma);
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.side, b.side);
    EXPECT_EQ(a.layer, b.layer);
    EXPECT_EQ(a.groups, b.groups);
    EXPECT_EQ(a.segment_count, b.segment_count);
    EXPECT_EQ(a.usable, b.usable);
    EXPECT_LT(glm::length(a.bounds_m.min - b.bounds_m.min), 1e-4f);
    if (b.segment_count > 0) {
      EXPECT_EQ(a.first_segment, b.first_segment);
    }
  }
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    const LodMesh& a = after.lods[lod];
    const LodMesh& b = before->lods[lod];
    ASSERT_EQ(a.positions_m.size(), b.positions_m.size());
    EXPECT_EQ(rotated_triangles(a.indices), rotated_triangles(b.indices));
    EXPECT_EQ(a.vertex_structure, b.vertex_structure);
    EXPECT_EQ(a.vertex_segment, b.vertex_segment);
    float worst = 0.0f;
    for (std::size_t v = 0; v < b.positions_m.size(); ++v) {
      worst = std::max(worst, glm::length(a.positions_m[v] - b.positions_m[v]));
      EXPECT_NEAR(glm::length(a.normals[v]), 1.0f, 1e-4f);
    }
    EXPECT_LT(worst, 10e-6f);
  }
  ASSERT_EQ(after.segments.size(), before->segments.size());
  for (std::size_t s = 0; s < before->segments.size(); ++s) {
    EXPECT_EQ(after.segments[s].structure, before->segments[s].structure);
    EXPECT_EQ(after.segments[s].centre_m, before->segments[s].centre_m);
    EXPECT_EQ(after.segments[s].length_m, before->segments[s].length_m);
  }
  ASSERT_EQ(after.landmarks.size(), before->landmarks.size());
  for (std::size_t l = 0; l < before->landmarks.size(); ++l) {
    EXPECT_EQ(after.landmarks[l].id, before->landmarks[l].id);
    EXPECT_EQ(after.landmarks[l].position_m, before->landmarks[l].position_m);
  }
  EXPECT_EQ(rotated_triangles(after.contact_surface.indices),
            rotated_triangles(before->contact_surface.indices));
}

TEST_F(Pack, FibresAndTendonsSurvive) {
  auto body = std::make_shared<Body>(*small_body());
  for (LodMesh& mesh : body->lods) {
    mesh.fibre.assign(mesh.positions_m.size(), glm::vec3(0.0f));
    mesh.tendon.assign(mesh.positions_m.size(), 0.0f);
  }
  const auto muscle = std::find_if(body->structures.begin(), body->structures.end(),
                                   [](const Structure& s) { return s.kind == Kind::kMuscle; });
  ASSERT_NE(muscle, body->structures.end());
  const MeshRange range = muscle->lods[0];
  const glm::vec3 fibre = glm::normalize(glm::vec3(0.3f, -0.9f, 0.2f));
  for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
    body->lods[0].fibre[range.first_vertex + v] = fibre;
    body->lods[0].tendon[range.first_vertex + v] = 0.4f;
  }
  ASSERT_TRUE(save_pack(*body, file_));
  const auto loaded = load_pack(file_);
  ASSERT_TRUE(loaded);
  const LodMesh& mesh = (*loaded)->lods[0];
  ASSERT_EQ(mesh.fibre.size(), mesh.positions_m.size());
  EXPECT_GT(glm::dot(mesh.fibre[range.first_vertex], fibre), std::cos(0.0175f));
  EXPECT_NEAR(mesh.tendon[range.first_vertex], 0.4f, 1.0f / 255.0f);
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    if (mesh.vertex_structure[v] == muscle - body->structures.begin()) continue;
    ASSERT_EQ(mesh.fibre[v], glm::vec3(0.0f));
  }
}

TEST_F(Pack, SavingTwiceGivesTheSameBytes) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  ASSERT_TRUE(save_pack(*small_body(), dir_.path() / "b.pack"));
  EXPECT_EQ(read_bytes(file_), read_bytes(dir_.path() / "b.pack"));
}

TEST_F(Pack, RefusalsSayWhatWhereAndWhatToDo) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  const std::string good = read_bytes(file_);
  EXPECT_NE(load_pack(dir_.path() / "none.pack").error().message.find("does not exist"),
            std::string::npos);
  EXPECT_NE(load_pack(dir_.path()).error().message.find("folder"), std::string::npos);
  EXPECT_NE(error_of("").find("empty"), std::string::npos);
  EXPECT_NE(error_of("solid teapot\nendsolid\n").find("not a body pack"), std::string::npos);
  EXPECT_NE(error_of(good.substr(0, 20)).find("too short"), std::string::npos);
  EXPECT_NE(error_of(good.substr(0, good.size() / 2)).find("not complete"), std::string::npos);
  EXPECT_NE(error_of(good + "x").find("not complete"), std::string::npos);

  std::string future = good;
  future[kVersionAt] = 77;
  EXPECT_NE(error_of(future).find("version 77"), std::string::npos);
  std::string flipped = good;
  flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 0x10);
  const std::string message = error_of(flipped);
  EXPECT_NE(message.find("damaged"), std::string::npos);
  EXPECT_NE(message.find("broken.pack"), std::string::npos);
}

// Whatever metadata claims, with a fitting checksum: a sentence, never a crash or a giant
// allocation.
TEST_F(Pack, AbsurdClaimsAreRefused) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  const std::string good = read_bytes(file_);
  std::uint64_t words = 0;
  std::memcpy(&words, good.data() + kMetadataBytesAt, sizeof(words));
  const data::Json metadata = data::Json::parse(good.substr(kHeaderBytes, words));
  const auto error_with = [&](const char* pointer, const data::Json& value) {
    data::Json changed = metadata;
    changed[data::Json::json_pointer(pointer)] = value;
    const std::string text = changed.dump();
    std::string bytes = good.substr(0, kHeaderBytes) + text + good.substr(kHeaderBytes + words);
    const std::uint64_t length = text.size();
    std::memcpy(bytes.data() + kMetadataBytesAt, &length, sizeof(length));
    return error_of(with_right_checksum(bytes));
  };
  const data::Json none;
  EXPECT_EQ(error_with("/id", "renamed"), "");
  for (const auto& [pointer, value] : std::vector<std::pair<const char*, data::Json>>{
           {"/lods/0/ranges/0/0", 4'000'000'000u},
           {"/lods/0/ranges/0/1", 4'000'000'000u},
           {"/lods/0/ranges/0/1", 7},
           {"/lods/0/ranges/0/2", 4'000'000'000u},
           {"/lods/0/ranges/0/2", 0},
           {"/lods/0/ranges/0/3", 1},
           {"/lods/0/ranges/0/5", 1e30},
           {"/lods/0/ranges/0/8", -1.0},
           {"/lods/0/ranges/0/8", none},
           {"/lods/0/ranges/0", data::Json::array()},
           {"/lods/0/ranges", data::Json::array()},
           {"/lods", none},
           {"/segment_count", 1'000'000'000'000u},
           {"/segment_count", 1},
           {"/structures/0/kind", "soup"},
           {"/structures/0/groups", data::Json::array({60000})},
           {"/structures/1/segments", data::Json::array({65000, 60000})},
           {"/structures", data::Json::object()},
           {"/id", 12},
           {"/contact_surface", 60000},
           {"/contact_surface", -1},
           {"/contact_surface", "skin"},
           {"/contact_surface", data::Json::array()},
           {"/suspicious", "yes"}}) {
    EXPECT_NE(error_with(pointer, value), "") << pointer << " = " << value;
  }
}

// The layout of versions 1 and 2: the touched surface always stands by itself before the segments;
// groups of version 1 are no regions.
std::string as_older_version(const std::string& pack, const Body& body, std::uint32_t version) {
  std::uint64_t words = 0;
  std::memcpy(&words, pack.data() + kMetadataBytesAt, sizeof(words));
  data::Json metadata = data::Json::parse(pack.substr(kHeaderBytes, words));
  const auto contact =
      encode_range({body.contact_surface.positions_m, {}, {}, {}, body.contact_surface.indices});
  const RangeHeader& h = contact->header;
  std::string buffers = pack.substr(kHeaderBytes + words);
  if (metadata["contact_surface"].is_number()) {
    constexpr std::size_t kSegmentBytes = 32;
    buffers.insert(buffers.size() - kSegmentBytes * body.segments.size(), contact->bytes);
  }
  metadata["contact_surface"] = {h.vertex_count, h.index_count, h.vertex_bytes,
                                 h.index_bytes,  h.extra_bytes, h.min_m.x,
                                 h.min_m.y,      h.min_m.z,     h.step_m};
  for (data::Json& group : metadata["groups"]) {
    if (version > 1) continue;
    group.erase("above");
    group.erase("below");
  }
  const std::string text = metadata.dump();
  std::string bytes = pack.substr(0, kHeaderBytes) + text + buffers;
  const std::uint64_t lengths[2] = {text.size(), buffers.size()};
  std::memcpy(bytes.data() + kVersionAt, &version, sizeof(version));
  std::memcpy(bytes.data() + kMetadataBytesAt, lengths, sizeof(lengths));
  return with_right_checksum(bytes);
}

TEST_F(Pack, ThoseOfEarlierVersionsOpen) {
  const auto body = small_body();
  ASSERT_TRUE(save_pack(*body, file_));
  const auto now = load_pack(file_);
  ASSERT_TRUE(now);
  EXPECT_EQ((*now)->note, "");
  for (const std::uint32_t version : {1u, 2u}) {
    const std::string bytes = as_older_version(read_bytes(file_), *body, version);
    for (const int finest : {0, 1, 2}) {
      const auto loaded = load_pack(dir_.write("old.pack", bytes), finest);
      ASSERT_TRUE(loaded) << loaded.error().message;
      const Body& old = **loaded;
      EXPECT_EQ(old.structures.size(), body->structures.size());
      EXPECT_EQ(old.segments.size(), body->segments.size());
      EXPECT_EQ(old.contact_surface.indices, (*now)->contact_surface.indices);
      EXPECT_EQ(old.contact_surface.positions_m, (*now)->contact_surface.positions_m);
      EXPECT_EQ(old.lods[2].positions_m, (*now)->lods[2].positions_m);
      EXPECT_EQ(old.note.empty(), version > 1) << old.note;
    }
  }
}

TEST_F(Pack, ATouchedSurfaceThatIsTheSkinIsStoredOnce) {
  auto body = std::make_shared<Body>(*small_body());
  ASSERT_TRUE(save_pack(*body, file_));
  const std::size_t once = read_bytes(file_).size();
  const auto same = load_pack(file_);
  body->contact_surface.positions_m[0].x += 0.001f;
  ASSERT_TRUE(save_pack(*body, file_));
  EXPECT_GT(read_bytes(file_).size(), once + body->contact_surface.indices.size() / 3);
  const auto apart = load_pack(file_);
  ASSERT_TRUE(same && apart);
  EXPECT_EQ((*same)->contact_surface.indices, (*apart)->contact_surface.indices);
}

// Random damage behind a checksum that fits: the decoders have to hold by themselves. (Some flips
// change nothing but a coordinate: those may load.)
TEST_F(Pack, FlippedBytesNeverCrash) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  const std::string good = read_bytes(file_);
  std::mt19937 random(5);
  std::uniform_int_distribution<std::size_t> place(kChecksumAt + 8, good.size() - 1);
  std::uniform_int_distribution<int> bits(1, 255);
  int refused = 0;
  for (int i = 0; i < 400; ++i) {
    std::string bytes = good;
    for (int k = 0; k <= i % 3; ++k) {
      const std::size_t at = place(random);
      bytes[at] = static_cast<char>(bytes[at] ^ bits(random));
    }
    const auto loaded = load_pack(dir_.write("broken.pack", with_right_checksum(bytes)));
    if (!loaded) {
      ++refused;
      EXPECT_FALSE(loaded.error().message.empty());
      continue;
    }
    for (const LodMesh& mesh : (*loaded)->lods) {
      for (const std::uint32_t index : mesh.indices) ASSERT_LT(index, mesh.positions_m.size());
    }
    const BodyIndex index(*loaded);
    index.find_structure_hit({{0.0f, 1.2f, -1.0f}, {0.0f, 0.0f, 1.0f}}, 2.0f);
  }
  EXPECT_GT(refused, 0);
}

TEST_F(Pack, FailedWriteLeavesTheOldFile) {
  ASSERT_TRUE(save_pack(*small_body(), file_));
  const std::string before = read_bytes(file_);
  auto broken = std::make_shared<Body>(*small_body());
  broken->lods[0].positions_m[broken->structures[1].lods[0].first_vertex].x =
      std::numeric_limits<float>::quiet_NaN();
  const auto status = save_pack(*broken, file_);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find(broken->structures[1].id), std::string::npos);
  EXPECT_EQ(read_bytes(file_), before);
  EXPECT_FALSE(save_pack(*small_body(), dir_.path() / "no such folder" / "b.pack"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir_.path()), {}), 1);
}

}  // namespace
}  // namespace anatomy
