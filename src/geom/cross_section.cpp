#include "geom/cross_section.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <limits>

#include "base/check.h"

namespace geom {
namespace {

// Contours closer together than that are one: the height of the thinnest strip that is filled.
constexpr float kThinnestM = 2e-6f;

float x_at(const ContourEdge& edge, float y) {
  const float rise = edge.b.y - edge.a.y;
  const float t = std::clamp((y - edge.a.y) / rise, 0.0f, 1.0f);
  return edge.a.x + t * (edge.b.x - edge.a.x);
}

float low(const ContourEdge& edge) { return std::min(edge.a.y, edge.b.y); }
float high(const ContourEdge& edge) { return std::max(edge.a.y, edge.b.y); }

}  // namespace

float PlaneFrame::height(glm::vec3 p) const { return glm::dot(p - origin_m, normal); }

glm::vec2 PlaneFrame::within(glm::vec3 p) const {
  return {glm::dot(p - origin_m, u), glm::dot(p - origin_m, v)};
}

PlaneFrame make_plane_frame(glm::vec3 origin_m, glm::vec3 normal, glm::vec3 along) {
  PlaneFrame frame;
  frame.origin_m = origin_m;
  frame.normal = glm::normalize(normal);
  along -= frame.normal * glm::dot(along, frame.normal);
  if (!(glm::dot(along, along) > 1e-12f)) {
    const glm::vec3 other =
        std::abs(frame.normal.x) < 0.9f ? glm::vec3(1, 0, 0) : glm::vec3(0, 0, 1);
    along = glm::cross(other, frame.normal);
  }
  frame.u = glm::normalize(along);
  frame.v = glm::cross(frame.normal, frame.u);
  return frame;
}

void SectionCutter::clear() {
  edges_.clear();
  ends_.clear();
}

void SectionCutter::add(std::span<const glm::vec3> positions_m, std::span<const float> heights,
                        std::span<const std::uint32_t> indices, std::uint32_t first_vertex,
                        const PlaneFrame& plane) {
  BACKMATE_CHECK(positions_m.size() == heights.size());
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    const std::array<std::uint32_t, 3> corner = {
        indices[i] - first_vertex, indices[i + 1] - first_vertex, indices[i + 2] - first_vertex};
    // Exactly on the plane counts as below: each triangle is met on two edges or on none.
    const std::array<bool, 3> above = {heights[corner[0]] > 0.0f, heights[corner[1]] > 0.0f,
                                       heights[corner[2]] > 0.0f};
    if (above[0] == above[1] && above[1] == above[2]) continue;
    std::array<End, 2> met{};
    std::size_t count = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t next = (k + 1) % 3;
      if (above[k] == above[next]) continue;
      // From the lower number to the higher one: both triangles of an edge find the same point.
      const std::uint32_t from = std::min(corner[k], corner[next]);
      const std::uint32_t to = std::max(corner[k], corner[next]);
      const float t = heights[from] / (heights[from] - heights[to]);
      const glm::vec3 p = positions_m[from] + t * (positions_m[to] - positions_m[from]);
      // Going round an outward triangle, the contour begins on the edge that leads down.
      met[count++] = {(std::uint64_t{from} << 32u) | to, plane.within(p), above[k]};
    }
    const End& begin = met[0].leaves ? met[0] : met[1];
    const End& end = met[0].leaves ? met[1] : met[0];
    edges_.push_back({begin.at, end.at});
    ends_.push_back({begin.mesh_edge, begin.at, true});
    ends_.push_back({end.mesh_edge, end.at, false});
  }
  // An edge of the mesh that both its triangles met is closed: what is left are open ends. Numbers
  // of vertices count within this call only.
  std::sort(ends_.begin(), ends_.end(), [](const End& a, const End& b) {
    return a.mesh_edge != b.mesh_edge ? a.mesh_edge < b.mesh_edge : a.leaves < b.leaves;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const bool pair = i + 1 < ends_.size() && ends_[i].mesh_edge == ends_[i + 1].mesh_edge &&
                      ends_[i].leaves != ends_[i + 1].leaves;
    if (pair) {
      ++i;
    } else {
      ends_[kept++] = ends_[i];
    }
  }
  ends_.resize(kept);
  // Joined at once: an end here and the beginning that is nearest to it.
  while (!ends_.empty()) {
    const End last = ends_.back();
    ends_.pop_back();
    auto nearest = ends_.end();
    float best = std::numeric_limits<float>::max();
    for (auto it = ends_.begin(); it != ends_.end(); ++it) {
      const float away = glm::dot(it->at - last.at, it->at - last.at);
      if (it->leaves != last.leaves && away < best) {
        best = away;
        nearest = it;
      }
    }
    if (nearest == ends_.end()) continue;
    edges_.push_back(last.leaves ? ContourEdge{nearest->at, last.at}
                                 : ContourEdge{last.at, nearest->at});
    ends_.erase(nearest);
  }
}

std::span<const ContourEdge> SectionCutter::contour() const { return edges_; }

void SectionCutter::fill(std::vector<glm::vec2>& corners, float overlap_m) {
  order_.clear();
  levels_.clear();
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    if (high(edges_[i]) - low(edges_[i]) < kThinnestM) continue;
    order_.push_back(i);
    levels_.push_back(edges_[i].a.y);
    levels_.push_back(edges_[i].b.y);
  }
  std::sort(levels_.begin(), levels_.end());
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const float la = low(edges_[a]), lb = low(edges_[b]);
    return la != lb ? la < lb : a < b;
  });
  active_.clear();
  open_.clear();
  const auto emit = [&](const Open& strip, float to_y) {
    const ContourEdge& left = edges_[strip.left];
    const ContourEdge& right = edges_[strip.right];
    const glm::vec2 a(x_at(left, strip.from_y), strip.from_y - overlap_m);
    const glm::vec2 b(x_at(right, strip.from_y), strip.from_y - overlap_m);
    const glm::vec2 c(x_at(right, to_y), to_y + overlap_m);
    const glm::vec2 d(x_at(left, to_y), to_y + overlap_m);
    for (const glm::vec2 p : {a, b, c, a, c, d}) corners.push_back(p);
  };
  std::size_t next = 0;
  for (std::size_t level = 0; level + 1 < levels_.size();) {
    const float from = levels_[level];
    std::size_t above = level + 1;
    while (above < levels_.size() && levels_[above] - from < kThinnestM) ++above;
    if (above == levels_.size()) break;
    const float to = levels_[above];
    const float middle = 0.5f * (from + to);
    std::erase_if(active_, [&](const Active& a) { return high(edges_[a.edge]) <= middle; });
    while (next < order_.size() && low(edges_[order_[next]]) < middle) {
      if (high(edges_[order_[next]]) > middle) active_.push_back({order_[next], 0.0f});
      ++next;
    }
    for (Active& a : active_) a.x = x_at(edges_[a.edge], middle);
    std::sort(active_.begin(), active_.end(), [](const Active& a, const Active& b) {
      return a.x != b.x ? a.x < b.x : a.edge < b.edge;
    });
    for (Open& strip : open_) strip.met = false;
    int winding = 0;
    std::uint32_t left = 0;
    for (const Active& a : active_) {
      const bool was_inside = winding != 0;
      // The inside is to the left: what leads down has it ahead.
      winding += edges_[a.edge].b.y < edges_[a.edge].a.y ? 1 : -1;
      if (!was_inside && winding != 0) left = a.edge;
      if (!was_inside || winding != 0) continue;
      const auto known = std::find_if(open_.begin(), open_.end(), [&](const Open& strip) {
        return strip.left == left && strip.right == a.edge;
      });
      if (known != open_.end()) {
        known->met = true;
      } else {
        open_.push_back({left, a.edge, from, true});
      }
    }
    std::erase_if(open_, [&](const Open& strip) {
      if (!strip.met) emit(strip, from);
      return !strip.met;
    });
    level = above;
  }
  if (!levels_.empty()) {
    for (const Open& strip : open_) emit(strip, levels_.back());
  }
  open_.clear();
}

}  // namespace geom
