// The body pack: one compact, versioned binary file from which a Body opens at once. Written by
// `backmate import` and by the build (built-in body). Positions are quantised to 16 bits within
// each structure's box (under 10 micrometres for half a metre); normals are recomputed on load.
#pragma once

#include <filesystem>
#include <memory>

#include "anatomy/body.h"
#include "base/result.h"

namespace anatomy {

// 2: muscles of every body have fibres and segments along them. (1: imported ones had straight
// cuts.)
inline constexpr std::uint32_t kPackVersion = 2;

// Atomic: an existing file survives a failed write.
base::Status save_pack(const Body& body, const std::filesystem::path& path);

// Whether the file begins like a pack of any version, damaged or not.
bool is_pack(const std::filesystem::path& path);

// Refuses, in words: not a pack, unknown version, truncated, damaged, non-finite. Levels of detail
// finer than `finest_lod` stay empty: a picture needs one level only. Such a body can be
// drawn, but not queried (no BodyIndex).
base::Result<std::shared_ptr<const Body>> load_pack(const std::filesystem::path& path,
                                                    int finest_lod = 0);

}  // namespace anatomy
