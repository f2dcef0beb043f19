// `backmate validate FILE...`: any of our files is fine, or a sentence says which field is not.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "anatomy/pack.h"
#include "app/commands/commands.h"
#include "data/json_file.h"
#include "data/resources.h"
#include "guide/routine.h"

namespace app {
namespace {

base::Status validate_file(const std::filesystem::path& file, const data::ResourceDirs& resources) {
  if (anatomy::is_pack(file)) {
    const auto body = anatomy::load_pack(file);
    return body ? base::Status() : tl::unexpected(body.error());
  }
  auto document = data::read_json(file);
  if (!document) return tl::unexpected(document.error());
  if (auto status = data::check_json(*document, file.string(), resources.schemas()); !status) {
    return status;
  }
  // A routine names attachments, forces and a condition, too.
  if ((*document)["format"] == "backmate-routine") {
    const auto tool = tool::load_tool(resources.assets() / "attachments");
    if (!tool) return tl::unexpected(tool.error());
    const auto routine = guide::load_routine(file, resources.assets(), *tool);
    if (!routine) return tl::unexpected(routine.error());
  }
  return {};
}

}  // namespace

void add_validate_command(CLI::App& cli, Exit& exit) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* command = cli.add_subcommand("validate", "Check any of our files");
  command->add_option("FILE", *files, "JSON files or body packs")->required();
  command->callback([files, &exit] {
    const auto resources = data::find_resources();
    if (!resources) return report_failure(resources.error(), exit);
    for (const std::string& file : *files) {
      if (const auto status = validate_file(file, *resources); !status) {
        report_failure(status.error(), exit);
      } else {
        std::printf("%s: fine\n", file.c_str());
      }
    }
  });
}

}  // namespace app
