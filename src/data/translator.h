// Every visible word goes through a Translator: tr("panel.targets.title"). Languages are
// assets/i18n/<language>.json (format "backmate-i18n"); English is the fallback for a missing key,
// the key itself the last resort (a test finds keys without English).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace data {

class Translator {
 public:
  static base::Result<Translator> load(const std::filesystem::path& i18n_dir,
                                       std::string_view language);

  // The returned pointer is null-terminated and lives as long as the Translator.
  const char* operator()(std::string_view key) const;
  bool has(std::string_view key) const;
  const std::string& language() const { return language_; }

 private:
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>{}(key);
    }
  };
  using Words = std::unordered_map<std::string, std::string, KeyHash, std::equal_to<>>;
  std::string language_;
  Words words_;
  mutable Words missing_;  // keys asked for without words, so that a pointer to them stays valid
};

// Puts values for {0} and {1} into words.
std::string fill_in(std::string words, const std::string& first, const std::string& second = "");

}  // namespace data
