// The built-in body from its authored descriptions (assets/anatomy): muscles, bones, skin, joined
// into one Body and completed like an imported one (segments, landmarks, groups). What is authored
// is the neutral, medium figure; the other sexes and builds are made from the same parts.
#pragma once

#include <filesystem>
#include <span>

#include "anatomy/figure.h"
#include "anatomy/ontology.h"
#include "base/result.h"
#include "forge/figure_map.h"
#include "forge/part.h"

namespace forge {

// What all figures are made from: the authored body in parts.
struct Moulds {
  std::filesystem::path assets_dir;
  anatomy::Ontology ontology;
  std::vector<Part> parts;  // muscles first, then bones
  std::size_t muscle_count = 0;
  std::vector<Part> strands;  // nerves and vessels
  Part skin;
  geom::Mesh padding;  // what stands for belly, throat and thighs under the skin
};

// Reads assets_dir/anatomy and assets_dir/schema. Fails in words (file, structure, field) when a
// description is wrong; never leaves a structure out silently.
base::Result<Moulds> make_moulds(const std::filesystem::path& assets_dir);

// From the authored body to a figure.
FigureMap make_map(const Moulds& moulds, const FigureSpec& spec);

// One figure of the built-in body, as tall as its sex is made.
base::Result<anatomy::Body> build_figure(const Moulds& moulds, anatomy::Sex sex,
                                         anatomy::Build build);

// The authored figure.
base::Result<anatomy::Body> build_body(const std::filesystem::path& assets_dir);

// Puts finished parts into the shared arrays of a Body, in Bvh order, with smooth normals. A part
// whose entry the ontology does not know is a failure.
base::Result<anatomy::Body> assemble_body(const anatomy::Ontology& ontology,
                                          std::span<const Part> parts);

}  // namespace forge
