// `backmate import DIR-or-FILE --out PACK`: meshes of an atlas become a body pack. Progress and
// cancel (Ctrl-C) where stderr is a terminal; good files beside bad ones are imported.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "anatomy/pack.h"
#include "app/commands/commands.h"
#include "app/progress_line.h"
#include "base/log.h"
#include "data/resources.h"
#include "import/import_job.h"

namespace app {
namespace {

struct ImportArguments {
  std::string path;
  std::string out;
  atlas::FrameChoice frame = atlas::FrameChoice::kAuto;
  std::optional<float> scale_m;
  std::optional<atlas::Axis> up;
  std::optional<atlas::Axis> front;
  bool no_skin = false;
  bool repair = false;
};

void print_summary(const atlas::Import& import, const std::filesystem::path& out) {
  const anatomy::Body& body = *import.body;
  std::printf("%s\n", import.frame_reason.c_str());
  for (const std::string& note : import.notes) std::printf("%s\n", note.c_str());
  for (const anatomy::Finding& finding : body.suspicious) {
    base::log_warning(finding.what);
  }
  for (const std::string& id : body.unrecognised) {
    base::log_warning("'" + id +
                      "' was not recognised. It is kept and drawn, without a name of "
                      "ours, a layer or a group.");
  }
  for (const std::string& warning : import.warnings) base::log_warning(warning);
  std::size_t triangles = 0;
  for (const anatomy::Structure& s : body.structures) triangles += s.lods[0].index_count / 3;
  std::error_code ignored;
  std::printf(
      "%zu structures, %zu triangles from %zu files; %zu not recognised, %zu findings, "
      "%zu files could not be read.\nWrote %s (%.1f MB). Open it with: backmate --body %s\n",
      body.structures.size(), triangles, import.files, body.unrecognised.size(),
      body.suspicious.size(), import.warnings.size(), out.c_str(),
      static_cast<double>(std::filesystem::file_size(out, ignored)) / 1e6, out.c_str());
}

base::Status run_import(const ImportArguments& arguments) {
  if (auto place = check_place(arguments.out, "pack", "atlas.pack"); !place) return place;
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  base::Progress progress;
  std::optional<ProgressLine> line(std::in_place, progress, "Importing");
  auto import = atlas::import_from(arguments.path, *resources,
                                   {arguments.frame, arguments.scale_m, !arguments.no_skin,
                                    arguments.up, arguments.front, arguments.repair},
                                   progress);
  if (!import) return tl::unexpected(import.error());
  if (progress.cancelled()) return base::fail("The import was cancelled; nothing was written.");
  // Too late to cancel: a pack is written whole, in a fraction of a second.
  if (auto saved = anatomy::save_pack(*import->body, arguments.out); !saved) return saved;
  line.reset();
  print_summary(*import, arguments.out);
  return {};
}

}  // namespace

void add_import_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command =
      cli.add_subcommand("import", "Turn the meshes of an anatomical atlas into a body pack");
  command
      ->add_option("PATH", arguments->path, "A GLB, glTF, OBJ, STL, PLY or FBX file, or a folder")
      ->required();
  command->add_option("--out", arguments->out, "The body pack to write")->required();
  const std::map<std::string, atlas::FrameChoice> frames = {
      {"auto", atlas::FrameChoice::kAuto},
      {"gltf", atlas::FrameChoice::kGltf},
      {"bodyparts3d", atlas::FrameChoice::kBodyparts3d}};
  command
      ->add_option("--frame", arguments->frame,
                   "Axes of the files: auto, gltf (Y up, Z forward) or bodyparts3d (Z up, Y "
                   "backward)")
      ->transform(CLI::CheckedTransformer(frames))
      ->option_text("auto|gltf|bodyparts3d");
  CLI::Option* scale = command
                           ->add_option("--scale", arguments->scale_m,
                                        "Metres per unit of the files, for example 0.001")
                           ->check(CLI::PositiveNumber);
  const std::map<std::string, float> units = {
      {"mm", 0.001f}, {"cm", 0.01f}, {"m", 1.0f}, {"in", 0.0254f}};
  command->add_option("--unit", arguments->scale_m, "The files' unit: mm, cm, m or in")
      ->transform(CLI::CheckedTransformer(units))
      ->option_text("mm|cm|m|in")
      ->excludes(scale);
  const std::map<std::string, atlas::Axis> axes = {
      {"x", atlas::Axis::kPlusX}, {"+x", atlas::Axis::kPlusX}, {"-x", atlas::Axis::kMinusX},
      {"y", atlas::Axis::kPlusY}, {"+y", atlas::Axis::kPlusY}, {"-y", atlas::Axis::kMinusY},
      {"z", atlas::Axis::kPlusZ}, {"+z", atlas::Axis::kPlusZ}, {"-z", atlas::Axis::kMinusZ}};
  const auto add_axis = [&](const char* name, std::optional<atlas::Axis>& axis, const char* help) {
    command->add_option(name, axis, help)
        ->transform(CLI::CheckedTransformer(axes, CLI::ignore_case))
        ->option_text("x|-x|y|-y|z|-z");
  };
  add_axis("--up", arguments->up, "The files' axis from the feet to the head");
  add_axis("--front", arguments->front, "The files' axis from the back to the chest");
  command->add_flag("--repair", arguments->repair,
                    "Bring structures of a wrong scale right where their place is known");
  command->add_flag("--no-skin", arguments->no_skin, "Wrap no skin over an atlas that has none");
  command->callback([arguments, &exit] {
    if (const auto status = run_import(*arguments); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app
