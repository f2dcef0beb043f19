// One triangle range of a body pack: positions quantised to 16 bits in the range's own box, then
// meshoptimizer's vertex and index codecs. The fourth 16-bit word of a vertex carries its segment
// (counted from the structure's first, plus one; 0 none), fibre direction and tendon share four
// bytes (three signed eighths of a unit sphere, one unsigned fraction).
//
// Quantisation steps are at least 4 micrometres (no mesh is more exact, and coarse steps compress
// better) and at most 1/65535 of the box: errors stay under 10 micrometres up to a metre.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "geom/mesh.h"

namespace anatomy {

// What is stored in words (JSON) about a range; the sizes are those of the encoded streams.
struct RangeHeader {
  std::uint32_t vertex_count = 0;
  std::uint32_t index_count = 0;
  std::uint32_t vertex_bytes = 0;
  std::uint32_t index_bytes = 0;
  std::uint32_t extra_bytes = 0;  // 0: neither fibre nor tendon
  glm::vec3 min_m{0.0f};
  float step_m = 0.0f;
};

// Views on a range's slice of the shared arrays; segment and fibre and tendon may be empty.
// Indices count from the range's first vertex.
struct RangeArrays {
  std::span<const glm::vec3> positions_m;
  std::span<const std::uint16_t> local_segment;  // 0 none, else 1 + number within the structure
  std::span<const glm::vec3> fibre;
  std::span<const float> tendon;
  std::span<const std::uint32_t> local_indices;
};

struct EncodedRange {
  RangeHeader header;
  std::string bytes;  // vertex, index and extra stream, one after the other
};

// Positions must be finite (a message says where not).
base::Result<EncodedRange> encode_range(const RangeArrays& arrays);

struct DecodedRange {
  std::span<glm::vec3> positions_m;
  std::span<std::uint16_t> local_segment;  // as above; may be empty
  std::span<glm::vec3> fibre;              // may be empty
  std::span<float> tendon;                 // may be empty
  std::span<std::uint32_t> local_indices;
};

// `bytes` holds exactly the streams of the header, the spans have exactly its counts. False when
// the bytes are not what the header says or an index is out of range.
bool decode_range(const RangeHeader& header, std::string_view bytes, const DecodedRange& out);
// The box of the range's vertices alone, without arrays for them; false as above.
bool decode_bounds(const RangeHeader& header, std::string_view bytes, geom::Aabb& out);

// Over everything after a pack's header. Finds damage, proves no authorship.
std::uint64_t pack_checksum(std::string_view bytes);

}  // namespace anatomy
