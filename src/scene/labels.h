// Which structures of a picture deserve a name, and a spot on each that can be seen. Left and right
// of the same muscle share one name. Metres, body frame.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "draw/camera.h"
#include "scene/label_layout.h"
#include "scene/scene.h"
#include "session/session.h"

namespace scene {

// A part of the picture in pixels: only what is seen there is named.
struct PictureArea {
  float left = 0.0f;
  float top = 0.0f;
  float right = 0.0f;
  float bottom = 0.0f;
};

// A structure's name as a plate has it: without "(left)".
std::string_view plate_name(const anatomy::Structure& structure);

class LabelFinder {
 public:
  explicit LabelFinder(std::shared_ptr<const anatomy::BodyIndex> body);

  // Looks at everything that is shown: some milliseconds. Selected structures come first, then what
  // is worked on, then what is large in the picture.
  void find(const session::Snapshot& snapshot, const draw::Camera& camera, glm::vec2 viewport_px,
            const PictureArea& area);
  // The same for the face of a cut, which nothing hides.
  void find_on_cut(std::span<const CutRegion> regions, const session::Snapshot& snapshot,
                   const draw::Camera& camera, glm::vec2 viewport_px, const PictureArea& area);
  // Where the spots found last are now; those that have turned away or got covered are left out.
  void follow(const session::Snapshot& snapshot, const draw::Camera& camera, glm::vec2 viewport_px,
              const PictureArea& area);

  // keys are numbers of structures.
  const std::vector<LabelAnchor>& anchors() const { return anchors_; }

 private:
  struct Spot {
    anatomy::StructureIndex structure;
    glm::vec3 at_m;
    glm::vec3 normal;
    float worth;
  };

  void choose(std::map<std::string, std::vector<Spot>> named, const draw::Camera& camera,
              glm::vec2 viewport_px, const PictureArea& area);
  bool is_seen(const Spot& spot, const draw::Camera& camera,
               std::span<const std::uint8_t> blocking) const;

  std::shared_ptr<const anatomy::BodyIndex> body_;
  std::vector<std::vector<Spot>> samples_;  // per structure, spread over it
  std::vector<Spot> spots_;                 // of the anchors found last
  std::vector<LabelAnchor> anchors_;
  std::vector<std::uint8_t> blocking_;  // found anew by each call
};

}  // namespace scene
