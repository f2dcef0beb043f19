#include "sim/parameters.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "data/json_file.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

namespace fs = std::filesystem;
using data::Json;

base::Result<TissueFile> load_changed(const std::function<void(Json&)>& change) {
  Json json = data::read_json(test_support::assets_dir() / "anatomy" / "tissue.json").value();
  change(json);
  const fs::path file =
      fs::temp_directory_path() / ("backmate_tissue_" + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << json.dump();
  auto loaded = load_tissue_file(file, test_support::assets_dir() / "schema");
  fs::remove(file);
  return loaded;
}

// The figures of science.md section 4.
TEST(TissueFile, HasThePublishedFigures) {
  const auto tissue = load_changed([](Json&) {});
  ASSERT_TRUE(tissue) << tissue.error().message;
  EXPECT_EQ(tissue->parameters.skin_modulus_pa, 120e3f);
  EXPECT_EQ(tissue->parameters.fat_modulus_pa, 20e3f);
  EXPECT_EQ(tissue->parameters.ppt_area_exponent, 0.3f);
  EXPECT_EQ(tissue->muscle_mu_pa.at(0).value, 10.9e3f);
  EXPECT_EQ(tissue->ppt_pa.at(0).value, 300e3f);
}

TEST(TissueFile, BadOnesAreRefusedByName) {
  struct Case {
    std::function<void(Json&)> change;
    const char* named;
  };
  const Case cases[] = {
      {[](Json& j) { j["parameters"][0]["value"] = 1e7; }, "skin_modulus_pa"},
      {[](Json& j) { j["parameters"][0]["id"] = "no_such"; }, "no_such"},
      {[](Json& j) { j["parameters"].erase(0); }, "skin_modulus_pa"},
      {[](Json& j) { j["parameters"].push_back(j["parameters"][3]); }, "twice"},
      {[](Json& j) { j["parameters"][2]["value"] = "thick"; }, "parameters[2].value"},
      {[](Json& j) { j["muscle_mu"][1]["value"] = 1.0; }, "muscle_mu[1]"},
      {[](Json& j) { j["version"] = 9; }, "version"},
  };
  for (const Case& c : cases) {
    const auto loaded = load_changed(c.change);
    ASSERT_FALSE(loaded) << c.named;
    EXPECT_NE(loaded.error().message.find(c.named), std::string::npos) << loaded.error().message;
  }
}

}  // namespace
}  // namespace sim
