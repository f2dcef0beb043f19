#include "anatomy/fibre_field.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "anatomy/segments.h"
#include "geom/surface_graph.h"

namespace anatomy {
namespace {

// What counts as lying on a bone: published muscles keep a few millimetres off or cut into it.
constexpr float kContact_m = 0.010f;
// The share of the way from end to end that is taken as the end itself.
constexpr float kEndShare = 0.12f;
constexpr float kRefinedEndShare = 0.04f;
// How much a known course has to say about where the ends are, and about the direction on the way:
// a harmonic field alone cuts across a sheet whose edges are oblique to it (rhomboids), and follows
// the shortest way through a muscle that lies on its bone all along (brachialis).
constexpr float kCourseInEnds = 0.5f;
constexpr float kCourseInFibres = 0.7f;
// Where u hardly rises (at the ends, in slips that reach no bone) neighbours know better.
constexpr float kLeastSlope = 0.12f;
constexpr int kSmoothings = 15;
constexpr int kRefinements = 2;

std::uint32_t find_outermost(const geom::Mesh& mesh, glm::vec3 direction) {
  std::uint32_t best = 0;
  for (std::uint32_t v = 1; v < mesh.positions_m.size(); ++v) {
    if (glm::dot(mesh.positions_m[v] - mesh.positions_m[best], direction) > 0.0f) best = v;
  }
  return best;
}

// How far every vertex is from an end that nobody knows: it is what lies furthest from the muscle's
// outermost point in direction of `away`. Fronts that have come a long way run straight across.
std::vector<float> find_end_distances(const geom::Mesh& mesh, const geom::SurfaceGraph& graph,
                                      glm::vec3 away) {
  std::vector<float> distances = graph.find_distances(find_outermost(mesh, away));
  const float most = *std::max_element(distances.begin(), distances.end());
  for (float& distance : distances) distance = most - distance;
  return distances;
}

// Stretches values to 0 .. 1; false when they are all alike.
bool normalise(std::vector<float>& values, float least_span) {
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  const float start = *lowest;
  const float span = *highest - start;
  if (!(span > least_span)) return false;
  for (float& value : values) value = (value - start) / span;
  return true;
}

// About how far along every vertex is, 0 .. 1: between what the distances to the bones at both ends
// say (which knows a broad origin) and the way along the course (which knows where a muscle ends
// that lies on its bone all along). Empty when there is no telling.
std::vector<float> guess_shares(const geom::Mesh& mesh, std::span<const float> from_m,
                                std::span<const float> to_m, glm::vec3 course, float course_share) {
  const float size_m = glm::length(geom::bounds_of(mesh.positions_m).size());
  const float contact_m = std::min(kContact_m, 0.1f * size_m);
  std::vector<float> by_bones(from_m.size());
  std::vector<float> by_course(from_m.size());
  for (std::size_t v = 0; v < from_m.size(); ++v) {
    by_bones[v] = (from_m[v] + contact_m) / (from_m[v] + to_m[v] + 2.0f * contact_m);
    by_course[v] = glm::dot(mesh.positions_m[v], course);
  }
  if (!normalise(by_bones, 0.05f) || !normalise(by_course, 1e-4f)) return {};
  for (std::size_t v = 0; v < from_m.size(); ++v) {
    by_bones[v] = (1.0f - course_share) * by_bones[v] + course_share * by_course[v];
  }
  if (!normalise(by_bones, 0.05f)) return {};
  return by_bones;
}

// Area-weighted gradients of u at the vertices, from the triangles that touch them.
std::vector<glm::vec3> find_gradients(const geom::Mesh& mesh, std::span<const float> u) {
  std::vector<glm::vec3> gradients(mesh.positions_m.size(), glm::vec3(0.0f));
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    const std::uint32_t a = mesh.indices[t];
    const std::uint32_t b = mesh.indices[t + 1];
    const std::uint32_t c = mesh.indices[t + 2];
    const glm::vec3 ab = mesh.positions_m[b] - mesh.positions_m[a];
    const glm::vec3 ac = mesh.positions_m[c] - mesh.positions_m[a];
    const glm::vec3 normal = glm::cross(ab, ac);
    const float twice_area = glm::length(normal);
    // Slivers have no direction of their own.
    if (!(twice_area > 0.01f * std::max(glm::dot(ab, ab), glm::dot(ac, ac)))) continue;
    const glm::vec3 up = normal / twice_area;
    const glm::vec3 weighted =
        (u[b] - u[a]) * glm::cross(ac, up) + (u[c] - u[a]) * glm::cross(up, ab);
    for (const std::uint32_t v : {a, b, c}) gradients[v] += weighted;
  }
  return gradients;
}

std::vector<float> find_vertex_areas(const geom::Mesh& mesh) {
  std::vector<float> areas(mesh.positions_m.size(), 0.0f);
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[t]];
    const float area = glm::length(glm::cross(mesh.positions_m[mesh.indices[t + 1]] - a,
                                              mesh.positions_m[mesh.indices[t + 2]] - a));
    for (std::size_t k = 0; k < 3; ++k) areas[mesh.indices[t + k]] += area;
  }
  return areas;
}

// Turns gradients into directions; where there is no slope the direction of the nearest neighbours
// that know one. False when nobody knows any.
bool make_directions(const geom::SurfaceGraph& graph, std::span<const float> areas,
                     std::vector<glm::vec3>& fibre) {
  std::vector<float> slopes;
  for (std::size_t v = 0; v < fibre.size(); ++v) {
    const float slope = areas[v] > 0.0f ? glm::length(fibre[v]) / areas[v] : 0.0f;
    if (slope > 0.0f) slopes.push_back(slope);
  }
  if (slopes.empty()) return false;
  const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  const float least = kLeastSlope * *middle;

  enum : std::uint8_t { kUnknown, kKnown, kAsked };
  std::vector<std::uint8_t> state(fibre.size(), kUnknown);
  std::vector<std::uint32_t> front;
  for (std::uint32_t v = 0; v < fibre.size(); ++v) {
    const float length = glm::length(fibre[v]);
    const bool known = length > 0.0f && length > least * areas[v];
    fibre[v] = known ? fibre[v] / length : glm::vec3(0.0f);
    if (!known) continue;
    state[v] = kKnown;
    front.push_back(v);
  }
  std::vector<std::uint32_t> next;
  while (!front.empty()) {
    next.clear();
    for (const std::uint32_t v : front) {
      for (const auto& link : graph.links(v)) {
        if (state[link.vertex] == kKnown) continue;
        if (state[link.vertex] == kUnknown) next.push_back(link.vertex);
        state[link.vertex] = kAsked;
        fibre[link.vertex] += fibre[v];
      }
    }
    for (const std::uint32_t v : next) {
      const float length = glm::length(fibre[v]);
      fibre[v] = length > 0.0f ? fibre[v] / length : glm::vec3(0.0f);
      state[v] = kKnown;
    }
    front.swap(next);
  }
  return true;
}

// Turns fibres towards the course, as far as it lies in the surface.
void lean_on_course(const geom::Mesh& mesh, glm::vec3 course, std::vector<glm::vec3>& fibre) {
  const auto normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
  for (std::size_t v = 0; v < fibre.size(); ++v) {
    const glm::vec3 along = course - normals[v] * glm::dot(course, normals[v]);
    const glm::vec3 sum = fibre[v] + kCourseInFibres * along;
    const float length = glm::length(sum);
    if (length > 1e-3f) fibre[v] = sum / length;
  }
}

// Bundles run smoothly; furrows and slits of the surface turn its gradients here and there.
void smooth_directions(const geom::SurfaceGraph& graph, std::vector<glm::vec3>& fibre) {
  std::vector<glm::vec3> smooth(fibre.size());
  for (int round = 0; round < kSmoothings; ++round) {
    for (std::uint32_t v = 0; v < fibre.size(); ++v) {
      const auto links = graph.links(v);
      const float share = 1.0f / static_cast<float>(std::max<std::size_t>(1, links.size()));
      glm::vec3 sum = fibre[v];
      for (const auto& link : links) sum += share * fibre[link.vertex];
      const float length = glm::length(sum);
      smooth[v] = length > 1e-6f ? sum / length : fibre[v];
    }
    fibre.swap(smooth);
  }
}

// Lengths along the fibres: differences over every edge as its ends' fibres say, in the sense of
// least squares.
bool find_lengths(const geom::Mesh& mesh, const geom::SurfaceGraph& graph, FibreField& field) {
  const std::size_t count = mesh.positions_m.size();
  std::vector<float> rhs(count, 0.0f);
  for (std::size_t v = 0; v < count; ++v) {
    for (const auto& link : graph.links(v)) {
      const glm::vec3 mean = 0.5f * (field.fibre[v] + field.fibre[link.vertex]);
      rhs[v] += link.weight * glm::dot(mean, mesh.positions_m[v] - mesh.positions_m[link.vertex]);
    }
  }
  const std::vector<std::uint8_t> nothing_fixed(count, 0);
  if (!graph.solve(rhs, nothing_fixed, field.along_m)) return false;
  const auto [least, most] = std::minmax_element(field.along_m.begin(), field.along_m.end());
  const float start = *least;
  field.length_m = *most - start;
  for (float& along : field.along_m) along -= start;
  return std::isfinite(field.length_m) && field.length_m > 1e-4f;
}

std::optional<FibreField> solve_between(const geom::Mesh& mesh, const geom::SurfaceGraph& graph,
                                        std::span<const float> from_m, std::span<const float> to_m,
                                        glm::vec3 course, bool course_counts, float end_share) {
  std::vector<float> u =
      guess_shares(mesh, from_m, to_m, course, course_counts ? kCourseInEnds : 0.0f);
  if (u.empty()) return std::nullopt;
  std::vector<std::uint8_t> fixed(u.size(), 0);
  for (std::size_t v = 0; v < u.size(); ++v) {
    fixed[v] = u[v] < end_share || u[v] > 1.0f - end_share ? 1 : 0;
    if (fixed[v] != 0) u[v] = u[v] < 0.5f ? 0.0f : 1.0f;
  }
  if (!graph.solve(std::vector<float>(u.size(), 0.0f), fixed, u)) return std::nullopt;

  FibreField field;
  field.fibre = find_gradients(mesh, u);
  if (!make_directions(graph, find_vertex_areas(mesh), field.fibre)) return std::nullopt;
  if (course_counts) lean_on_course(mesh, course, field.fibre);
  smooth_directions(graph, field.fibre);
  const float size_m = glm::length(geom::bounds_of(mesh.positions_m).size());
  for (float& share : u) share *= size_m;
  field.along_m = std::move(u);
  if (!find_lengths(mesh, graph, field)) return std::nullopt;
  return field;
}

// The one direction for a piece of a row that is no case for a field: the course where it is
// longest in another direction than its fibres run (several muscles that hang together), its own
// axis where it is too short to tell its ends from its edges.
std::optional<glm::vec3> find_one_direction(std::span<const glm::vec3> points_m, glm::vec3 course) {
  constexpr float kAligned = 0.85f;
  constexpr float kShort_m = 0.03f;
  const glm::vec3 axis = find_straight_course(points_m);
  const float along = glm::dot(axis, course);
  if (std::abs(along) < kAligned) return course;
  if (glm::length(geom::bounds_of(points_m).size()) >= kShort_m) return std::nullopt;
  return along < 0.0f ? -axis : axis;
}

}  // namespace

std::optional<FibreField> solve_fibre_field(const geom::Mesh& mesh, const FibreClues& clues) {
  const std::size_t count = mesh.positions_m.size();
  if (count < 4 || mesh.indices.empty() || !(glm::length(clues.course) > 0.0f)) return std::nullopt;
  const glm::vec3 course = glm::normalize(clues.course);
  const geom::SurfaceGraph graph(mesh);
  auto from_m = clues.from_m.empty() ? find_end_distances(mesh, graph, course) : clues.from_m;
  auto to_m = clues.to_m.empty() ? find_end_distances(mesh, graph, -course) : clues.to_m;
  auto field = solve_between(mesh, graph, from_m, to_m, course, clues.course_counts, kEndShare);
  const bool guessed = clues.from_m.empty() || clues.to_m.empty();
  for (int round = 0; round < kRefinements && guessed && !clues.course_counts && field; ++round) {
    // Ends that were only guessed are better known once there are fibres: across them.
    for (std::size_t v = 0; v < count; ++v) {
      if (clues.from_m.empty()) from_m[v] = field->along_m[v];
      if (clues.to_m.empty()) to_m[v] = field->length_m - field->along_m[v];
    }
    field = solve_between(mesh, graph, from_m, to_m, course, clues.course_counts, kRefinedEndShare);
  }
  return field;
}

FibreField solve_series_field(const geom::Mesh& mesh, glm::vec3 course, glm::vec3 axis) {
  const std::size_t count = mesh.positions_m.size();
  FibreField whole;
  whole.fibre.assign(count, glm::vec3(0.0f));
  whole.along_m.resize(count);
  float start = std::numeric_limits<float>::max();
  for (const glm::vec3& p : mesh.positions_m) start = std::min(start, glm::dot(p, axis));
  for (std::size_t v = 0; v < count; ++v) {
    whole.along_m[v] = glm::dot(mesh.positions_m[v], axis) - start;
    whole.length_m = std::max(whole.length_m, whole.along_m[v]);
  }

  const std::vector<std::uint32_t> piece_of = geom::find_pieces(mesh);
  std::vector<std::vector<std::uint32_t>> members(count);
  std::vector<std::uint32_t> local(count);
  for (std::uint32_t v = 0; v < count; ++v) {
    local[v] = static_cast<std::uint32_t>(members[piece_of[v]].size());
    members[piece_of[v]].push_back(v);
  }
  std::vector<std::vector<std::uint32_t>> indices(count);
  for (const std::uint32_t index : mesh.indices) indices[piece_of[index]].push_back(local[index]);
  for (std::size_t piece = 0; piece < count; ++piece) {
    if (members[piece].empty()) continue;
    geom::Mesh part;
    part.indices = std::move(indices[piece]);
    for (const std::uint32_t v : members[piece]) part.positions_m.push_back(mesh.positions_m[v]);
    glm::vec3 own = glm::normalize(course);
    if (geom::bounds_of(part.positions_m).centre().x < 0.0f) own.x = -own.x;
    const auto one = find_one_direction(part.positions_m, own);
    const auto field = one ? std::nullopt : solve_fibre_field(part, {{}, {}, own, false});
    for (std::size_t k = 0; k < members[piece].size(); ++k) {
      whole.fibre[members[piece][k]] = field ? field->fibre[k] : one.value_or(own);
    }
  }
  return whole;
}

}  // namespace anatomy
