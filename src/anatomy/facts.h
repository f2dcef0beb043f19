// What a textbook says of each structure: assets/anatomy/facts/<language>.json (format
// "backmate-facts"), sentences for people. One entry serves both sides.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "anatomy/body.h"
#include "base/result.h"

namespace anatomy {

struct StructureFacts {
  std::string origin;
  std::string insertion;
  std::string innervation;
  std::string action;
  std::string blood_supply;
  // Of nerves and vessels, which have nothing of the above; else empty.
  std::string course;
  std::string supplies;
  std::string massage;  // why it matters to whoever presses there
};

class Facts {
 public:
  // Refuses an id that stands twice.
  static base::Result<Facts> load(const std::filesystem::path& anatomy_dir,
                                  const std::string& language);

  // Null where nothing is written.
  const StructureFacts* find(const Structure& structure) const;
  using Entries = std::map<std::string, StructureFacts, std::less<>>;  // by id without side
  const Entries& entries() const { return entries_; }

 private:
  Entries entries_;
};

}  // namespace anatomy
