// The structures of a body as a tree of two levels: by layer, by region or by group. Pure.
#pragma once

#include <string>
#include <vector>

#include "anatomy/body.h"
#include "session/document.h"

namespace session {

enum class TreeOrder : std::uint8_t { kLayer, kRegion, kGroup };

struct TreeBranch {
  std::string id;  // "layer.deep", "tree.region.neck", "group.trapezius", "tree.others": also words
  std::string name;                                 // English, where there are no words for the id
  std::vector<anatomy::StructureIndex> structures;  // in the body's order
};

// Every usable structure stands in exactly one branch by layer and by region; by group it stands in
// each of its groups, or among the others. Branches without any are left out.
std::vector<TreeBranch> make_structure_tree(const anatomy::Body& body, TreeOrder order);

// How many of these can be seen at the document's layer.
std::size_t count_visible(const std::vector<anatomy::StructureIndex>& structures,
                          const anatomy::Body& body, const Document& document);

}  // namespace session
