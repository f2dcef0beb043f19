// Which known structure a mesh is: by an FMA or TA2 id in any of its names, else by name; a side
// that the name does not give follows from where the mesh lies.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "anatomy/ontology.h"

namespace atlas {

// Tries all names for an FMA id first (an id outlives spelling), then for a TA2 id, then as names.
anatomy::OntologyMatch match_structure(const anatomy::Ontology& ontology,
                                       std::span<const std::string> names);

// Left or right of the plane of symmetry, kMedian where the box lies across it. Body frame.
anatomy::Side side_of_box(const geom::Aabb& box_m);

// What an unknown mesh is called in files: lower case, digits and underscores, never empty.
std::string make_unknown_id(std::string_view name);

// Appends _2, _3 ... until no two ids are equal, in order.
void make_ids_unique(std::vector<anatomy::Structure>& structures);

}  // namespace atlas
