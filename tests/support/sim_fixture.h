// A simulated person on the phantom body, with the program's own data files.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "sim/sim_model.h"
#include "sim/step.h"
#include "support/phantom_body.h"
#include "tool/attachment.h"

namespace test_support {

inline std::filesystem::path assets_dir() {
  return std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
}

inline std::shared_ptr<const sim::SimModel> load_phantom_model(
    std::shared_ptr<const anatomy::BodyIndex> body, const std::string& condition = "healthy") {
  auto model = sim::load_sim_model(std::move(body), assets_dir(), {condition});
  if (!model) {
    ADD_FAILURE() << model.error().message;
    return nullptr;
  }
  return *model;
}

inline const tool::ToolSpec& shared_tool() {
  static const tool::ToolSpec tool = tool::load_tool(assets_dir() / "attachments").value();
  return tool;
}

inline const tool::AttachmentSpec& attachment(const std::string& id) {
  const tool::ToolSpec& tool = shared_tool();
  return tool.attachments.at(static_cast<std::size_t>(tool.find_attachment(id)));
}

inline sim::ToolInput press_at(const anatomy::BodyIndex& body, glm::vec3 target_m,
                               const std::string& attachment_id, float force_n,
                               float angle_rad = 0.0f) {
  sim::ToolInput input;
  input.attachment = &attachment(attachment_id);
  input.pose = tool::pose_on_skin(body, target_m, base::Radians{angle_rad}, base::Radians{0.0f},
                                  *input.attachment);
  input.force = base::Newtons{force_n};
  return input;
}

inline float load_of(const sim::SimModel& model, const sim::SimState& state,
                     const std::string& structure_id) {
  for (const sim::MuscleReadout& muscle : sim::read_muscles(model, state)) {
    if (model.body->body().structures[muscle.structure].id == structure_id) return muscle.load_pa;
  }
  ADD_FAILURE() << "no muscle " << structure_id;
  return -1.0f;
}

}  // namespace test_support
