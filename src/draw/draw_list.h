// What is to be seen in one frame, as plain data without GL: built by scene/, drawn by render/,
// read by tests. Spans refer to arrays that the maker of the list keeps alive until it has been
// drawn. Colours are linear RGB in [0, 1]; lengths are metres in the body frame.
#pragma once

#include <cstdint>
#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <glm/vec4.hpp>
#include <span>
#include <vector>

namespace draw {

enum class Material : std::uint8_t {
  kMuscle,
  kTendon,
  kBone,
  kCartilage,
  kSkin,
  kNerve,
  kArtery,
  kVein,
  kRubber,
  kMetal,
  kPlastic,
  kFlat
};

// A mesh as the GPU cache knows it: uploaded again only when id or version changes.
struct MeshSource {
  std::uint64_t id = 0;
  std::uint64_t version = 0;
  std::span<const glm::vec3> positions_m;
  std::span<const glm::vec3> normals;
  std::span<const std::uint16_t> structure;  // per vertex; empty: all 0
  std::span<const std::uint16_t> segment;    // per vertex, 0xFFFF none; empty: none
  std::span<const glm::vec3> fibre;          // per vertex; empty: unknown
  std::span<const float> tendon;             // per vertex; empty: 0
  std::span<const std::uint32_t> indices;
};

// One entry per structure of the body mesh.
struct StructureStyle {
  glm::vec3 colour{0.6f};
  Material material = Material::kMuscle;
  float opacity = 1.0f;    // 0: not drawn at all
  float highlight = 0.0f;  // 0..1: how much it is worked on now
  float outline = 0.0f;    // 0 none, 0.5 hovered, 1 selected
  bool deforms = true;     // bends under the dents
};

// A pressed spot: vertices within reach move along -normal, `depth_m` at the centre, smoothly to
// zero at `reach_m`; nothing ends up outside the ball. Dents side by side, as of a row of balls,
// each take a share of the way, so that together they are as deep as one.
struct Dent {
  glm::vec3 point_m{0.0f};
  glm::vec3 normal{0.0f};
  float depth_m = 0.0f;
  float radius_m = 0.0f;  // contact radius
  float reach_m = 0.0f;
  glm::vec3 ball_centre_m{0.0f};
  float ball_radius_m = 0.0f;
  float share = 1.0f;
};
inline constexpr int kMaxDents = 16;

struct IndexRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// The body at one level of detail.
struct BodyDraw {
  MeshSource mesh;
  std::vector<StructureStyle> styles;   // per structure
  std::vector<IndexRange> ranges;       // per structure, in mesh.indices
  std::vector<glm::vec4> segment_tint;  // per segment: rgb and how much it replaces the colour
};

// A rigid thing: the tool, a handle.
struct SolidDraw {
  MeshSource mesh;
  glm::mat4 transform{1.0f};
  glm::vec3 colour{0.5f};
  Material material = Material::kPlastic;
  float opacity = 1.0f;
  bool on_top = false;  // handles: drawn over the body
};

struct Background {
  // Nothing behind the body: the picture carries its coverage as alpha, colours multiplied by it.
  bool transparent = false;
  glm::vec3 top{0.88f, 0.885f, 0.89f};
  glm::vec3 bottom{0.50f, 0.52f, 0.55f};
};

// The soft shadow of whoever stands on a floor that is not drawn itself: how dark it is there, on a
// grid over a rectangle, rows along x, 0 at its rim. Nothing stands where `cover` is empty.
struct GroundShadow {
  float floor_m = 0.0f;       // height, y
  glm::vec2 corner_m{0.0f};   // least x and z
  float cell_m = 0.0f;
  int columns = 0;
  int rows = 0;
  std::vector<std::uint8_t> cover;  // columns * rows
  std::uint64_t version = 0;        // changes with the rest
};

// A corner of a triangle of the cut face: linear colour; `living` 1 where it is what it looks like,
// 0 where it only fills what no structure does.
struct CutCorner {
  glm::vec3 position_m{0.0f};
  glm::vec3 colour{0.5f};
  float living = 1.0f;
};

// The body and the tool cut open by a plane: what lies on the normal's side is gone, and the face
// where the plane met them is drawn as it is given, unlit. Off while the normal is zero.
struct SectionCut {
  glm::vec3 point_m{0.0f};  // in the plane
  glm::vec3 normal{0.0f};
  glm::vec3 focus_m{0.0f};  // what the cut is about
  std::vector<CutCorner> face;  // three for each triangle; later ones are painted over earlier ones

  bool on() const { return normal != glm::vec3(0.0f); }
};

struct DrawList {
  Background background;
  GroundShadow ground;
  SectionCut cut;
  BodyDraw body;
  std::vector<SolidDraw> solids;
  std::vector<Dent> dents;  // at most kMaxDents
};

}  // namespace draw
