// `backmate measure REFERENCE STRUCTURE`: reads a muscle's or a bone's figures off a reference mesh
// and writes its description, so that anybody can repeat or correct a structure of the built-in
// body.
#include <cstdio>
#include <memory>

#include "anatomy/ontology.h"
#include "app/commands/commands.h"
#include "data/json_file.h"
#include "data/resources.h"
#include "forge/fit_bone.h"
#include "forge/fit_net.h"
#include "forge/fit_slips.h"
#include "forge/muscle_spec.h"
#include "import/frame.h"
#include "import/mesh_reader.h"
#include "import/recognise.h"

namespace app {
namespace {

namespace fs = std::filesystem;

struct MeasureOptions {
  std::string reference;
  std::string structure;
  std::string out;
  int along = 0;  // 0: as the description has it
  int across = 0;
};

bool is_wanted(const anatomy::Ontology& ontology, const std::vector<std::string>& names,
               const std::string& id, anatomy::Side other_side) {
  const anatomy::OntologyMatch match = atlas::match_structure(ontology, names);
  return match.entry != nullptr && match.entry->id == id && match.side != other_side;
}

// The mesh in our frame, not of `other_side`. Files that do not even bear the name are not opened.
base::Result<geom::Mesh> find_reference(const MeasureOptions& options,
                                        const anatomy::Ontology& ontology,
                                        anatomy::Side other_side) {
  const auto files = atlas::find_mesh_files(options.reference);
  if (!files) return tl::unexpected(files.error());
  std::vector<atlas::Clue> clues;
  std::optional<geom::Mesh> found;
  for (const fs::path& file : *files) {
    const bool single = is_wanted(ontology, {file.stem().string()}, options.structure, other_side);
    if (files->size() > 1 && !single) continue;
    const auto raw = atlas::read_mesh_file(file);
    if (!raw) return tl::unexpected(raw.error());
    for (const atlas::RawStructure& structure : raw->structures) {
      const auto match = atlas::match_structure(ontology, structure.names);
      clues.push_back({geom::bounds_of(structure.mesh.positions_m), match});
      if (single || is_wanted(ontology, structure.names, options.structure, other_side)) {
        found = structure.mesh;
      }
    }
  }
  if (!found) {
    return base::fail("nothing in " + options.reference + " is recognised as the " +
                      (other_side == anatomy::Side::kLeft ? "right '" : "left '") +
                      options.structure + "'; `backmate info` on an imported pack lists what is");
  }
  // One structure cannot tell how it stands: a folder of BodyParts3D is known by its height in mm.
  const float top = geom::bounds_of(found->positions_m).max.z;
  const auto choice = top > 10.0f ? atlas::FrameChoice::kBodyparts3d : atlas::FrameChoice::kAuto;
  const atlas::Frame frame = atlas::find_frame(clues, {choice, {}, {}, {}});
  for (glm::vec3& p : found->positions_m) p = frame.to_body(p);
  return *found;
}

base::Status deliver(const MeasureOptions& options, const std::string& text) {
  if (!options.out.empty()) return data::write_file_atomic(options.out, text);
  std::fputs(text.c_str(), stdout);
  return {};
}

// The entry of the bone in whichever file has it, or nothing.
base::Result<std::optional<data::Json>> find_bone(const fs::path& bones_dir,
                                                  const fs::path& schemas, const std::string& id) {
  for (const auto& file : fs::directory_iterator(bones_dir)) {
    if (file.path().extension() != ".json") continue;
    auto document = data::read_checked_json(file.path(), "backmate-bone", schemas);
    if (!document) return tl::unexpected(document.error());
    for (const data::Json& bone : (*document)["bones"]) {
      if (bone["entry"] == id) return std::optional<data::Json>(bone);
    }
  }
  return std::optional<data::Json>();
}

base::Status measure_bone(const MeasureOptions& options, const anatomy::Ontology& ontology,
                          const data::Json& bone) {
  const auto reference = find_reference(options, ontology, anatomy::Side::kRight);
  if (!reference) return tl::unexpected(reference.error());
  const auto fit = forge::fit_bone(bone, *reference);
  if (!fit) return tl::unexpected(fit.error());
  std::fprintf(stderr,
               "as described: mean symmetric distance %.2f mm\nmeasured now: mean symmetric "
               "distance %.2f mm\n",
               1e3 * static_cast<double>(fit->before_m), 1e3 * static_cast<double>(fit->after_m));
  return deliver(options, forge::bone_to_text(fit->bone));
}

base::Status measure(MeasureOptions options) {
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const fs::path anatomy_dir = resources->assets() / "anatomy";
  const auto ontology = anatomy::Ontology::load(anatomy_dir);
  if (!ontology) return tl::unexpected(ontology.error());
  // Both sides of a pair have one description.
  for (const std::string_view side : {"_left", "_right"}) {
    const bool named = ontology->find_entry(options.structure) != nullptr;
    if (!named && options.structure.ends_with(side)) {
      options.structure.resize(options.structure.size() - side.size());
    }
  }
  if (ontology->find_entry(options.structure) == nullptr) {
    return base::fail("'" + options.structure +
                      "' is no structure of anatomy/structures.json; ids look like "
                      "trapezius_transverse");
  }
  const auto bone = find_bone(anatomy_dir / "bones", resources->schemas(), options.structure);
  if (!bone) return tl::unexpected(bone.error());
  if (*bone) return measure_bone(options, *ontology, **bone);
  const fs::path file = anatomy_dir / "muscles" / (options.structure + ".json");
  auto spec = forge::load_muscle(file, resources->schemas());
  if (!spec) return tl::unexpected(spec.error());
  if (!spec->ruler && !spec->has_slips()) {
    return base::fail(file.string() +
                      ": the field 'ruler' is missing, so nobody knows where the "
                      "muscle's ends are; add the directions of origin and insertion");
  }
  const auto reference = find_reference(options, *ontology, anatomy::Side::kLeft);
  if (!reference) return tl::unexpected(reference.error());

  forge::FitOptions fit;
  fit.along = options.along > 0 ? options.along : spec->nets.front().along;
  fit.across = options.across > 0 ? options.across : spec->nets.front().across;
  if (spec->ruler) {
    fit.origin = spec->ruler->origin;
    fit.insertion = spec->ruler->insertion;
    fit.stiffness = spec->ruler->stiffness;
  }
  const bool both_sides = !ontology->find_entry(options.structure)->paired;
  const auto before =
      forge::compare_nets(*reference, both_sides ? forge::with_mirror(spec->nets) : spec->nets);
  const auto after = spec->has_slips() ? forge::fit_slips(*reference, spec->nets, both_sides, fit)
                                       : forge::fit_net(*reference, fit);
  if (!after) return tl::unexpected(after.error());
  const auto print = [](const char* what, const forge::FitResult& r) {
    std::fprintf(
        stderr, "%s: mean symmetric distance %.2f mm (to the reference %.2f, from it %.2f)", what,
        1e3 * static_cast<double>(r.mean_distance_m), 1e3 * static_cast<double>(r.to_reference_m),
        1e3 * static_cast<double>(r.to_net_m));
    if (r.volume_ratio > 0.0f) {
      std::fprintf(stderr, ", volume ratio %.2f", static_cast<double>(r.volume_ratio));
    }
    std::fprintf(stderr, "\n");
  };
  print("as described", before);
  print("measured now", *after);
  spec->nets = after->nets;
  if (spec->origin.tendon.size() > 1 || spec->insertion.tendon.size() > 1) {
    // Figures per column mean nothing on another number of columns.
    if (fit.across != static_cast<int>(spec->origin.tendon.size())) {
      spec->origin.tendon.resize(1);
      spec->insertion.tendon.resize(1);
    }
  }
  return deliver(options, forge::to_text(*spec));
}

}  // namespace

void add_measure_command(CLI::App& cli, Exit& exit) {
  auto options = std::make_shared<MeasureOptions>();
  CLI::App* command =
      cli.add_subcommand("measure", "Read a muscle's or a bone's figures off a reference mesh");
  command->add_option("REFERENCE", options->reference, "Folder or file of meshes")->required();
  command->add_option("STRUCTURE", options->structure, "Id, as in trapezius_transverse")
      ->required();
  command->add_option("--out", options->out, "Write the description here (else: standard output)");
  command->add_option("--along", options->along, "Rows of the net, origin to insertion")
      ->check(CLI::Range(4, 24));
  command->add_option("--across", options->across, "Columns of the net")->check(CLI::Range(4, 12));
  command->callback([options, &exit] {
    if (const auto status = measure(*options); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app
