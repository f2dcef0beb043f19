// Reads mesh files in child processes with limits (import/guarded_jobs.h): a file on which the
// reader crashes, hangs or runs out of memory costs a sentence, not the program.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "import/mesh_reader.h"

namespace atlas {

// One result per file, in order. Fails only as a whole: cancelled, or no process can be started.
// `on_file` is called with the number of files that are done.
base::Result<std::vector<base::Result<RawFile>>> read_mesh_files(
    std::span<const std::filesystem::path> files, const base::Progress& progress,
    const std::function<void(std::size_t)>& on_file);

// The result of one file as bytes, and back. Bytes from a child are not believed: nothing comes
// back unless lengths fit, indices stay within their mesh and positions are finite.
std::string encode_raw_file(const base::Result<RawFile>& file);
std::optional<base::Result<RawFile>> decode_raw_file(std::string_view bytes);

}  // namespace atlas
