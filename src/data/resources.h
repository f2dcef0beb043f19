// Where the program's own files lie: shaders, assets, fonts, the built-in body.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace data {

struct ResourceDirs {
  std::filesystem::path root;
  std::filesystem::path assets() const { return root / "assets"; }
  std::filesystem::path schemas() const { return root / "assets" / "schema"; }
  std::filesystem::path shaders() const { return root / "shaders"; }
  std::filesystem::path fonts() const { return root / "fonts"; }
  std::filesystem::path bodies() const { return root / "bodies"; }
  std::filesystem::path builtin_body() const { return bodies() / "builtin.pack"; }
};

// $BACKMATE_RESOURCES, else beside the executable: <exe dir>/share/backmate or
// <exe dir>/../share/backmate.
base::Result<ResourceDirs> find_resources();

}  // namespace data
