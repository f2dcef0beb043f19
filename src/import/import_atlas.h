// Mesh files of an anatomical atlas -> Body: read, brought into our frame, recognised, checked,
// reduced, wrapped. One bad file does not spoil the others; nothing usable is a failure. A window
// uses it through import/import_job.h.
//
// Progress runs from 0 to 1 and never back. Cancel works at any moment and takes hold within
// kCancelWithinS; then no child process is left and nothing has been written.
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
#include "import/estimated_skin.h"
#include "import/frame.h"

namespace atlas {

inline constexpr double kCancelWithinS = 1.0;

struct ImportOptions {
  FrameChoice frame = FrameChoice::kAuto;
  std::optional<float> scale_m = {};  // metres per unit of the files; nothing: found out
  bool wrap_skin = true;              // where the atlas has no skin, one is estimated
  std::optional<Axis> up = {};        // where the head is in the files; nothing: found out
  std::optional<Axis> front = {};     // where the chest is
  bool repair = false;  // structures out of scale, where their place tells how (repair.h)
};

struct Import {
  std::shared_ptr<const anatomy::Body> body;
  std::string frame_reason;
  std::vector<std::string> warnings;  // files and meshes without use, each one sentence
  std::vector<std::string> notes;     // what was put right on the way, each one sentence
  std::size_t files = 0;
};

// `recipe`: how a skin is made, and the built-in body, by whose sizes units and repairs are judged;
// may be null. Without it, or without a wish for skin, the touched surface is a plain envelope of
// the structures, and the body has no skin. Fails with a sentence when no file can be read, nothing
// usable remains, or it is cancelled (only then is progress.cancelled() true: nobody needs to be
// told what he has asked for).
base::Result<Import> import_atlas(const std::filesystem::path& path,
                                  const anatomy::Ontology& ontology, const SkinRecipe* recipe,
                                  const ImportOptions& options, base::Progress& progress);

}  // namespace atlas
