#include "guide/finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>
#include <limits>
#include <utility>

#include "data/json_file.h"

namespace guide {
namespace {

constexpr const char* kFormat = "backmate-finder";
constexpr std::array<std::string_view, 4> kVerdictWords = {"fine", "gentle", "ask_first",
                                                           "not_today"};

// A touch is no wider than a thumb and hits no better: rays on a ring around the point.
constexpr float kTouchRadiusM = 0.010f;
constexpr int kRingRays = 8;
// A muscle counts where at least this many of the rays meet it: slivers beside the touch do not.
constexpr int kLeastRays = 2;
constexpr float kRayStartM = 0.015f;  // above the skin, where muscles may poke through an estimate
constexpr float kDeepestM = 0.060f;
constexpr float kBelowBoneM = 0.002f;
constexpr float kSecondaryM = 0.030f;
constexpr float kFurthestM = 0.160f;
// Nearer to the midline than this, both sides are meant.
constexpr float kMiddleM = 0.012f;
constexpr float kOtherFace = -0.2f;  // cosine between the outward directions

Verdict verdict_of(const std::string& word) {
  const auto found = std::find(kVerdictWords.begin(), kVerdictWords.end(), word);
  return static_cast<Verdict>(found - kVerdictWords.begin());
}

template <typename Entries>
auto find_id(Entries& entries, std::string_view id) {
  return std::find_if(entries.begin(), entries.end(),
                      [&](const auto& entry) { return entry.id == id; });
}

// Reads the file entry by entry: each is checked against the schema as the only one of its list.
class FinderReader {
 public:
  FinderReader(std::filesystem::path file, std::filesystem::path schemas, FinderFile& out)
      : file_(std::move(file)), schemas_(std::move(schemas)), out_(out) {}

  void read(const std::vector<PlacementSpec>& placements) {
    auto json = data::read_json(file_);
    if (!json) return refuse(json.error().message);
    data::Json frame = *json;
    if (frame.is_object()) {
      for (const char* list : {"questions", "conditions"}) {
        if (frame.contains(list) && frame[list].is_array()) frame[list] = data::Json::array();
      }
    }
    if (auto checked = data::check_json(frame, file_.string(), schemas_); !checked)
      return refuse(checked.error().message);
    if (frame["format"] != kFormat)
      return refuse("'" + file_.string() + "': field 'format' must be '" + kFormat + "'.");
    for_each(*json, frame, "questions", [&](const data::Json& entry, const std::string& field) {
      read_question(entry, field);
    });
    for_each(*json, frame, "conditions", [&](const data::Json& entry, const std::string& field) {
      read_condition(entry, field, placements);
    });
  }

 private:
  void refuse(std::string sentence) { out_.refused.push_back(std::move(sentence)); }
  void refuse(const std::string& field, const std::string& what) {
    refuse("'" + file_.string() + "': field '" + field + "' " + what);
  }

  template <typename Read>
  void for_each(const data::Json& json, const data::Json& frame, const std::string& list,
                const Read& read) {
    for (std::size_t i = 0; i < json[list].size(); ++i) {
      data::Json alone = frame;
      alone[list].push_back(json[list][i]);
      const std::string field = list + "[" + std::to_string(i) + "]";
      if (auto checked = data::check_json(alone, file_.string(), schemas_); !checked) {
        std::string sentence = checked.error().message;
        const std::string first = list + "[0]";  // it was the only one of its list
        if (const auto at = sentence.find(first); at != std::string::npos)
          sentence.replace(at, first.size(), field);
        refuse(std::move(sentence));
        continue;
      }
      read(json[list][i], field);
    }
  }

  void read_question(const data::Json& json, const std::string& field) {
    FinderQuestion question{json["id"], verdict_of(json["yes_means"])};
    auto& all = out_.finder.questions;
    if (find_id(all, question.id) != all.end())
      return refuse(field + ".id", "is '" + question.id + "', which is there already.");
    all.push_back(std::move(question));
  }

  void read_condition(const data::Json& json, const std::string& field,
                      const std::vector<PlacementSpec>& placements) {
    FinderCondition condition;
    condition.id = json["id"];
    auto& all = out_.finder.conditions;
    if (find_id(all, condition.id) != all.end())
      return refuse(field + ".id", "is '" + condition.id + "', which is there already.");
    condition.by_default = json.value("by_default", "");
    const auto& questions = out_.finder.questions;
    if (!condition.by_default.empty() &&
        find_id(questions, condition.by_default) == questions.end())
      return refuse(field + ".by_default",
                    "is '" + condition.by_default + "', which is no question.");
    for (std::size_t i = 0; i < json["placements"].size(); ++i) {
      const data::Json& entry = json["placements"][i];
      FinderChoice choice{entry["id"], entry["reason"]};
      if (find_placement(placements, choice.placement) < 0) {
        refuse(field + ".placements[" + std::to_string(i) + "].id",
               "is '" + choice.placement +
                   "', which is no placement. Known are: " + list_ids(placements) + ".");
        continue;
      }
      condition.choices.push_back(std::move(choice));
    }
    all.push_back(std::move(condition));
  }

  std::filesystem::path file_;
  std::filesystem::path schemas_;
  FinderFile& out_;
};

// What a head is for: its middle or, across the spine, where its balls stand on either side.
std::vector<glm::vec3> find_aims(const tool::HeadPose& pose, const tool::AttachmentSpec& spec) {
  const glm::vec3 middle = pose.position_m;
  if (std::abs(middle.x) > kMiddleM) return {middle};
  const glm::vec3 bar = tool::head_frame(pose)[0];
  std::vector<glm::vec3> aims;
  for (const tool::BallSpec& ball : spec.balls) aims.push_back(middle + ball.centre_m.x * bar);
  return aims;
}

float distance_to_head(glm::vec3 point_m, const PlacedHead& placed, const tool::ToolSpec& tool) {
  float nearest = std::numeric_limits<float>::max();
  for (const glm::vec3 aim :
       find_aims(placed.pose, tool.attachments[static_cast<std::size_t>(placed.attachment)]))
    nearest = std::min(nearest, glm::distance(point_m, aim));
  return nearest;
}

// What the nearest is: see answer_at.
float rank_of(const PlaceHere& place) {
  return place.away_m + (place.primary ? 0.0f : kSecondaryM);
}

void sort_nearest_first(std::vector<PlaceHere>& places) {
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
}

bool is_in_primary(const PlacementSpec& placement, std::string_view id) {
  return std::any_of(placement.primary.begin(), placement.primary.end(),
                     [&](const auto& names) { return is_named(id, names); });
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)];
}

FinderFile load_finder(const std::filesystem::path& assets_dir,
                       const std::vector<PlacementSpec>& placements) {
  FinderFile result;
  FinderReader(assets_dir / "finder" / "finder.json", assets_dir / "schema", result)
      .read(placements);
  return result;
}

FinderAnswer check(const Finder& finder, const std::vector<std::string>& yes) {
  FinderAnswer result;
  for (const Verdict verdict : {Verdict::kNotToday, Verdict::kAskFirst, Verdict::kGentle}) {
    for (const FinderQuestion& question : finder.questions) {
      const bool is_yes = std::find(yes.begin(), yes.end(), question.id) != yes.end();
      if (!is_yes || question.yes_means != verdict) continue;
      result.flags.push_back(question.id);
      result.verdict = std::max(result.verdict, verdict);
    }
  }
  return result;
}

base::Result<FinderAnswer> answer(const Finder& finder, std::string_view condition,
                                  const std::vector<std::string>& yes) {
  const auto found = find_id(finder.conditions, condition);
  if (found == finder.conditions.end())
    return base::fail("The finder has no condition '" + std::string(condition) + "'.");
  for (const std::string& id : yes) {
    if (find_id(finder.questions, id) == finder.questions.end())
      return base::fail("The finder has no question '" + id + "'.");
  }
  std::vector<std::string> all = yes;
  if (!found->by_default.empty()) all.push_back(found->by_default);
  FinderAnswer result = check(finder, all);
  if (result.verdict != Verdict::kNotToday) result.choices = found->choices;
  return result;
}

base::Newtons gentle_force(const PlacementSpec& placement) {
  const bool at_most = !(placement.force[0].value > 0.0f);
  return at_most ? 0.5f * placement.default_force : placement.force[0];
}

std::vector<MuscleHere> find_muscles_at(glm::vec3 skin_point_m, const anatomy::BodyIndex& body) {
  const auto& structures = body.body().structures;
  std::vector<std::uint8_t> is_bone(structures.size(), 0);
  for (std::size_t i = 0; i < structures.size(); ++i)
    is_bone[i] = structures[i].usable && structures[i].kind == anatomy::Kind::kBone;

  const glm::vec3 normal = body.mean_surface_normal(skin_point_m, kTouchRadiusM);
  const glm::vec3 right = tool::reference_direction(normal);
  const glm::vec3 up = glm::cross(normal, right);
  struct Met {
    int rays = 0;
    float depth_m = 0.0f;
  };
  std::vector<Met> met(structures.size());
  std::vector<anatomy::BodyIndex::Hit> hits;
  for (int ray = 0; ray <= kRingRays; ++ray) {
    // The last one goes through the middle.
    const float radius = ray < kRingRays ? kTouchRadiusM : 0.0f;
    const float turn = glm::two_pi<float>() * static_cast<float>(ray) / kRingRays;
    const glm::vec3 at = skin_point_m + radius * (std::cos(turn) * right + std::sin(turn) * up);
    hits.clear();
    const geom::Ray down{at + kRayStartM * normal, -normal};
    const auto bone =
        body.find_hits_down_to(down, kRayStartM + kDeepestM, is_bone, kBelowBoneM, hits);
    std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
      return a.structure != b.structure ? a.structure < b.structure
                                        : a.ray.distance_m < b.ray.distance_m;
    });
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const auto structure = hits[i].structure;
      if (i > 0 && hits[i - 1].structure == structure) continue;  // its outer side has been met
      if (structures[structure].kind != anatomy::Kind::kMuscle) continue;
      if (bone && hits[i].ray.distance_m > *bone) continue;
      ++met[structure].rays;
      met[structure].depth_m += hits[i].ray.distance_m - kRayStartM;
    }
  }
  std::vector<MuscleHere> muscles;
  for (std::size_t i = 0; i < met.size(); ++i) {
    if (met[i].rays < kLeastRays) continue;
    muscles.push_back({static_cast<anatomy::StructureIndex>(i),
                       met[i].depth_m / static_cast<float>(met[i].rays)});
  }
  std::stable_sort(muscles.begin(), muscles.end(),
                   [](const auto& a, const auto& b) { return a.depth_m < b.depth_m; });
  return muscles;
}

AnswerHere answer_at(glm::vec3 skin_point_m, const anatomy::BodyIndex& body,
                     const std::vector<PlacementSpec>& placements, const tool::ToolSpec& tool) {
  AnswerHere result;
  const auto& structures = body.body().structures;
  result.muscles = find_muscles_at(skin_point_m, body);
  const bool middle = std::abs(skin_point_m.x) < kMiddleM;
  const anatomy::Side own = skin_point_m.x > 0.0f ? anatomy::Side::kLeft : anatomy::Side::kRight;
  if (!middle) {
    std::erase_if(result.muscles, [&](const MuscleHere& muscle) {
      const anatomy::Side side = structures[muscle.structure].side;
      return side != own && side != anatomy::Side::kMedian;
    });
  }
  const glm::vec3 normal = body.mean_surface_normal(skin_point_m, kTouchRadiusM);
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const PlacementSpec& placement = placements[i];
    // The outermost muscle that it is for, the main ones before the others.
    const auto find_muscle = [&](const auto& fits) {
      return std::find_if(
          result.muscles.begin(), result.muscles.end(),
          [&](const MuscleHere& muscle) { return fits(structures[muscle.structure].id); });
    };
    auto why = find_muscle([&](const auto& id) { return is_in_primary(placement, id); });
    const bool primary = why != result.muscles.end();
    if (!primary)
      why = find_muscle([&](const auto& id) { return is_named(id, placement.secondary); });
    if (why == result.muscles.end()) continue;
    const anatomy::Side of_muscle = structures[why->structure].side;
    const anatomy::Side side = of_muscle == anatomy::Side::kMedian ? own : of_muscle;
    const auto placed = place_head(placement, side, body, tool);
    if (!placed || glm::dot(placed->pose.normal, normal) < kOtherFace) continue;
    const float away = distance_to_head(skin_point_m, *placed, tool);
    if (away > kFurthestM) continue;
    result.places.push_back({static_cast<int>(i), side, why->structure, primary, away});
  }
  sort_nearest_first(result.places);
  return result;
}

AnswerHere answer_under(const tool::HeadPose& head, const tool::AttachmentSpec& attachment,
                        const anatomy::BodyIndex& body,
                        const std::vector<PlacementSpec>& placements, const tool::ToolSpec& tool) {
  AnswerHere result;
  for (const glm::vec3 aim : find_aims(head, attachment)) {
    const glm::vec3 on_skin = body.find_surface_point(aim).point_m;
    const AnswerHere here = answer_at(on_skin, body, placements, tool);
    for (const MuscleHere& muscle : here.muscles) {
      const bool known =
          std::any_of(result.muscles.begin(), result.muscles.end(),
                      [&](const auto& other) { return other.structure == muscle.structure; });
      if (!known) result.muscles.push_back(muscle);
    }
    result.places.insert(result.places.end(), here.places.begin(), here.places.end());
  }
  std::stable_sort(result.muscles.begin(), result.muscles.end(),
                   [](const auto& a, const auto& b) { return a.depth_m < b.depth_m; });
  sort_nearest_first(result.places);
  std::vector<std::uint8_t> named(placements.size(), 0);
  std::erase_if(result.places, [&](const PlaceHere& place) {
    return std::exchange(named[static_cast<std::size_t>(place.placement)], 1) != 0;
  });
  return result;
}

}  // namespace guide
