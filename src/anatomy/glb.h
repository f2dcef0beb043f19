// The body as a binary glTF 2.0 file that any viewer opens: the finest level of detail, one node a
// structure, in metres and our frame (which is glTF's own: +Y up, +Z to the front). Nothing but the
// core format is used, no extension.
//
// A node is named "FMA33586 trapezius descending right"; a structure without an FMA id begins with
// "-". Viewers cut long names, so id, fma, side, kind, layer and groups are repeated in its extras.
// `backmate import` recognises every structure again. One material a kind; the skin is
// translucent, or a viewer would show nothing else.
//
// It lies here beside the pack because it needs no more than a Body; report/ writes what a person
// did.
#pragma once

#include <filesystem>
#include <string>

#include "anatomy/body.h"
#include "base/result.h"

namespace anatomy {

// "FMA33586 trapezius descending right", "- thoracolumbar fascia right".
std::string make_node_name(const Structure& structure);

// The bytes of the file. Structures that are not usable or have no triangles are left out; fails
// when nothing remains or the body is too large for the format (4 GiB).
base::Result<std::string> to_glb(const Body& body);

// Atomic: an existing file survives a failed write.
base::Status save_glb(const Body& body, const std::filesystem::path& path);

}  // namespace anatomy
