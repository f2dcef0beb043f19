#include "import/suspicion.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>

namespace atlas {
namespace {

using anatomy::Structure;

// No structure of a person is longer (the skin of a tall man, arms up).
constexpr float kLongestM = 2.6f;
// Boxes closer than this belong to one heap.
constexpr float kNeighbourM = 0.12f;
// A heap this far from the rest is out of place however large it is.
constexpr float kFarM = 1.0f;
// A speck: this small against the whole.
constexpr float kSpeck = 0.05f;
// Kin (ribs, vertebrae of a region, left and right) differ in length less than this.
constexpr float kKinRatio = 5.0f;

float diagonal(const geom::Aabb& box) { return glm::length(box.size()); }

float gap_between(const geom::Aabb& a, const geom::Aabb& b) {
  return glm::length(glm::max(glm::max(a.min - b.max, b.min - a.max), glm::vec3(0.0f)));
}

// "vertebra_c3" and "rib_7_left" -> "vertebra_c" and "rib_"; twins share their stem too.
std::string kin_of(const Structure& s) {
  std::string stem = s.id;
  for (const std::string_view side : {"_left", "_right"}) {
    if (stem.ends_with(side)) stem.resize(stem.size() - side.size());
  }
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  return stem;
}

// Heaps of boxes that nearly touch, by union-find; structures longer than a person stay out.
std::vector<std::size_t> find_heaps(std::span<const Structure> structures) {
  std::vector<std::size_t> heap(structures.size());
  for (std::size_t i = 0; i < heap.size(); ++i) heap[i] = i;
  const auto root = [&](std::size_t i) {
    while (heap[i] != i) i = heap[i] = heap[heap[i]];
    return i;
  };
  for (std::size_t i = 0; i < structures.size(); ++i) {
    if (diagonal(structures[i].bounds_m) > kLongestM) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (diagonal(structures[j].bounds_m) > kLongestM) continue;
      if (gap_between(structures[i].bounds_m, structures[j].bounds_m) < kNeighbourM) {
        heap[root(i)] = root(j);
      }
    }
  }
  for (std::size_t i = 0; i < heap.size(); ++i) heap[i] = root(i);
  return heap;
}

std::string length_text(float metres) {
  char text[32];
  if (metres < 0.1f) {
    std::snprintf(text, sizeof text, "%.1f mm", static_cast<double>(metres) * 1e3);
  } else {
    std::snprintf(text, sizeof text, "%.2f m", static_cast<double>(metres));
  }
  return text;
}

}  // namespace

std::vector<std::optional<std::string>> find_out_of_scale(std::span<const Structure> structures) {
  std::vector<std::optional<std::string>> found(structures.size());
  const std::vector<std::size_t> heap = find_heaps(structures);
  std::map<std::size_t, float> weight;
  for (std::size_t i = 0; i < structures.size(); ++i) {
    const float length = diagonal(structures[i].bounds_m);
    if (length <= kLongestM) weight[heap[i]] += length;
  }
  if (weight.empty()) return found;  // all giants: the scale of the whole is in question, not one
  const auto main_heap =
      std::max_element(weight.begin(), weight.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      })->first;
  geom::Aabb main_box;
  std::map<std::string, std::vector<float>> kin_lengths;
  for (std::size_t i = 0; i < structures.size(); ++i) {
    if (heap[i] != main_heap || diagonal(structures[i].bounds_m) > kLongestM) continue;
    main_box.add(structures[i].bounds_m);
    kin_lengths[kin_of(structures[i])].push_back(diagonal(structures[i].bounds_m));
  }
  const float whole = diagonal(main_box);
  constexpr const char* kAdvice = " It is left out; get the file again or correct its scale.";
  for (std::size_t i = 0; i < structures.size(); ++i) {
    const geom::Aabb& box = structures[i].bounds_m;
    const float length = diagonal(box);
    if (length > kLongestM) {
      found[i] = "is " + length_text(length) +
                 " long, more than a person: its scale differs from the rest." + kAdvice;
      continue;
    }
    const auto kin = kin_lengths.find(kin_of(structures[i]));
    if (kin != kin_lengths.end()) {
      auto& lengths = kin->second;
      const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
      std::nth_element(lengths.begin(), middle, lengths.end());
      const float ratio = length / *middle;
      if (ratio > kKinRatio || ratio < 1.0f / kKinRatio) {
        char times[64];
        std::snprintf(times, sizeof times, "about %.0f times too %s",
                      static_cast<double>(ratio > 1.0f ? ratio : 1.0f / ratio),
                      ratio > 1.0f ? "large" : "small");
        found[i] = "is " + length_text(length) + " long, " + times + " beside its kin." + kAdvice;
        continue;
      }
    }
    if (heap[i] == main_heap) continue;
    const float gap = gap_between(box, main_box);
    if (length < kSpeck * whole || gap > kFarM) {
      found[i] = "is " + length_text(length) + " long and lies " + length_text(gap) +
                 " away from everything else: out of scale with the rest, or out of place." +
                 kAdvice;
    }
  }
  return found;
}

namespace {

struct OpenEdge {
  std::uint32_t from = 0, to = 0;
};

// Edges of exactly one triangle, in that triangle's direction.
std::vector<OpenEdge> find_open_edges(const geom::Mesh& mesh, std::size_t& crowded) {
  // Where a closed surface passes a vertex, every edge is walked once each way: the sum over what
  // comes in less what goes out is zero. So five million edges of an atlas are only added up, and
  // the few around rims are looked at.
  const auto mix = [](std::uint64_t v) {
    v = (v + 1) * 0x9E3779B97F4A7C15ULL;
    return (v ^ (v >> 31)) * 0xBF58476D1CE4E5B9ULL;
  };
  std::vector<std::uint64_t> balance(mesh.positions_m.size(), 0);
  const auto for_each_edge = [&](auto&& visit) {
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
      const std::uint32_t a = mesh.indices[i], b = mesh.indices[i + 1], c = mesh.indices[i + 2];
      visit(a, b);
      visit(b, c);
      visit(c, a);
    }
  };
  for_each_edge([&](std::uint32_t from, std::uint32_t to) {
    balance[from] += mix(to);
    balance[to] -= mix(from);
  });
  std::vector<OpenEdge> edges;
  for_each_edge([&](std::uint32_t from, std::uint32_t to) {
    if (balance[from] != 0 && balance[to] != 0) edges.push_back({from, to});
  });
  const auto ends = [](const OpenEdge& e) { return std::minmax(e.from, e.to); };
  std::sort(edges.begin(), edges.end(),
            [&](const OpenEdge& a, const OpenEdge& b) { return ends(a) < ends(b); });
  std::vector<OpenEdge> open;
  for (std::size_t i = 0; i < edges.size();) {
    std::size_t next = i + 1;
    while (next < edges.size() && ends(edges[next]) == ends(edges[i])) ++next;
    if (next == i + 1) open.push_back(edges[i]);
    if (next > i + 2) ++crowded;
    i = next;
  }
  return open;
}

}  // namespace

float find_missing_part(const geom::Mesh& mesh, std::size_t* crowded) {
  std::size_t crowded_edges = 0;
  const std::vector<OpenEdge> open = find_open_edges(mesh, crowded_edges);
  if (crowded != nullptr) *crowded = crowded_edges;
  if (open.empty()) return 0.0f;
  // Rims are heaps of open edges that share vertices; each encloses its vector area.
  std::vector<std::uint32_t> rim(mesh.positions_m.size());
  std::iota(rim.begin(), rim.end(), 0u);
  const auto root = [&](std::uint32_t v) {
    while (rim[v] != v) v = rim[v] = rim[rim[v]];
    return v;
  };
  for (const OpenEdge& edge : open) rim[root(edge.from)] = root(edge.to);
  const glm::vec3 centre = geom::bounds_of(mesh.positions_m).centre();
  std::map<std::uint32_t, glm::vec3> enclosed;
  for (const OpenEdge& edge : open) {
    enclosed.try_emplace(root(edge.from), glm::vec3(0.0f)).first->second +=
        0.5f * glm::cross(mesh.positions_m[edge.from] - centre, mesh.positions_m[edge.to] - centre);
  }
  float missing = 0.0f;
  for (const auto& [at, area] : enclosed) missing += glm::length(area);
  const float present = geom::surface_area_m2(mesh);
  return present > 0.0f ? missing / present : 0.0f;
}

}  // namespace atlas
