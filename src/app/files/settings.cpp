#include "app/files/settings.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "data/folder_listing.h"
#include "data/json_file.h"

namespace app {
namespace {

namespace fs = std::filesystem;

// XDG: only an absolute path counts.
fs::path find_base(const char* variable, const char* below_home) {
  const char* named = std::getenv(variable);
  if (named != nullptr && *named == '/') return named;
  const fs::path home = data::find_home();
  return home == "/" ? fs::path() : home / below_home;
}

}  // namespace

UserDirs find_user_dirs() {
  const fs::path config = find_base("XDG_CONFIG_HOME", ".config");
  const fs::path data = find_base("XDG_DATA_HOME", ".local/share");
  if (config.empty() || data.empty()) return {};
  return {config / "backmate", data / "backmate"};
}

void Settings::remember(const fs::path& file) {
  std::error_code error;
  const fs::path whole = fs::absolute(file, error).lexically_normal();
  const std::string path = error ? file.string() : whole.string();
  std::erase(recent, path);
  recent.insert(recent.begin(), path);
  if (recent.size() > kMostRecent) recent.resize(kMostRecent);
}

base::Result<Settings> load_settings(const UserDirs& dirs, const fs::path& schema_dir) {
  std::error_code error;
  if (dirs.empty() || !fs::exists(dirs.settings(), error)) return Settings{};
  const auto json = data::read_checked_json(dirs.settings(), "backmate-settings", schema_dir);
  if (!json) return tl::unexpected(json.error());
  Settings settings;
  settings.notice_read = json->value("notice_read", false);
  settings.folder = json->value("folder", "");
  settings.hints_done = json->value("hints_done", std::vector<std::string>());
  ui::DisplaySettings& display = settings.display;
  display.look = ui::look_from_string(json->value("look", "")).value_or(display.look);
  display.size_percent = json->value("size_percent", display.size_percent);
  display.quality = ui::quality_from_string(json->value("quality", ""));
  display.labels = json->value("labels", display.labels);
  display.reduced_motion = json->value("reduced_motion", display.reduced_motion);
  const data::Json folded = json->value("folded", data::Json::object());
  display.folded = {folded.value("rail", false), folded.value("dock", false),
                    folded.value("targets", false)};
  settings.recent = json->value("recent", std::vector<std::string>());
  return settings;
}

base::Status save_settings(const Settings& settings, const UserDirs& dirs) {
  if (dirs.empty()) return {};
  std::error_code error;
  fs::create_directories(dirs.config, error);
  if (error)
    return base::fail("The settings cannot be kept in '" + dirs.config.string() +
                      "': " + error.message() + ".");
  const data::Json json = {
      {"format", "backmate-settings"},
      {"version", 1},
      {"notice_read", settings.notice_read},
      {"folder", settings.folder},
      {"look", std::string(ui::to_string(settings.display.look))},
      {"size_percent", settings.display.size_percent},
      {"quality", std::string(settings.display.quality ? ui::to_string(*settings.display.quality)
                                                       : "automatic")},
      {"hints_done", settings.hints_done},
      {"labels", settings.display.labels},
      {"reduced_motion", settings.display.reduced_motion},
      {"folded",
       {{"rail", settings.display.folded.rail},
        {"dock", settings.display.folded.dock},
        {"targets", settings.display.folded.targets}}},
      {"recent", settings.recent}};
  return data::write_file_atomic(
      dirs.settings(), json.dump(1, ' ', false, data::Json::error_handler_t::replace) + "\n");
}

}  // namespace app
