#include "import/import_atlas.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <future>
#include <map>

#include "anatomy/finish.h"
#include "base/parallel.h"
#include "import/contact_surface.h"
#include "import/defects.h"
#include "import/guarded_read.h"
#include "import/levels.h"
#include "import/recognise.h"
#include "import/repair.h"
#include "import/suspicion.h"

namespace atlas {
namespace {

using anatomy::Body;
using anatomy::Side;
using anatomy::Structure;

// How far the work is after each step, for the progress bar; a skin takes longer than all the rest.
struct Shares {
  float read, middle, levels;
};
constexpr Shares kPlain = {0.3f, 0.5f, 1.0f};
constexpr Shares kWithSkin = {0.08f, 0.14f, 0.3f};

// Rims that enclose more than this part of the surface: something is missing, not only a seam that
// does not close (as nearly everywhere in published meshes).
constexpr float kOpen = 0.03f;
// What is odd in fewer edges or triangles than this is the rule in published meshes.
constexpr float kMuch = 0.03f;

// No body is larger; wrapping the space between far specks would take for ever.
constexpr float kLargestM = 10.0f;

struct Source {
  std::vector<RawStructure> structures;
  std::string attribution;
};

bool is_bodyparts3d_name(const std::string& name) {
  return name.starts_with("FJ") && name.find("_BP") != std::string::npos &&
         name.find("_FMA") != std::string::npos;
}

base::Result<Source> read_sources(const std::filesystem::path& path, Import& import,
                                  const Shares& shares, base::Progress& progress) {
  auto files = find_mesh_files(path);
  if (!files) return tl::unexpected(files.error());
  auto read = read_mesh_files(*files, progress, [&](std::size_t done) {
    progress.report(shares.read * static_cast<float>(done) / static_cast<float>(files->size()));
  });
  if (progress.cancelled()) return base::fail("The import was cancelled; nothing was written.");
  if (!read) return tl::unexpected(read.error());
  Source source;
  import.files = files->size();
  for (std::size_t i = 0; i < read->size(); ++i) {
    auto& file = (*read)[i];
    if (!file) {
      import.warnings.push_back(file.error().message);
      continue;
    }
    for (const std::string& name : file->empty) {
      import.warnings.push_back("'" + name + "' in '" + (*files)[i].string() +
                                "' has no triangle of any extent. It is left out.");
    }
    if (source.attribution.empty()) source.attribution = file->copyright;
    std::move(file->structures.begin(), file->structures.end(),
              std::back_inserter(source.structures));
  }
  if (source.structures.empty()) {
    if (files->size() == 1) return base::fail(import.warnings.front());
    return base::fail("None of the " + std::to_string(files->size()) + " mesh files in '" +
                      path.string() + "' can be read. The first: " + import.warnings.front());
  }
  const auto from_bodyparts3d =
      std::any_of(source.structures.begin(), source.structures.end(),
                  [](const RawStructure& s) { return is_bodyparts3d_name(s.label); });
  if (from_bodyparts3d) {
    source.attribution = "BodyParts3D, (c) The Database Center for Life Science";
  } else if (source.attribution.empty()) {
    source.attribution = "Imported from " + path.filename().string();
  }
  return source;
}

// Diagonal of the structure's box in the built-in body; 0 where it has none.
float find_usual_length(const Body& builtin, const anatomy::OntologyMatch& match) {
  if (match.entry == nullptr || match.entry->kind == anatomy::Kind::kSkin) return 0.0f;
  const Side side = match.entry->paired && match.side == Side::kMedian ? Side::kLeft : match.side;
  const auto index = builtin.find_structure(anatomy::structure_id_of(match.entry->id, side));
  return index == anatomy::kNone ? 0.0f : glm::length(builtin.structures[index].bounds_m.size());
}

bool is_usable_skin(const Structure& s) { return s.usable && s.kind == anatomy::Kind::kSkin; }

Structure make_unknown(const RawStructure& raw) {
  Structure made;
  made.name = raw.label;
  made.id = make_unknown_id(made.name);
  std::replace(made.name.begin(), made.name.end(), '_', ' ');
  made.kind = anatomy::Kind::kOther;
  made.layer = anatomy::Layer::kDeep;
  made.recognised = false;
  return made;
}

// Names and sides; the boxes are in our frame by now.
void name_structures(const std::vector<RawStructure>& raw, const std::vector<Clue>& clues,
                     const anatomy::Ontology& ontology, Body& body) {
  body.groups = anatomy::make_groups(ontology);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const geom::Aabb box = geom::bounds_of(raw[i].mesh.positions_m);
    anatomy::OntologyMatch match = clues[i].match;
    if (match.entry != nullptr && match.entry->paired && match.side == Side::kMedian) {
      match.side = side_of_box(box);
    }
    body.structures.push_back(match.entry != nullptr ? make_structure(ontology, match)
                                                     : make_unknown(raw[i]));
    body.structures.back().bounds_m = box;
  }
  make_ids_unique(body.structures);
}

std::string percent(float part) {
  return std::to_string(static_cast<int>(std::lround(100.0f * part))) + " %";
}

void add_finding(const Structure& structure, const std::string& what, Body& body) {
  body.suspicious.push_back({structure.id, structure.name + " " + what});
}

// Structures out of scale are brought right where that is asked for and something tells how; the
// others are left out.
void judge_scale(std::vector<RawStructure>& raw, const Frame& frame, const SkinRecipe* recipe,
                 bool repair, Body& body) {
  const auto out_of_scale = find_out_of_scale(body.structures);
  bool any = false;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    body.structures[i].usable = !out_of_scale[i].has_value();
    any = any || out_of_scale[i];
  }
  if (!any) return;
  const auto repairs =
      find_repairs(body, recipe != nullptr ? recipe->builtin.get() : nullptr, frame.offset_m);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (!out_of_scale[i]) continue;
    Structure& structure = body.structures[i];
    if (!repairs[i]) {
      add_finding(structure, *out_of_scale[i], body);
    } else if (!repair) {
      add_finding(structure,
                  *out_of_scale[i] + " (--repair would make it " + repairs[i]->words + ".)", body);
    } else {
      for (glm::vec3& p : raw[i].mesh.positions_m) p = (*repairs[i])(p);
      structure.bounds_m = geom::bounds_of(raw[i].mesh.positions_m);
      structure.usable = true;
      add_finding(structure, "was out of scale. It was made " + repairs[i]->words + ".", body);
    }
  }
}

void find_twice(const std::vector<RawStructure>& raw, Body& body) {
  const auto same = find_duplicates(raw);
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    Structure& structure = body.structures[i];
    if (!structure.usable) continue;
    if (same[i] && body.structures[*same[i]].usable) {
      structure.usable = false;
      add_finding(structure,
                  "('" + raw[i].label + "') is the same mesh as '" + raw[*same[i]].label +
                      "'. It is left out.",
                  body);
      continue;
    }
    if (!structure.recognised) continue;
    const auto [it, fresh] = first.emplace(structure.name, i);
    if (fresh) continue;
    add_finding(structure,
                "comes more than once: '" + raw[it->second].label + "' and '" + raw[i].label +
                    "' mean the same, but differ. Both are kept, the second as '" + structure.id +
                    "'.",
                body);
  }
}

void find_suspicious(std::vector<RawStructure>& raw, const Frame& frame, Body& body,
                     std::vector<std::string>& notes) {
  std::vector<MeshFaults> faults(raw.size());
  base::parallel_for(raw.size(), [&](std::size_t i) { faults[i] = find_faults(raw[i].mesh); });
  std::size_t turned = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    Structure& structure = body.structures[i];
    if (!structure.usable) continue;
    if (faults[i].no_surface) {
      structure.usable = false;
      add_finding(structure, "has no surface: its triangles have no area. It is left out.", body);
      continue;
    }
    if (faults[i].inside_out) {
      turn_inside_out(raw[i].mesh);
      ++turned;
    }
    if (raw[i].dropped_triangles > 0) {
      const std::size_t all = raw[i].dropped_triangles + raw[i].mesh.triangle_count();
      add_finding(
          structure,
          "has " + std::to_string(raw[i].dropped_triangles) +
              " triangles with corners that are not finite numbers (" +
              percent(static_cast<float>(raw[i].dropped_triangles) / static_cast<float>(all)) +
              "). They are left out.",
          body);
    }
    if (faults[i].without_area > kMuch) {
      add_finding(structure,
                  "has many triangles without area (" + percent(faults[i].without_area) +
                      "). It is used as it is.",
                  body);
    }
    if (faults[i].crowded > kMuch) {
      add_finding(structure,
                  "is no proper surface: at " + percent(faults[i].crowded) +
                      " of its edges more than two triangles meet. It is used as it is.",
                  body);
    }
    if (faults[i].missing > kOpen) {
      add_finding(structure,
                  "is an open mesh: about " + percent(faults[i].missing) +
                      " of its surface is missing. It is used as it is.",
                  body);
    }
    const float middle = structure.bounds_m.centre().x;
    const bool wrong_side = (structure.side == Side::kLeft && middle < -0.005f) ||
                            (structure.side == Side::kRight && middle > 0.005f);
    if (wrong_side) {
      add_finding(structure, "lies on the other side of the body. Its name or the frame is wrong.",
                  body);
    }
  }
  // Mirroring turns everything over: then nobody needs to be told.
  if (turned > 0 && !frame.mirrored) {
    notes.push_back(std::to_string(turned) +
                    (turned == 1 ? " mesh was wound inside out; it was turned."
                                 : " meshes were wound inside out; they were turned."));
  }
}

}  // namespace

base::Result<Import> import_atlas(const std::filesystem::path& path,
                                  const anatomy::Ontology& ontology, const SkinRecipe* recipe,
                                  const ImportOptions& options, base::Progress& progress) {
  const auto cancelled = [] {
    return base::fail("The import was cancelled; nothing was written.");
  };
  if (options.scale_m && !(*options.scale_m > 0.0f && std::isfinite(*options.scale_m))) {
    return base::fail("The scale must be a positive number of metres per unit, for example 0.001.");
  }
  if (options.up && options.front &&
      glm::dot(direction_of(*options.up), direction_of(*options.front)) != 0.0f) {
    return base::fail("Up and front cannot lie along the same axis. Give two different ones.");
  }
  if (options.frame != FrameChoice::kAuto && (options.up || options.front)) {
    return base::fail("Give either --frame or --up and --front, not both.");
  }
  Import import;
  const Shares shares = recipe != nullptr && options.wrap_skin ? kWithSkin : kPlain;
  auto source = read_sources(path, import, shares, progress);
  if (!source) return tl::unexpected(source.error());
  std::vector<RawStructure>& raw = source->structures;
  if (raw.size() >= anatomy::kNone) {
    return base::fail("'" + path.string() + "' holds " + std::to_string(raw.size()) +
                      " meshes, more than a body can have (65534).");
  }

  std::vector<Clue> clues(raw.size());
  base::parallel_for(raw.size(), [&](std::size_t i) {
    clues[i] = {geom::bounds_of(raw[i].mesh.positions_m), match_structure(ontology, raw[i].names)};
    if (recipe != nullptr) clues[i].usual_m = find_usual_length(*recipe->builtin, clues[i].match);
  });
  const Frame frame =
      find_frame(clues, {options.frame, options.scale_m, options.up, options.front});
  import.frame_reason = frame.reason;
  base::parallel_for(raw.size(), [&](std::size_t i) {
    for (glm::vec3& p : raw[i].mesh.positions_m) p = frame.to_body(p);
  });

  auto body = std::make_shared<Body>();
  body->id = path.stem().string();
  body->source = source->attribution;
  name_structures(raw, clues, ontology, *body);
  judge_scale(raw, frame, recipe, options.repair, *body);
  find_twice(raw, *body);
  find_suspicious(raw, frame, *body, import.notes);
  for (const Structure& s : body->structures) {
    if (!s.recognised) body->unrecognised.push_back(s.id);
  }
  const auto usable = [](const Structure& s) { return s.usable; };
  if (std::none_of(body->structures.begin(), body->structures.end(), usable)) {
    return base::fail("Nothing in '" + path.string() +
                      "' can be used. The first: " + body->suspicious.front().what);
  }

  geom::Aabb whole;
  for (const Structure& s : body->structures) {
    if (s.usable) whole.add(s.bounds_m);
  }
  if (glm::length(whole.size()) > kLargestM) {
    return base::fail("'" + path.string() + "' would be " +
                      std::to_string(static_cast<long>(glm::length(whole.size()))) +
                      " m across. Give its unit with --scale, or get the file again if it is "
                      "damaged.");
  }

  std::vector<geom::Mesh> meshes(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) meshes[i] = std::move(raw[i].mesh);
  const LevelPlan plan = plan_levels(meshes);
  if (!build_middle_level(meshes, plan, *body, progress)) return cancelled();
  progress.report(shares.middle);
  const bool has_skin = std::any_of(body->structures.begin(), body->structures.end(),
                                    [](const Structure& s) { return is_usable_skin(s); });
  const bool estimate = recipe != nullptr && options.wrap_skin && !has_skin;
  // Wrapping has stretches that only one thread can walk; the other levels fill the rest.
  std::future<ContactSurface> contact;
  if (!estimate) {
    contact = std::async(std::launch::async, [&] { return make_contact_surface(*body, progress); });
  }
  // What wrapping reads (level 1's triangles, what structures are) none of this writes.
  const bool built = build_other_levels(meshes, plan, *body, progress);
  if (built && !progress.cancelled()) {
    anatomy::build_fibres(*body, ontology, &progress);
    if (!progress.cancelled()) anatomy::build_segments(*body);
  }
  if (contact.valid()) {
    ContactSurface touched = contact.get();
    body->contact_surface = std::move(touched.mesh);
    body->contact_surface_estimated = touched.estimated;
  }
  if (!built || progress.cancelled()) return cancelled();
  if (estimate) {
    geom::Mesh skin = estimate_skin(*recipe, *body, progress, shares.levels, 0.97f);
    if (progress.cancelled()) return cancelled();
    if (!skin.indices.empty()) add_estimated_skin(*recipe, std::move(skin), *body, progress);
    if (progress.cancelled()) return cancelled();
  }
  if (body->contact_surface.indices.empty()) {
    return base::fail("'" + path.string() +
                      "' has no surface that could be touched. Set --frame and --scale if its unit "
                      "is unusual.");
  }
  anatomy::finish_structures(*body);
  anatomy::find_landmarks(*body);
  progress.report(1.0f);
  import.body = std::move(body);
  return import;
}

}  // namespace atlas
