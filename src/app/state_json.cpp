#include "app/state_json.h"

#include <algorithm>

#include "data/json_file.h"

namespace app {
namespace {

using nlohmann::json;

json to_json(glm::vec3 v) { return {v.x, v.y, v.z}; }
json to_json(glm::vec2 v) { return {v.x, v.y}; }
json to_json(const glm::mat4& m) {
  json out = json::array();
  for (int column = 0; column < 4; ++column) {
    for (int row = 0; row < 4; ++row) out.push_back(m[column][row]);
  }
  return out;
}

// Nearest rank; 0 when nothing was drawn.
float percentile(std::vector<float> values, float share) {
  if (values.empty()) return 0.0f;
  std::sort(values.begin(), values.end());
  const auto last = static_cast<float>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last + 0.5f)];
}

json ids_of(const anatomy::Body& body, const std::vector<std::uint8_t>& flags) {
  json ids = json::array();
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i] != 0) ids.push_back(body.structures[i].id);
  }
  return ids;
}

json tool_json(const session::Snapshot& snapshot, const StateView& view) {
  const auto& pose = snapshot.head_now;
  const auto& spec =
      snapshot.tool->attachments[static_cast<std::size_t>(snapshot.document->attachment)];
  const glm::vec2 size{view.width_px, view.height_px};
  return {{"position_m", to_json(pose.position_m)},
          {"normal", to_json(pose.normal)},
          {"head_angle_rad", pose.angle.value},
          {"pitch_rad", pose.pitch.value},
          {"attachment", spec.id},
          {"gap_m", snapshot.sim->patch.gap.value},
          {"screen_px", to_json(view.camera.project(find_grab_point(snapshot), size))}};
}

json contacts_json(const sim::ContactPatch& patch) {
  json out = json::array();
  for (const sim::Contact& contact : patch.contacts) {
    out.push_back({{"force_n", contact.force.value},
                   {"area_m2", contact.area.value},
                   {"peak_pa", contact.peak.value},
                   {"point_m", to_json(contact.point_m)}});
  }
  return out;
}

// Under the leading contact; null while the head is lifted.
json section_json(const session::Snapshot& snapshot) {
  if (snapshot.section == nullptr || !*snapshot.section) return nullptr;
  const session::Section& section = **snapshot.section;
  json layers = json::array();
  for (const session::SectionLayer& layer : section.layers) {
    const json id = layer.structure == anatomy::kNone
                        ? json(nullptr)
                        : json(snapshot.index->body().structures[layer.structure].id);
    layers.push_back({{"id", id},
                      {"material", session::to_string(layer.material)},
                      {"top_m", layer.top_m},
                      {"thickness_m", layer.thickness_m},
                      {"middle_pa", layer.middle_pa}});
  }
  return {{"total_m", section.total_m},
          {"peak_pa", section.peak_pa},
          {"indentation_m", section.indentation_m},
          {"bone_fraction", section.bone_fraction},
          {"layers", layers}};
}

// Null where none is chosen.
json placement_json(const session::Snapshot& snapshot) {
  if (snapshot.document->placement < 0 || !snapshot.placement) return nullptr;
  const auto chosen = static_cast<std::size_t>(snapshot.document->placement);
  const session::PlacementTarget& target = *snapshot.placement;
  return {{"id", (*snapshot.placements)[chosen].spec.id},
          {"side", anatomy::to_string(snapshot.document->placement_side)},
          {"position_m", to_json(target.pose.position_m)},
          {"away_m", target.away_m},
          {"turned_rad", target.turned.value},
          {"reached", target.is_reached()}};
}

// Null where no map is drawn.
json tender_json(const session::Snapshot& snapshot) {
  const session::Document& document = *snapshot.document;
  if (document.tender < 0 || snapshot.tender == nullptr) return nullptr;
  const auto& spot = (*snapshot.tender_spots)[static_cast<std::size_t>(document.tender)];
  return {{"id", spot.id},
          {"side", anatomy::to_string(document.tender_side)},
          {"point_m", to_json(snapshot.tender->spot.point_m)},
          {"areas", snapshot.tender->areas.size()}};
}

json safety_json(const session::Snapshot& snapshot) {
  json out = json::array();
  for (const guide::SafetyFinding& finding : *snapshot.safety) {
    out.push_back({{"kind", guide::to_string(finding.kind)},
                   {"region", snapshot.model->safety->region(finding.region).id},
                   {"value", finding.value},
                   {"limit", finding.limit},
                   {"text", guide::describe(*snapshot.model, finding)}});
  }
  return out;
}

// Null where nothing is near.
json approach_json(const session::Snapshot& snapshot) {
  if (!snapshot.approach) return nullptr;
  const guide::Nearing& near = *snapshot.approach;
  return {{"region", snapshot.model->safety->region(near.region).id},
          {"zone", near.zone},
          {"share", near.share}};
}

}  // namespace

glm::vec3 find_grab_point(const session::Snapshot& snapshot) {
  return snapshot.sim->patch.head_centre_m;
}

json make_state_json(const session::Snapshot& snapshot, const StateView& view) {
  const anatomy::Body& body = snapshot.index->body();
  const session::Document& document = *snapshot.document;

  json groups = json::array();
  for (const session::GroupReadout& readout : *snapshot.groups) {
    const anatomy::Group& group = body.groups[readout.group];
    groups.push_back({{"id", group.id},
                      {"name", group.name},
                      {"load_pa", readout.load_pa},
                      {"relief", readout.relief}});
  }
  json muscles = json::array();
  for (const sim::MuscleReadout& readout : *snapshot.muscles) {
    const anatomy::Structure& muscle = body.structures[readout.structure];
    muscles.push_back({{"id", muscle.id},
                       {"name", muscle.name},
                       {"fma", muscle.fma},
                       {"side", anatomy::to_string(muscle.side)},
                       {"load_pa", readout.load_pa},
                       {"load_mean_pa", readout.load_mean_pa},
                       {"tension", readout.tension},
                       {"relief", readout.relief}});
  }
  json controls = json::array();
  for (const ui::Control& control : view.controls) {
    const ui::Rect& r = control.rect_px;
    controls.push_back({{"id", control.id},
                        {"rect_px", {r.x, r.y, r.width, r.height}},
                        {"enabled", control.enabled}});
  }
  const std::vector<float> frame_ms(view.frame_ms.begin(), view.frame_ms.end());
  const float aspect = static_cast<float>(view.width_px) / static_cast<float>(view.height_px);
  return {
      {"body", body.id},
      {"size_px", {view.width_px, view.height_px}},
      {"time_s", snapshot.time_s},
      {"time_rate", snapshot.time_rate},
      {"motion", document.motion == session::Motion::kRoll ? "roll" : "hold"},
      {"condition", document.condition.id},
      {"condition_side", anatomy::to_string(document.condition.side)},
      {"tool", tool_json(snapshot, view)},
      {"force_n", document.force.value},
      {"placement", placement_json(snapshot)},
      {"contacts", contacts_json(snapshot.sim->patch)},
      {"groups", groups},
      {"muscles", muscles},
      {"camera",
       {{"view", to_json(view.camera.view())},
        {"projection", to_json(view.camera.projection(aspect))}}},
      {"layer", anatomy::to_string(document.layer)},
      {"xray", document.xray},
      {"nerves", document.nerves},
      {"field", session::to_string(document.field)},
      {"limits", document.limits},
      {"tender", tender_json(snapshot)},
      {"my_size",
       {{"height_m", document.size.height_m},
        {"weight_kg", document.size.weight_kg},
        {"doorway_m", document.size.doorway_m}}},
      {"force_limit_n", snapshot.limit.force_n},
      {"force_limit_region", snapshot.model->safety->region(snapshot.limit.region).id},
      {"person",
       {{"calm", snapshot.person.calm},
        {"alarm", snapshot.person.alarm},
        {"pain", snapshot.person.pain}}},
      {"section", section_json(snapshot)},
      {"safety", safety_json(snapshot)},
      {"approach", approach_json(snapshot)},
      {"panels",
       {{"section", view.section_open},
        {"cut", view.cut == ui::BodyCut::kNone       ? "none"
                : view.cut == ui::BodyCut::kAlongBar ? "along"
                                                     : "across"},
        {"person", view.person_shown}}},
      {"display",
       {{"look", std::string(ui::to_string(view.display.look))},
        {"size_percent", view.display.size_percent},
        {"labels", view.display.labels},
        {"quality", std::string(ui::to_string(view.quality))},
        {"reduced_motion", view.display.reduced_motion},
        {"folded",
         {{"rail", view.display.folded.rail},
          {"dock", view.display.folded.dock},
          {"targets", view.display.folded.targets}}}}},
      {"focus", view.focus},
      {"said", view.said},
      {"hint", view.hint},
      {"body_draw_calls", view.body_draw_calls},
      {"dialog", view.dialog},
      {"opening", view.opening},
      {"hidden", ids_of(body, document.hidden)},
      {"isolated", ids_of(body, document.isolated)},
      {"selected", ids_of(body, document.selected)},
      {"ui", controls},
      {"frames", view.frames},
      {"frame_ms", {{"median", percentile(frame_ms, 0.5f)}, {"p95", percentile(frame_ms, 0.95f)}}}};
}

base::Status save_state_json(const json& state, const std::filesystem::path& file) {
  return data::write_file_atomic(file, state.dump(1) + "\n");
}

}  // namespace app
