// Printed plans as people get them: words that can be selected, one A4 page a goal, pictures with
// something on them, sentences for what is absurd.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "data/json_file.h"
#include "render/image.h"
#include "support/run_program.h"

namespace {

namespace fs = std::filesystem;
using support::run_backmate;

class PlanPage : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("backmate_plan_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  fs::path folder_;
};

// What a shell command prints; nothing where it fails.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return text;
  std::array<char, 4096> part{};
  for (std::size_t n; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    text.append(part.data(), n);
  return ::pclose(pipe) == 0 ? text : std::string();
}

// Runs of white space as one blank: lines break where the page is narrow.
std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\f';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

TEST_F(PlanPage, WordsOfAPdfCanBeSelectedAndSayWhatTheJsonSays) {
  const auto result = run_backmate({"plan", "--condition", "desk_shoulders", "--condition",
                                    "low_back_strain", "--height", "1.78", "--weight", "82",
                                    "--door", "0.76", "--out", path("p.pdf")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(result.err.empty()) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_TRUE(
      data::check_json(json, "stdout", fs::path(BACKMATE_SOURCE_DIR) / "assets" / "schema"));
  if (output_of("which pdftotext").empty()) GTEST_SKIP() << "pdftotext is not installed";
  const std::string info = output_of("pdfinfo " + path("p.pdf"));
  EXPECT_NE(info.find("A4"), std::string::npos) << info;
  for (int page = 1; page <= 2; ++page) {
    const auto& plan = json["plans"][static_cast<std::size_t>(page - 1)];
    const std::string number = std::to_string(page);
    const std::string text = in_one_line(
        output_of("pdftotext -f " + number + " -l " + number + " " + path("p.pdf") + " -"));
    const auto expect_words = [&](const std::string& words) {
      EXPECT_NE(text.find(words), std::string::npos) << words << "\nin\n" << text;
    };
    expect_words(plan["title"]);
    expect_words("1.78 m");
    expect_words("82 kg");
    expect_words("doorway 76 cm");
    expect_words("not a diagnosis");
    expect_words("Not today, see a clinician first");
    expect_words("Fever");
    expect_words("Mount and test the bar as its maker instructs");
    expect_words("trademark of its owner");
    EXPECT_GE(plan["places"].size(), 3u);
    for (const auto& place : plan["places"]) {
      expect_words(place["name"]);
      expect_words(place["caution"]);
      expect_words(place["reason"]);
      const double bar = place["bar_height_m"];
      expect_words(std::to_string(std::lround(100.0 * bar)) + " cm");
      const double kg = place["force_kg"];
      expect_words(std::to_string(std::max(1L, std::lround(kg))) + " kg");
    }
  }
  EXPECT_EQ(json["plans"][1]["verdict"], "gentle");
}

TEST_F(PlanPage, APictureOfAPageHasA4sShapeAndShowsTheBody) {
  const auto result = run_backmate(
      {"plan", "--place", "neck_base", "--height", "1.65", "--out", path("p.png"), "--ppi", "72"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto image = render::load_png(path("p.png"));
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(image->width, 595);
  EXPECT_EQ(image->height, 842);
  // White paper at the margins; the red-brown of muscle and the accent's teal somewhere.
  int red = 0, teal = 0;
  for (std::size_t i = 0; i < image->rgba.size(); i += 4) {
    const int r = image->rgba[i], g = image->rgba[i + 1], b = image->rgba[i + 2];
    red += r > g + 60 && r > b + 50 && r < 220;
    teal += b > r + 60 && g > r + 50;
  }
  EXPECT_GT(red, 2000);
  EXPECT_GT(teal, 300);
  for (std::size_t x = 0; x < 595; ++x) EXPECT_EQ(image->rgba[4 * (10 * 595 + x)], 255);
}

TEST_F(PlanPage, AnOddDoorwayIsWarnedOfAndAbsurdFiguresAreRefused) {
  const auto wide = run_backmate({"plan", "--place", "levator", "--door", "1.10"});
  ASSERT_EQ(wide.exit_code, 0) << wide.err;
  const auto json = nlohmann::json::parse(wide.out);
  const std::string warning = json["plans"][0]["warnings"][0];
  EXPECT_NE(warning.find("110 cm is too wide"), std::string::npos) << warning;
  EXPECT_NE(warning.find("61 to 91 cm"), std::string::npos) << warning;

  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{"--place", "levator", "--height", "17.8"}, "height of 17.80 m cannot be right"},
      {{"--place", "levator", "--weight", "7"}, "weight of 7 kg cannot be right"},
      {{"--place", "levator", "--door", "80"}, "doorway of 80.00 m cannot be right"},
      {{"--place", "left_ear"}, "no placement 'left_ear'"},
      {{"--condition", "hiccups"}, "no condition 'hiccups'"},
      {{"--condition", "stiff_neck", "--yes", "hungry"}, "no question 'hungry'"},
      {{"--condition", "healthy"}, "nothing to plan"},
      {{"--condition", "pinched_nerve_neck"}, "see a clinician first"},
      {{"--condition", "stiff_neck", "--yes", "trauma"}, "see a clinician first"},
      {{"--place", "levator", "--force-kg", "50"}, "at most"},
      {{"--place", "levator", "--out", "plan.txt"}, "neither a .pdf nor a .png"},
      {{"--place", "levator", "--out", "/nowhere/plan.pdf"}, "/nowhere"},
  };
  for (const auto& [arguments, mentions] : wrong) {
    std::vector<std::string> all{"plan"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto result = run_backmate(all);
    EXPECT_EQ(result.exit_code, 1) << result.out;
    EXPECT_TRUE(result.out.empty());
    EXPECT_NE(result.err.find(mentions), std::string::npos) << result.err;
  }
  EXPECT_EQ(run_backmate({"plan"}).exit_code, 2);
  EXPECT_EQ(run_backmate({"plan", "--place", "levator", "--height", "tall"}).exit_code, 2);
}

}  // namespace
