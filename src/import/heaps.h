// Structures of an atlas in heaps of what lies together: one surface can be wrapped over each.
#pragma once

#include <vector>

#include "anatomy/body.h"
#include "geom/bvh.h"

namespace atlas {

using Heap = std::vector<const anatomy::Structure*>;

// Structures whose boxes come nearer than gap_m, largest heap first (triangles of level 1).
std::vector<Heap> find_heaps(const Heap& structures, float gap_m);

// More than half of the structure's points (level 1) lie outside a closed surface.
bool lies_outside(const geom::Bvh& surface, const anatomy::LodMesh& level_1,
                  const anatomy::Structure& structure);

// The structure's triangles of level 1.
std::span<const std::uint32_t> indices_of(const anatomy::LodMesh& level_1,
                                          const anatomy::Structure& structure);

void append(geom::Mesh& mesh, const geom::Mesh& piece);

}  // namespace atlas
