// `backmate export [--body B] --out BODY.glb`: a body as one glTF file for any viewer.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "anatomy/glb.h"
#include "app/commands/commands.h"
#include "app/load_body.h"

namespace app {
namespace {

struct ExportArguments {
  std::string body{kBuiltinBody};
  std::string out;
};

base::Status export_body(const ExportArguments& arguments) {
  // Readers go by the ending.
  const std::filesystem::path out = arguments.out;
  if (out.extension() != ".glb") {
    return base::fail("'" + arguments.out +
                      "' does not end in .glb, the one format that is exported; name it so.");
  }
  const auto body = load_body(arguments.body);
  if (!body) return tl::unexpected(body.error());
  if (auto saved = anatomy::save_glb(**body, out); !saved) return saved;
  const auto& structures = (*body)->structures;
  const auto left_out = std::count_if(structures.begin(), structures.end(),
                                      [](const anatomy::Structure& s) { return !s.usable; });
  if (left_out > 0) {
    std::fprintf(stderr, "%td structures that look wrong are left out; `backmate info` says why.\n",
                 left_out);
  }
  std::error_code ignored;
  std::printf("Wrote %s (%.1f MB).\n", out.c_str(),
              static_cast<double>(std::filesystem::file_size(out, ignored)) / 1e6);
  return {};
}

}  // namespace

void add_export_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      cli.add_subcommand("export", "Write a body as a GLB file that any glTF viewer opens");
  add_body_options(*command, arguments->body);
  command->add_option("--out", arguments->out, "The GLB file to write")->required();
  command->callback([arguments, &exit] {
    if (const auto done = export_body(*arguments); !done) report_failure(done.error(), exit);
  });
}

}  // namespace app
