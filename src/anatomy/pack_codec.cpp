#include "anatomy/pack_codec.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "geom/mesh.h"

namespace anatomy {
namespace {

constexpr float kMinStep = 4e-6f;
constexpr float kLastStep = 65535.0f;

struct PackedVertex {
  std::uint16_t x, y, z, segment;
};
static_assert(sizeof(PackedVertex) == 8);

using PackedExtra = std::array<std::uint8_t, 4>;

std::uint8_t pack_unit(float x) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(x, -1.0f, 1.0f) * 127.0f) + 128);
}
float unpack_unit(std::uint8_t x) { return static_cast<float>(static_cast<int>(x) - 128) / 127.0f; }

bool has_extra(const RangeArrays& arrays) {
  const auto any_fibre = [](const glm::vec3& f) { return f != glm::vec3(0.0f); };
  return std::any_of(arrays.fibre.begin(), arrays.fibre.end(), any_fibre) ||
         std::any_of(arrays.tendon.begin(), arrays.tendon.end(), [](float t) { return t > 0.0f; });
}

std::string encode_vertices(const void* vertices, std::size_t count, std::size_t stride) {
  std::string out(meshopt_encodeVertexBufferBound(count, stride), '\0');
  out.resize(meshopt_encodeVertexBuffer(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                        vertices, count, stride));
  return out;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

base::Result<EncodedRange> encode_range(const RangeArrays& arrays) {
  EncodedRange out;
  RangeHeader& header = out.header;
  const std::size_t count = arrays.positions_m.size();
  header.vertex_count = static_cast<std::uint32_t>(count);
  header.index_count = static_cast<std::uint32_t>(arrays.local_indices.size());
  if (count == 0) return out;

  for (const glm::vec3& p : arrays.positions_m) {
    if (!std::isfinite(p.x + p.y + p.z)) return base::fail("a vertex is not a finite number");
  }
  const geom::Aabb box = geom::bounds_of(arrays.positions_m);
  const glm::vec3 size = box.size();
  header.min_m = box.min;
  header.step_m = std::max(std::max({size.x, size.y, size.z}) / kLastStep, kMinStep);

  std::vector<PackedVertex> vertices(count);
  for (std::size_t i = 0; i < count; ++i) {
    const glm::vec3 q = (arrays.positions_m[i] - box.min) / header.step_m;
    const auto pack = [](float x) {
      return static_cast<std::uint16_t>(std::clamp(std::round(x), 0.0f, kLastStep));
    };
    const std::uint16_t segment =
        arrays.local_segment.empty() ? std::uint16_t{0} : arrays.local_segment[i];
    vertices[i] = {pack(q.x), pack(q.y), pack(q.z), segment};
  }
  out.bytes = encode_vertices(vertices.data(), count, sizeof(PackedVertex));
  header.vertex_bytes = static_cast<std::uint32_t>(out.bytes.size());

  if (header.index_count > 0) {
    std::string indices(meshopt_encodeIndexBufferBound(header.index_count, count), '\0');
    indices.resize(meshopt_encodeIndexBuffer(reinterpret_cast<unsigned char*>(indices.data()),
                                             indices.size(), arrays.local_indices.data(),
                                             header.index_count));
    header.index_bytes = static_cast<std::uint32_t>(indices.size());
    out.bytes += indices;
  }

  if (has_extra(arrays)) {
    std::vector<PackedExtra> extra(count);
    for (std::size_t i = 0; i < count; ++i) {
      const glm::vec3 f = arrays.fibre.empty() ? glm::vec3(0.0f) : arrays.fibre[i];
      const float t = arrays.tendon.empty() ? 0.0f : arrays.tendon[i];
      const auto fraction = static_cast<std::uint8_t>(std::lround(std::clamp(t, 0.0f, 1.0f) * 255));
      extra[i] = {pack_unit(f.x), pack_unit(f.y), pack_unit(f.z), fraction};
    }
    const std::string packed = encode_vertices(extra.data(), count, sizeof(PackedExtra));
    header.extra_bytes = static_cast<std::uint32_t>(packed.size());
    out.bytes += packed;
  }
  return out;
}

bool decode_range(const RangeHeader& header, std::string_view bytes, const DecodedRange& out) {
  BACKMATE_CHECK(out.positions_m.size() == header.vertex_count);
  BACKMATE_CHECK(out.local_indices.size() == header.index_count);
  const std::uint64_t expected =
      std::uint64_t{header.vertex_bytes} + header.index_bytes + std::uint64_t{header.extra_bytes};
  if (bytes.size() != expected || header.index_count % 3 != 0) return false;
  if (header.vertex_count == 0) return header.index_count == 0 && expected == 0;

  std::vector<PackedVertex> vertices(header.vertex_count);
  if (meshopt_decodeVertexBuffer(vertices.data(), vertices.size(), sizeof(PackedVertex),
                                 bytes_of(bytes), header.vertex_bytes) != 0) {
    return false;
  }
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const PackedVertex& v = vertices[i];
    out.positions_m[i] = header.min_m + glm::vec3(v.x, v.y, v.z) * header.step_m;
    if (!out.local_segment.empty()) out.local_segment[i] = v.segment;
  }

  bytes.remove_prefix(header.vertex_bytes);
  if (header.index_count > 0) {
    if (meshopt_decodeIndexBuffer(out.local_indices.data(), header.index_count, bytes_of(bytes),
                                  header.index_bytes) != 0) {
      return false;
    }
    for (const std::uint32_t index : out.local_indices) {
      if (index >= header.vertex_count) return false;
    }
  } else if (header.index_bytes != 0) {
    return false;
  }

  bytes.remove_prefix(header.index_bytes);
  if (header.extra_bytes == 0) return true;
  std::vector<PackedExtra> extra(header.vertex_count);
  if (meshopt_decodeVertexBuffer(extra.data(), extra.size(), sizeof(PackedExtra), bytes_of(bytes),
                                 header.extra_bytes) != 0) {
    return false;
  }
  for (std::size_t i = 0; i < extra.size(); ++i) {
    if (!out.fibre.empty()) {
      const glm::vec3 f(unpack_unit(extra[i][0]), unpack_unit(extra[i][1]),
                        unpack_unit(extra[i][2]));
      const float length = glm::length(f);
      out.fibre[i] = length > 0.5f ? f / length : glm::vec3(0.0f);
    }
    if (!out.tendon.empty()) out.tendon[i] = static_cast<float>(extra[i][3]) / 255.0f;
  }
  return true;
}

bool decode_bounds(const RangeHeader& header, std::string_view bytes, geom::Aabb& out) {
  out = {};
  if (bytes.size() < header.vertex_bytes) return false;
  if (header.vertex_count == 0) return true;
  std::vector<PackedVertex> vertices(header.vertex_count);
  if (meshopt_decodeVertexBuffer(vertices.data(), vertices.size(), sizeof(PackedVertex),
                                 bytes_of(bytes), header.vertex_bytes) != 0) {
    return false;
  }
  for (const PackedVertex& v : vertices) {
    out.add(header.min_m + glm::vec3(v.x, v.y, v.z) * header.step_m);
  }
  return true;
}

// Eight bytes a round: A byte at a time would cost more than decoding.
std::uint64_t pack_checksum(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
    h ^= h >> 32;
  }
  for (; i < bytes.size(); ++i) {
    h = (h ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3ULL;
  }
  return h ^ (h >> 29);
}

}  // namespace anatomy
