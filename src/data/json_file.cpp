#include "data/json_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include "data/json_schema.h"

namespace data {
namespace {

constexpr std::uintmax_t kMaxJsonBytes = 64u << 20;

}  // namespace

base::Result<std::string> read_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return base::fail("'" + file.string() + "' does not exist. Check the path.");
  }
  if (std::filesystem::is_directory(file, error)) {
    return base::fail("'" + file.string() + "' is a folder, but a file is needed here.");
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    return base::fail("'" + file.string() + "' could not be read: " + std::strerror(errno) + ".");
  }
  return bytes.str();
}

base::Status write_file_atomic(const std::filesystem::path& file, std::string_view bytes) {
  std::filesystem::path temporary = file;
  temporary += ".part" + std::to_string(::getpid());
  const auto give_up = [&](const std::string& why) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return base::fail("'" + file.string() + "' could not be written: " + why +
                      ". Choose a folder you may write to.");
  };
  errno = 0;
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  if (!out) return give_up(std::strerror(errno));
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return give_up(std::strerror(errno));
  std::error_code error;
  std::filesystem::rename(temporary, file, error);
  if (error) return give_up(error.message());
  return {};
}

base::Result<Json> read_json(const std::filesystem::path& file) {
  std::error_code error;
  if (const auto size = std::filesystem::file_size(file, error); !error && size > kMaxJsonBytes) {
    return base::fail("'" + file.string() +
                      "' is larger than 64 MiB, too large for one of our files.");
  }
  auto text = read_file(file);
  if (!text) return tl::unexpected(text.error());
  try {
    return Json::parse(*text);
  } catch (const Json::exception& e) {
    return base::fail("'" + file.string() + "' is not valid JSON: " + e.what() + ".");
  }
}

base::Status check_json(const Json& document, std::string_view where,
                        const std::filesystem::path& schema_dir) {
  const std::string name(where);
  if (!document.is_object() || !document.contains("format") || !document["format"].is_string()) {
    return base::fail("'" + name +
                      "': field 'format' is missing. Our files begin with {\"format\": "
                      "\"backmate-...\", \"version\": 1, ...}.");
  }
  const std::string format = document["format"];
  const bool plain =
      format.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  const std::filesystem::path schema_file = schema_dir / (format + ".schema.json");
  if (!plain || !std::filesystem::exists(schema_file)) {
    return base::fail("'" + name + "': field 'format' is '" + format +
                      "', which is not one of ours.");
  }
  auto schema_json = read_json(schema_file);
  if (!schema_json) return tl::unexpected(schema_json.error());
  // A wrong version deserves its own advice.
  const Json known = schema_json->value(Json::json_pointer("/properties/version/const"), Json());
  if (const Json version = document.value("version", Json()); version != known) {
    return base::fail("'" + name + "': field 'version' is " + version.dump() +
                      ", but this program knows version " + known.dump() +
                      " of this format. Use a newer program or save the file again.");
  }
  try {
    if (const auto status = check_against_schema(document, *schema_json); !status) {
      return base::fail("'" + name + "': " + status.error().message + ".");
    }
  } catch (const Json::exception& e) {
    return base::fail("'" + schema_file.string() +
                      "' is not a schema that can be used: " + e.what() + ".");
  }
  return {};
}

base::Result<Json> read_checked_json(const std::filesystem::path& file, std::string_view format,
                                     const std::filesystem::path& schema_dir) {
  auto document = read_json(file);
  if (!document) return document;
  if (document->is_object() && document->contains("format") && (*document)["format"].is_string() &&
      (*document)["format"] != format) {
    return base::fail("'" + file.string() + "': field 'format' is '" +
                      (*document)["format"].get<std::string>() + "', but '" + std::string(format) +
                      "' is needed here.");
  }
  if (auto status = check_json(*document, file.string(), schema_dir); !status) {
    return tl::unexpected(status.error());
  }
  return document;
}

}  // namespace data
