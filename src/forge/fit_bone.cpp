#include "forge/fit_bone.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/parallel.h"
#include "forge/bone_shape.h"
#include "forge/bones.h"
#include "geom/bvh.h"
#include "geom/level_set.h"
#include "geom/surface.h"

namespace forge {
namespace {

using nlohmann::json;

constexpr std::size_t kReferenceSamples = 2500;  // of the reference's surface
constexpr float kModelSpacing_m = 0.004f;        // between points of the bone's own surface
constexpr float kFurthest_m = 0.05f;
constexpr std::size_t kJudgeSamples = 8000;

// One number of the description that may change.
struct Figure {
  json::json_pointer at;
  double step = 0.0;
  double least = -1e9;
};

std::vector<Figure> find_figures(const json& bone) {
  std::vector<Figure> figures;
  const auto add = [&](const json::json_pointer& array, std::size_t count, double step,
                       double least) {
    for (std::size_t k = 0; k < count; ++k) figures.push_back({array / k, step, least});
  };
  for (std::size_t p = 0; p < bone["parts"].size(); ++p) {
    const json& part = bone["parts"][p];
    const auto here = json::json_pointer("/parts") / p;
    if (!part.contains("stations")) {
      add(here / "at_mm", 3, 2.0, -1e9);
      add(here / "half_mm", 3, 2.0, 1.0);
      if (part.contains("turn_deg")) add(here / "turn_deg", 3, 8.0, -360.0);
      continue;
    }
    for (std::size_t s = 0; s < part["stations"].size(); ++s) {
      add(here / "stations" / s / "at_mm", 3, 2.0, -1e9);
      add(here / "stations" / s / "half_mm", 2, 2.0, 0.5);
    }
  }
  return figures;
}

// The bone's own surface at the beginning of a round, and how far its points are from the
// reference: what does not move need not be measured again.
struct ModelPoint {
  glm::vec3 place_m;
  glm::vec3 normal;
  float value = 0.0f;  // of the field at that place
  float distance_m = 0.0f;
};

class Judge {
 public:
  Judge(const geom::Mesh& reference)
      : mesh_(ordered(reference)),
        tree_(mesh_.positions_m, mesh_.indices),
        samples_(geom::sample_surface(mesh_, kReferenceSamples)) {}

  const geom::Mesh& mesh() const { return mesh_; }

  void start_round(const json& bone) {
    const BoneField field(read_bone(bone));
    geom::Mesh surface = geom::polygonise(geom::sample_distance(
        [&](glm::vec3 p) { return field(p); }, field.bounds_m(), kModelSpacing_m));
    const auto normals = geom::smooth_normals(surface.positions_m, surface.indices);
    points_.clear();
    for (std::size_t v = 0; v < normals.size(); ++v) {
      const glm::vec3 place = surface.positions_m[v];
      points_.push_back({place, normals[v], field(place), 0.0f});
      points_.back().distance_m = distance_of(place - points_.back().value * normals[v]);
    }
  }

  // Mean of both directions. A point of the bone's surface follows the field along its normal.
  float measure(const json& bone) const {
    const BoneField field(read_bone(bone));
    double there = 0.0;
    for (const glm::vec3& p : samples_.points) there += std::min(std::abs(field(p)), kFurthest_m);
    double back = 0.0;
    for (const ModelPoint& point : points_) {
      const float value = field(point.place_m);
      const bool moved = std::abs(value - point.value) > 1e-6f;
      back += moved ? distance_of(point.place_m - std::clamp(value, -0.02f, 0.02f) * point.normal)
                    : point.distance_m;
    }
    return static_cast<float>(
        0.5 * (there / static_cast<double>(std::max<std::size_t>(1, samples_.points.size())) +
               back / static_cast<double>(std::max<std::size_t>(1, points_.size()))));
  }

 private:
  static geom::Mesh ordered(geom::Mesh mesh) {
    geom::order_triangles(mesh);
    return mesh;
  }
  float distance_of(glm::vec3 p) const {
    const auto hit = tree_.find_closest(p, kFurthest_m);
    return hit ? hit->distance_m : kFurthest_m;
  }

  geom::Mesh mesh_;
  geom::Bvh tree_;
  geom::SurfaceSamples samples_;
  std::vector<ModelPoint> points_;
};

double rounded(double value, double to) { return std::round(value / to) * to; }

base::Result<float> judge_built(const json& bone, const Judge& judge) {
  const BoneSpec spec = read_bone(bone);
  if (const std::string fault = find_fault(spec); !fault.empty()) return base::fail(fault);
  auto built = build_bone(spec);
  if (!built) return tl::unexpected(built.error());
  geom::Mesh mesh = std::move(built->lods[0].mesh);
  geom::order_triangles(mesh);
  return geom::measure_distance(mesh, judge.mesh(), kJudgeSamples).mean_m();
}

}  // namespace

base::Result<BoneFit> fit_bone(const json& bone, const geom::Mesh& reference,
                               const BoneFitOptions& options) {
  if (reference.indices.empty()) return base::fail("the reference mesh has no triangles");
  Judge judge(reference);
  const auto before = judge_built(bone, judge);
  if (!before) return tl::unexpected(before.error());
  BoneFit fit{bone, *before, *before};

  // Coordinate descent: each figure a step this way or the other, as long as it helps. Both ways
  // are tried at once; steps shrink from round to round.
  const std::vector<Figure> figures = find_figures(bone);
  json now = bone;
  double scale = 1.0;
  for (int round = 0; round < options.rounds; ++round) {
    judge.start_round(now);
    float best = judge.measure(now);
    const float at_start = best;
    for (const Figure& figure : figures) {
      const double value = now[figure.at].get<double>();
      json tries[2] = {now, now};
      float costs[2];
      for (std::size_t k = 0; k < 2; ++k) {
        const double moved = value + (k == 0 ? 1.0 : -1.0) * scale * figure.step;
        tries[k][figure.at] = std::max(moved, figure.least);
      }
      base::parallel_for(2, [&](std::size_t k) { costs[k] = judge.measure(tries[k]); });
      const std::size_t k = costs[0] <= costs[1] ? 0 : 1;
      if (costs[k] >= best) continue;
      best = costs[k];
      now = std::move(tries[k]);
    }
    if (best > 0.985f * at_start) scale *= 0.5;
  }
  for (const Figure& figure : figures) {
    const bool angle = figure.at.to_string().find("turn_deg") != std::string::npos;
    const double to = angle ? 1.0 : static_cast<double>(options.round_mm);
    now[figure.at] = std::max(rounded(now[figure.at].get<double>(), to), figure.least);
  }
  // A fit that tore the bone apart, or that rounding spoilt, is no fit.
  const auto after = judge_built(now, judge);
  if (after && *after < fit.before_m) {
    fit.bone = std::move(now);
    fit.after_m = *after;
  }
  return fit;
}

std::string bone_to_text(const json& bone) {
  const auto number = [](const json& value) {
    const double v = value.get<double>();
    std::string text = json(v).dump();
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? std::string("0") : text;
  };
  const auto vector = [&](const json& values) {
    std::string text = "[";
    for (const json& value : values) text += (text.size() > 1 ? ", " : "") + number(value);
    return text + "]";
  };
  std::string text = "{\"entry\": " + bone["entry"].dump() +
                     ", \"paired\": " + bone["paired"].dump() +
                     ", \"triangles\": " + bone["triangles"].dump() +
                     ", \"blend_mm\": " + number(bone["blend_mm"]);
  if (bone.contains("smoothing")) text += ", \"smoothing\": " + bone["smoothing"].dump();
  if (bone.contains("note")) text += ", \"note\": " + bone["note"].dump();
  text += ",\n   \"parts\": [\n";
  for (const json& part : bone["parts"]) {
    text += "    {\"part\": " + part["part"].dump() + ", \"shape\": " + part["shape"].dump();
    for (const char* flag : {"both_sides", "carved"}) {
      if (part.contains(flag)) text += ", \"" + std::string(flag) + "\": " + part[flag].dump();
    }
    if (part.contains("stations")) {
      text += ", \"stations\": [";
      for (const json& station : part["stations"]) {
        text += (&station == &part["stations"].front() ? "\n" : ",\n");
        text += "      {\"at_mm\": " + vector(station["at_mm"]) +
                ", \"half_mm\": " + vector(station["half_mm"]) +
                ", \"wide\": " + vector(station["wide"]) + "}";
      }
      text += "]";
    } else {
      text += ", \"at_mm\": " + vector(part["at_mm"]) + ", \"half_mm\": " + vector(part["half_mm"]);
      if (part.contains("turn_deg")) text += ", \"turn_deg\": " + vector(part["turn_deg"]);
    }
    text += &part == &bone["parts"].back() ? "}\n" : "},\n";
  }
  return text + "   ]}\n";
}

}  // namespace forge
