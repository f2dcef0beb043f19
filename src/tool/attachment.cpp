#include "tool/attachment.h"

#include <algorithm>
#include <system_error>

#include "data/json_file.h"

namespace tool {
namespace {

glm::vec3 read_vec3(const data::Json& array) {
  return {array[0].get<float>(), array[1].get<float>(), array[2].get<float>()};
}

std::filesystem::path schema_dir_of(const std::filesystem::path& attachments_dir) {
  return attachments_dir.parent_path() / "schema";
}

}  // namespace

base::Result<AttachmentSpec> load_attachment(const std::filesystem::path& file) {
  auto read =
      data::read_checked_json(file, "backmate-attachment", schema_dir_of(file.parent_path()));
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  AttachmentSpec spec;
  spec.id = json["id"];
  if (spec.id != file.stem().string()) {
    return base::fail("'" + file.string() + "': field 'id' is '" + spec.id +
                      "', but must be the file's name without '.json'. Rename one of the two.");
  }
  spec.name_key = json["name_key"];
  for (const data::Json& ball : json["balls"]) {
    spec.balls.push_back(
        {read_vec3(ball["centre_m"]), base::Metres{ball["radius_m"].get<float>()}});
  }
  for (std::size_t i = 1; i < spec.balls.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (spec.balls[i].centre_m == spec.balls[k].centre_m) {
        return base::fail("'" + file.string() + "': field 'balls[" + std::to_string(i) +
                          "].centre_m' is the same as 'balls[" + std::to_string(k) +
                          "].centre_m'. Two balls need two places.");
      }
    }
  }
  spec.force_limit = base::Newtons{json["force_limit_n"].get<float>()};
  spec.dimensions_assumed = json["dimensions_assumed"];
  spec.example = json["example"];
  spec.colour = read_vec3(json["colour"]);
  return spec;
}

int ToolSpec::find_attachment(std::string_view id) const {
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (attachments[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

base::Result<ToolSpec> load_tool(const std::filesystem::path& attachments_dir) {
  const std::filesystem::path file = attachments_dir / "tool.json";
  auto read = data::read_checked_json(file, "backmate-tool", schema_dir_of(attachments_dir));
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  ToolSpec spec;
  spec.bar_diameter = base::Metres{json["bar_diameter_m"].get<float>()};
  spec.head_height_min = base::Metres{json["head_height_m"]["min"].get<float>()};
  spec.head_height_max = base::Metres{json["head_height_m"]["max"].get<float>()};
  if (!(spec.head_height_min < spec.head_height_max)) {
    return base::fail("'" + file.string() +
                      "': field 'head_height_m.min' must be below 'head_height_m.max'.");
  }
  spec.angle_min = base::Radians{json["angle_rad"]["min"].get<float>()};
  spec.angle_max = base::Radians{json["angle_rad"]["max"].get<float>()};
  spec.angle_snap = base::Radians{json["angle_rad"]["snap"].get<float>()};
  spec.pitch_min = base::Radians{json["pitch_rad"]["min"].get<float>()};
  spec.pitch_max = base::Radians{json["pitch_rad"]["max"].get<float>()};

  std::vector<std::string> ids = json["attachments"];
  // A shop adds an attachment by adding a file; those not named in tool.json follow by name.
  std::vector<std::string> extra;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(attachments_dir, error)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() != ".json" || stem == "tool") continue;
    if (std::find(ids.begin(), ids.end(), stem) == ids.end()) extra.push_back(stem);
  }
  std::sort(extra.begin(), extra.end());
  ids.insert(ids.end(), extra.begin(), extra.end());
  for (const std::string& id : ids) {
    auto attachment = load_attachment(attachments_dir / (id + ".json"));
    if (!attachment) return tl::unexpected(attachment.error());
    spec.attachments.push_back(std::move(*attachment));
  }
  return spec;
}

}  // namespace tool
