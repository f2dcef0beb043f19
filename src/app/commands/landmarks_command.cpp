// `backmate landmarks`: the named skin points of a body, for scripts and tests.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/commands/commands.h"
#include "app/load_body.h"

namespace app {
namespace {

base::Status print_landmarks(const std::string& body_name, bool as_json) {
  const auto body = load_body(body_name);
  if (!body) return tl::unexpected(body.error());
  if (!as_json) {
    for (const anatomy::Landmark& landmark : (*body)->landmarks) {
      std::printf("%-30s %8.1f %8.1f %8.1f mm\n", landmark.id.c_str(),
                  1e3 * static_cast<double>(landmark.position_m.x),
                  1e3 * static_cast<double>(landmark.position_m.y),
                  1e3 * static_cast<double>(landmark.position_m.z));
    }
    return {};
  }
  nlohmann::json list = nlohmann::json::array();
  for (const anatomy::Landmark& landmark : (*body)->landmarks) {
    const glm::vec3 p = landmark.position_m;
    list.push_back({{"id", landmark.id}, {"position_m", {p.x, p.y, p.z}}});
  }
  std::printf("%s\n", nlohmann::json{{"landmarks", list}}.dump(1).c_str());
  return {};
}

}  // namespace

void add_landmarks_command(CLI::App& cli, Exit& exit) {
  struct Arguments {
    std::string body{kBuiltinBody};
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = cli.add_subcommand("landmarks", "Print the named skin points of a body");
  add_body_options(*command, arguments->body);
  command->add_flag("--json", arguments->json, "JSON on standard output");
  command->callback([arguments, &exit] {
    if (const auto done = print_landmarks(arguments->body, arguments->json); !done) {
      report_failure(done.error(), exit);
    }
  });
}

}  // namespace app
