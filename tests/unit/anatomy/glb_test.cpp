// The exported file as the glTF 2.0 specification wants it: what a strict reader would refuse.
#include "anatomy/glb.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "data/json_file.h"
#include "support/phantom_body.h"
#include "support/scratch_dir.h"

namespace anatomy {
namespace {

using data::Json;

std::uint32_t word_at(const std::string& bytes, std::size_t at) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof(word));
  return word;
}

struct Glb {
  std::string bytes;
  Json json;
  std::size_t binary_at = 0;
  std::size_t binary_bytes = 0;

  std::size_t place_of(const Json& accessor) const {
    const Json& view = json["bufferViews"][accessor["bufferView"].get<std::size_t>()];
    return binary_at + view["byteOffset"].get<std::size_t>() +
           accessor["byteOffset"].get<std::size_t>();
  }
  std::vector<glm::vec3> vectors(std::size_t accessor_index) const {
    const Json& accessor = json["accessors"][accessor_index];
    std::vector<glm::vec3> out(accessor["count"].get<std::size_t>());
    std::memcpy(out.data(), bytes.data() + place_of(accessor), out.size() * sizeof(glm::vec3));
    return out;
  }
  std::vector<std::uint32_t> indices(std::size_t accessor_index) const {
    const Json& accessor = json["accessors"][accessor_index];
    const std::size_t width = accessor["componentType"] == 5123 ? 2 : 4;
    std::vector<std::uint32_t> out(accessor["count"].get<std::size_t>(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
      std::memcpy(&out[i], bytes.data() + place_of(accessor) + i * width, width);
    }
    return out;
  }
};

Glb parse(const std::string& bytes) {
  Glb glb;
  glb.bytes = bytes;
  const std::size_t json_bytes = word_at(bytes, 12);
  glb.json = Json::parse(bytes.substr(20, json_bytes));
  glb.binary_at = 28 + json_bytes;
  glb.binary_bytes = word_at(bytes, 20 + json_bytes);
  return glb;
}

std::shared_ptr<const Body> small_body() {
  test_support::PhantomSpec spec;
  spec.cell_m = 0.02f;
  return test_support::make_phantom_body(spec);
}

TEST(Glb, ChunksAreWholeAndAligned) {
  const auto bytes = to_glb(*small_body());
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->substr(0, 4), "glTF");
  EXPECT_EQ(word_at(*bytes, 4), 2u);
  EXPECT_EQ(word_at(*bytes, 8), bytes->size());
  const Glb glb = parse(*bytes);
  EXPECT_EQ(bytes->substr(16, 4), "JSON");
  EXPECT_EQ(glb.binary_at % 4, 0u);
  EXPECT_EQ(bytes->substr(glb.binary_at - 4, 4), std::string("BIN\0", 4));
  EXPECT_EQ(glb.binary_at + glb.binary_bytes, bytes->size());
  EXPECT_EQ(glb.json["buffers"][0]["byteLength"], glb.binary_bytes);
  EXPECT_EQ(glb.json["asset"]["version"], "2.0");
  EXPECT_FALSE(glb.json.contains("extensionsUsed"));
  EXPECT_FALSE(glb.json.contains("extensionsRequired"));
}

TEST(Glb, AccessorsStayInTheirViewsAndSayTheirBounds) {
  const Glb glb = parse(*to_glb(*small_body()));
  for (const Json& accessor : glb.json["accessors"]) {
    const Json& view = glb.json["bufferViews"][accessor["bufferView"].get<std::size_t>()];
    const bool is_vector = accessor["type"] == "VEC3";
    const std::size_t width = accessor["componentType"] == 5123 ? 2 : 4;
    const std::size_t element = is_vector ? 12 : width;
    EXPECT_EQ(glb.place_of(accessor) % 4, glb.binary_at % 4);
    EXPECT_LE(
        accessor["byteOffset"].get<std::size_t>() + accessor["count"].get<std::size_t>() * element,
        view["byteLength"].get<std::size_t>());
    EXPECT_EQ(view["target"], is_vector ? 34962 : 34963);
    EXPECT_EQ(view.contains("byteStride"), is_vector);
  }
  for (const Json& mesh : glb.json["meshes"]) {
    const Json& primitive = mesh["primitives"][0];
    const std::size_t position = primitive["attributes"]["POSITION"];
    geom::Aabb box;
    for (const glm::vec3 p : glb.vectors(position)) box.add(p);
    for (int c = 0; c < 3; ++c) {
      EXPECT_EQ(glb.json["accessors"][position]["min"][c].get<float>(), box.min[c]);
      EXPECT_EQ(glb.json["accessors"][position]["max"][c].get<float>(), box.max[c]);
    }
    for (const glm::vec3 n : glb.vectors(primitive["attributes"]["NORMAL"])) {
      EXPECT_NEAR(glm::length(n), 1.0f, 1e-4f);
    }
    EXPECT_LT(primitive["material"].get<std::size_t>(), glb.json["materials"].size());
  }
}

TEST(Glb, EveryStructureIsOneNodeWithItsTriangles) {
  const auto body = small_body();
  const Glb glb = parse(*to_glb(*body));
  const LodMesh& finest = body->lods[0];
  ASSERT_EQ(glb.json["nodes"].size(), body->structures.size());
  std::set<std::size_t> roots;
  for (const Json& root : glb.json["scenes"][0]["nodes"]) roots.insert(root.get<std::size_t>());
  EXPECT_EQ(roots.size(), body->structures.size());
  for (std::size_t i = 0; i < body->structures.size(); ++i) {
    const Structure& structure = body->structures[i];
    const Json& node = glb.json["nodes"][i];
    EXPECT_EQ(node["name"], make_node_name(structure));
    EXPECT_EQ(node["extras"]["id"], structure.id);
    EXPECT_EQ(node["extras"]["side"], to_string(structure.side));
    EXPECT_EQ(node["extras"]["groups"].size(), structure.groups.size());
    const Json& primitive = glb.json["meshes"][node["mesh"].get<std::size_t>()]["primitives"][0];
    const auto positions = glb.vectors(primitive["attributes"]["POSITION"]);
    const auto indices = glb.indices(primitive["indices"]);
    ASSERT_EQ(indices.size(), structure.lods[0].index_count) << structure.id;
    for (std::size_t k = 0; k < indices.size(); ++k) {
      ASSERT_LT(indices[k], positions.size());
      const std::uint32_t own = finest.indices[structure.lods[0].first_index + k];
      ASSERT_EQ(positions[indices[k]], finest.positions_m[own]) << structure.id;
    }
  }
}

TEST(Glb, NamesBeginWithTheFmaIdOrADash) {
  Structure structure;
  structure.id = "trapezius_descending_right";
  structure.fma = "FMA33586";
  EXPECT_EQ(make_node_name(structure), "FMA33586 trapezius descending right");
  structure.fma.clear();
  EXPECT_EQ(make_node_name(structure), "- trapezius descending right");
}

TEST(Glb, LargeMeshesHaveWideIndices) {
  // A strip with more vertices than 16 bits can count.
  Body body;
  LodMesh& mesh = body.lods[0];
  const std::uint32_t count = 70000;
  for (std::uint32_t i = 0; i < count; ++i) {
    mesh.positions_m.emplace_back(static_cast<float>(i / 2) * 1e-5f, static_cast<float>(i % 2),
                                  0.0f);
    mesh.normals.emplace_back(0.0f, 0.0f, 1.0f);
    if (i >= 2) mesh.indices.insert(mesh.indices.end(), {i - 2, i - 1, i});
  }
  Structure structure;
  structure.id = "strip";
  structure.lods[0] = {0, count, 0, static_cast<std::uint32_t>(mesh.indices.size())};
  body.structures.push_back(structure);
  const Glb glb = parse(*to_glb(body));
  const auto indices = glb.indices(2);
  EXPECT_EQ(glb.json["accessors"][2]["componentType"], 5125);
  EXPECT_EQ(*std::max_element(indices.begin(), indices.end()), count - 1);
}

TEST(Glb, WhatIsNotUsableIsLeftOut) {
  Body body = *small_body();
  const std::size_t all = body.structures.size();
  body.structures.front().usable = false;
  EXPECT_EQ(parse(*to_glb(body)).json["nodes"].size(), all - 1);
  for (Structure& structure : body.structures) structure.usable = false;
  EXPECT_FALSE(to_glb(body));
}

TEST(Glb, AFailedWriteHarmsNothing) {
  const support::ScratchDir dir("glb_test");
  EXPECT_FALSE(save_glb(*small_body(), dir.path() / "no" / "folder" / "a.glb"));
  const auto kept = dir.write("a.glb", "what was there");
  Body empty;
  EXPECT_FALSE(save_glb(empty, kept));
  EXPECT_EQ(*data::read_file(kept), "what was there");
}

}  // namespace
}  // namespace anatomy
