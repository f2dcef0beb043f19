// Every program compiles as OpenGL 3.3 core and as OpenGL ES 3.0; a broken edit keeps the last good
// program.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "render/gl/offscreen_context.h"
#include "render/shader_library.h"

namespace {

namespace fs = std::filesystem;

const fs::path kShaders = fs::path(BACKMATE_SOURCE_DIR) / "shaders";

class Shaders : public ::testing::Test {
 protected:
  void SetUp() override {
    auto context = render::OffscreenContext::make(16, 16);
    ASSERT_TRUE(context) << context.error().message;
    context_ = std::move(*context);
  }
  std::unique_ptr<render::OffscreenContext> context_;
};

TEST_F(Shaders, CompileForCore33) {
  for (const auto& spec : render::all_programs()) {
    const auto program = render::compile_program(kShaders, spec, render::GlslProfile::kCore330);
    EXPECT_TRUE(program) << program.error().message;
  }
}

// Desktop drivers with ARB_ES3_compatibility compile ES 3.0 shaders as they are.
TEST_F(Shaders, CompileForEs30) {
  for (const auto& spec : render::all_programs()) {
    const auto program = render::compile_program(kShaders, spec, render::GlslProfile::kEs300);
    EXPECT_TRUE(program) << program.error().message;
  }
}

TEST_F(Shaders, NoFileNamesAVersion) {
  for (const auto& entry : fs::recursive_directory_iterator(kShaders)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".md") continue;
    std::ifstream in(entry.path());
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(text.find("#version"), std::string::npos) << entry.path();
  }
}

TEST_F(Shaders, AFailedReloadKeepsTheLastGoodProgram) {
  const fs::path copy = fs::temp_directory_path() / "backmate_shader_test";
  fs::remove_all(copy);
  fs::copy(kShaders, copy, fs::copy_options::recursive);
  render::ShaderLibrary library(copy, render::GlslProfile::kCore330);
  ASSERT_TRUE(library.prepare("background"));
  const GLuint good = library.use("background");

  std::ofstream(copy / "post" / "background.frag") << "this is not GLSL\n";
  const auto status = library.reload();
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("background.frag"), std::string::npos);
  EXPECT_EQ(library.use("background"), good);
  EXPECT_EQ(glIsProgram(good), GL_TRUE);

  fs::copy(kShaders / "post" / "background.frag", copy / "post" / "background.frag",
           fs::copy_options::overwrite_existing);
  EXPECT_TRUE(library.reload());
  fs::remove_all(copy);
}

TEST_F(Shaders, AMissingFileIsASentence) {
  const auto text =
      render::build_shader_source(kShaders, "surface/none.frag", render::GlslProfile::kCore330, {});
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("none.frag"), std::string::npos);
}

}  // namespace
