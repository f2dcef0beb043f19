#include "anatomy/glb.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <vector>

#include "base/check.h"
#include "data/json_file.h"

namespace anatomy {
namespace {

using data::Json;

static_assert(std::endian::native == std::endian::little, "glTF is little-endian");

constexpr std::uint32_t kGlbMagic = 0x46546C67;  // "glTF"
constexpr std::uint32_t kGlbVersion = 2;
constexpr std::uint32_t kJsonChunk = 0x4E4F534A;
constexpr std::uint32_t kBinaryChunk = 0x004E4942;
constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kChunkHeaderBytes = 8;

// glTF's numbers for types and buffer targets.
constexpr int kUnsignedShort = 5123;
constexpr int kUnsignedInt = 5125;
constexpr int kFloat = 5126;
constexpr int kVertexTarget = 34962;
constexpr int kIndexTarget = 34963;
// 65535 itself is the restart value of 16-bit indices.
constexpr std::uint32_t kMaxShortVertices = 65535;

// Linear red, green, blue, opacity.
std::array<float, 4> colour_of(Kind kind) {
  switch (kind) {
    case Kind::kMuscle:
      return {0.380f, 0.085f, 0.058f, 1.0f};  // red-brown
    case Kind::kTendon:
    case Kind::kLigament:
    case Kind::kFascia:
      return {0.740f, 0.650f, 0.490f, 1.0f};
    case Kind::kBone:
      return {0.775f, 0.687f, 0.527f, 1.0f};  // warm white
    case Kind::kCartilage:
    case Kind::kDisc:
      return {0.485f, 0.571f, 0.623f, 1.0f};
    case Kind::kSkin:
      return {0.694f, 0.456f, 0.323f, 0.25f};
    case Kind::kNerve:
      return {0.745f, 0.503f, 0.069f, 1.0f};
    case Kind::kArtery:
      return {0.451f, 0.020f, 0.013f, 1.0f};
    case Kind::kVein:
      return {0.048f, 0.107f, 0.296f, 1.0f};
    case Kind::kOther:
      break;
  }
  return {0.397f, 0.397f, 0.397f, 1.0f};
}

Json make_material(Kind kind) {
  const auto colour = colour_of(kind);
  Json material = {
      {"name", to_string(kind)},
      {"pbrMetallicRoughness",
       {{"baseColorFactor", colour}, {"metallicFactor", 0}, {"roughnessFactor", 0.6}}}};
  if (colour[3] < 1.0f) material["alphaMode"] = "BLEND";
  return material;
}

// One part of the binary chunk: what the accessors of one kind share.
class Section {
 public:
  template <typename T>
  void put(const T& value) {
    const auto* raw = reinterpret_cast<const char*>(&value);
    bytes_.append(raw, sizeof(T));
  }
  void align() { bytes_.resize((bytes_.size() + 3) / 4 * 4, '\0'); }
  const std::string& bytes() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

enum View { kPositions, kNormals, kIndices, kViewCount };

class GlbWriter {
 public:
  explicit GlbWriter(const Body& body) : body_(body) {}

  base::Result<std::string> write() {
    for (const Structure& structure : body_.structures) {
      if (structure.usable && structure.lods[0].index_count > 0) add_structure(structure);
    }
    if (nodes_.empty()) {
      return base::fail("the body '" + body_.id + "' has no structure that could be exported");
    }
    return join();
  }

 private:
  void add_structure(const Structure& structure) {
    const MeshRange range = structure.lods[0];
    const int position = add_positions(range);
    const int normal = add_normals(range);
    const int index = add_indices(range);
    meshes_.push_back(
        {{"name", structure.id},
         {"primitives", Json::array({{{"attributes", {{"POSITION", position}, {"NORMAL", normal}}},
                                      {"indices", index},
                                      {"material", find_material(structure.kind)},
                                      {"mode", 4}}})}});
    Json groups = Json::array();
    for (const GroupIndex group : structure.groups) groups.push_back(body_.groups[group].id);
    nodes_.push_back({{"name", make_node_name(structure)},
                      {"mesh", meshes_.size() - 1},
                      {"extras",
                       {{"id", structure.id},
                        {"fma", structure.fma},
                        {"side", to_string(structure.side)},
                        {"kind", to_string(structure.kind)},
                        {"layer", to_string(structure.layer)},
                        {"groups", std::move(groups)}}}});
  }

  int add_positions(const MeshRange& range) {
    Section& section = sections_[kPositions];
    const std::size_t offset = section.size();
    geom::Aabb box;
    for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
      const glm::vec3 p = body_.lods[0].positions_m[range.first_vertex + v];
      box.add(p);
      section.put(p);
    }
    Json accessor = {{"bufferView", kPositions},
                     {"byteOffset", offset},
                     {"componentType", kFloat},
                     {"count", range.vertex_count},
                     {"type", "VEC3"},
                     {"min", {box.min.x, box.min.y, box.min.z}},
                     {"max", {box.max.x, box.max.y, box.max.z}}};
    return add_accessor(std::move(accessor));
  }

  int add_normals(const MeshRange& range) {
    Section& section = sections_[kNormals];
    const std::size_t offset = section.size();
    for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
      section.put(body_.lods[0].normals[range.first_vertex + v]);
    }
    return add_accessor({{"bufferView", kNormals},
                         {"byteOffset", offset},
                         {"componentType", kFloat},
                         {"count", range.vertex_count},
                         {"type", "VEC3"}});
  }

  int add_indices(const MeshRange& range) {
    Section& section = sections_[kIndices];
    section.align();
    const std::size_t offset = section.size();
    const bool is_short = range.vertex_count <= kMaxShortVertices;
    std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t highest = 0;
    for (std::uint32_t i = 0; i < range.index_count; ++i) {
      const std::uint32_t index = body_.lods[0].indices[range.first_index + i] - range.first_vertex;
      lowest = std::min(lowest, index);
      highest = std::max(highest, index);
      if (is_short) {
        section.put(static_cast<std::uint16_t>(index));
      } else {
        section.put(index);
      }
    }
    return add_accessor({{"bufferView", kIndices},
                         {"byteOffset", offset},
                         {"componentType", is_short ? kUnsignedShort : kUnsignedInt},
                         {"count", range.index_count},
                         {"type", "SCALAR"},
                         {"min", {lowest}},
                         {"max", {highest}}});
  }

  int add_accessor(Json accessor) {
    accessors_.push_back(std::move(accessor));
    return static_cast<int>(accessors_.size()) - 1;
  }

  std::size_t find_material(Kind kind) {
    const auto [it, is_new] = material_of_.try_emplace(kind, materials_.size());
    if (is_new) materials_.push_back(make_material(kind));
    return it->second;
  }

  base::Result<std::string> join() {
    Json views = Json::array();
    std::size_t binary_bytes = 0;
    for (int k = 0; k < kViewCount; ++k) {
      sections_[static_cast<std::size_t>(k)].align();
      const std::size_t size = sections_[static_cast<std::size_t>(k)].size();
      Json view = {{"buffer", 0}, {"byteOffset", binary_bytes}, {"byteLength", size}};
      view["target"] = k == kIndices ? kIndexTarget : kVertexTarget;
      // Demanded where several accessors share a view of vertices.
      if (k != kIndices) view["byteStride"] = sizeof(glm::vec3);
      views.push_back(std::move(view));
      binary_bytes += size;
    }
    Json roots = Json::array();
    for (std::size_t i = 0; i < nodes_.size(); ++i) roots.push_back(i);
    const Json document = {
        {"asset",
         {{"version", "2.0"}, {"generator", "Backmate Anatomy"}, {"copyright", body_.source}}},
        {"scene", 0},
        {"scenes", Json::array({{{"name", body_.id}, {"nodes", std::move(roots)}}})},
        {"nodes", std::move(nodes_)},
        {"meshes", std::move(meshes_)},
        {"materials", std::move(materials_)},
        {"accessors", std::move(accessors_)},
        {"bufferViews", std::move(views)},
        {"buffers", Json::array({{{"byteLength", binary_bytes}}})}};
    // Names of imported structures may be of any encoding.
    std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.resize((text.size() + 3) / 4 * 4, ' ');

    const std::size_t total = kHeaderBytes + 2 * kChunkHeaderBytes + text.size() + binary_bytes;
    if (total > std::numeric_limits<std::uint32_t>::max()) {
      return base::fail("the body '" + body_.id +
                        "' is too large for one GLB file, which may hold 4 GiB");
    }
    Section out;
    for (const std::uint32_t word : {kGlbMagic, kGlbVersion, static_cast<std::uint32_t>(total),
                                     static_cast<std::uint32_t>(text.size()), kJsonChunk}) {
      out.put(word);
    }
    std::string bytes = out.bytes();
    bytes.reserve(total);
    bytes += text;
    Section chunk;
    chunk.put(static_cast<std::uint32_t>(binary_bytes));
    chunk.put(kBinaryChunk);
    bytes += chunk.bytes();
    for (const Section& section : sections_) bytes += section.bytes();
    BACKMATE_CHECK(bytes.size() == total);
    return bytes;
  }

  const Body& body_;
  std::array<Section, kViewCount> sections_;
  Json nodes_ = Json::array();
  Json meshes_ = Json::array();
  Json materials_ = Json::array();
  Json accessors_ = Json::array();
  std::map<Kind, std::size_t> material_of_;
};

}  // namespace

std::string make_node_name(const Structure& structure) {
  std::string words = structure.id;
  std::replace(words.begin(), words.end(), '_', ' ');
  return (structure.fma.empty() ? "-" : structure.fma) + " " + words;
}

base::Result<std::string> to_glb(const Body& body) { return GlbWriter(body).write(); }

base::Status save_glb(const Body& body, const std::filesystem::path& path) {
  const auto bytes = to_glb(body);
  if (!bytes) return tl::unexpected(bytes.error());
  return data::write_file_atomic(path, *bytes);
}

}  // namespace anatomy
