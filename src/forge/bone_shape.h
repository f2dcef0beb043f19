// The solid shape of one bone, as authored: a few named, rounded parts (a drum for a vertebral
// body, ellipsoids for processes, swept sections for a rib) that flow into each other. Read from
// assets/anatomy/bones/*.json (format "backmate-bone"); a paired bone is authored on the left.
//
// In the files: millimetres and degrees, body frame (x to the left, y up, z to the front). Here:
// metres.
#pragma once

#include <filesystem>
#include <glm/mat3x3.hpp>
#include <glm/vec3.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "geom/mesh.h"

namespace forge {

enum class PartForm { kRound, kDrum, kBox, kSweep };

// A cross-section of a swept part: an ellipse with half-axes half_wide_m along `wide` and
// half_thin_m across it.
struct SweepStation {
  glm::vec3 at_m{0.0f};
  float half_wide_m = 0.0f;
  float half_thin_m = 0.0f;
  glm::vec3 wide{0.0f, 1.0f, 0.0f};
};

struct BonePart {
  std::string name;
  PartForm form = PartForm::kRound;
  bool mirrored = false;  // stands on both sides of a median bone
  bool carved = false;    // taken away instead of added (eye socket)
  glm::vec3 at_m{0.0f};
  glm::vec3 half_m{0.0f};
  glm::mat3 turn{1.0f};  // from the part's own axes to the body's
  std::vector<SweepStation> stations;
};

struct BoneSpec {
  std::string entry_id;
  bool paired = false;
  float blend_m = 0.001f;       // how softly parts flow into each other
  std::size_t triangles = 800;  // finest level of detail
  int smoothing = 0;            // passes over the surface that take off creases between parts
  std::vector<BonePart> parts;
};

// Every bone of every file in the folder, in the order of file names. Fails in words with file,
// bone and field.
base::Result<std::vector<BoneSpec>> load_bones(const std::filesystem::path& bones_dir,
                                               const std::filesystem::path& schema_dir);

// The parts of one shape as a checked file lists them.
std::vector<BonePart> read_parts(const nlohmann::json& parts);
// One bone as a checked file lists it.
BoneSpec read_bone(const nlohmann::json& bone);
// What a schema cannot see, in words; empty when all is well.
std::string find_fault(const BoneSpec& bone);

// Signed distance (approximate, exact on the surface; negative inside) of a BoneSpec. Safe to call
// from several threads.
class BoneField {
 public:
  explicit BoneField(const BoneSpec& spec);
  float operator()(glm::vec3 point_m) const;
  const geom::Aabb& bounds_m() const { return bounds_; }

 private:
  struct Solid {
    PartForm form;
    bool carved;
    glm::vec3 at_m;
    glm::vec3 half_m;
    glm::mat3 to_part;
    float reach_m;  // no point of the part is further than this from at_m
  };
  struct Piece {  // of a sweep, between two sections
    glm::vec3 from_m, along_m;
    glm::vec3 wide_from, wide_to;
    glm::vec2 half_from_m, half_to_m;
    bool first, last;
  };
  struct Sweep {
    bool mirrored;
    std::vector<Piece> pieces;
  };
  static float distance(const Solid& solid, glm::vec3 point_m);
  // Not more than furthest_m, however far away.
  static float distance(const Sweep& sweep, glm::vec3 point_m, float furthest_m);
  void add_sweep(const BonePart& part);

  float blend_;
  std::vector<Solid> solids_;
  std::vector<Sweep> sweeps_;
  geom::Aabb bounds_;
};

}  // namespace forge
