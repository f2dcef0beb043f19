// The smooth change of space that turns the authored body into another figure. Bones are scaled by
// groups (figure_spec.h), what lies on them goes along and grows or shrinks towards the nearest
// bone, belly and hips stand out; all of it is averaged over some 10 mm, so that nothing tears or
// folds: what lies outside of something stays outside of it, and closed meshes stay closed.
//
// Symmetric in X. Immutable once made, safe to use from several threads.
#pragma once

#include <glm/vec3.hpp>
#include <memory>
#include <span>

#include "anatomy/ontology.h"
#include "forge/figure_spec.h"
#include "forge/part.h"
#include "geom/lattice.h"

namespace forge {

class FigureMap {
 public:
  // Leaves everything where it is.
  FigureMap() = default;
  // `inside`: bones and muscles of the authored body, both sides; `padding`: closed volumes that
  // stand for what has no structures (belly, thighs) and grow along. `top_m` is the highest point
  // of the authored skin.
  FigureMap(const FigureSpec& spec, const anatomy::Ontology& ontology, std::span<const Part> inside,
            std::span<const geom::Mesh> padding, float top_m);

  bool is_identity() const { return field_.values().empty(); }
  glm::vec3 operator()(glm::vec3 point_m) const;
  // Derivative; its determinant is how much a small volume grows, positive where nothing folds.
  glm::mat3 gradient(glm::vec3 point_m) const;
  // All levels of detail, fibres, lengths and the places where muscles lie side by side.
  void apply(Part& part) const;
  void apply(std::vector<glm::vec3>& positions_m) const;

 private:
  geom::Lattice field_;  // how far each point moves
};

}  // namespace forge
