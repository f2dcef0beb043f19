// Reads mesh files of any format that we open (glTF/GLB, OBJ, STL, PLY, FBX) through Assimp, the
// only place that knows it. One node with triangles is one RawStructure: its transform is applied,
// equal vertices are welded, triangles without finite corners are dropped. Coordinates are still
// the file's own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "geom/mesh.h"

namespace atlas {

struct RawStructure {
  std::string label;               // for people, when nobody recognises it: file or node
  std::vector<std::string> names;  // best first: node, mesh, extras, file if it holds nothing else
  geom::Mesh mesh;                 // welded; no normals
  std::size_t dropped_triangles = 0;  // for corners that are not finite numbers
};

struct RawFile {
  std::vector<RawStructure> structures;
  std::string copyright;           // what the file says of itself; often empty
  std::vector<std::string> empty;  // names of meshes in it that have no triangle of any extent
};

// The mesh files at `path`: itself, or everything in the folder and below, sorted by name. Fails
// when there is none.
base::Result<std::vector<std::filesystem::path>> find_mesh_files(const std::filesystem::path& path);

// Fails with a sentence: missing, empty, not what its name says, no triangle with finite corners.
base::Result<RawFile> read_mesh_file(const std::filesystem::path& file);

}  // namespace atlas
