// Which way the fibres of a muscle run when only its surface is known: a harmonic field u between
// its two ends (0 at the origin's, 1 at the insertion's), fibres along the gradient of u over the
// surface, and lengths along the fibres, from which segments are cut. Metres.
//
// Surface fibres follow a harmonic field between attachments as in Choi and Blemker, "Skeletal
// muscle fascicle arrangements can be reconstructed using a Laplacian vector field simulation"
// (PLoS ONE, 2013), there through the volume.
#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <span>
#include <vector>

#include "geom/mesh.h"

namespace anatomy {

// What is known about a muscle.
struct FibreClues {
  // One entry per vertex each: how far it is from the bones that the fibres come from and go to.
  // Empty where nobody knows: the end is then what lies furthest along the course.
  std::vector<float> from_m;
  std::vector<float> to_m;
  glm::vec3 course{0.0f};  // roughly from origin to insertion, any length
  // Whether the course is known from anatomy, not only from the shape, and holds for all of the
  // muscle: it then has its say about ends and directions. Of a fan the bones know more.
  bool course_counts = false;
};

// One entry per vertex. `fibre` is unit, from origin to insertion; `along_m` grows along it by a
// metre a metre, as well as a fan allows, from 0 to `length_m`.
struct FibreField {
  std::vector<glm::vec3> fibre;
  std::vector<float> along_m;
  float length_m = 0.0f;
};

// Open meshes, several pieces, edges of three triangles and slivers are fine. Nothing when there is
// no surface or no way from end to end.
std::optional<FibreField> solve_fibre_field(const geom::Mesh& mesh, const FibreClues& clues);

// A muscle that is a row of small ones (rotatores): every piece has fibres of its own along
// `course` (x away from the midline, turned for pieces on the right); short pieces have one
// direction, and where several hang together that is `course`. Lengths run along `axis`.
FibreField solve_series_field(const geom::Mesh& mesh, glm::vec3 course, glm::vec3 axis);

}  // namespace anatomy
