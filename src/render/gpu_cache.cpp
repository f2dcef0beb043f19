#include "render/gpu_cache.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace render {
namespace {

// 28 bytes: software GL is as short of memory bandwidth as small machines are.
struct Vertex {
  float position[3];
  std::uint32_t normal;  // 10_10_10_2, signed
  std::uint32_t fibre;   // the same; a zero vector: unknown
  std::uint16_t structure;
  std::uint16_t segment;
  std::uint8_t tendon[4];
};
static_assert(sizeof(Vertex) == 28);

std::uint32_t pack_unit(glm::vec3 v) {
  const auto component = [](float x) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(x, -1.0f, 1.0f) * 511.0f)) & 1023u;
  };
  return component(v.x) | (component(v.y) << 10) | (component(v.z) << 20);
}

template <typename T>
T at_or(std::span<const T> values, std::size_t i, T fallback) {
  return i < values.size() ? values[i] : fallback;
}

void* offset(std::size_t bytes) { return reinterpret_cast<void*>(bytes); }

void describe_layout() {
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(Vertex),
                        offset(offsetof(Vertex, position)));
  glEnableVertexAttribArray(1);
  glVertexAttribPointer(1, 4, GL_INT_2_10_10_10_REV, GL_TRUE, sizeof(Vertex),
                        offset(offsetof(Vertex, normal)));
  glEnableVertexAttribArray(2);
  glVertexAttribPointer(2, 4, GL_INT_2_10_10_10_REV, GL_TRUE, sizeof(Vertex),
                        offset(offsetof(Vertex, fibre)));
  glEnableVertexAttribArray(3);
  glVertexAttribIPointer(3, 2, GL_UNSIGNED_SHORT, sizeof(Vertex),
                         offset(offsetof(Vertex, structure)));
  glEnableVertexAttribArray(4);
  glVertexAttribPointer(4, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Vertex),
                        offset(offsetof(Vertex, tendon)));
}

// Vertices in the order in which the triangles first use them: what was transformed a moment ago is
// then found again, by hardware and (more so) by software GL.
struct Order {
  std::vector<std::uint32_t> indices;
  std::vector<std::uint32_t> vertex_from;  // new number -> old number
};
Order order_by_use(const draw::MeshSource& source) {
  constexpr std::uint32_t kUnseen = 0xFFFFFFFFu;
  Order order;
  std::vector<std::uint32_t> number(source.positions_m.size(), kUnseen);
  order.indices.reserve(source.indices.size());
  order.vertex_from.reserve(source.positions_m.size());
  for (const std::uint32_t index : source.indices) {
    if (number[index] == kUnseen) {
      number[index] = static_cast<std::uint32_t>(order.vertex_from.size());
      order.vertex_from.push_back(index);
    }
    order.indices.push_back(number[index]);
  }
  return order;
}

std::vector<Vertex> interleave(const draw::MeshSource& source,
                               const std::vector<std::uint32_t>& vertex_from,
                               std::vector<glm::vec3>& centres, std::vector<geom::Aabb>& bounds) {
  const std::size_t count = vertex_from.size();
  BACKMATE_CHECK(source.normals.size() == source.positions_m.size());
  std::vector<Vertex> vertices(count);
  std::vector<float> weights;
  centres.clear();
  bounds.clear();
  for (std::size_t to = 0; to < count; ++to) {
    const std::size_t i = vertex_from[to];
    const glm::vec3 p = source.positions_m[i];
    Vertex& v = vertices[to];
    v.position[0] = p.x;
    v.position[1] = p.y;
    v.position[2] = p.z;
    v.normal = pack_unit(source.normals[i]);
    v.fibre = pack_unit(at_or(source.fibre, i, glm::vec3(0.0f)));
    v.structure = at_or<std::uint16_t>(source.structure, i, 0);
    v.segment = at_or<std::uint16_t>(source.segment, i, 0xFFFF);
    const float tendon = std::clamp(at_or(source.tendon, i, 0.0f), 0.0f, 1.0f);
    v.tendon[0] = static_cast<std::uint8_t>(std::lround(255.0f * tendon));
    v.tendon[1] = v.tendon[2] = v.tendon[3] = 0;
    if (v.structure >= centres.size()) {
      centres.resize(v.structure + std::size_t{1}, glm::vec3(0.0f));
      weights.resize(v.structure + std::size_t{1}, 0.0f);
      bounds.resize(v.structure + std::size_t{1});
    }
    centres[v.structure] += p;
    bounds[v.structure].add(p);
    weights[v.structure] += 1.0f;
  }
  for (std::size_t s = 0; s < centres.size(); ++s) centres[s] /= std::max(weights[s], 1.0f);
  return vertices;
}

void upload(const draw::MeshSource& source, GpuMesh& mesh) {
  const Order order = order_by_use(source);
  const std::vector<Vertex> vertices =
      interleave(source, order.vertex_from, mesh.structure_centres_m, mesh.structure_bounds_m);
  const auto vertex_bytes = static_cast<GLsizeiptr>(vertices.size() * sizeof(Vertex));
  const auto index_bytes = static_cast<GLsizeiptr>(source.indices.size_bytes());
  const bool same_size = mesh.vertices && vertices.size() == mesh.vertex_count &&
                         source.indices.size() == static_cast<std::size_t>(mesh.index_count);
  if (!mesh.vertices) {
    mesh.vertex_array = make_vertex_array();
    mesh.vertices = make_buffer();
    mesh.indices = make_buffer();
  }
  glBindVertexArray(mesh.vertex_array.name());
  glBindBuffer(GL_ARRAY_BUFFER, mesh.vertices.name());
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh.indices.name());
  if (same_size) {
    glBufferSubData(GL_ARRAY_BUFFER, 0, vertex_bytes, vertices.data());
    glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 0, index_bytes, order.indices.data());
  } else {
    glBufferData(GL_ARRAY_BUFFER, vertex_bytes, vertices.data(), GL_STATIC_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, index_bytes, order.indices.data(), GL_STATIC_DRAW);
    describe_layout();
  }
  glBindVertexArray(0);
  mesh.bounds_m = geom::bounds_of(source.positions_m);
  mesh.vertex_count = vertices.size();
  mesh.index_count = static_cast<GLsizei>(source.indices.size());
  mesh.version = source.version;
}

}  // namespace

void GpuCache::begin_frame() {
  ++frame_;
  std::erase_if(meshes_,
                [&](const auto& entry) { return frame_ > entry.second.last_frame + kFramesKept; });
}

const GpuMesh& GpuCache::find_or_upload(const draw::MeshSource& source) {
  const auto [it, added] = meshes_.try_emplace(source.id);
  GpuMesh& mesh = it->second;
  if (added || mesh.version != source.version) {
    upload(source, mesh);
    ++uploads_;
  }
  mesh.last_frame = frame_;
  return mesh;
}

}  // namespace render
