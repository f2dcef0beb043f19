// `backmate info PACK [--json]`: what a body holds, what was not recognised, what looks wrong.
#include <cstdio>
#include <memory>
#include <vector>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "data/json_file.h"

namespace app {
namespace {

using anatomy::Body;
using anatomy::Structure;

// Ids that our tables do not know, as "fma" and "ta2". Never invented, so somebody has to see them.
std::vector<const char*> find_unknown_ids(const Structure& s) {
  std::vector<const char*> unknown;
  if (s.fma.empty()) unknown.push_back("fma");
  if (s.ta2.empty()) unknown.push_back("ta2");
  return unknown;
}

data::Json to_json_or_null(const std::string& id) {
  return id.empty() ? data::Json() : data::Json(id);
}

std::size_t triangles_of(const Structure& s) { return s.lods[0].index_count / 3; }

data::Json to_json(const Body& body) {
  data::Json json = {{"structures", data::Json::array()},
                     {"unrecognised", body.unrecognised},
                     {"suspicious", data::Json::array()},
                     {"unknown_ids", data::Json::array()}};
  if (!body.note.empty()) json["note"] = body.note;
  for (const Structure& s : body.structures) {
    data::Json groups = data::Json::array();
    for (const anatomy::GroupIndex group : s.groups) groups.push_back(body.groups[group].id);
    json["structures"].push_back({{"id", s.id},
                                  {"name", s.name},
                                  {"kind", to_string(s.kind)},
                                  {"side", to_string(s.side)},
                                  {"fma", to_json_or_null(s.fma)},
                                  {"ta2", to_json_or_null(s.ta2)},
                                  {"layer", to_string(s.layer)},
                                  {"groups", std::move(groups)},
                                  {"triangles", triangles_of(s)}});
    if (s.estimated) json["structures"].back()["estimated"] = true;
  }
  for (const Structure& s : body.structures) {
    const auto unknown = find_unknown_ids(s);
    if (!unknown.empty() && !s.estimated)
      json["unknown_ids"].push_back({{"id", s.id}, {"missing", unknown}});
  }
  for (const anatomy::Finding& finding : body.suspicious) {
    json["suspicious"].push_back({{"id", finding.structure_id}, {"what", finding.what}});
  }
  return json;
}

void print_unknown_ids(const Body& body) {
  std::size_t fma = 0;
  std::size_t ta2 = 0;
  for (const Structure& s : body.structures) {
    fma += s.fma.empty() && !s.estimated ? 1 : 0;
    ta2 += s.ta2.empty() && !s.estimated ? 1 : 0;
  }
  std::printf("Ids that are not known: %zu FMA, %zu TA2\n", fma, ta2);
  for (const Structure& s : body.structures) {
    const auto unknown = find_unknown_ids(s);
    if (unknown.empty() || s.estimated) continue;
    std::printf("  %-46s", s.name.c_str());
    for (const char* word : unknown) std::printf(" %s", word[0] == 'f' ? "FMA" : "TA2");
    std::printf("\n");
  }
}

void print_words(const Body& body) {
  std::printf("%s\n%s\n", body.id.c_str(), body.source.c_str());
  if (!body.note.empty()) std::printf("%s\n", body.note.c_str());
  std::printf("\n");
  std::size_t triangles = 0;
  for (const Structure& s : body.structures) {
    std::printf("%-46s %-9s %-12s %9zu  %s%s\n", s.name.c_str(),
                std::string(to_string(s.kind)).c_str(), std::string(to_string(s.layer)).c_str(),
                triangles_of(s), s.fma.c_str(), s.usable ? "" : "  (left out)");
    triangles += triangles_of(s);
  }
  std::printf(
      "\n%zu structures, %zu triangles, %zu muscle segments, touched surface %zu triangles"
      "%s\n",
      body.structures.size(), triangles, body.segments.size(),
      body.contact_surface.triangle_count(),
      body.contact_surface_estimated ? " (estimated: no skin)" : "");
  std::printf("Not recognised: %zu\n", body.unrecognised.size());
  for (const std::string& id : body.unrecognised) std::printf("  %s\n", id.c_str());
  print_unknown_ids(body);
  std::printf("Looks wrong: %zu\n", body.suspicious.size());
  for (const anatomy::Finding& finding : body.suspicious) {
    std::printf("  %s\n", finding.what.c_str());
  }
}

}  // namespace

void add_info_command(CLI::App& cli, Exit& exit) {
  auto path = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* command = cli.add_subcommand("info", "Say what a body holds and what looks wrong");
  command->add_option("PACK", *path, "A body pack, or 'builtin'")->required();
  command->add_flag("--json", *json, "Print JSON");
  command->callback([path, json, &exit] {
    const auto body = load_body(*path);
    if (!body) return report_failure(body.error(), exit);
    if (*json) {
      const std::string text =
          to_json(**body).dump(2, ' ', false, data::Json::error_handler_t::replace);
      std::printf("%s\n", text.c_str());
    } else {
      print_words(**body);
    }
  });
}

}  // namespace app
