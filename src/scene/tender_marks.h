// The tender spot that is shown and the traditional map of where it is said to be felt: a mark and
// a stipple on the skin, drawn by us. And where somebody has
// touched the body.
#pragma once

#include <memory>

#include "scene/scene.h"

namespace scene {

class TenderMarks {
 public:
  TenderMarks();
  ~TenderMarks();
  // What the snapshot shows, if anything; the list refers to memory of this object.
  void add_to(draw::DrawList& list, const session::Snapshot& snapshot, const ViewState& view);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace scene
