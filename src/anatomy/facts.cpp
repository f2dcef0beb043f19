#include "anatomy/facts.h"

#include "data/json_file.h"

namespace anatomy {

base::Result<Facts> Facts::load(const std::filesystem::path& anatomy_dir,
                                const std::string& language) {
  const std::filesystem::path file = anatomy_dir / "facts" / (language + ".json");
  auto document =
      data::read_checked_json(file, "backmate-facts", anatomy_dir.parent_path() / "schema");
  if (!document) return tl::unexpected(document.error());
  Facts made;
  for (const char* list : {"facts", "strands"}) {
    if (!document->contains(list)) continue;
    for (const auto& item : (*document)[list]) {
      const auto text = [&](const char* field) { return item.value(field, std::string()); };
      StructureFacts facts{text("origin"),   text("insertion"),    text("innervation"),
                           text("action"),   text("blood_supply"), text("course"),
                           text("supplies"), text("massage")};
      const std::string id = item["id"];
      if (!made.entries_.emplace(id, std::move(facts)).second) {
        return base::fail("'" + file.string() + "': '" + list + "' has '" + id +
                          "' twice. Remove one.");
      }
    }
  }
  return made;
}

const StructureFacts* Facts::find(const Structure& structure) const {
  std::string_view id = structure.id;
  for (const std::string_view side : {"_left", "_right"}) {
    if (id.ends_with(side)) id.remove_suffix(side.size());
  }
  const auto it = entries_.find(id);
  return it == entries_.end() ? nullptr : &it->second;
}

}  // namespace anatomy
