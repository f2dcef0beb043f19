// Versioned JSON: every file has "format" and "version" and is checked against its JSON Schema
// (assets/schema/<format>.schema.json) before anybody reads a field. Errors name the file, the
// field as a path ("balls[0].radius_m") and what is expected there.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace data {

using Json = nlohmann::json;

// Reads and parses; does not check a schema. Files over 64 MiB are refused.
base::Result<Json> read_json(const std::filesystem::path& file);

// Reads a file of this format (schema `schema_dir/<format>.schema.json`).
base::Result<Json> read_checked_json(const std::filesystem::path& file, std::string_view format,
                                     const std::filesystem::path& schema_dir);

// Checks a parsed document whose "format" names its schema; `where` stands for the file in
// messages.
base::Status check_json(const Json& document, std::string_view where,
                        const std::filesystem::path& schema_dir);

// Writes text or bytes so that an existing file is either fully replaced or untouched.
base::Status write_file_atomic(const std::filesystem::path& file, std::string_view bytes);
base::Result<std::string> read_file(const std::filesystem::path& file);

}  // namespace data
