// The dent in the vertex shader is the dent of src/draw/dent.cpp: the same points in, the same out
// (caught by transform feedback), so its laws hold on the GPU too.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <glm/geometric.hpp>
#include <random>
#include <vector>

#include "draw/dent.h"
#include "render/frame_block.h"
#include "render/gl/offscreen_context.h"
#include "render/shader_library.h"
#include "render/style_textures.h"

namespace {

const std::filesystem::path kShaders = std::filesystem::path(BACKMATE_SOURCE_DIR) / "shaders";

draw::Dent make_dent(glm::vec3 point, glm::vec3 normal, float depth) {
  draw::Dent dent;
  dent.point_m = point;
  dent.normal = glm::normalize(normal);
  dent.depth_m = depth;
  dent.ball_radius_m = 0.0315f;
  dent.ball_centre_m = point + dent.normal * (dent.ball_radius_m - depth);
  dent.radius_m = 0.015f;
  dent.reach_m = 0.045f;
  return dent;
}

render::Shader compile(GLenum stage, const std::string& text) {
  render::Shader shader(glCreateShader(stage));
  const char* source = text.c_str();
  glShaderSource(shader.name(), 1, &source, nullptr);
  glCompileShader(shader.name());
  return shader;
}

// The body's vertex shader alone, with v_position and v_normal caught.
render::Program make_catching_program() {
  const auto text = render::build_shader_source(kShaders, "surface/body.vert",
                                                render::GlslProfile::kCore330, {"DENTS"});
  const auto fragment = render::build_shader_source(kShaders, "surface/surface.frag",
                                                    render::GlslProfile::kCore330, {});
  const render::Shader vertex_shader = compile(GL_VERTEX_SHADER, text.value());
  const render::Shader fragment_shader = compile(GL_FRAGMENT_SHADER, fragment.value());
  render::Program program(glCreateProgram());
  glAttachShader(program.name(), vertex_shader.name());
  glAttachShader(program.name(), fragment_shader.name());
  const std::array<const char*, 2> varyings = {"v_position", "v_normal"};
  glTransformFeedbackVaryings(program.name(), 2, varyings.data(), GL_INTERLEAVED_ATTRIBS);
  glLinkProgram(program.name());
  glUniformBlockBinding(program.name(), glGetUniformBlockIndex(program.name(), "Frame"), 0);
  return program;
}

struct Caught {
  glm::vec3 position;
  glm::vec3 normal;
};

std::vector<Caught> run_shader(const std::vector<glm::vec3>& points, glm::vec3 normal,
                               const std::vector<draw::Dent>& dents) {
  const render::Program program = make_catching_program();
  draw::DrawList list;
  list.dents = dents;
  render::FrameBuffer frame;
  frame.update(render::make_frame_block(list, draw::Camera{}, 1.0f));
  render::StyleTextures styles;
  const std::vector<draw::StructureStyle> style(1);
  styles.update(style, {}, {});
  styles.bind();

  const render::VertexArray vertices = render::make_vertex_array();
  glBindVertexArray(vertices.name());
  const render::Buffer in = render::make_buffer();
  glBindBuffer(GL_ARRAY_BUFFER, in.name());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(points.size() * sizeof(glm::vec3)),
               points.data(), GL_STATIC_DRAW);
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, 0, nullptr);
  glVertexAttrib4f(1, normal.x, normal.y, normal.z, 0.0f);
  glVertexAttrib4f(2, 0.0f, 0.0f, 0.0f, 0.0f);
  glVertexAttribI2ui(3, 0, 65535);
  glVertexAttrib4f(4, 0.0f, 0.0f, 0.0f, 0.0f);

  const render::Buffer out = render::make_buffer();
  glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, out.name());
  const auto bytes = static_cast<GLsizeiptr>(points.size() * sizeof(Caught));
  glBufferData(GL_TRANSFORM_FEEDBACK_BUFFER, bytes, nullptr, GL_STATIC_READ);
  glUseProgram(program.name());
  glUniform1i(glGetUniformLocation(program.name(), "u_styles"), 0);
  glUniform1i(glGetUniformLocation(program.name(), "u_tints"), 1);
  glEnable(GL_RASTERIZER_DISCARD);
  glBeginTransformFeedback(GL_POINTS);
  glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(points.size()));
  glEndTransformFeedback();
  glDisable(GL_RASTERIZER_DISCARD);
  std::vector<Caught> caught(points.size());
  const void* mapped = glMapBufferRange(GL_TRANSFORM_FEEDBACK_BUFFER, 0, bytes, GL_MAP_READ_BIT);
  if (mapped != nullptr) std::memcpy(caught.data(), mapped, static_cast<std::size_t>(bytes));
  glUnmapBuffer(GL_TRANSFORM_FEEDBACK_BUFFER);
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  return caught;
}

class DentShader : public ::testing::Test {
 protected:
  void SetUp() override {
    auto context = render::OffscreenContext::make(16, 16);
    ASSERT_TRUE(context) << context.error().message;
    context_ = std::move(*context);
  }
  std::unique_ptr<render::OffscreenContext> context_;
};

TEST_F(DentShader, MovesVerticesAsTheLawSays) {
  const std::vector<draw::Dent> dents = {make_dent({-0.045f, 1.4f, -0.1f}, {0, 0, -1}, 0.009f),
                                         make_dent({0.045f, 1.4f, -0.1f}, {0.2f, 0, -1}, 0.012f)};
  std::mt19937 rng(5);
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  std::vector<glm::vec3> points(4000);
  for (glm::vec3& p : points) {
    p = {0.12f * unit(rng), 1.4f + 0.08f * unit(rng), -0.08f + 0.06f * unit(rng)};
  }
  const auto caught = run_shader(points, {0, 0, -1}, dents);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const glm::vec3 law = draw::dented(points[i], dents);
    EXPECT_LT(glm::length(caught[i].position - law), 2e-5f);
    if (glm::length(caught[i].position - points[i]) > 1e-5f) ++moved;
    for (const draw::Dent& dent : dents) {
      EXPECT_GE(glm::length(caught[i].position - dent.ball_centre_m), dent.ball_radius_m);
    }
  }
  EXPECT_GT(moved, 500u);
}

// On the slope of the dent the surface faces its middle; outside it is as it was.
TEST_F(DentShader, NormalsBendWithTheSurface) {
  const std::vector<draw::Dent> dents = {make_dent({0, 1.4f, -0.1f}, {0, 0, -1}, 0.01f)};
  const auto caught =
      run_shader({{0.018f, 1.4f, -0.1f}, {0.1f, 1.4f, -0.1f}, {0, 1.4f, -0.1f}}, {0, 0, -1}, dents);
  EXPECT_LT(caught[0].normal.x, -0.1f);
  EXPECT_NEAR(glm::length(caught[0].normal), 1.0f, 1e-4f);
  EXPECT_NEAR(caught[1].normal.x, 0.0f, 1e-3f);
  EXPECT_NEAR(caught[1].normal.z, -1.0f, 1e-3f);
  EXPECT_NEAR(caught[2].normal.z, -1.0f, 5e-3f);
}

}  // namespace
