// What the panels that explore a body remember while they are open.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guide/under_here.h"
#include "session/structure_tree.h"

namespace ui {

struct SearchState {
  std::string words;
  int chosen = 0;
  std::vector<std::size_t> found;  // in the index, for `words`
  bool fresh = true;
};

struct TreeState {
  session::TreeOrder order = session::TreeOrder::kLayer;
  std::vector<session::TreeBranch> branches;  // for `order`; empty: not made yet
  std::set<std::string> unfolded;
  int chosen = -1;  // row
};

struct UnderState {
  bool head = true;  // under the head; else where the skin was pointed at
  std::optional<glm::vec3> at_m;
  std::vector<guide::LayerHere> layers;  // at `at_m`
  int chosen = -1;
};

}  // namespace ui
