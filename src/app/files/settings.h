// What the window remembers for a person from one start to the next (format "backmate-settings"),
// and where it keeps it: XDG folders, so that nothing lands beside the program. Without a folder
// (play, tests) nothing is read or written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "ui/display.h"

namespace app {

struct UserDirs {
  std::filesystem::path config;  // settings; empty: nothing is kept
  std::filesystem::path data;    // packs of imported atlases, the last session

  bool empty() const { return config.empty() || data.empty(); }
  std::filesystem::path settings() const { return config / "settings.json"; }
  std::filesystem::path bodies() const { return data / "bodies"; }
  std::filesystem::path last_session() const { return data / "last.session.json"; }
};

// $XDG_CONFIG_HOME/backmate and $XDG_DATA_HOME/backmate, by default below ~/.config and
// ~/.local/share; empty without a home.
UserDirs find_user_dirs();

struct Settings {
  static constexpr std::size_t kMostRecent = 12;

  bool notice_read = false;
  ui::DisplaySettings display;
  std::vector<std::string> hints_done;  // of ui::kHints: what the person has done once
  std::string folder;
  std::vector<std::string> recent;  // absolute paths, the latest first

  // To the front of the list; older ones beyond kMostRecent go.
  void remember(const std::filesystem::path& file);
};

// No file yet: as at the first start. A damaged one is refused with its sentence.
base::Result<Settings> load_settings(const UserDirs& dirs, const std::filesystem::path& schema_dir);
// Makes the folder. Nothing where the dirs are empty.
base::Status save_settings(const Settings& settings, const UserDirs& dirs);

}  // namespace app
