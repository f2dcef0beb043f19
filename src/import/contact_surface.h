// The surface that the tool touches, of an imported body: the skin where there is one, else an
// estimated envelope of whatever is outermost.
#pragma once

#include "anatomy/body.h"
#include "base/progress.h"

namespace atlas {

struct ContactSurface {
  geom::Mesh mesh;
  bool estimated = false;
};

// From the usable structures' middle level of detail, body.lods[1]; nothing else of the meshes is
// read. Structures that stand apart (an atlas of single muscles) get pieces of their own. The
// surface is empty where no structure has one, and when it is cancelled.
ContactSurface make_contact_surface(const anatomy::Body& body, const base::Progress& progress);

}  // namespace atlas
