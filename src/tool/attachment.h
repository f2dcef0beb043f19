// What touches the body: attachments as data (assets/attachments/*.json, format
// "backmate-attachment"). Head frame: x along the bar axis, y along the rolling direction, z
// outward from the skin; the origin is on the bar axis midway between the contacts. Metres,
// newtons.
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "base/result.h"

namespace tool {

struct BallSpec {
  glm::vec3 centre_m{0.0f};  // in the head frame
  base::Metres radius;
};

struct AttachmentSpec {
  std::string id;        // "balls_std"
  std::string name_key;  // translation key
  std::vector<BallSpec> balls;
  base::Newtons force_limit;
  bool dimensions_assumed = true;  // not the maker's figures
  bool example = false;            // "example, not a Backmate product"
  glm::vec3 colour{0.1f};          // linear RGB of the rubber
};

base::Result<AttachmentSpec> load_attachment(const std::filesystem::path& file);

// The whole tool: assets/attachments/tool.json (format "backmate-tool").
struct ToolSpec {
  base::Metres bar_diameter;
  base::Metres head_height_min, head_height_max;
  base::Radians angle_min, angle_max, angle_snap;
  base::Radians pitch_min, pitch_max;
  std::vector<AttachmentSpec> attachments;  // in display order, never empty

  // Index or -1.
  int find_attachment(std::string_view id) const;
};
base::Result<ToolSpec> load_tool(const std::filesystem::path& attachments_dir);

}  // namespace tool
