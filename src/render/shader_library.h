// GLSL programs from shaders/: one body per stage compiles as `#version 330 core` and as
// `#version 300 es`. Files have no #version line; `#include "common/x.glsl"` (relative to
// shaders/) is resolved here. Programs are compiled on first use.
#pragma once

#include <glad/gl.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "render/gl/objects.h"

namespace render {

enum class GlslProfile { kCore330, kEs300 };

// Which files and defines make a program. `defines` are words: {"GLASS"}.
struct ProgramSpec {
  std::string name;
  std::string vertex;    // "surface/body.vert"
  std::string fragment;  // "surface/body.frag"
  std::vector<std::string> defines;
};

// Every program of the renderer.
const std::vector<ProgramSpec>& all_programs();

// The full text of one stage: prefix, defines, file with its includes. Errors name the file.
base::Result<std::string> build_shader_source(const std::filesystem::path& shader_dir,
                                              const std::string& file, GlslProfile profile,
                                              const std::vector<std::string>& defines);
base::Result<Program> compile_program(const std::filesystem::path& shader_dir,
                                      const ProgramSpec& spec, GlslProfile profile);

class ShaderLibrary {
 public:
  ShaderLibrary(std::filesystem::path shader_dir, GlslProfile profile)
      : shader_dir_(std::move(shader_dir)), profile_(profile) {}

  // Compiles what `name` needs, or says what is wrong with it.
  base::Status prepare(std::string_view name);
  // Makes the program current and returns it; it must have been prepared or compile now.
  GLuint use(std::string_view name);
  // Location of a uniform of the program used last; -1 when the compiler removed it.
  GLint location(std::string_view uniform);
  // Compiles all known programs again; those that fail stay as they were.
  base::Status reload();

 private:
  struct Entry {
    Program program;
    std::map<std::string, GLint, std::less<>> locations;
  };
  std::filesystem::path shader_dir_;
  GlslProfile profile_;
  std::map<std::string, Entry, std::less<>> entries_;
  Entry* current_ = nullptr;
};

}  // namespace render
