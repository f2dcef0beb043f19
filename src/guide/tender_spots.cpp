#include "guide/tender_spots.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "guide/anchor_json.h"

namespace guide {
namespace {

constexpr const char* kFormat = "backmate-tender";
constexpr float kNearM = 0.025f;
constexpr float kDotSpacingM = 0.0050f;
constexpr float kGoldenAngle = 2.39996323f;
// Rays start this far above the middle's tangent plane: a head bends away by that much.
constexpr float kAboveM = 0.03f;
// A dot that lands this far from the plane has slipped off an edge.
constexpr float kSlippedM = 0.026f;

TenderSpot read_spot(const data::Json& json) {
  TenderSpot spot;
  spot.id = json["id"];
  spot.muscles = json["muscles"].get<std::vector<std::string>>();
  spot.at = read_anchor(json["at"]);
  spot.display_only = json.value("display_only", false);
  for (const data::Json& area : json["refers"])
    spot.areas.push_back({read_anchor(area["at"]), area["radius_m"].get<float>()});
  return spot;
}

TenderDot dot_at(glm::vec3 point, const anatomy::BodyIndex& body) {
  return {point, body.mean_surface_normal(point, 0.008f)};
}

// Sunflower seeds over the skin: even, without rings, thinned towards the edge.
void stipple(const TenderDot& middle, float radius_m, const anatomy::BodyIndex& body,
             std::vector<TenderDot>& dots) {
  const glm::vec3 right = tool::reference_direction(middle.normal);
  const glm::vec3 up = glm::cross(middle.normal, right);
  const float share = radius_m / kDotSpacingM;
  const int count = static_cast<int>(3.14159265f * share * share);
  for (int i = 0; i < count; ++i) {
    const float out = std::sqrt((static_cast<float>(i) + 0.5f) / static_cast<float>(count));
    if (out > 0.6f && i % 2 == 1) continue;
    const float turn = kGoldenAngle * static_cast<float>(i);
    const glm::vec3 over = middle.point_m +
                           radius_m * out * (std::cos(turn) * right + std::sin(turn) * up) +
                           kAboveM * middle.normal;
    const auto hit = body.find_surface_hit({over, -middle.normal}, kAboveM + kSlippedM);
    if (!hit) continue;
    const glm::vec3 point = over - hit->distance_m * middle.normal;
    const bool crowded = std::any_of(dots.begin(), dots.end(), [&](const TenderDot& other) {
      return glm::distance(other.point_m, point) < 0.55f * kDotSpacingM;
    });
    if (!crowded) dots.push_back(dot_at(point, body));
  }
}

}  // namespace

TenderFile load_tender_spots(const std::filesystem::path& assets_dir) {
  TenderFile result;
  const std::filesystem::path file = assets_dir / "tender" / "tender_spots.json";
  const std::filesystem::path schemas = assets_dir / "schema";
  auto json = data::read_json(file);
  const auto refuse = [&](std::string sentence) { result.refused.push_back(std::move(sentence)); };
  if (!json) {
    refuse(json.error().message);
    return result;
  }
  data::Json frame = *json;
  if (frame.is_object() && frame.contains("spots") && frame["spots"].is_array())
    frame["spots"] = data::Json::array();
  if (auto checked = data::check_json(frame, file.string(), schemas); !checked) {
    refuse(checked.error().message);
    return result;
  }
  if (frame["format"] != kFormat) {
    refuse("'" + file.string() + "': field 'format' must be '" + kFormat + "'.");
    return result;
  }
  // Entry by entry, each as the only one, so that a wrong one takes nobody along.
  for (std::size_t i = 0; i < (*json)["spots"].size(); ++i) {
    const data::Json& entry = (*json)["spots"][i];
    const std::string field = "spots[" + std::to_string(i) + "]";
    data::Json alone = frame;
    alone["spots"].push_back(entry);
    if (auto checked = data::check_json(alone, file.string(), schemas); !checked) {
      std::string sentence = checked.error().message;
      if (const auto at = sentence.find("spots[0]"); at != std::string::npos)
        sentence.replace(at, 8, field);
      refuse(std::move(sentence));
      continue;
    }
    TenderSpot spot = read_spot(entry);
    if (find_tender_spot(result.spots, spot.id) >= 0) {
      refuse("'" + file.string() + "': field '" + field + ".id' is '" + spot.id +
             "', which is there already.");
      continue;
    }
    result.spots.push_back(std::move(spot));
  }
  return result;
}

base::Result<TenderMap> lay_tender_spot(const TenderSpot& spot, anatomy::Side side,
                                        const anatomy::BodyIndex& body) {
  const auto at = find_on_skin(spot.at, side, body);
  if (!at) return tl::unexpected(at.error());
  TenderMap map;
  map.spot = dot_at(*at, body);
  for (const TenderArea& area : spot.areas) {
    const auto centre = find_on_skin(area.at, side, body);
    if (!centre) continue;
    map.areas.push_back({*centre, area.radius_m});
    stipple(dot_at(*centre, body), area.radius_m, body, map.dots);
  }
  return map;
}

std::string find_view(const TenderMap& map) {
  // +X is the patient's left, +Y up, +Z forward.
  const std::pair<const char*, glm::vec3> views[] = {
      {"back", {0, 0, -1}}, {"front", {0, 0, 1}}, {"left", {1, 0, 0}}, {"right", {-1, 0, 0}}};
  const char* best = "back";
  float most = -1.0f;
  for (const auto& [name, towards] : views) {
    // The spot itself counts for as much as a fifth of the dots.
    float seen = 0.2f * static_cast<float>(map.dots.size()) *
                 std::max(0.0f, glm::dot(map.spot.normal, towards));
    for (const TenderDot& dot : map.dots) seen += std::max(0.0f, glm::dot(dot.normal, towards));
    if (seen <= most) continue;
    most = seen;
    best = name;
  }
  return best;
}

int find_tender_spot(const std::vector<TenderSpot>& spots, std::string_view id) {
  const auto found =
      std::find_if(spots.begin(), spots.end(), [&](const auto& spot) { return spot.id == id; });
  return found == spots.end() ? -1 : static_cast<int>(found - spots.begin());
}

bool is_tender_spot_of(const TenderSpot& spot, std::string_view structure_id) {
  return is_named(structure_id, spot.muscles);
}

std::vector<TenderHere> find_tender_here(glm::vec3 skin_point_m,
                                         const std::vector<TenderSpot>& spots,
                                         const anatomy::BodyIndex& body) {
  std::vector<TenderHere> found;
  const anatomy::Side side = skin_point_m.x > 0.0f ? anatomy::Side::kLeft : anatomy::Side::kRight;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto at = find_on_skin(spots[i].at, side, body);
    if (!at) continue;
    if (const float away = glm::distance(*at, skin_point_m); away <= kNearM) {
      found.push_back({static_cast<int>(i), side, true, away});
      continue;
    }
    float nearest = 1.0f;
    for (const TenderArea& area : spots[i].areas) {
      const auto centre = find_on_skin(area.at, side, body);
      if (!centre) continue;
      const float away = glm::distance(*centre, skin_point_m);
      if (away <= area.radius_m) nearest = std::min(nearest, away);
    }
    if (nearest < 1.0f) found.push_back({static_cast<int>(i), side, false, nearest});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.at_spot != b.at_spot ? a.at_spot : a.away_m < b.away_m;
  });
  return found;
}

}  // namespace guide
