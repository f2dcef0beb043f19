// A synthetic person for tests: an elliptic barrel whose layers are known exactly. Skin, muscles
// and bone are offset surfaces of one ellipse, so a ray along the inward skin normal meets every
// layer at the depth that is written down here. Left and right are mirror images.
//
// Body frame (base/frames.h): the back midline is x = 0, z = -depth_radius_m; left is +X.
// Lateral position is the angle theta around the body from the back midline (left positive).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/body.h"

namespace test_support {

struct PhantomMuscle {
  std::string id;     // without side
  std::string group;  // id of its group
  anatomy::Layer layer = anatomy::Layer::kSuperficial;
  float top_m = 0.0f;  // depth below the skin
  float bottom_m = 0.0f;
  float theta_from = 0.0f, theta_to = 0.0f;  // radians, left side; mirrored for the right
  float y_from_m = 0.0f, y_to_m = 0.0f;
  bool along_y = true;  // direction of the fibres; else around the body
};

struct PhantomSpec {
  float width_radius_m = 0.17f;  // half width (X)
  float depth_radius_m = 0.12f;  // half depth (Z)
  float y_bottom_m = 0.90f;
  float y_top_m = 1.52f;
  bool skin = true;  // a skin structure; the contact surface is there in any case
  bool bone = true;
  float bone_depth_m = 0.040f;
  float surface_noise_m = 0.0f;  // jitters the contact surface like a badly estimated envelope
  float cell_m = 0.006f;         // edge length of the finest meshes
  std::vector<PhantomMuscle> muscles;  // empty: default_phantom_muscles()
};

// Trapezius (three parts) 8-13 mm deep, levator and rhomboid 14-19 mm, thoracic erector 20-35 mm,
// lumbar erector 10-38 mm, pectoralis major 10-22 mm in front.
std::vector<PhantomMuscle> default_phantom_muscles();

std::shared_ptr<const anatomy::Body> make_phantom_body(const PhantomSpec& spec = {});
std::shared_ptr<const anatomy::BodyIndex> make_phantom(const PhantomSpec& spec = {});

// The skin point at that angle and height, and its outward normal.
glm::vec3 phantom_skin_point(const PhantomSpec& spec, float theta, float y_m);
glm::vec3 phantom_skin_normal(const PhantomSpec& spec, float theta);

}  // namespace test_support
