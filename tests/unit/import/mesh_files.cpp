#include "mesh_files.h"

#include <cmath>
#include <cstring>
#include <sstream>

namespace atlas::testing {
namespace {

constexpr float kPi = 3.14159265358979f;

void append(std::string& bytes, const void* data, std::size_t count) {
  bytes.append(static_cast<const char*>(data), count);
}

geom::Mesh make_rings(glm::vec3 centre, glm::vec3 radii, int rings, int first, int last) {
  geom::Mesh mesh;
  const int around = 2 * rings;
  for (int r = first; r <= last; ++r) {
    const float polar = kPi * static_cast<float>(r) / static_cast<float>(rings);
    for (int a = 0; a < around; ++a) {
      const float angle = 2.0f * kPi * static_cast<float>(a) / static_cast<float>(around);
      mesh.positions_m.push_back(centre + radii * glm::vec3(std::sin(polar) * std::cos(angle),
                                                            std::cos(polar),
                                                            std::sin(polar) * std::sin(angle)));
    }
  }
  for (int r = 0; r < last - first; ++r) {
    for (int a = 0; a < around; ++a) {
      const auto at = [&](int row, int column) {
        return static_cast<std::uint32_t>(row * around + column % around);
      };
      const std::uint32_t corners[4] = {at(r, a), at(r, a + 1), at(r + 1, a), at(r + 1, a + 1)};
      mesh.indices.insert(mesh.indices.end(), {corners[0], corners[1], corners[2]});
      mesh.indices.insert(mesh.indices.end(), {corners[1], corners[3], corners[2]});
    }
  }
  // The poles' rings are single points: welding closes them and drops what has no area.
  if (first == 0) {
    for (int a = 0; a < around; ++a) {
      mesh.positions_m[static_cast<std::size_t>(a)] = centre + glm::vec3(0.0f, radii.y, 0.0f);
    }
  }
  if (last == rings) {
    const std::size_t row = static_cast<std::size_t>((last - first) * around);
    for (int a = 0; a < around; ++a) {
      mesh.positions_m[row + static_cast<std::size_t>(a)] = centre - glm::vec3(0.0f, radii.y, 0.0f);
    }
  }
  return geom::weld_exact(mesh);
}

}  // namespace

geom::Mesh make_ellipsoid(glm::vec3 centre, glm::vec3 radii, int rings) {
  return make_rings(centre, radii, rings, 0, rings);
}

geom::Mesh make_bowl(glm::vec3 centre, glm::vec3 radii, int rings) {
  return make_rings(centre, radii, rings, 0, rings / 2);
}

std::vector<Part> make_torso() {
  std::vector<Part> parts;
  const auto add = [&](const std::string& name, glm::vec3 centre, glm::vec3 radii) {
    parts.push_back({name, make_ellipsoid(centre, radii)});
  };
  add("Vertebra C7", {0.0f, 1.45f, -0.04f}, {0.03f, 0.012f, 0.03f});
  add("Vertebra T4", {0.0f, 1.35f, -0.06f}, {0.03f, 0.014f, 0.03f});
  add("Vertebra T8", {0.0f, 1.25f, -0.07f}, {0.03f, 0.015f, 0.03f});
  add("Vertebra T12", {0.0f, 1.14f, -0.05f}, {0.03f, 0.015f, 0.03f});
  add("Vertebra L3", {0.0f, 1.05f, -0.04f}, {0.04f, 0.016f, 0.035f});
  add("Vertebra L5", {0.0f, 0.98f, -0.04f}, {0.04f, 0.016f, 0.035f});
  for (const float side : {1.0f, -1.0f}) {
    const std::string word = side > 0.0f ? "Left " : "Right ";
    add(word + "scapula", {0.1f * side, 1.35f, -0.08f}, {0.04f, 0.08f, 0.02f});
    add("Transverse part of " + word + "trapezius", {0.09f * side, 1.4f, -0.1f},
        {0.08f, 0.05f, 0.02f});
    add("Sternocostal part of " + word + "pectoralis major", {0.08f * side, 1.3f, 0.1f},
        {0.07f, 0.06f, 0.02f});
  }
  return parts;
}

geom::Mesh transformed(const geom::Mesh& mesh, const glm::mat3& rotation, float scale) {
  geom::Mesh out = mesh;
  for (glm::vec3& p : out.positions_m) p = scale * (rotation * p);
  return out;
}

std::string to_obj(const std::vector<Part>& parts) {
  std::ostringstream out;
  out.precision(9);
  std::size_t first = 1;
  for (const Part& part : parts) {
    out << "o " << part.name << "\n";
    for (const glm::vec3& p : part.mesh.positions_m) {
      out << "v " << p.x << " " << p.y << " " << p.z << "\n";
    }
    for (std::size_t i = 0; i + 2 < part.mesh.indices.size(); i += 3) {
      out << "f " << part.mesh.indices[i] + first << " " << part.mesh.indices[i + 1] + first << " "
          << part.mesh.indices[i + 2] + first << "\n";
    }
    first += part.mesh.positions_m.size();
  }
  return out.str();
}

std::string to_ascii_stl(const geom::Mesh& mesh) {
  std::ostringstream out;
  out.precision(9);
  out << "solid part\n";
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    out << "facet normal 0 0 0\nouter loop\n";
    for (std::size_t k = 0; k < 3; ++k) {
      const glm::vec3 p = mesh.positions_m[mesh.indices[i + k]];
      out << "vertex " << p.x << " " << p.y << " " << p.z << "\n";
    }
    out << "endloop\nendfacet\n";
  }
  out << "endsolid part\n";
  return out.str();
}

std::string to_binary_stl(const geom::Mesh& mesh) {
  std::string bytes(80, ' ');
  const auto count = static_cast<std::uint32_t>(mesh.triangle_count());
  append(bytes, &count, 4);
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::vec3 normal(0.0f);
    append(bytes, &normal, sizeof(normal));
    for (std::size_t k = 0; k < 3; ++k) {
      append(bytes, &mesh.positions_m[mesh.indices[i + k]], sizeof(glm::vec3));
    }
    bytes.append(2, '\0');
  }
  return bytes;
}

std::string to_ascii_ply(const geom::Mesh& mesh) {
  std::ostringstream out;
  out.precision(9);
  out << "ply\nformat ascii 1.0\nelement vertex " << mesh.positions_m.size()
      << "\nproperty float x\nproperty float y\nproperty float z\nelement face "
      << mesh.triangle_count() << "\nproperty list uchar int vertex_indices\nend_header\n";
  for (const glm::vec3& p : mesh.positions_m) out << p.x << " " << p.y << " " << p.z << "\n";
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    out << "3 " << mesh.indices[i] << " " << mesh.indices[i + 1] << " " << mesh.indices[i + 2]
        << "\n";
  }
  return out.str();
}

std::string to_glb(const Part& part, const std::string& node_fields) {
  const geom::Mesh& mesh = part.mesh;
  const geom::Aabb box = geom::bounds_of(mesh.positions_m);
  const std::size_t position_bytes = mesh.positions_m.size() * sizeof(glm::vec3);
  const std::size_t index_bytes = mesh.indices.size() * sizeof(std::uint32_t);
  std::ostringstream json;
  json << R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,)"
       << R"("name":")" << part.name << '"' << node_fields << "}],"
       << R"("meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],)"
       << R"("accessors":[{"bufferView":0,"componentType":5126,"type":"VEC3","count":)"
       << mesh.positions_m.size() << R"(,"min":[)" << box.min.x << ',' << box.min.y << ','
       << box.min.z << R"(],"max":[)" << box.max.x << ',' << box.max.y << ',' << box.max.z
       << R"(]},{"bufferView":1,"componentType":5125,"type":"SCALAR","count":)"
       << mesh.indices.size() << R"(}],"bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":)"
       << position_bytes << R"(},{"buffer":0,"byteOffset":)" << position_bytes
       << R"(,"byteLength":)" << index_bytes << R"(}],"buffers":[{"byteLength":)"
       << position_bytes + index_bytes << "}]}";
  std::string words = json.str();
  words.resize((words.size() + 3) / 4 * 4, ' ');
  const auto put = [](std::string& bytes, std::uint32_t value) { append(bytes, &value, 4); };
  std::string bytes = "glTF";
  put(bytes, 2);
  put(bytes, static_cast<std::uint32_t>(12 + 8 + words.size() + 8 + position_bytes + index_bytes));
  put(bytes, static_cast<std::uint32_t>(words.size()));
  bytes += "JSON" + words;
  put(bytes, static_cast<std::uint32_t>(position_bytes + index_bytes));
  bytes.append("BIN\0", 4);
  append(bytes, mesh.positions_m.data(), position_bytes);
  append(bytes, mesh.indices.data(), index_bytes);
  return bytes;
}

}  // namespace atlas::testing
