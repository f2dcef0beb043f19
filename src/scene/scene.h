// Turns a Snapshot into a DrawList: which structures show, their colours and highlights, dents, the
// tool. Pure; keeps only meshes that do not change (tool parts), so one SceneBuilder serves a body.
#pragma once

#include <memory>
#include <span>

#include "anatomy/body.h"
#include "draw/camera.h"
#include "draw/draw_list.h"
#include "session/session.h"

namespace scene {

// What stands behind the body.
enum class Studio { kLight, kDark, kBlack };

// A plane through the head, upright on the skin: along its bar, through both balls, or across the
// bar, the way it rolls, through the ball that presses most.
enum class CutPlane : std::uint8_t { kNone, kAlongBar, kAcrossBar };
struct Cut {
  CutPlane plane = CutPlane::kNone;
  glm::vec3 eye_m{0.0f};   // the side that is taken away
  float line_m = 0.0004f;  // width of the outlines

  bool operator==(const Cut&) const = default;
};

// What a cut shows of a structure near the head.
struct CutRegion {
  anatomy::StructureIndex structure = anatomy::kNone;
  glm::vec3 at_m{0.0f};  // well within it
  float area_m2 = 0.0f;
};

// View matters that are not part of the document.
struct ViewState {
  anatomy::StructureIndex hovered = anatomy::kNone;
  std::optional<glm::vec3> touched_m = {};  // where somebody said that it hurts
  int lod = 1;
  bool show_handle = true;  // the rotate handle about the head
  bool handle_hot = false;  // under the cursor or in hand
  Studio studio = Studio::kLight;
  Cut cut = {};
  bool standing = true;  // on a floor: what is cut out of a body hangs in the air
};

draw::Background background_of(Studio studio);

class SceneBuilder {
 public:
  explicit SceneBuilder(std::shared_ptr<const anatomy::BodyIndex> body);
  // The same from a body that nobody needs to query: a plain picture.
  explicit SceneBuilder(std::shared_ptr<const anatomy::Body> body);
  ~SceneBuilder();
  // The list refers to memory of this builder and the body; valid until the next call. The
  // snapshot needs a document; without a tool or a simulated person those are left out.
  const draw::DrawList& build(const session::Snapshot& snapshot, const ViewState& view);
  // Of the list built last; empty where nothing is cut.
  std::span<const CutRegion> cut_regions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Structures that can be seen (and so picked by the cursor) with this document: 1 or 0 each.
void find_visible(const anatomy::Body& body, const session::Document& document,
                  std::vector<std::uint8_t>& visible);

// The box to frame: what is visible, or everything usable when nothing is.
geom::Aabb visible_bounds(const anatomy::Body& body, const session::Document& document);

// Where the rotate handle is, for input: a ring about the head in its tangent plane.
struct HandleRing {
  glm::vec3 centre_m{0.0f};
  glm::vec3 normal{0.0f};
  float radius_m = 0.0f;
  glm::vec3 grip_m{0.0f};  // the knob on the ring, on the bar axis
};
HandleRing find_handle_ring(const session::Snapshot& snapshot);

}  // namespace scene
