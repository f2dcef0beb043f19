// `backmate compare BODY REFERENCE_DIR`: how near a body is to published meshes, structure by
// structure and in summary, against what is asked of it.
#include <cstdio>
#include <memory>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "base/frames.h"
#include "compare/summary.h"
#include "data/json_file.h"
#include "data/resources.h"
#include "forge/muscle_spec.h"
#include "import/guarded_read.h"

namespace app {
namespace {

namespace fs = std::filesystem;

struct CompareArguments {
  std::string body;
  std::string reference;
  std::string csv;
  bool json = false;
};

struct Reference {
  std::vector<compare::ReferenceStructure> structures;
  std::vector<std::string> unusable;
  std::vector<std::string> unread;
};

// The usable files of the manifest, in the body's frame.
base::Result<Reference> read_reference(const fs::path& folder, const anatomy::Ontology& ontology) {
  const auto manifest = compare::load_manifest(folder);
  if (!manifest) return tl::unexpected(manifest.error());
  const auto known = compare::load_known_names(folder);
  if (!known) return tl::unexpected(known.error());
  Reference reference;
  std::vector<const compare::ReferenceFile*> rows;
  std::vector<fs::path> files;
  for (const compare::ReferenceFile& row : *manifest) {
    if (row.usable) {
      rows.push_back(&row);
      files.push_back(folder / row.file);
    } else {
      reference.unusable.push_back(row.name);
    }
  }
  const base::Progress progress;
  const auto read = atlas::read_mesh_files(files, progress, [](std::size_t) {});
  if (!read) return tl::unexpected(read.error());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!(*read)[i]) {
      reference.unread.push_back((*read)[i].error().message);
      continue;
    }
    const auto label = compare::label_of(*rows[i], ontology, *known);
    for (const atlas::RawStructure& raw : (*read)[i]->structures) {
      geom::Mesh mesh = raw.mesh;
      for (glm::vec3& p : mesh.positions_m) p = base::from_bodyparts3d_mm(p);
      compare::add_reference(reference.structures, *rows[i], label, mesh);
    }
  }
  if (reference.structures.empty()) {
    return base::fail("None of the meshes that '" + (folder / "manifest.csv").string() +
                      "' lists can be read. " +
                      (reference.unread.empty() ? "It calls none of them usable."
                                                : "The first: " + reference.unread.front()));
  }
  return reference;
}

// Which muscle lies under which is written in the muscles' descriptions.
base::Result<std::vector<compare::CoverRule>> load_rules(const data::ResourceDirs& resources) {
  const auto muscles =
      forge::load_muscles(resources.assets() / "anatomy" / "muscles", resources.schemas());
  if (!muscles) return tl::unexpected(muscles.error());
  std::vector<compare::CoverRule> rules;
  for (const forge::MuscleSpec& muscle : *muscles) {
    for (const std::string& cover : muscle.under) {
      compare::CoverRule rule{muscle.id, cover};
      for (const anatomy::SideBySide& place : muscle.beside) {
        if (place.cover == cover) rule.beside.push_back(place);
      }
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

base::Status run_compare(const CompareArguments& arguments) {
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto ontology = anatomy::Ontology::load(resources->assets() / "anatomy");
  if (!ontology) return tl::unexpected(ontology.error());
  const auto body = load_body(arguments.body);
  if (!body) return tl::unexpected(body.error());
  const auto rules = load_rules(*resources);
  if (!rules) return tl::unexpected(rules.error());
  auto reference = read_reference(arguments.reference, *ontology);
  if (!reference) return tl::unexpected(reference.error());

  compare::CompareOptions options;
  options.symmetric = arguments.body == kBuiltinBody;
  auto comparison =
      compare::compare_body(**body, std::move(reference->structures), *rules, options);
  comparison.unusable = std::move(reference->unusable);
  comparison.unread = std::move(reference->unread);
  const auto measures = compare::summarise(comparison);
  if (!arguments.csv.empty()) {
    const auto saved = data::write_file_atomic(arguments.csv, compare::to_csv(comparison));
    if (!saved) return saved;
  }
  const std::string text = arguments.json ? compare::to_json_text(comparison, measures)
                                          : compare::to_text(comparison, measures);
  std::fputs(text.c_str(), stdout);
  return {};
}

}  // namespace

void add_compare_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command = cli.add_subcommand(
      "compare", "Measure a body against published meshes, structure by structure");
  command->add_option("BODY", arguments->body, "builtin, or a pack made by 'backmate import'")
      ->required();
  command
      ->add_option("REFERENCE_DIR", arguments->reference,
                   "Folder of meshes in BodyParts3D's frame with a manifest.csv")
      ->required();
  command->add_option("--csv", arguments->csv, "Also write one line a structure to this file");
  command->add_flag("--json", arguments->json, "JSON on standard output");
  command->callback([arguments, &exit] {
    if (const auto done = run_compare(*arguments); !done) report_failure(done.error(), exit);
  });
}

}  // namespace app
