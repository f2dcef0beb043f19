#include "data/resources.h"

#include <array>
#include <cstdlib>
#include <system_error>

namespace data {

base::Result<ResourceDirs> find_resources() {
  std::error_code error;
  if (const char* named = std::getenv("BACKMATE_RESOURCES"); named != nullptr && *named != '\0') {
    if (std::filesystem::is_directory(std::filesystem::path(named) / "assets", error)) {
      return ResourceDirs{named};
    }
    return base::fail("BACKMATE_RESOURCES names '" + std::string(named) +
                      "', which has no folder 'assets'. Unset it or name the right folder.");
  }
  const std::filesystem::path exe_dir =
      std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const std::array<std::filesystem::path, 2> places = {exe_dir / "share" / "backmate",
                                                       exe_dir / ".." / "share" / "backmate"};
  for (const auto& place : places) {
    if (std::filesystem::is_directory(place / "assets", error)) {
      return ResourceDirs{std::filesystem::weakly_canonical(place, error)};
    }
  }
  return base::fail("The program's own files (shaders, assets) were not found beside '" +
                    exe_dir.string() + "'. Build or install again, or set BACKMATE_RESOURCES.");
}

}  // namespace data
