#include "render/shader_library.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/check.h"

namespace render {
namespace {

constexpr int kMaxIncludeDepth = 4;

// Integer textures and float depth want an explicit precision in ES.
constexpr std::string_view kPrefixEs =
    "#version 300 es\n"
    "precision highp float;\nprecision highp int;\nprecision highp sampler2D;\n";
constexpr std::string_view kPrefixCore = "#version 330 core\n";

base::Result<std::string> read_with_includes(const std::filesystem::path& shader_dir,
                                             const std::string& file, int depth) {
  std::ifstream in(shader_dir / file);
  if (!in || depth > kMaxIncludeDepth) {
    return base::fail("The shader file '" + (shader_dir / file).string() +
                      "' is missing. Install the program again.");
  }
  constexpr std::string_view kInclude = "#include \"";
  std::string text;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(kInclude)) {
      text += line + "\n";
      continue;
    }
    const std::size_t end = line.find('"', kInclude.size());
    auto included = read_with_includes(
        shader_dir, line.substr(kInclude.size(), end - kInclude.size()), depth + 1);
    if (!included) return included;
    text += *included;
  }
  return text;
}

base::Result<Shader> compile_stage(GLenum stage, const std::string& source,
                                   const std::string& file) {
  Shader shader(glCreateShader(stage));
  const char* text = source.c_str();
  glShaderSource(shader.name(), 1, &text, nullptr);
  glCompileShader(shader.name());
  GLint fine = 0;
  glGetShaderiv(shader.name(), GL_COMPILE_STATUS, &fine);
  if (fine == GL_TRUE) return shader;
  std::string log(4096, '\0');
  GLsizei length = 0;
  glGetShaderInfoLog(shader.name(), static_cast<GLsizei>(log.size()), &length, log.data());
  log.resize(static_cast<std::size_t>(length));
  return base::fail("The shader '" + file + "' does not compile: " + log);
}

const ProgramSpec* find_spec(std::string_view name) {
  const auto& specs = all_programs();
  const auto it =
      std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.name == name; });
  return it == specs.end() ? nullptr : &*it;
}

}  // namespace

const std::vector<ProgramSpec>& all_programs() {
  static const std::vector<ProgramSpec> kPrograms = {
      {"body", "surface/body.vert", "surface/surface.frag", {}},
      {"body_dented", "surface/body.vert", "surface/surface.frag", {"DENTS"}},
      {"body_translucent", "surface/body.vert", "surface/surface.frag", {"GLASS", "DENTS"}},
      {"body_depth", "surface/body.vert", "surface/depth.frag", {"DEPTH_ONLY", "GLASS", "DENTS"}},
      {"body_mask", "surface/body.vert", "surface/mask.frag", {"DEPTH_ONLY", "DENTS"}},
      {"solid", "surface/solid.vert", "surface/surface.frag", {}},
      {"body_cut", "surface/body.vert", "surface/surface.frag", {"DENTS", "CUT"}},
      {"body_translucent_cut",
       "surface/body.vert",
       "surface/surface.frag",
       {"GLASS", "DENTS", "CUT"}},
      {"body_depth_cut",
       "surface/body.vert",
       "surface/depth.frag",
       {"DEPTH_ONLY", "GLASS", "DENTS", "CUT"}},
      {"body_mask_cut", "surface/body.vert", "surface/mask.frag", {"DEPTH_ONLY", "DENTS", "CUT"}},
      {"solid_cut", "surface/solid.vert", "surface/surface.frag", {"CUT"}},
      {"section", "surface/section.vert", "surface/section.frag", {}},
      {"ground", "surface/ground.vert", "surface/ground.frag", {}},
      {"background", "post/fullscreen.vert", "post/background.frag", {}},
      {"occlusion", "post/fullscreen.vert", "post/occlusion.frag", {}},
      {"occlusion_blur", "post/fullscreen.vert", "post/occlusion_blur.frag", {}},
      {"occlusion_apply", "post/fullscreen.vert", "post/occlusion_apply.frag", {}},
      {"composite", "post/fullscreen.vert", "post/composite.frag", {}},
      {"composite_outline", "post/fullscreen.vert", "post/composite.frag", {"OUTLINE"}},
      {"composite_smooth", "post/fullscreen.vert", "post/composite.frag", {"SMOOTH"}},
      {"composite_smooth_outline",
       "post/fullscreen.vert",
       "post/composite.frag",
       {"SMOOTH", "OUTLINE"}},
  };
  return kPrograms;
}

base::Result<std::string> build_shader_source(const std::filesystem::path& shader_dir,
                                              const std::string& file, GlslProfile profile,
                                              const std::vector<std::string>& defines) {
  auto body = read_with_includes(shader_dir, file, 0);
  if (!body) return body;
  std::string text(profile == GlslProfile::kEs300 ? kPrefixEs : kPrefixCore);
  for (const std::string& define : defines) text += "#define " + define + " 1\n";
  return text + *body;
}

base::Result<Program> compile_program(const std::filesystem::path& shader_dir,
                                      const ProgramSpec& spec, GlslProfile profile) {
  const auto vertex_text = build_shader_source(shader_dir, spec.vertex, profile, spec.defines);
  if (!vertex_text) return tl::unexpected(vertex_text.error());
  const auto fragment_text = build_shader_source(shader_dir, spec.fragment, profile, spec.defines);
  if (!fragment_text) return tl::unexpected(fragment_text.error());
  const auto vertex = compile_stage(GL_VERTEX_SHADER, *vertex_text, spec.vertex);
  if (!vertex) return tl::unexpected(vertex.error());
  const auto fragment = compile_stage(GL_FRAGMENT_SHADER, *fragment_text, spec.fragment);
  if (!fragment) return tl::unexpected(fragment.error());

  Program program(glCreateProgram());
  glAttachShader(program.name(), vertex->name());
  glAttachShader(program.name(), fragment->name());
  glLinkProgram(program.name());
  GLint fine = 0;
  glGetProgramiv(program.name(), GL_LINK_STATUS, &fine);
  if (fine == GL_TRUE) {
    glDetachShader(program.name(), vertex->name());
    glDetachShader(program.name(), fragment->name());
    const GLuint block = glGetUniformBlockIndex(program.name(), "Frame");
    if (block != GL_INVALID_INDEX) glUniformBlockBinding(program.name(), block, 0);
    return program;
  }
  std::string log(4096, '\0');
  GLsizei length = 0;
  glGetProgramInfoLog(program.name(), static_cast<GLsizei>(log.size()), &length, log.data());
  log.resize(static_cast<std::size_t>(length));
  return base::fail("The shader program '" + spec.name + "' does not link: " + log);
}

base::Status ShaderLibrary::prepare(std::string_view name) {
  if (entries_.find(name) != entries_.end()) return {};
  const ProgramSpec* spec = find_spec(name);
  BACKMATE_CHECK(spec != nullptr);
  auto program = compile_program(shader_dir_, *spec, profile_);
  if (!program) return tl::unexpected(program.error());
  entries_.emplace(std::string(name), Entry{std::move(*program), {}});
  return {};
}

GLuint ShaderLibrary::use(std::string_view name) {
  const base::Status ready = prepare(name);
  BACKMATE_CHECK(ready.has_value());
  current_ = &entries_.find(name)->second;
  glUseProgram(current_->program.name());
  return current_->program.name();
}

GLint ShaderLibrary::location(std::string_view uniform) {
  BACKMATE_CHECK(current_ != nullptr);
  const auto known = current_->locations.find(uniform);
  if (known != current_->locations.end()) return known->second;
  const std::string name(uniform);
  const GLint location = glGetUniformLocation(current_->program.name(), name.c_str());
  current_->locations.emplace(name, location);
  return location;
}

base::Status ShaderLibrary::reload() {
  std::string problems;
  for (auto& [name, entry] : entries_) {
    auto program = compile_program(shader_dir_, *find_spec(name), profile_);
    if (program) {
      entry.program = std::move(*program);
      entry.locations.clear();
    } else {
      problems += program.error().message + "\n";
    }
  }
  if (problems.empty()) return {};
  return base::fail(problems);
}

}  // namespace render
