#include "data/translator.h"

#include <utility>

#include "data/json_file.h"

namespace data {
namespace {

base::Result<Json> read_words(const std::filesystem::path& i18n_dir, std::string_view language) {
  return read_checked_json(i18n_dir / (std::string(language) + ".json"), "backmate-i18n",
                           i18n_dir.parent_path() / "schema");
}

}  // namespace

base::Result<Translator> Translator::load(const std::filesystem::path& i18n_dir,
                                          std::string_view language) {
  Translator made;
  made.language_ = language;
  for (const std::string& name : {std::string("en"), std::string(language)}) {
    auto file = read_words(i18n_dir, name);
    if (!file) return tl::unexpected(file.error());
    for (const auto& [key, text] : (*file)["words"].items()) {
      made.words_[key] = text.get<std::string>();
    }
    if (language == "en") break;
  }
  return made;
}

bool Translator::has(std::string_view key) const { return words_.find(key) != words_.end(); }

const char* Translator::operator()(std::string_view key) const {
  if (const auto it = words_.find(key); it != words_.end()) return it->second.c_str();
  return missing_.try_emplace(std::string(key), key).first->second.c_str();
}

std::string fill_in(std::string words, const std::string& first, const std::string& second) {
  for (const auto& [place, value] : {std::pair("{0}", &first), std::pair("{1}", &second)}) {
    if (const auto at = words.find(place); at != std::string::npos) words.replace(at, 3, *value);
  }
  return words;
}

}  // namespace data
