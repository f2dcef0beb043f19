// A nerve or vessel as it is written in assets/anatomy/nerves and vessels ("backmate-strand",
// version 1): tubes along a few points, each bound to the structure it passes, so that it goes
// along when a bone is corrected. A paired one is described on the left.
//
// In the files: millimetres, body frame (x to the left, y up, z to the front). Here: metres.
// Diameters: each file names author and year, or says that they are from memory.
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace forge {

struct StrandPoint {
  std::string from;  // entry of the structure whose box's middle the offset is measured from
  glm::vec3 offset_m{0.0f};
  float diameter_m = 0.0f;
};

struct Strand {
  std::string name;
  std::vector<std::string> clear_of;  // muscles that it passes beside, never through
  std::vector<StrandPoint> points;    // two at least
};

struct StrandSpec {
  std::string entry_id;
  std::vector<Strand> strands;
};

// Fails with file and field: wrong format or version, missing field, diameter out of range.
base::Result<StrandSpec> load_strand(const std::filesystem::path& file,
                                     const std::filesystem::path& schema_dir);
// All files of both folders in the order of their names. A structure described twice is a failure.
base::Result<std::vector<StrandSpec>> load_strands(const std::filesystem::path& assets_dir);

}  // namespace forge
