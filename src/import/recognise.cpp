#include "import/recognise.h"

#include <cctype>
#include <set>

namespace atlas {
namespace {

// "FJ383_BP63742_FMA33586_Descending..." -> "FMA33586"; also "fma:33586" and "FMA_33586".
std::string find_fma(std::string_view name) {
  const auto lower = [&](std::size_t i) {
    return std::tolower(static_cast<unsigned char>(name[i]));
  };
  for (std::size_t i = 0; i + 3 < name.size(); ++i) {
    if (lower(i) != 'f' || lower(i + 1) != 'm' || lower(i + 2) != 'a') continue;
    std::size_t at = i + 3;
    if (name[at] == ':' || name[at] == '_' || name[at] == ' ' || name[at] == '-') ++at;
    std::string digits;
    while (at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0) {
      digits += name[at++];
    }
    if (!digits.empty()) return "FMA" + digits;
  }
  return {};
}

}  // namespace

anatomy::OntologyMatch match_structure(const anatomy::Ontology& ontology,
                                       std::span<const std::string> names) {
  for (const std::string& name : names) {
    if (const auto match = ontology.match_fma(find_fma(name)); match.entry != nullptr) return match;
  }
  for (const std::string& name : names) {
    if (const auto match = ontology.match_name(name); match.entry != nullptr) return match;
  }
  return {};
}

anatomy::Side side_of_box(const geom::Aabb& box_m) {
  const float width = box_m.max.x - box_m.min.x;
  // A mesh of one side may touch or slightly cross the midline (trapezius does).
  if (box_m.min.x > -0.15f * width) return anatomy::Side::kLeft;
  if (box_m.max.x < 0.15f * width) return anatomy::Side::kRight;
  return anatomy::Side::kMedian;
}

std::string make_unknown_id(std::string_view name) {
  std::string id;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalnum(u) != 0 && u < 0x80) {
      id += static_cast<char>(std::tolower(u));
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  return id.empty() ? "structure" : id;
}

void make_ids_unique(std::vector<anatomy::Structure>& structures) {
  std::set<std::string> taken;
  for (anatomy::Structure& structure : structures) {
    const std::string wanted = structure.id;
    for (int n = 2; !taken.insert(structure.id).second; ++n) {
      structure.id = wanted + "_" + std::to_string(n);
    }
  }
}

}  // namespace atlas
