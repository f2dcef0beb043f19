#include "tool/head_mesh.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <system_error>

#include "base/check.h"
#include "data/json_file.h"

namespace tool {
namespace {

constexpr std::uintmax_t kLargestFile = 32u << 20;
constexpr std::size_t kMostTriangles = 300000;
constexpr float kLargestHead = 0.6f;
constexpr float kSmallestHead = 0.005f;

std::string_view next_word(std::string_view& line) {
  const std::size_t start = line.find_first_not_of(" \t\r");
  if (start == std::string_view::npos) return line = {};
  line.remove_prefix(start);
  const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

bool read_number(std::string_view word, float& value) {
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc{} && end == word.data() + word.size() && std::isfinite(value);
}

// "7", "7/1", "7//3", "-1": 1-based, negative from the end.
bool read_corner(std::string_view word, std::size_t vertices, std::uint32_t& corner) {
  word = word.substr(0, word.find('/'));
  long long index = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), index);
  if (error != std::errc{} || end != word.data() + word.size()) return false;
  const auto count = static_cast<long long>(vertices);
  if (index < 0) index += count + 1;
  if (index < 1 || index > count) return false;
  corner = static_cast<std::uint32_t>(index - 1);
  return true;
}

base::Result<geom::Mesh> read_obj(const std::filesystem::path& file) {
  const std::string name = "'" + file.string() + "'";
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) {
    return base::fail(name + " cannot be read: " + error.message() +
                      ". The attachment's mesh lies beside its JSON file.");
  }
  if (size > kLargestFile) return base::fail(name + " is larger than 32 MiB. Simplify the mesh.");
  const auto text = data::read_file(file);
  if (!text) return tl::unexpected(text.error());
  geom::Mesh mesh;
  std::vector<std::uint32_t> corners;
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto refuse = [&](const std::string& what) {
      return base::fail(name + ", line " + std::to_string(number) + ": " + what);
    };
    const std::string_view kind = next_word(line);
    if (kind == "v") {
      glm::vec3 p(0.0f);
      for (int axis = 0; axis < 3; ++axis) {
        if (!read_number(next_word(line), p[axis]))
          return refuse("a vertex needs three finite numbers, in metres.");
      }
      mesh.positions_m.push_back(p);
    } else if (kind == "f") {
      corners.clear();
      for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
        std::uint32_t corner = 0;
        if (!read_corner(word, mesh.positions_m.size(), corner))
          return refuse("the face names vertex '" + std::string(word) +
                        "', which is not above it.");
        corners.push_back(corner);
      }
      if (corners.size() < 3) return refuse("a face needs at least three vertices.");
      for (std::size_t i = 2; i < corners.size(); ++i) {
        mesh.indices.insert(mesh.indices.end(), {corners[0], corners[i - 1], corners[i]});
      }
      if (mesh.triangle_count() > kMostTriangles)
        return refuse("more than 300000 triangles. Simplify the mesh.");
    }
  }
  return mesh;
}

// Twice the signed area in the x-y plane.
float area_xy(glm::vec3 a, glm::vec3 b, glm::vec3 c) {
  return (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
}

}  // namespace

HeadMesh::HeadMesh(geom::Mesh mesh) : mesh_(std::move(mesh)) {
  BACKMATE_CHECK(!mesh_.indices.empty());
  mesh_.normals = geom::smooth_normals(mesh_.positions_m, mesh_.indices);
  // Of what the faces use: a stray vertex is no part of the head.
  for (const std::uint32_t i : mesh_.indices) bounds_.add(mesh_.positions_m[i]);
  const glm::vec3 size = bounds_.size();
  width_ = static_cast<int>(std::ceil(size.x / step_m_)) + 1;
  height_ = static_cast<int>(std::ceil(size.y / step_m_)) + 1;
  lowest_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), kNothing);
  for (std::size_t i = 0; i + 2 < mesh_.indices.size(); i += 3) {
    draw_triangle(mesh_.positions_m[mesh_.indices[i]], mesh_.positions_m[mesh_.indices[i + 1]],
                  mesh_.positions_m[mesh_.indices[i + 2]]);
  }
}

void HeadMesh::draw_triangle(glm::vec3 a, glm::vec3 b, glm::vec3 c) {
  const float area = area_xy(a, b, c);
  if (!(std::abs(area) > 1e-14f)) return;
  const auto first = [&](float low, float from) {
    return std::max(0, static_cast<int>(std::ceil((low - from) / step_m_ - 1e-3f)));
  };
  const auto last = [&](float high, float from, int count) {
    return std::min(count - 1, static_cast<int>(std::floor((high - from) / step_m_ + 1e-3f)));
  };
  const int x0 = first(std::min({a.x, b.x, c.x}), bounds_.min.x);
  const int x1 = last(std::max({a.x, b.x, c.x}), bounds_.min.x, width_);
  const int y0 = first(std::min({a.y, b.y, c.y}), bounds_.min.y);
  const int y1 = last(std::max({a.y, b.y, c.y}), bounds_.min.y, height_);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const glm::vec3 p(bounds_.min.x + static_cast<float>(x) * step_m_,
                        bounds_.min.y + static_cast<float>(y) * step_m_, 0.0f);
      const float u = area_xy(p, b, c) / area;
      const float v = area_xy(a, p, c) / area;
      const float w = 1.0f - u - v;
      // A hair of tolerance: a node on an edge belongs to somebody.
      if (std::min({u, v, w}) < -1e-4f) continue;
      float& lowest = lowest_[static_cast<std::size_t>(y * width_ + x)];
      lowest = std::min(lowest, u * a.z + v * b.z + w * c.z);
    }
  }
}

float HeadMesh::underside_m(float x_m, float y_m) const {
  const float x = (x_m - bounds_.min.x) / step_m_;
  const float y = (y_m - bounds_.min.y) / step_m_;
  if (!(x >= 0.0f && y >= 0.0f)) return kNothing;
  const int i = static_cast<int>(x), k = static_cast<int>(y);
  if (i + 1 >= width_ || k + 1 >= height_) return kNothing;
  const float s = x - static_cast<float>(i), t = y - static_cast<float>(k);
  const float near = (1.0f - s) * node(i, k) + s * node(i + 1, k);
  const float far = (1.0f - s) * node(i, k + 1) + s * node(i + 1, k + 1);
  const float z = (1.0f - t) * near + t * far;
  // A node beside the head takes its neighbours with it: 0 times infinity is no number.
  return std::isfinite(z) ? z : kNothing;
}

base::Result<std::shared_ptr<const HeadMesh>> load_head_mesh(const std::filesystem::path& file) {
  auto mesh = read_obj(file);
  if (!mesh) return tl::unexpected(mesh.error());
  const std::string name = "'" + file.string() + "'";
  if (mesh->indices.empty()) {
    return base::fail(name +
                      " has no faces. An attachment's mesh is a Wavefront OBJ file with "
                      "lines 'v x y z' and 'f a b c'.");
  }
  geom::Aabb bounds;
  float area = 0.0f;
  for (std::size_t i = 0; i + 2 < mesh->indices.size(); i += 3) {
    const glm::vec3 a = mesh->positions_m[mesh->indices[i]];
    const glm::vec3 b = mesh->positions_m[mesh->indices[i + 1]];
    const glm::vec3 c = mesh->positions_m[mesh->indices[i + 2]];
    for (const glm::vec3 p : {a, b, c}) bounds.add(p);
    area += std::abs(area_xy(a, b, c));
  }
  const glm::vec3 size = bounds.size();
  const float largest = std::max({size.x, size.y, size.z});
  if (largest > kLargestHead) {
    return base::fail(name + " is " + std::to_string(largest) +
                      " m large; an attachment is at most 0.6 m. Coordinates are metres: a file in "
                      "millimetres must be scaled by 0.001.");
  }
  if (std::min(size.x, size.y) < kSmallestHead || !(area > 1e-6f)) {
    return base::fail(name +
                      " has no underside that could touch: it needs at least 5 mm along x "
                      "(the bar) and y (the rolling direction).");
  }
  if (glm::length(bounds.centre()) > 0.5f * kLargestHead) {
    return base::fail(name +
                      " lies far from its origin. The origin is the middle of the bar's "
                      "axis; move the mesh there.");
  }
  return std::make_shared<const HeadMesh>(std::move(*mesh));
}

}  // namespace tool
