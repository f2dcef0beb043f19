// A muscle as it is written in assets/anatomy/muscles/<id>.json ("backmate-muscle", version 1): the
// right side's net, its ends, what lies over it. Metres, body frame; figures rounded to 0.5 mm.
//
// Most muscles are one sheet (field `net`). Rows of small muscles from bone to bone and muscles of
// separate slips are several narrow ones (field `slips`), each a net of its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/side_by_side.h"
#include "base/result.h"
#include "forge/fit_net.h"
#include "geom/net.h"

namespace forge {

struct MuscleEnd {
  std::vector<std::string> bones;  // ontology entries it is fixed to
  // Share of the fibre's length that is tendon; one figure for all fibres or one for each column.
  std::vector<float> tendon;
  // Why the end does not lie on its bones, in words; empty: it does.
  std::string gap;
};

// A band of tendon across the belly (rectus abdominis).
struct Intersection {
  std::vector<float> at;  // share of the fibre's length from the origin; one, or one a column
  float width = 0.01f;    // share of the fibre's length
};

// How `backmate measure` finds the ends again on a reference mesh.
struct RulerHints {
  EndHint origin;
  EndHint insertion;
  float stiffness = 1.0f;
};

struct MuscleSpec {
  std::string id;      // ontology entry, without side
  std::string source;  // where the figures come from, in words
  MuscleEnd origin;
  MuscleEnd insertion;
  std::vector<Intersection> intersections;
  std::vector<std::string> under;           // muscles that lie directly over this one
  std::vector<anatomy::SideBySide> beside;  // where they do not
  std::optional<RulerHints> ruler;          // nothing: placed by hand
  std::vector<geom::Net> nets;              // one, or one a slip

  bool has_slips() const { return nets.size() > 1; }
};

// Fails with file, structure and field: wrong format or version, missing field, unequal rows,
// negative thickness, crossed net, net and slips at once or neither.
base::Result<MuscleSpec> load_muscle(const std::filesystem::path& file,
                                     const std::filesystem::path& schema_dir);
// All muscles of a folder in the order of their file names; a duplicate id is a failure.
base::Result<std::vector<MuscleSpec>> load_muscles(const std::filesystem::path& folder,
                                                   const std::filesystem::path& schema_dir);

// The text of the file: one point a line of numbers, readable and correctable by hand.
std::string to_text(const MuscleSpec& spec);

}  // namespace forge
