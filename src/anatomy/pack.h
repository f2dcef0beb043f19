// The body pack: one compact, versioned binary file from which a Body opens at once. Written by
// `backmate import` and by the build (built-in body). Positions are quantised to 16 bits within
// each structure's box (under 10 micrometres for half a metre); normals are recomputed on load.
#pragma once

#include <filesystem>
#include <memory>

#include "anatomy/body.h"
#include "base/result.h"

namespace anatomy {

// What changed in the format; packs of every version from 1 on open.
// 1: imported muscles had straight cuts instead of segments along fibres; that stays, and the
// body's
//    note says so (fibres need the tables of the import, which a pack must open without).
// 2: muscles of every body have fibres and segments along them.
// 3: a touched surface that is the skin itself is stored once, as that structure's number.
inline constexpr std::uint32_t kPackVersion = 3;

// Atomic: an existing file survives a failed write.
base::Status save_pack(const Body& body, const std::filesystem::path& path);

// Whether the file begins like a pack of any version, damaged or not.
bool is_pack(const std::filesystem::path& path);

// Refuses, in words: not a pack, a version newer than this program, truncated, damaged, non-finite.
// Levels of detail finer than `finest_lod` stay empty: a picture needs one level only. Such a body
// can be drawn, but not queried (no BodyIndex).
base::Result<std::shared_ptr<const Body>> load_pack(const std::filesystem::path& path,
                                                    int finest_lod = 0);

}  // namespace anatomy
