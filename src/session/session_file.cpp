#include "session/session_file.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <glm/geometric.hpp>

#include "base/hash.h"

namespace session {
namespace {

using data::Json;

// Nearer than this to where the skin puts it, a stored pose is the same one.
constexpr float kSamePoseM = 1e-3f;
constexpr float kSameNormal = 0.999f;

Json to_json(glm::vec3 v) { return Json::array({v.x, v.y, v.z}); }
glm::vec3 vec3_of(const Json& j) {
  return {j[0].get<float>(), j[1].get<float>(), j[2].get<float>()};
}

Json ids_of(const anatomy::Body& body, const std::vector<std::uint8_t>& flags) {
  Json ids = Json::array();
  for (std::size_t i = 0; i < flags.size(); ++i)
    if (flags[i] != 0) ids.push_back(body.structures[i].id);
  return ids;
}

// Ids that the body lacks are counted.
std::vector<std::uint8_t> flags_of(const anatomy::Body& body, const Json& ids, std::size_t& lost) {
  std::vector<std::uint8_t> flags(body.structures.size(), 0);
  for (const Json& id : ids) {
    const anatomy::StructureIndex at = body.find_structure(id.get<std::string>());
    if (at == anatomy::kNone) {
      ++lost;
    } else {
      flags[at] = 1;
    }
  }
  return flags;
}

anatomy::Side side_of(const Json& j) {
  anatomy::Side side = anatomy::Side::kRight;
  anatomy::from_string(j.value("side", "right"), side);
  return side;
}

// The stored pose where the skin is still there, else the place on the skin nearest to it.
tool::HeadPose settle(const tool::HeadPose& stored, const anatomy::BodyIndex& body,
                      const tool::AttachmentSpec& attachment) {
  const tool::HeadPose here =
      tool::pose_on_skin(body, stored.position_m, stored.angle, stored.pitch, attachment);
  const bool same = glm::distance(here.position_m, stored.position_m) < kSamePoseM &&
                    std::abs(glm::length(stored.normal) - 1.0f) < kSamePoseM &&
                    glm::dot(here.normal, stored.normal) > kSameNormal;
  return same ? stored : here;
}

base::Status restore_tool(const Json& json, const Snapshot& on, Document& document) {
  const std::string id = json["attachment"];
  document.attachment = on.tool->find_attachment(id);
  if (document.attachment < 0)
    return base::fail(
        "The session uses the attachment '" + id +
        "', which is not among those of this program. Put its file back and open the session "
        "again.");
  const tool::AttachmentSpec& spec =
      on.tool->attachments[static_cast<std::size_t>(document.attachment)];
  document.force = std::min(base::Newtons{json["force_n"].get<float>()}, spec.force_limit);
  document.motion = json["motion"] == "roll" ? Motion::kRoll : Motion::kHold;
  tool::HeadPose pose;
  pose.position_m = vec3_of(json["position_m"]);
  pose.normal = vec3_of(json["normal"]);
  pose.angle = std::clamp(base::Radians{json["angle_rad"].get<float>()}, on.tool->angle_min,
                          on.tool->angle_max);
  pose.pitch = std::clamp(base::Radians{json["pitch_rad"].get<float>()}, on.tool->pitch_min,
                          on.tool->pitch_max);
  document.head = settle(pose, *on.index, spec);
  return {};
}

base::Status restore_person(const Json& json, const Snapshot& on, Document& document) {
  document.condition = {json["condition"].get<std::string>(), side_of(json)};
  const auto& all = *on.conditions;
  const bool known = std::any_of(all.begin(), all.end(), [&](const sim::Condition& condition) {
    return condition.id == document.condition.id;
  });
  if (known) return {};
  return base::fail("The session simulates the condition '" + document.condition.id +
                    "', which this program does not know. Use a newer program.");
}

void restore_look(const Json& json, const anatomy::Body& body, RestoredDocument& restored) {
  Document& document = restored.document;
  anatomy::from_string(json["layer"].get<std::string>(), document.layer);
  document.xray = json["xray"];
  document.nerves = json.value("nerves", true);  // files from before there were any say nothing
  document.field = field_from_string(json["field"].get<std::string>()).value_or(Field::kNatural);
  document.limits = json["limits"].get<bool>() && body.has_skin();
  document.hidden = flags_of(body, json["hidden"], restored.lost);
  document.isolated = flags_of(body, json["isolated"], restored.lost);
  document.selected = flags_of(body, json["selected"], restored.lost);
}

// A body moves with its session: sent by mail, on a stick.
std::string find_body_file(const std::string& path, const std::filesystem::path& session_file) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return path;
  const auto beside = session_file.parent_path() / std::filesystem::path(path).filename();
  return std::filesystem::exists(beside, ignored) ? beside.string() : path;
}

}  // namespace

base::Result<std::string> hash_file(const std::filesystem::path& file) {
  const auto bytes = data::read_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  base::Hash hash;
  hash.add_bytes(bytes->data(), bytes->size());
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash.value()));
  return std::string(text);
}

data::Json make_session_json(const Snapshot& snapshot, const BodyRef& body, const SavedView& view) {
  const Document& document = *snapshot.document;
  const anatomy::Body& anatomy = snapshot.index->body();
  Json json = {{"format", "backmate-session"},
               {"version", 1},
               {"body",
                {{"source", body.is_builtin() ? "builtin" : "file"},
                 {"hash", body.hash},
                 {"name", anatomy.id}}},
               {"person",
                {{"condition", document.condition.id},
                 {"side", anatomy::to_string(document.condition.side)}}},
               {"tool",
                {{"position_m", to_json(document.head.position_m)},
                 {"normal", to_json(document.head.normal)},
                 {"angle_rad", document.head.angle.value},
                 {"pitch_rad", document.head.pitch.value},
                 {"attachment",
                  snapshot.tool->attachments[static_cast<std::size_t>(document.attachment)].id},
                 {"force_n", document.force.value},
                 {"motion", document.motion == Motion::kRoll ? "roll" : "hold"}}},
               {"look",
                {{"layer", anatomy::to_string(document.layer)},
                 {"xray", document.xray},
                 {"nerves", document.nerves},
                 {"field", to_string(document.field)},
                 {"limits", document.limits},
                 {"hidden", ids_of(anatomy, document.hidden)},
                 {"isolated", ids_of(anatomy, document.isolated)},
                 {"selected", ids_of(anatomy, document.selected)}}},
               {"view",
                {{"pivot_m", to_json(view.pivot_m)},
                 {"distance_m", view.distance_m},
                 {"yaw_rad", view.yaw_rad},
                 {"pitch_rad", view.pitch_rad}}},
               {"time_rate", static_cast<int>(snapshot.time_rate)}};
  if (!body.path.empty()) json["body"][body.is_builtin() ? "figure" : "path"] = body.path;
  if (document.tender >= 0) {
    json["tender"] = {
        {"spot", (*snapshot.tender_spots)[static_cast<std::size_t>(document.tender)].id},
        {"side", anatomy::to_string(document.tender_side)}};
  }
  json["my_size"] = {{"height_m", document.size.height_m},
                     {"weight_kg", document.size.weight_kg},
                     {"doorway_m", document.size.doorway_m}};
  json["placement_side"] = anatomy::to_string(document.placement_side);
  if (document.placement >= 0)
    json["placement"] =
        (*snapshot.placements)[static_cast<std::size_t>(document.placement)].spec.id;
  return json;
}

base::Status save_session(const data::Json& json, const std::filesystem::path& file) {
  // A file name need not be valid UTF-8.
  return data::write_file_atomic(
      file, json.dump(1, ' ', false, data::Json::error_handler_t::replace) + "\n");
}

base::Result<SessionFile> load_session(const std::filesystem::path& file,
                                       const std::filesystem::path& schema_dir) {
  auto json = data::read_checked_json(file, "backmate-session", schema_dir);
  if (!json) return tl::unexpected(json.error());
  SessionFile session;
  const Json& body = (*json)["body"];
  session.body.hash = body["hash"];
  if (body["source"] == "file") {
    if (!body.contains("path"))
      return base::fail("'" + file.string() +
                        "': field 'body.path' is missing, so the body cannot be found.");
    session.body.path = find_body_file(body["path"], file);
  } else if (body.contains("figure")) {
    session.body.path = body["figure"];
    if (!session.body.is_builtin())
      return base::fail("'" + file.string() + "': field 'body.figure' is '" + session.body.path +
                        "', which is no figure of the built-in body.");
  }
  if (json->contains("view")) {
    const Json& view = (*json)["view"];
    session.view = {vec3_of(view["pivot_m"]), view["distance_m"].get<float>(),
                    view["yaw_rad"].get<float>(), view["pitch_rad"].get<float>()};
  }
  session.time_rate = static_cast<float>(json->value("time_rate", 1));
  session.json = std::move(*json);
  return session;
}

void carry_over(SessionFile& file, const anatomy::Body& from, const anatomy::Body& to) {
  // Nearer landmarks count more; far from all of them a point goes as they do on average.
  const auto carried = [&](glm::vec3 p) {
    constexpr float kNear2 = 0.03f * 0.03f;
    glm::vec3 sum(0.0f);
    float weights = 0.0f;
    for (const anatomy::Landmark& landmark : from.landmarks) {
      const anatomy::Landmark* twin = to.find_landmark(landmark.id);
      if (twin == nullptr) continue;
      const glm::vec3 away = p - landmark.position_m;
      const float near = 1.0f / (glm::dot(away, away) + kNear2);
      sum += near * near * (twin->position_m - landmark.position_m);
      weights += near * near;
    }
    return weights > 0.0f ? p + sum / weights : p;
  };
  Json& position = file.json["tool"]["position_m"];
  position = to_json(carried(vec3_of(position)));
  if (file.view) file.view->pivot_m = carried(file.view->pivot_m);
}

base::Result<RestoredDocument> restore_document(const SessionFile& file, const Snapshot& on) {
  RestoredDocument restored;
  restored.document = *on.document;
  Document& document = restored.document;
  if (auto status = restore_person(file.json["person"], on, document); !status)
    return tl::unexpected(status.error());
  if (auto status = restore_tool(file.json["tool"], on, document); !status)
    return tl::unexpected(status.error());
  restore_look(file.json["look"], on.index->body(), restored);
  if (file.json.contains("my_size")) {
    const Json& size = file.json["my_size"];
    document.size = {size["height_m"].get<float>(), size["weight_kg"].get<float>(),
                     size["doorway_m"].get<float>()};
    if (auto status = guide::check_size(document.size); !status)
      return tl::unexpected(status.error());
  }
  document.tender = -1;
  if (file.json.contains("tender")) {
    const Json& tender = file.json["tender"];
    document.tender = guide::find_tender_spot(*on.tender_spots, tender["spot"].get<std::string>());
    document.tender_side = side_of(tender);
    if (document.tender < 0) ++restored.lost;
  }
  document.placement = -1;
  document.placement_side = file.json.value("placement_side", "right") == "left"
                                ? anatomy::Side::kLeft
                                : anatomy::Side::kRight;
  if (const std::string id = file.json.value("placement", ""); !id.empty()) {
    const auto place = choose_placement(*on.placements, id, document.placement_side);
    if (place) document.placement = place->placement;
    if (!place) ++restored.lost;
  }
  return restored;
}

}  // namespace session
