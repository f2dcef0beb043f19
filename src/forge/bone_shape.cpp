#include "forge/bone_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/mat4x4.hpp>

#include "data/json_file.h"

namespace forge {
namespace {

constexpr float kMm = 1e-3f;

glm::vec3 read_vector(const data::Json& json) {
  return {json[0].get<float>(), json[1].get<float>(), json[2].get<float>()};
}

// Turned about x, then the part's own y, then its own z.
glm::mat3 read_turn(const data::Json& json) {
  const glm::vec3 degrees = read_vector(json);
  glm::mat4 m(1.0f);
  m = glm::rotate(m, glm::radians(degrees.x), glm::vec3(1, 0, 0));
  m = glm::rotate(m, glm::radians(degrees.y), glm::vec3(0, 1, 0));
  m = glm::rotate(m, glm::radians(degrees.z), glm::vec3(0, 0, 1));
  return glm::mat3(m);
}

PartForm read_form(const std::string& word) {
  if (word == "drum") return PartForm::kDrum;
  if (word == "box") return PartForm::kBox;
  if (word == "sweep") return PartForm::kSweep;
  return PartForm::kRound;
}

BonePart read_part(const data::Json& json) {
  BonePart part;
  part.name = json["part"];
  part.form = read_form(json["shape"]);
  part.mirrored = json.value("both_sides", false);
  part.carved = json.value("carved", false);
  if (part.form == PartForm::kSweep) {
    for (const data::Json& station : json["stations"]) {
      SweepStation s;
      s.at_m = read_vector(station["at_mm"]) * kMm;
      s.half_wide_m = station["half_mm"][0].get<float>() * kMm;
      s.half_thin_m = station["half_mm"][1].get<float>() * kMm;
      s.wide = read_vector(station["wide"]);
      part.stations.push_back(s);
    }
  } else {
    part.at_m = read_vector(json["at_mm"]) * kMm;
    part.half_m = read_vector(json["half_mm"]) * kMm;
    if (json.contains("turn_deg")) part.turn = read_turn(json["turn_deg"]);
  }
  return part;
}

template <typename T>
T catmull_rom(const T& a, const T& b, const T& c, const T& d, float t) {
  return 0.5f * (2.0f * b + (c - a) * t + (2.0f * a - 5.0f * b + 4.0f * c - d) * (t * t) +
                 (3.0f * b - a - 3.0f * c + d) * (t * t * t));
}

// |x|^n for the two exponents in use.
float power4(float x) { return x * x * x * x; }
float power6(float x) { return x * x * x * x * x * x; }

}  // namespace

std::vector<BonePart> read_parts(const data::Json& parts) {
  std::vector<BonePart> result;
  for (const data::Json& part : parts) result.push_back(read_part(part));
  return result;
}

BoneSpec read_bone(const data::Json& json) {
  BoneSpec bone;
  bone.entry_id = json["entry"];
  bone.paired = json["paired"];
  bone.blend_m = json["blend_mm"].get<float>() * kMm;
  bone.triangles = json["triangles"].get<std::size_t>();
  bone.smoothing = json.value("smoothing", 0);
  bone.parts = read_parts(json["parts"]);
  return bone;
}

std::string find_fault(const BoneSpec& bone) {
  for (const BonePart& part : bone.parts) {
    const std::string where = "bone '" + bone.entry_id + "', part '" + part.name + "': ";
    if (bone.paired && part.mirrored) {
      return where + "'both_sides' is for median bones; a paired bone is mirrored as a whole.";
    }
    for (std::size_t i = 0; i < part.stations.size(); ++i) {
      if (glm::length(part.stations[i].wide) < 0.5f) {
        return where + "stations[" + std::to_string(i) +
               "].wide must be a direction, about 1 long.";
      }
      if (i > 0 && glm::length(part.stations[i].at_m - part.stations[i - 1].at_m) < 1e-4f) {
        return where + "stations[" + std::to_string(i) + "] lies on the one before it.";
      }
    }
  }
  return {};
}

base::Result<std::vector<BoneSpec>> load_bones(const std::filesystem::path& bones_dir,
                                               const std::filesystem::path& schema_dir) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(bones_dir, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (files.empty()) {
    return base::fail("'" + bones_dir.string() +
                      "' holds no bones. Restore assets/anatomy/bones of the program.");
  }
  std::sort(files.begin(), files.end());
  std::vector<BoneSpec> bones;
  for (const auto& file : files) {
    auto document = data::read_checked_json(file, "backmate-bone", schema_dir);
    if (!document) return tl::unexpected(document.error());
    for (const data::Json& json : (*document)["bones"]) {
      BoneSpec bone = read_bone(json);
      std::string fault = find_fault(bone);
      const bool twice = std::any_of(bones.begin(), bones.end(), [&](const BoneSpec& other) {
        return other.entry_id == bone.entry_id;
      });
      if (twice) fault = "bone '" + bone.entry_id + "' is described twice. Remove one.";
      if (!fault.empty()) return base::fail("'" + file.string() + "': " + fault);
      bones.push_back(std::move(bone));
    }
  }
  return bones;
}

BoneField::BoneField(const BoneSpec& spec) : blend_(std::max(spec.blend_m, 1e-5f)) {
  const glm::vec3 mirror(-1.0f, 1.0f, 1.0f);
  for (const BonePart& part : spec.parts) {
    if (part.form == PartForm::kSweep) {
      add_sweep(part);
      continue;
    }
    Solid solid{part.form,
                part.carved,
                part.at_m,
                part.half_m,
                glm::transpose(part.turn),
                glm::length(part.half_m)};
    solids_.push_back(solid);
    if (part.mirrored) {
      solid.at_m *= mirror;
      // Mirroring both the point and the part: distances are taken of the mirrored point.
      for (int column = 0; column < 3; ++column) {
        solid.to_part[column] *= column == 0 ? -1.0f : 1.0f;
      }
      solids_.push_back(solid);
    }
  }
  for (const Solid& solid : solids_) {
    if (solid.carved) continue;
    // The box of a turned box of these half sizes.
    const glm::mat3 turn = glm::transpose(solid.to_part);
    glm::vec3 half(0.0f);
    for (int k = 0; k < 3; ++k) half += glm::abs(turn[k]) * solid.half_m[k];
    bounds_.add(solid.at_m - half - 2.0f * blend_);
    bounds_.add(solid.at_m + half + 2.0f * blend_);
  }
}

void BoneField::add_sweep(const BonePart& part) {
  constexpr int kPiecesPerStation = 3;
  const auto& stations = part.stations;
  const int count = static_cast<int>(stations.size());
  const auto at = [&](int i) -> const SweepStation& {
    return stations[static_cast<std::size_t>(std::clamp(i, 0, count - 1))];
  };
  struct Section {
    glm::vec3 at_m, wide;
    glm::vec2 half_m;
  };
  std::vector<Section> sections;
  for (int i = 0; i + 1 < count; ++i) {
    const int steps = i + 2 == count ? kPiecesPerStation + 1 : kPiecesPerStation;
    for (int k = 0; k < steps; ++k) {
      const float t = static_cast<float>(k) / kPiecesPerStation;
      const auto half = [&](int j) { return glm::vec2(at(j).half_wide_m, at(j).half_thin_m); };
      Section section;
      section.at_m = catmull_rom(at(i - 1).at_m, at(i).at_m, at(i + 1).at_m, at(i + 2).at_m, t);
      section.wide = glm::normalize(glm::mix(at(i).wide, at(i + 1).wide, t));
      section.half_m = glm::max(catmull_rom(half(i - 1), half(i), half(i + 1), half(i + 2), t),
                                glm::vec2(5e-4f));
      sections.push_back(section);
    }
  }
  Sweep sweep{part.mirrored, {}};
  for (std::size_t i = 0; i + 1 < sections.size(); ++i) {
    const Section& a = sections[i];
    const Section& b = sections[i + 1];
    sweep.pieces.push_back({a.at_m, b.at_m - a.at_m, a.wide, b.wide, a.half_m, b.half_m, i == 0,
                            i + 2 == sections.size()});
  }
  for (const Section& section : sections) {
    const float r = std::max(section.half_m.x, section.half_m.y) + 2.0f * blend_;
    for (const float sign : {1.0f, -1.0f}) {
      if (sign < 0.0f && !part.mirrored) continue;
      const glm::vec3 p = section.at_m * glm::vec3(sign, 1.0f, 1.0f);
      bounds_.add(p - r);
      bounds_.add(p + r);
    }
  }
  sweeps_.push_back(std::move(sweep));
}

// Superellipsoid k(q) = 1: exponent 2 all round, a drum that is round about its y axis with
// exponent 6 to its ends, a box of exponent 4. (k - 1) / |grad k| is exact on the surface.
float BoneField::distance(const Solid& solid, glm::vec3 point_m) {
  const glm::vec3 q = solid.to_part * (point_m - solid.at_m);
  const glm::vec3 a = glm::abs(q) / solid.half_m + 1e-6f;
  float k = 0.0f;
  glm::vec3 g;
  if (solid.form == PartForm::kDrum) {
    const float rho2 = a.x * a.x + a.z * a.z;
    k = std::pow(rho2 * rho2 * rho2 + power6(a.y), 1.0f / 6.0f);
    const float rho4 = rho2 * rho2;
    const float y5 = a.y * power4(a.y);
    g = glm::vec3(rho4 * a.x, y5, rho4 * a.z) / solid.half_m / (k * power4(k));
  } else if (solid.form == PartForm::kBox) {
    k = std::sqrt(std::sqrt(power4(a.x) + power4(a.y) + power4(a.z)));
    g = a * a * a / solid.half_m / (k * k * k);
  } else {
    k = glm::length(a);
    g = a / solid.half_m / k;
  }
  return (k - 1.0f) / std::max(glm::length(g), 1e-9f);
}

float BoneField::distance(const Sweep& sweep, glm::vec3 point_m, float furthest_m) {
  // Sections end in caps half as deep as they are thick.
  constexpr float kCap = 0.5f;
  const glm::vec3 p =
      sweep.mirrored ? glm::vec3(std::abs(point_m.x), point_m.y, point_m.z) : point_m;
  float best = furthest_m;
  for (const Piece& piece : sweep.pieces) {
    const float length2 = glm::dot(piece.along_m, piece.along_m);
    const float t = std::clamp(glm::dot(p - piece.from_m, piece.along_m) / length2, 0.0f, 1.0f);
    const glm::vec3 v = p - (piece.from_m + t * piece.along_m);
    const glm::vec2 half = glm::mix(piece.half_from_m, piece.half_to_m, t);
    // A cheap lower bound first.
    if (glm::length(v) - std::max(half.x, half.y) > best) continue;
    const glm::vec3 axis = piece.along_m / std::sqrt(length2);
    glm::vec3 wide = glm::mix(piece.wide_from, piece.wide_to, t);
    wide = glm::normalize(wide - axis * glm::dot(wide, axis));
    const glm::vec3 thin = glm::cross(axis, wide);
    const float end = glm::dot(v, axis);
    const glm::vec3 local(glm::dot(v, wide), glm::dot(v, thin), end);
    const glm::vec3 size(half, kCap * std::min(half.x, half.y));
    const glm::vec3 a = glm::abs(local) / size;
    const float k = std::max(glm::length(a), 1e-6f);
    const float g = glm::length(a / size) / k;
    best = std::min(best, (k - 1.0f) / std::max(g, 1e-9f));
  }
  return best;
}

float BoneField::operator()(glm::vec3 point_m) const {
  std::array<float, 160> near;
  std::size_t count = 0;
  float least = 1e9f;
  const auto add = [&](float d) {
    if (count < near.size()) near[count++] = d;
    least = std::min(least, d);
  };
  // Far parts change neither the minimum nor the blend.
  for (const Sweep& sweep : sweeps_) {
    const float furthest = least + 6.0f * blend_;
    if (const float d = distance(sweep, point_m, furthest); d < furthest) add(d);
  }
  for (const Solid& solid : solids_) {
    if (solid.carved) continue;
    const float at_least = glm::length(point_m - solid.at_m) - solid.reach_m;
    if (at_least > least + 6.0f * blend_) continue;
    add(distance(solid, point_m));
  }
  float sum = 0.0f;
  for (std::size_t i = 0; i < count; ++i) sum += std::exp((least - near[i]) / blend_);
  float result = least - blend_ * std::log(sum);
  for (const Solid& solid : solids_) {
    if (!solid.carved) continue;
    // Smooth maximum with the complement.
    const float cut = -distance(solid, point_m);
    const float h = std::max(0.0f, 2.0f * blend_ - std::abs(result - cut));
    result = std::max(result, cut) + h * h / (8.0f * blend_);
  }
  return result;
}

}  // namespace forge
