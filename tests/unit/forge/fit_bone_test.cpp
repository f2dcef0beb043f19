// The ruler for bones, on a bone whose figures are known.
#include "forge/fit_bone.h"

#include <gtest/gtest.h>

#include <cmath>

#include "forge/bone_shape.h"
#include "forge/bones.h"

namespace {

nlohmann::json make_bone() {
  return nlohmann::json::parse(R"({
    "entry": "hip_bone", "paired": true, "triangles": 900, "blend_mm": 2, "smoothing": 2,
    "parts": [
      {"part": "wing", "shape": "round", "at_mm": [80, 950, 20], "half_mm": [12, 30, 22],
       "turn_deg": [20, 0, 10]},
      {"part": "ramus", "shape": "round", "at_mm": [70, 915, 35], "half_mm": [10, 12, 24]}
    ]})");
}

geom::Mesh mesh_of(const nlohmann::json& bone) {
  auto built = forge::build_bone(forge::read_bone(bone));
  EXPECT_TRUE(built) << built.error().message;
  return built ? built->lods[0].mesh : geom::Mesh{};
}

TEST(FitBone, FindsTheFiguresAgainThatSomebodyGotWrong) {
  const nlohmann::json truth = make_bone();
  nlohmann::json wrong = truth;
  wrong["parts"][0]["at_mm"] = {84, 946, 23};
  wrong["parts"][0]["half_mm"] = {15, 26, 22};
  wrong["parts"][1]["at_mm"] = {68, 918, 31};
  const auto fit = forge::fit_bone(wrong, mesh_of(truth));
  ASSERT_TRUE(fit) << fit.error().message;
  EXPECT_GT(fit->before_m, 0.002f);
  EXPECT_LT(fit->after_m, 0.001f);
  EXPECT_LT(fit->after_m, 0.4f * fit->before_m);
  for (std::size_t p = 0; p < 2; ++p) {
    for (const char* field : {"at_mm", "half_mm"}) {
      for (const auto& figure : fit->bone["parts"][p][field]) {
        const double twice = 2.0 * figure.get<double>();
        EXPECT_EQ(twice, std::round(twice)) << field;
      }
    }
  }
  // The written entry says the same.
  EXPECT_EQ(nlohmann::json::parse(forge::bone_to_text(fit->bone)), fit->bone);
}

TEST(FitBone, LeavesARightBoneAlone) {
  const nlohmann::json truth = make_bone();
  const auto fit = forge::fit_bone(truth, mesh_of(truth), {.rounds = 2});
  ASSERT_TRUE(fit) << fit.error().message;
  EXPECT_LT(fit->after_m, 0.0006f);
  EXPECT_LE(fit->after_m, fit->before_m);
}

TEST(FitBone, RefusesAReferenceWithoutASurface) {
  const auto fit = forge::fit_bone(make_bone(), {});
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().message.find("triangles"), std::string::npos);
}

}  // namespace
