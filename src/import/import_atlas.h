// Mesh files of an anatomical atlas -> Body: read, brought into our frame, recognised, checked,
// reduced, wrapped. One bad file does not spoil the others; nothing usable is a failure.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "anatomy/ontology.h"
#include "base/progress.h"
#include "base/result.h"
#include "import/frame.h"

namespace atlas {

struct ImportOptions {
  FrameChoice frame = FrameChoice::kAuto;
  std::optional<float> scale_m;  // metres per unit of the files; nothing: found out
};

struct Import {
  std::shared_ptr<const anatomy::Body> body;
  std::string frame_reason;
  std::vector<std::string> warnings;  // files that could not be read, each one sentence
  std::size_t files = 0;
};

// Fails when no file can be read, nothing usable remains, or it is cancelled.
base::Result<Import> import_atlas(const std::filesystem::path& path,
                                  const anatomy::Ontology& ontology, const ImportOptions& options,
                                  base::Progress& progress);

}  // namespace atlas
