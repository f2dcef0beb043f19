#include "tool/attachment.h"

#include <algorithm>
#include <cmath>
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

// A dent that every ball of a row makes when the row presses at all.
constexpr float kRowDent = 0.004f;
constexpr float kRowTissue = 0.04f;  // from skin to bone
constexpr float kRowSpacing = 1.5f;  // contact radii, science.md section 1

constexpr float kLongestStandIn = 0.04f;
constexpr float kStandInRise = 0.010f;  // height over which a stand-in follows the mesh's width

Look look_of(const data::Json& json) {
  constexpr std::pair<std::string_view, Look> kLooks[] = {
      {"head", Look::kHead},       {"domes", Look::kDomes}, {"ball", Look::kBall},
      {"roller", Look::kRoller},   {"cane", Look::kCane},   {"thumb", Look::kThumb},
      {"knuckle", Look::kKnuckle}, {"elbow", Look::kElbow}};
  if (json.contains("look")) {
    for (const auto& [word, look] : kLooks) {
      if (json["look"] == word) return look;
    }
  }
  return json.contains("mesh") ? Look::kMesh : Look::kHead;
}

base::Status read_balls(const data::Json& json, const std::string& name, AttachmentSpec& spec) {
  for (const data::Json& ball : json) {
    spec.balls.push_back(
        {read_vec3(ball["centre_m"]), base::Metres{ball["radius_m"].get<float>()}});
  }
  for (std::size_t i = 1; i < spec.balls.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (spec.balls[i].centre_m == spec.balls[k].centre_m) {
        return base::fail(name + ": field 'balls[" + std::to_string(i) +
                          "].centre_m' is the same as 'balls[" + std::to_string(k) +
                          "].centre_m'. Two balls need two places.");
      }
    }
  }
  return {};
}

base::Status read_roller(const data::Json& json, const std::string& name, AttachmentSpec& spec) {
  RollerSpec roller;
  roller.length = base::Metres{json["length_m"].get<float>()};
  roller.radius = base::Metres{0.5f * json["diameter_m"].get<float>()};
  if (json.contains("groove_m")) roller.groove = base::Metres{json["groove_m"].get<float>()};
  if (json.contains("ribs")) roller.ribs = json["ribs"];
  if (!(roller.groove.value < 0.8f * roller.length.value)) {
    return base::fail(name +
                      ": field 'roller.groove_m' leaves too little of the roller. Give less "
                      "than four fifths of 'roller.length_m'.");
  }
  spec.roller = roller;
  spec.balls = make_row(roller);
  return {};
}

}  // namespace

std::vector<BallSpec> make_row(const RollerSpec& roller) {
  const float half_groove = 0.5f * roller.groove.value;
  const float contact = std::sqrt(roller.radius.value * kRowDent);
  // Both sides of a groove, or the whole length; the outermost balls touch as far as the edges.
  const bool grooved = half_groove > 0.0f;
  const float piece = (grooved ? 0.5f : 1.0f) * (roller.length.value - roller.groove.value);
  const float span = std::max(0.0f, piece - 2.0f * contact);
  const int gaps = static_cast<int>(std::ceil(span / (kRowSpacing * contact)));
  std::vector<BallSpec> row;
  for (int i = 0; i <= gaps; ++i) {
    // Halfway to its neighbours, and to the edge.
    const float between = gaps > 0 ? span / static_cast<float>(gaps) : 0.0f;
    const bool outermost = i == 0 || i == gaps;
    const base::Metres strip{outermost && gaps > 0 ? 0.5f * between + contact : between};
    const auto add = [&](float x) { row.push_back({{x, 0.0f, 0.0f}, roller.radius, strip}); };
    // From the middle outward, so that left and right are each other's image bit for bit.
    const float along =
        gaps > 0 ? static_cast<float>(2 * i - gaps) / static_cast<float>(2 * gaps) * span : 0.0f;
    if (grooved) {
      add(-(half_groove + 0.5f * piece + along));
      add(half_groove + 0.5f * piece + along);
    } else {
      add(along);
    }
  }
  std::sort(row.begin(), row.end(),
            [](const BallSpec& a, const BallSpec& b) { return a.centre_m.x < b.centre_m.x; });
  return row;
}

std::vector<BallSpec> make_stand_ins(const HeadMesh& mesh) {
  const geom::Aabb& bounds = mesh.bounds();
  int count = std::max(1, static_cast<int>(std::ceil(bounds.size().x / kLongestStandIn)));
  if (count % 2 == 0) ++count;  // one under the middle
  constexpr int kAlong = 24, kAcross = 64;
  std::vector<BallSpec> balls;
  for (int i = 0; i < count; ++i) {
    const float from = bounds.min.x + bounds.size().x * static_cast<float>(i) / count;
    const float length = bounds.size().x / static_cast<float>(count);
    const auto visit = [&](const auto& see) {
      for (int k = 0; k < kAlong; ++k) {
        for (int j = 0; j < kAcross; ++j) {
          const float x = from + (static_cast<float>(k) + 0.5f) / kAlong * length;
          const float y = bounds.min.y + (static_cast<float>(j) + 0.5f) / kAcross * bounds.size().y;
          if (const float z = mesh.underside_m(x, y); z < HeadMesh::kNothing)
            see(glm::vec3(x, y, z));
        }
      }
    };
    float lowest = HeadMesh::kNothing;
    visit([&](glm::vec3 p) { lowest = std::min(lowest, p.z); });
    if (!(lowest < HeadMesh::kNothing)) continue;
    // The middle of what lies low, and how wide the mesh is a little above that.
    float sum = 0.0f, low_y = bounds.max.y, high_y = bounds.min.y;
    glm::vec3 middle(0.0f);
    visit([&](glm::vec3 p) {
      if (p.z > lowest + kStandInRise) return;
      low_y = std::min(low_y, p.y);
      high_y = std::max(high_y, p.y);
      const float weight = lowest + kStandInRise - p.z + 1e-6f;
      sum += weight;
      middle += weight * p;
    });
    middle /= sum;
    const float half = 0.5f * (high_y - low_y);
    const float radius = std::clamp(
        (half * half + kStandInRise * kStandInRise) / (2.0f * kStandInRise), 0.005f, 0.15f);
    balls.push_back({{middle.x, middle.y, lowest + radius}, base::Metres{radius}});
  }
  return balls;
}

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
  const std::string name = "'" + file.string() + "'";
  const int shapes = static_cast<int>(json.contains("balls")) +
                     static_cast<int>(json.contains("roller")) +
                     static_cast<int>(json.contains("mesh"));
  if (shapes != 1) {
    return base::fail(name +
                      ": needs exactly one of the fields 'balls', 'roller' and 'mesh': what "
                      "touches the skin.");
  }
  if (json.contains("balls")) {
    if (auto status = read_balls(json["balls"], name, spec); !status)
      return tl::unexpected(status.error());
  } else if (json.contains("roller")) {
    if (auto status = read_roller(json["roller"], name, spec); !status)
      return tl::unexpected(status.error());
  } else {
    auto mesh = load_head_mesh(file.parent_path() / json["mesh"].get<std::string>());
    if (!mesh) return tl::unexpected(mesh.error());
    spec.mesh = std::move(*mesh);
    spec.balls = make_stand_ins(*spec.mesh);
    if (spec.balls.empty()) {
      return base::fail(name + ": the mesh of field 'mesh' has no underside that could touch.");
    }
  }
  spec.force_limit = base::Newtons{json["force_limit_n"].get<float>()};
  spec.dimensions_assumed = json["dimensions_assumed"];
  spec.example = json["example"];
  spec.colour = read_vec3(json["colour"]);
  spec.look = look_of(json);
  if (json.contains("family") && json["family"] == "compare") spec.family = Family::kCompare;
  if (json.contains("caution_key")) spec.caution_key = json["caution_key"];
  if (json.contains("time_limit_s"))
    spec.time_limit = base::Seconds{json["time_limit_s"].get<float>()};
  return spec;
}

int ToolSpec::find_attachment(std::string_view id) const {
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (attachments[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

int ToolSpec::next_backmate(int attachment) const {
  const auto count = static_cast<int>(attachments.size());
  const bool inside = attachment >= 0 && attachment < count &&
                      attachments[static_cast<std::size_t>(attachment)].family == Family::kBackmate;
  for (int i = 1; i <= count; ++i) {
    const int next = inside ? (attachment + i) % count : i - 1;
    if (attachments[static_cast<std::size_t>(next)].family == Family::kBackmate) return next;
  }
  return attachment;  // a tool without any of ours
}

base::Result<ToolSpec> load_tool(const std::filesystem::path& attachments_dir,
                                 std::vector<std::string>* refused) {
  const std::filesystem::path file = attachments_dir / "tool.json";
  auto read = data::read_checked_json(file, "backmate-tool", schema_dir_of(attachments_dir));
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  ToolSpec spec;
  spec.bar_diameter = base::Metres{json["bar_diameter_m"].get<float>()};
  if (json.contains("doorway_m")) {
    spec.doorway_min = base::Metres{json["doorway_m"]["min"].get<float>()};
    spec.doorway_max = base::Metres{json["doorway_m"]["max"].get<float>()};
    if (!(spec.doorway_min < spec.doorway_max)) {
      return base::fail("'" + file.string() +
                        "': field 'doorway_m.min' must be below 'doorway_m.max'.");
    }
  }
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
    if (!attachment && refused != nullptr) {
      refused->push_back(attachment.error().message);
      continue;
    }
    if (!attachment) return tl::unexpected(attachment.error());
    spec.attachments.push_back(std::move(*attachment));
  }
  if (spec.attachments.empty())
    return base::fail("'" + attachments_dir.string() +
                      "' has no attachment that can be read. Install the program again.");
  std::stable_partition(spec.attachments.begin(), spec.attachments.end(),
                        [](const AttachmentSpec& a) { return a.family == Family::kBackmate; });
  return spec;
}

}  // namespace tool
