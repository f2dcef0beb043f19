// Where a mesh meets a plane: its contour, and the contour filled. Metres.
//
// Laws: the filled area of a closed mesh is that of its true section, whatever the order of its
// triangles; overlapping closed meshes fill their union; where a mesh has holes, the open ends of
// its contour are joined by the shortest straight ways, so that nothing spills.
#pragma once

#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <span>
#include <vector>

namespace geom {

// Right-handed: cross(u, v) = normal, all unit.
struct PlaneFrame {
  glm::vec3 origin_m{0.0f};
  glm::vec3 u{1.0f, 0.0f, 0.0f};
  glm::vec3 v{0.0f, 1.0f, 0.0f};
  glm::vec3 normal{0.0f, 0.0f, 1.0f};

  float height(glm::vec3 p) const;
  glm::vec2 within(glm::vec3 p) const;
  glm::vec3 at(glm::vec2 p) const { return origin_m + p.x * u + p.y * v; }
};
// `along` decides u as far as the plane allows; both need not be unit, nor at right angles.
PlaneFrame make_plane_frame(glm::vec3 origin_m, glm::vec3 normal, glm::vec3 along);

// A piece of contour; the inside lies to its left.
struct ContourEdge {
  glm::vec2 a{0.0f};
  glm::vec2 b{0.0f};
};

// Cuts and fills; keeps its memory, so that one cutter serves frame after frame.
class SectionCutter {
 public:
  // Adds the contour of one mesh: triangles `indices` (three each) count vertices from
  // `first_vertex` on; heights are those of the positions over the plane.
  void add(std::span<const glm::vec3> positions_m, std::span<const float> heights,
           std::span<const std::uint32_t> indices, std::uint32_t first_vertex,
           const PlaneFrame& plane);
  void clear();
  // Of all meshes since clear().
  std::span<const ContourEdge> contour() const;
  // Appends the filled contour to `corners`, three for each triangle, counter-clockwise, in strips;
  // where they are painted, an overlap closes the hair's breadth between two of them.
  void fill(std::vector<glm::vec2>& corners, float overlap_m = 0.0f);

 private:
  struct End {
    std::uint64_t mesh_edge;
    glm::vec2 at;
    bool leaves;  // the contour begins here
  };
  struct Active {
    std::uint32_t edge;
    float x;
  };
  struct Open {
    std::uint32_t left, right;
    float from_y;
    bool met;
  };
  std::vector<ContourEdge> edges_;
  std::vector<End> ends_;
  std::vector<std::uint32_t> order_;
  std::vector<float> levels_;
  std::vector<Active> active_;
  std::vector<Open> open_;
};

}  // namespace geom
