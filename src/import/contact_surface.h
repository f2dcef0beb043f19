// The surface that the tool touches, of an imported body: the skin where there is one, else an
// estimated envelope of whatever is outermost.
#pragma once

#include "anatomy/body.h"

namespace atlas {

// Fills contact_surface and contact_surface_estimated from the usable structures' middle level of
// detail. Structures that stand apart (an atlas of single muscles) get pieces of their own. The
// surface is empty where no structure has one.
void build_contact_surface(anatomy::Body& body);

}  // namespace atlas
