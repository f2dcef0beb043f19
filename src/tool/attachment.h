// What touches the body: attachments as data (assets/attachments/*.json, format
// "backmate-attachment"). Head frame: x along the bar axis, y along the rolling direction, z
// outward from the skin; the origin is on the bar axis midway between the contacts. Metres,
// newtons.
//
// An attachment is either balls, a roller (science.md section 1: a row of balls) or a mesh of its
// own (an elastic foundation under it). Everybody but the contact law may read `balls` alone: a
// roller's row and the stand-ins of a mesh are there, too.
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.h"
#include "base/result.h"
#include "tool/head_mesh.h"

namespace tool {

struct BallSpec {
  glm::vec3 centre_m{0.0f};  // in the head frame
  base::Metres radius;
  // Of a roller that it stands for, along the bar; 0: a ball of its own.
  base::Metres strip{0.0f};
};

// A cylinder along the bar. Ribs are to be seen and felt; the contact law takes the cylinder over
// them, which is what tissue some centimetres thick answers to.
struct RollerSpec {
  base::Metres length;
  base::Metres radius;
  base::Metres groove;  // of the middle that carries nothing; 0: none
  int ribs = 0;         // on each side of the groove
};

// How it is drawn.
enum class Look : std::uint8_t {
  kHead,    // balls or a roller on the axle of a Backmate head
  kDomes,   // one warm, one cool, on the same head
  kBall,    // a loose ball
  kRoller,  // a loose roller
  kCane,
  kThumb,
  kKnuckle,
  kElbow,
  kMesh  // its own mesh
};

// Ours, or something to compare with it: hands and other tools.
enum class Family : std::uint8_t { kBackmate, kCompare };

struct AttachmentSpec {
  std::string id;                        // "balls_std"
  std::string name_key;                  // translation key
  std::vector<BallSpec> balls;           // never empty; mirrored about x = 0 like the attachment
  std::optional<RollerSpec> roller;      // `balls` is its row
  std::shared_ptr<const HeadMesh> mesh;  // `balls` stands in for it; null: balls are the truth
  base::Newtons force_limit;
  bool dimensions_assumed = true;  // not the maker's figures
  bool example = false;            // "example, not a Backmate product"
  glm::vec3 colour{0.1f};          // linear RGB of the rubber
  Look look = Look::kHead;
  Family family = Family::kBackmate;
  std::string caution_key;                  // translation key; empty: none
  std::optional<base::Seconds> time_limit;  // of contact in one go
};

// A roller as a row of balls on either side of its groove. They are at most 1.5 contact radii apart
// (science.md section 1) for a dent of 4 mm, as 60 N make with a roller of 6 x 18 cm; the outermost
// stand that contact radius back from the edges. Each carries what its strip of the cylinder would;
// the strips together are as long as what touches. A piece too short for two is one ball.
std::vector<BallSpec> make_row(const RollerSpec& roller);

// Where and how a mesh would touch, as a row of spheres: one for each stretch of the bar, under its
// lowest point, as wide as the mesh is there.
std::vector<BallSpec> make_stand_ins(const HeadMesh& mesh);

base::Result<AttachmentSpec> load_attachment(const std::filesystem::path& file);

// The whole tool: assets/attachments/tool.json (format "backmate-tool").
struct ToolSpec {
  base::Metres bar_diameter;
  // Of the doorway that the bar fits: 24 to 36 inches, unless the file says otherwise.
  base::Metres doorway_min{0.610f}, doorway_max{0.914f};
  base::Metres head_height_min, head_height_max;  // of the head's middle above the floor
  base::Radians angle_min, angle_max, angle_snap;
  base::Radians pitch_min, pitch_max;
  // In display order, never empty; those of the Backmate family come first.
  std::vector<AttachmentSpec> attachments;

  // Index or -1.
  int find_attachment(std::string_view id) const;
  // The next of the Backmate family, round and round; from any other the first of them.
  int next_backmate(int attachment) const;
};
// With `refused` a wrong attachment is left out, its sentence goes there and the rest still loads;
// without, the first wrong one fails. A tool without any attachment fails.
base::Result<ToolSpec> load_tool(const std::filesystem::path& attachments_dir,
                                 std::vector<std::string>* refused = nullptr);

}  // namespace tool
