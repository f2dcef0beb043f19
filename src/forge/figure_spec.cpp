#include "forge/figure_spec.h"

#include <algorithm>
#include <glm/trigonometric.hpp>

#include "data/json_file.h"

namespace forge {
namespace {

constexpr float kMetresPerMm = 1e-3f;

glm::vec3 point_of(const data::Json& json) {
  return {json[0].get<float>(), json[1].get<float>(), json[2].get<float>()};
}

}  // namespace

float figure_of(const data::Json& table, anatomy::Sex sex, anatomy::Build build) {
  return table[std::string(to_string(sex))][static_cast<std::size_t>(build)].get<float>();
}

bool names_bone(const std::string& bone, const std::string& entry_id) {
  return bone.back() == '_' ? entry_id.starts_with(bone) : entry_id == bone;
}

base::Status check_bones(const FigureSpec& spec, const std::filesystem::path& assets_dir,
                         const std::vector<std::string>& entry_ids) {
  for (const BoneGroup& group : spec.groups) {
    for (const std::string& bone : group.bones) {
      const bool known = std::any_of(entry_ids.begin(), entry_ids.end(),
                                     [&](const auto& id) { return names_bone(bone, id); });
      if (known) continue;
      return base::fail("'" + (assets_dir / "anatomy" / "figures.json").string() +
                        "': skeleton part '" + group.name + "': field 'bones' names '" + bone +
                        "', which no bone, disc or cartilage of the body is called; correct it");
    }
  }
  return {};
}

base::Result<FigureSpec> load_figure(const std::filesystem::path& assets_dir, anatomy::Sex sex,
                                     anatomy::Build build) {
  const std::filesystem::path file = assets_dir / "anatomy" / "figures.json";
  const auto document = data::read_checked_json(file, "backmate-figures", assets_dir / "schema");
  if (!document) return tl::unexpected(document.error());
  const auto fault = [&](const std::string& what) {
    return base::fail("'" + file.string() + "': " + what);
  };
  FigureSpec spec;
  spec.sex = sex;
  spec.build = build;
  const std::string column(to_string(sex));
  spec.stature_m = (*document)["stature_mm"][column].get<float>() * kMetresPerMm;
  for (const data::Json& row : (*document)["skeleton"]) {
    BoneGroup group;
    group.name = row["part"];
    if (row.contains("parent")) {
      const std::string parent = row["parent"];
      const auto found = std::find_if(spec.groups.begin(), spec.groups.end(),
                                      [&](const BoneGroup& g) { return g.name == parent; });
      if (found == spec.groups.end()) {
        return fault("skeleton part '" + group.name + "': its parent '" + parent +
                     "' must come before it");
      }
      group.parent = static_cast<int>(found - spec.groups.begin());
    }
    for (const data::Json& bone : row["bones"]) group.bones.push_back(bone);
    group.about_m = point_of(row["about_mm"]) * kMetresPerMm;
    if (row["scale"].contains(column)) group.scale = point_of(row["scale"][column]);
    group.grows = row.value("grows", true);
    if (row.contains("abduct_deg")) {
      group.abduct_rad = glm::radians(figure_of(row["abduct_deg"], sex, build));
    }
    spec.groups.push_back(std::move(group));
  }
  for (const data::Json& row : (*document)["bulk"]) {
    for (const data::Json& at : row["at_mm"]) {
      spec.bulk.push_back({point_of(at) * kMetresPerMm, figure_of(row["factor"], sex, build)});
    }
  }
  for (const data::Json& row : (*document)["girth"]) {
    GirthStation station;
    station.y_m = row["y_mm"].get<float>() * kMetresPerMm;
    station.z_m = row["z_mm"].get<float>() * kMetresPerMm;
    station.front_m = figure_of(row["front_mm"], sex, build) * kMetresPerMm;
    station.side_m = figure_of(row["side_mm"], sex, build) * kMetresPerMm;
    station.back_m = figure_of(row["back_mm"], sex, build) * kMetresPerMm;
    if (!spec.girth.empty() && station.y_m <= spec.girth.back().y_m) {
      return fault("girth: 'y_mm' must rise from row to row");
    }
    spec.girth.push_back(station);
  }
  return spec;
}

}  // namespace forge
