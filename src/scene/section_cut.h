// The body cut open at the head: a plane through the contact, and the face where it meets what is
// there, pressed as it is at this moment. The face always shows the way from the skin to the bone,
// whichever layer is chosen: skin, what fills the gaps under it, and every structure that has not
// been hidden. So it is never hollow.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "anatomy/body.h"
#include "draw/draw_list.h"
#include "geom/cross_section.h"
#include "scene/scene.h"
#include "session/session.h"

namespace scene {

// The plane with its normal towards the eye; nothing without a tool or where no plane is asked for.
std::optional<geom::PlaneFrame> find_cut_plane(const session::Snapshot& snapshot, const Cut& cut);

// From where one looks at the cut, on the side of `eye_m`: half along the skin, half from above it,
// and what is then to be seen. Nothing without a tool or a plane.
struct CutView {
  float yaw_rad = 0.0f;
  float pitch_rad = 0.0f;
  geom::Aabb box_m;
};
std::optional<CutView> find_cut_view(const session::Snapshot& snapshot, CutPlane plane,
                                     glm::vec3 eye_m);

// Width of an outline that is about one and a half pixels wide in a picture of this height.
float cut_line_m(const draw::Camera& camera, float height_px);

class SectionCutMaker {
 public:
  // Fills list.cut from the list's dents and styles.
  void update(const anatomy::Body& body, std::size_t lod, const session::Snapshot& snapshot,
              const Cut& cut, draw::DrawList& list);

  std::span<const CutRegion> regions() const { return regions_; }

 private:
  struct Paint {
    glm::vec3 colour{0.5f};
    float living = 1.0f;
  };
  void move_vertices(std::span<const glm::vec3> positions_m, std::span<const glm::vec3> normals,
                     float inward_m, std::span<const draw::Dent> dents,
                     const geom::PlaneFrame& plane);
  void note_region(anatomy::StructureIndex structure, const geom::PlaneFrame& plane,
                   glm::vec3 focus_m);
  void order_by_rank(const anatomy::Body& body);
  void add_tool(draw::DrawList& list, const geom::PlaneFrame& plane, float line_m);
  void add_face(const Paint& paint, float line_m, const geom::PlaneFrame& plane,
                std::vector<draw::CutCorner>& face);

  geom::SectionCutter cutter_;
  std::vector<std::size_t> order_;  // of structures, as they are painted
  std::vector<glm::vec3> placed_;
  std::vector<glm::vec3> moved_;
  std::vector<float> heights_;
  std::vector<glm::vec2> corners_;  // of the face added last
  std::vector<CutRegion> regions_;
};

}  // namespace scene
