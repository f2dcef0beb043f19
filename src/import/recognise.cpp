#include "import/recognise.h"

#include <cctype>
#include <set>

#include "anatomy/name_key.h"

namespace atlas {
namespace {

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// The digits behind a scheme's name: "FJ383_BP63742_FMA33586_Descending..." has "33586" behind
// "fma", as have "fma:33586" and "FMA 33586". Empty where the name stands in the middle of a word.
std::string find_digits(std::string_view name, std::string_view scheme) {
  const auto matches = [&](std::size_t at) {
    for (std::size_t k = 0; k < scheme.size(); ++k) {
      if (std::tolower(static_cast<unsigned char>(name[at + k])) != scheme[k]) return false;
    }
    return at == 0 || !is_letter_or_digit(name[at - 1]);
  };
  for (std::size_t i = 0; i + scheme.size() < name.size(); ++i) {
    if (!matches(i)) continue;
    std::size_t at = i + scheme.size();
    if (name[at] == ':' || name[at] == '_' || name[at] == ' ' || name[at] == '-') ++at;
    std::string digits;
    while (at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0) {
      digits += name[at++];
    }
    if (!digits.empty()) return digits;
  }
  return {};
}

}  // namespace

anatomy::OntologyMatch match_structure(const anatomy::Ontology& ontology,
                                       std::span<const std::string> names) {
  for (const std::string& name : names) {
    const std::string fma = find_digits(name, "fma");
    if (fma.empty()) continue;
    if (const auto match = ontology.match_fma("FMA" + fma); match.entry != nullptr) return match;
  }
  for (const std::string& name : names) {
    auto match = ontology.match_ta2(find_digits(name, "ta2"));
    if (match.entry == nullptr) continue;
    if (match.entry->paired) match.side = anatomy::make_name_key(name).side;
    return match;
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
