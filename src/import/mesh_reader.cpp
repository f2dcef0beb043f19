#include "import/mesh_reader.h"

#include <assimp/commonMetaData.h>
#include <assimp/config.h>
#include <assimp/scene.h>

#include <algorithm>
#include <array>
#include <assimp/Importer.hpp>
#include <cctype>
#include <cmath>
#include <new>
#include <system_error>

#include "data/json_file.h"

namespace atlas {
namespace {

constexpr std::array<std::string_view, 6> kExtensions = {".glb", ".gltf", ".obj",
                                                         ".stl", ".ply",  ".fbx"};

std::string lower_extension(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return extension;
}

bool is_mesh_file(const std::filesystem::path& file) {
  return std::find(kExtensions.begin(), kExtensions.end(), lower_extension(file)) !=
         kExtensions.end();
}

// Names that importers give to what has none.
bool is_placeholder(const std::string& name) {
  return name.empty() || name.front() == '<' || name.front() == '$' || name == "RootNode" ||
         name == "Scene" || name == "defaultobject" || name == "ROOT";
}

void add_name(RawStructure& structure, std::string name) {
  if (is_placeholder(name)) return;
  if (std::find(structure.names.begin(), structure.names.end(), name) == structure.names.end()) {
    structure.names.push_back(std::move(name));
  }
}

// NaN fails every comparison. Ten million units are ten kilometres even in millimetres: damage.
bool is_finite(glm::vec3 p) {
  constexpr float kLargest = 1e7f;
  return std::abs(p.x) < kLargest && std::abs(p.y) < kLargest && std::abs(p.z) < kLargest;
}

void append_mesh(const aiMesh& mesh, const aiMatrix4x4& transform, RawStructure& out) {
  const auto base = static_cast<std::uint32_t>(out.mesh.positions_m.size());
  for (unsigned v = 0; v < mesh.mNumVertices; ++v) {
    const aiVector3D p = transform * mesh.mVertices[v];
    out.mesh.positions_m.emplace_back(p.x, p.y, p.z);
  }
  // A mirroring transform turns triangles inside out.
  const bool mirrored = aiMatrix3x3(transform).Determinant() < 0.0f;
  const std::size_t count = out.mesh.positions_m.size();
  const auto is_good = [&](std::uint32_t v) {
    return v < count && is_finite(out.mesh.positions_m[v]);
  };
  for (unsigned f = 0; f < mesh.mNumFaces; ++f) {
    // Polygons become fans here; points and lines nothing. (Assimp's own step aborts the program on
    // the faces of a truncated file.)
    const aiFace& face = mesh.mFaces[f];
    for (unsigned k = 2; k < face.mNumIndices; ++k) {
      const std::uint32_t a = base + face.mIndices[0];
      const std::uint32_t b = base + face.mIndices[mirrored ? k : k - 1];
      const std::uint32_t c = base + face.mIndices[mirrored ? k - 1 : k];
      if (is_good(a) && is_good(b) && is_good(c)) {
        out.mesh.indices.insert(out.mesh.indices.end(), {a, b, c});
      } else {
        ++out.dropped_triangles;
      }
    }
  }
}

// Vertices that no triangle uses (also those that are not finite) disappear.
void drop_unused_vertices(geom::Mesh& mesh) {
  constexpr std::uint32_t kUnused = 0xFFFFFFFFu;
  std::vector<std::uint32_t> remap(mesh.positions_m.size(), kUnused);
  std::vector<glm::vec3> kept;
  for (std::uint32_t& index : mesh.indices) {
    if (remap[index] == kUnused) {
      remap[index] = static_cast<std::uint32_t>(kept.size());
      kept.push_back(mesh.positions_m[index]);
    }
    index = remap[index];
  }
  mesh.positions_m = std::move(kept);
}

void visit_nodes(const aiScene& scene, const aiNode& node, const aiMatrix4x4& parent,
                 RawFile& out) {
  const aiMatrix4x4 transform = parent * node.mTransformation;
  RawStructure structure;
  for (unsigned m = 0; m < node.mNumMeshes; ++m) {
    append_mesh(*scene.mMeshes[node.mMeshes[m]], transform, structure);
  }
  if (node.mNumMeshes > 0) {
    add_name(structure, node.mName.C_Str());
    add_name(structure, scene.mMeshes[node.mMeshes[0]]->mName.C_Str());
    // Viewers cut long node names; whole names and ids are often repeated in glTF "extras".
    for (unsigned i = 0; node.mMetaData != nullptr && i < node.mMetaData->mNumProperties; ++i) {
      const aiMetadataEntry& entry = node.mMetaData->mValues[i];
      if (entry.mType == AI_AISTRING && entry.mData != nullptr) {
        add_name(structure, static_cast<const aiString*>(entry.mData)->C_Str());
      }
    }
    structure.mesh = geom::weld_exact(structure.mesh);
    drop_unused_vertices(structure.mesh);
    out.structures.push_back(std::move(structure));
  }
  for (unsigned c = 0; c < node.mNumChildren; ++c) {
    visit_nodes(scene, *node.mChildren[c], transform, out);
  }
}

// Assimp cuts the names of OBJ objects and groups at the first blank, and then takes "Left scapula"
// and "Left clavicle" for one object.
void join_obj_names(std::string& text) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    if (end - line > 2 && (text[line] == 'o' || text[line] == 'g') && text[line + 1] == ' ') {
      std::size_t last = end;
      while (last > line + 2 && std::isspace(static_cast<unsigned char>(text[last - 1])) != 0) {
        --last;
      }
      std::replace(text.begin() + static_cast<std::ptrdiff_t>(line) + 2,
                   text.begin() + static_cast<std::ptrdiff_t>(last), ' ', '_');
    }
    line = end + 1;
  }
}

const aiScene* read_scene(Assimp::Importer& importer, const std::filesystem::path& file) {
  if (lower_extension(file) != ".obj") {
    return importer.ReadFile(file.string(), 0);
  }
  auto text = data::read_file(file);
  if (!text) return nullptr;
  join_obj_names(*text);
  return importer.ReadFileFromMemory(text->data(), text->size(), 0, "obj");
}

// Messages of the library quote the file: one line, not too long, nothing that moves a terminal's
// cursor.
std::string first_line(std::string text) {
  constexpr std::size_t kLongest = 200;
  text.resize(std::min({text.find('\n'), text.size(), kLongest}));
  for (char& c : text) {
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = '?';
  }
  return text;
}

}  // namespace

base::Result<std::vector<std::filesystem::path>> find_mesh_files(
    const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return base::fail("'" + path.string() + "' does not exist. Check the path.");
  }
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(path, error)) {
    if (!is_mesh_file(path)) {
      return base::fail("'" + path.string() +
                        "' is not a mesh file that can be read. Give a GLB, glTF, OBJ, STL, PLY or "
                        "FBX file, or a folder of them.");
    }
    files.push_back(path);
    return files;
  }
  auto it = std::filesystem::recursive_directory_iterator(
      path, std::filesystem::directory_options::skip_permission_denied, error);
  for (; !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (is_mesh_file(it->path()) && !it->is_directory(ignored)) files.push_back(it->path());
  }
  if (files.empty()) {
    return base::fail("The folder '" + path.string() +
                      "' holds no mesh files. Give a folder with GLB, glTF, OBJ, STL, PLY or FBX "
                      "files.");
  }
  std::sort(files.begin(), files.end());
  return files;
}

base::Result<RawFile> read_mesh_file(const std::filesystem::path& file) {
  const std::string where = "'" + file.string() + "'";
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return base::fail(where + " cannot be read: " + error.message() + ".");
  if (size == 0) return base::fail(where + " is empty. Get the file again.");
  RawFile out;
  try {
    Assimp::Importer importer;
    importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_PRESERVE_PIVOTS, false);
    const aiScene* scene = read_scene(importer, file);
    if (scene == nullptr || scene->mRootNode == nullptr) {
      return base::fail(where +
                        " cannot be read as a mesh: " + first_line(importer.GetErrorString()) +
                        " It may be damaged or of another format; get it again or leave it out.");
    }
    if (aiString text;
        scene->mMetaData != nullptr && scene->mMetaData->Get(AI_METADATA_SOURCE_COPYRIGHT, text)) {
      out.copyright = text.C_Str();
    }
    visit_nodes(*scene, *scene->mRootNode, aiMatrix4x4(), out);
  } catch (const std::bad_alloc&) {
    return base::fail(where +
                      " cannot be read as a mesh: it asks for too much memory. It may be damaged; "
                      "get it again or leave it out.");
  } catch (const std::exception& e) {
    return base::fail(where + " cannot be read as a mesh: " + e.what() +
                      ". Get it again or leave it out.");
  }
  std::size_t dropped = 0;
  for (const RawStructure& s : out.structures) dropped += s.dropped_triangles;
  constexpr std::size_t kMostNamed = 20;
  std::erase_if(out.structures, [&](const RawStructure& s) {
    if (!s.mesh.indices.empty()) return false;
    if (out.empty.size() < kMostNamed) {
      out.empty.push_back(first_line(s.names.empty() ? "a mesh without a name" : s.names.front()));
    }
    return true;
  });
  if (out.structures.empty()) {
    return base::fail(where +
                      (dropped > 0 ? " has no triangle whose corners are finite numbers."
                                   : " holds no triangles.") +
                      " Get it again or leave it out.");
  }
  // The file's name comes last: "atlas.fbx" is not always the first vertebra.
  const std::string stem = file.stem().string();
  const bool alone = out.structures.size() == 1;
  for (RawStructure& s : out.structures) {
    if (alone || s.names.empty()) s.names.push_back(stem);
    s.label = alone ? stem : s.names.front();
  }
  return out;
}

}  // namespace atlas
