// The command line as people and scripts meet it: exit codes, sentences, clean JSON, nothing
// harmed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "data/json_file.h"
#include "support/run_program.h"

namespace {

namespace fs = std::filesystem;
using support::ProgramResult;
using support::run_backmate;

class Cli : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("backmate_cli_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

// One sentence for a person: says what, names where, no stack trace, no second complaint.
void expect_failure(const ProgramResult& result, const std::string& mentions) {
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find(mentions), std::string::npos) << result.err;
  EXPECT_TRUE(result.out.empty()) << result.out;
}

// A box whose long side is up, in metres.
std::string box_obj(const std::string& name, float x) {
  std::string text = "o " + name + "\n";
  for (int i = 0; i < 8; ++i) {
    text += "v " + std::to_string(x + 0.05f * static_cast<float>(i & 1)) + " " +
            std::to_string(1.0f + 0.4f * static_cast<float>((i >> 1) & 1)) + " " +
            std::to_string(0.03f * static_cast<float>(i >> 2)) + "\n";
  }
  for (const char* face : {"1 3 2", "2 3 4", "5 6 7", "6 8 7", "1 2 5", "2 6 5", "3 7 4", "4 7 8",
                           "1 5 3", "3 5 7", "2 4 6", "4 8 6"}) {
    text += std::string("f ") + face + "\n";
  }
  return text;
}

TEST_F(Cli, HelpIsEverywhere) {
  for (const char* command : {"compare", "export", "import", "info", "render", "landmarks",
                              "measure", "plan", "play", "press", "simulate", "validate"}) {
    const auto result = run_backmate({command, "--help"});
    EXPECT_EQ(result.exit_code, 0) << command;
    EXPECT_NE(result.out.find("Usage"), std::string::npos) << command;
  }
  EXPECT_EQ(run_backmate({"--help"}).exit_code, 0);
}

TEST_F(Cli, WrongUsageIsTwo) {
  EXPECT_EQ(run_backmate({"dance"}).exit_code, 2);
  EXPECT_EQ(run_backmate({"render", "--no-such-option"}).exit_code, 2);
  EXPECT_EQ(run_backmate({"import"}).exit_code, 2);
  EXPECT_EQ(run_backmate({"render", "--view", "sideways", "--out", path("a.png")}).exit_code, 2);
}

TEST_F(Cli, ImportRefusesWhatHoldsNoMesh) {
  expect_failure(run_backmate({"import", path("missing"), "--out", path("a.pack")}), "missing");
  fs::create_directories(folder_ / "empty");
  expect_failure(run_backmate({"import", path("empty"), "--out", path("a.pack")}), "empty");
  expect_failure(
      run_backmate({"import", write("junk.glb", "no mesh at all"), "--out", path("a.pack")}),
      "junk.glb");
  expect_failure(run_backmate({"import", write("none.obj", ""), "--out", path("a.pack")}),
                 "none.obj");
  EXPECT_FALSE(fs::exists(path("a.pack")));
}

TEST_F(Cli, GoodFilesBesideABadOneAreImported) {
  write("atlas/Left_rhomboid_major.obj", box_obj("Left_rhomboid_major", 0.05f));
  write("atlas/Right_rhomboid_major.obj", box_obj("Right_rhomboid_major", -0.1f));
  write("atlas/broken.glb", std::string("glTF\x02\0\0\0\xff\xff\xff\x7f", 12));
  write("atlas/nan.obj", "v nan 0 0\nv 1 inf 0\nv 0 1 0\nf 1 2 3\n");
  const auto result = run_backmate({"import", path("atlas"), "--out", path("a.pack")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("broken.glb"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("nan.obj"), std::string::npos) << result.err;

  const auto info = run_backmate({"info", path("a.pack"), "--json"});
  ASSERT_EQ(info.exit_code, 0) << info.err;
  const auto json = nlohmann::json::parse(info.out);
  std::vector<std::string> ids;
  for (const auto& structure : json.at("structures")) ids.push_back(structure.at("id"));
  EXPECT_NE(std::find(ids.begin(), ids.end(), "rhomboid_major_left"), ids.end()) << info.out;
  EXPECT_NE(std::find(ids.begin(), ids.end(), "rhomboid_major_right"), ids.end()) << info.out;
}

// Ids that the tables do not have are null and listed, exactly those.
TEST_F(Cli, InfoListsTheIdsThatAreNotKnown) {
  std::ifstream file(fs::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy" / "structures.json");
  const auto table = nlohmann::json::parse(file).at("structures");
  const auto entry_of = [&](std::string id) {
    for (const auto& entry : table) {
      const std::string name = entry.at("id");
      if (id == name || id == name + "_left" || id == name + "_right") return entry;
    }
    return nlohmann::json();
  };
  const auto info = run_backmate({"info", "builtin", "--json"});
  ASSERT_EQ(info.exit_code, 0) << info.err;
  const auto json = nlohmann::json::parse(info.out);
  nlohmann::json expected = nlohmann::json::array();
  for (const auto& structure : json.at("structures")) {
    const std::string id = structure.at("id");
    const auto entry = entry_of(id);
    ASSERT_TRUE(entry.is_object()) << id;
    const bool paired = entry.at("paired");
    const char* field = !paired ? "fma_median" : id.ends_with("_left") ? "fma_left" : "fma_right";
    nlohmann::json missing = nlohmann::json::array();
    if (!entry.contains(field)) missing.push_back("fma");
    if (!entry.contains("ta2")) missing.push_back("ta2");
    EXPECT_EQ(structure.at("fma").is_null(), !entry.contains(field)) << id;
    EXPECT_EQ(structure.at("ta2").is_null(), !entry.contains("ta2")) << id;
    if (!missing.empty()) expected.push_back({{"id", id}, {"missing", missing}});
  }
  EXPECT_GT(expected.size(), 0u);
  EXPECT_EQ(json.at("unknown_ids"), expected);

  const auto words = run_backmate({"info", "builtin"});
  EXPECT_NE(words.out.find("Ids that are not known:"), std::string::npos) << words.out;
  EXPECT_NE(words.out.find("Femur (right)"), std::string::npos) << words.out;
}

// A file that never ends, wherever the reader waits for it: cancelled, nothing lies around.
TEST_F(Cli, ImportIsCancelledWhileTheReaderHangs) {
  write("atlas/Left_rhomboid_major.obj", box_obj("Left_rhomboid_major", 0.05f));
  write("atlas/waits.gltf", R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
    "nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
    "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],
    "bufferViews":[{"buffer":0,"byteLength":36}],
    "buffers":[{"uri":"pipe.bin","byteLength":36}]})");
  ASSERT_EQ(::mkfifo(path("atlas/pipe.bin").c_str(), 0600), 0);
  write("out/a.pack", "what was there");
  for (const int signal : {SIGINT, SIGTERM}) {
    const auto result =
        run_backmate({"import", path("atlas"), "--out", path("out/a.pack")}, {}, signal, 2.0);
    expect_failure(result, "cancelled");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "out"), {}), 1);
    EXPECT_EQ(fs::file_size(folder_ / "out" / "a.pack"), 14u);
    // A reader that stayed behind would hold its end of the pipe open.
    const int writer = ::open(path("atlas/pipe.bin").c_str(), O_WRONLY | O_NONBLOCK);
    EXPECT_LT(writer, 0) << "a process still waits for the pipe";
    if (writer >= 0) ::close(writer);
  }
}

TEST_F(Cli, AFailedWriteHarmsNothing) {
  const std::string obj = write("Left_rhomboid_major.obj", box_obj("Left_rhomboid_major", 0.05f));
  expect_failure(run_backmate({"import", obj, "--out", path("no/such/folder/a.pack")}), "a.pack");
  fs::create_directories(folder_ / "taken.pack" / "inner");
  expect_failure(run_backmate({"import", obj, "--out", path("taken.pack")}), "taken.pack");
  EXPECT_TRUE(fs::exists(folder_ / "taken.pack" / "inner"));
}

TEST_F(Cli, PacksAreCheckedBeforeTheyAreBelieved) {
  const std::string obj = write("Left_rhomboid_major.obj", box_obj("Left_rhomboid_major", 0.05f));
  ASSERT_EQ(run_backmate({"import", obj, "--out", path("good.pack")}).exit_code, 0);
  std::string bytes;
  {
    std::ifstream in(path("good.pack"), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  expect_failure(run_backmate({"info", write("junk.pack", "junk")}), "junk.pack");
  expect_failure(run_backmate({"info", write("empty.pack", "")}), "empty.pack");
  expect_failure(run_backmate({"info", write("half.pack", bytes.substr(0, bytes.size() / 2))}),
                 "half.pack");
  std::string newer = bytes;
  newer[8] = 99;  // the version follows eight bytes of magic
  expect_failure(run_backmate({"info", write("newer.pack", newer)}), "99");
  expect_failure(
      run_backmate({"render", "--body", write("junk2.pack", "junk"), "--out", path("a.png")}),
      "junk2.pack");
  EXPECT_FALSE(fs::exists(path("a.png")));
}

TEST_F(Cli, RenderRefusesUnknownIdsAndPlaces) {
  expect_failure(run_backmate({"render", "--attachment", "spoon", "--at", "0,1.4,-0.1", "--size",
                               "64x64", "--out", path("a.png")}),
                 "spoon");
  expect_failure(run_backmate({"render", "--size", "64x64", "--out", path("no/folder/a.png")}),
                 "a.png");
  EXPECT_NE(run_backmate({"render", "--at", "nan,1,0", "--size", "64x64", "--out", path("a.png")})
                .exit_code,
            0);
  EXPECT_NE(run_backmate({"render", "--size", "0x64", "--out", path("a.png")}).exit_code, 0);
  EXPECT_NE(run_backmate({"render", "--size", "99999x99999", "--out", path("a.png")}).exit_code, 0);
  EXPECT_FALSE(fs::exists(path("a.png")));
}

TEST_F(Cli, AStoryIsAPictureWithWordsAndRefusesWhatItCannotShow) {
  const std::string out = path("story.png");
  const auto story = run_backmate(
      {"render", "--story", "disc_c5_c6", "--side", "left", "--size", "160x120", "--out", out});
  EXPECT_EQ(story.exit_code, 0) << story.err;
  EXPECT_TRUE(fs::exists(out));
  EXPECT_NE(story.out.find("bulges 2.0 mm"), std::string::npos) << story.out;
  EXPECT_NE(story.out.find("not to diagnose"), std::string::npos) << story.out;
  expect_failure(run_backmate({"render", "--story", "humbug", "--out", out}), "disc_c5_c6");
  expect_failure(run_backmate({"render", "--story", "scalenes", "--amount", "2", "--out", out}),
                 "--amount");
  expect_failure(run_backmate({"render", "--story", "scalenes", "--force", "30", "--out", out}),
                 "without the tool");
}

TEST_F(Cli, ASectionNeedsAHeadAndShowsTheCut) {
  const std::string out = path("cut.png");
  const auto cut = run_backmate(
      {"render", "--place", "neck_base", "--section", "along", "--size", "160x120", "--out", out});
  EXPECT_EQ(cut.exit_code, 0) << cut.err;
  EXPECT_TRUE(fs::exists(out));
  expect_failure(run_backmate({"render", "--section", "along", "--out", out}), "--place");
  EXPECT_EQ(run_backmate({"render", "--place", "neck_base", "--section", "aslant", "--out", out})
                .exit_code,
            2);
}

TEST_F(Cli, PlayNamesWhatIsWrongInAScript) {
  expect_failure(run_backmate({"play", path("none.json"), "--out", path("d")}), "none.json");
  const std::string bad =
      write("bad.json", R"({"format":"backmate-play","version":1,"size":[640,480],"end":1,
                      "events":[{"t":0,"type":"dance"}]})");
  expect_failure(run_backmate({"play", bad, "--out", path("d")}), "bad.json");
  const std::string newer =
      write("newer.json",
            R"({"format":"backmate-play","version":7,"size":[640,480],"end":1,"events":[]})");
  expect_failure(run_backmate({"play", newer, "--out", path("d")}), "7");
}

TEST_F(Cli, APictureAfterTheEndIsStillTaken) {
  const std::string late =
      write("late.json", R"({"format":"backmate-play","version":1,"size":[320,240],"end":0.1,
                      "events":[{"t":0.3,"type":"frame","name":"late"}]})");
  const auto result = run_backmate({"play", late, "--out", path("d"), "--condition", "healthy"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(folder_ / "d" / "late.png"));
}

TEST_F(Cli, AScriptMayStartAtAPlacementAfterSomeTime) {
  const std::string none =
      write("none.json",
            R"({"format":"backmate-play","version":1,"size":[1024,600],"end":0.1,"events":[]})");
  const std::vector<std::string> words = {"play", none, "--out", path("d"), "--place", "levator"};
  const auto with = [&](const char* seconds) {
    auto all = words;
    all.insert(all.end(), {"--seconds", seconds});
    return run_backmate(all);
  };
  ASSERT_EQ(with("30").exit_code, 0);
  std::ifstream in(folder_ / "d" / "state.json");
  const auto state = nlohmann::json::parse(in);
  EXPECT_EQ(state["placement"]["id"], "levator");
  EXPECT_GE(state["time_s"].get<double>(), 30.0);
  EXPECT_EQ(with("-1").exit_code, 2);
  EXPECT_EQ(with("1e9").exit_code, 2);
}

// Words about muscles may be broken: that is said, and everything else works.
TEST_F(Cli, BrokenFactsAreNamedAndTheProgramGoesOn) {
  const fs::path own = fs::path(BACKMATE_BINARY_DIR) / "share/backmate";
  fs::create_directories(folder_ / "own");
  fs::create_directory_symlink(own / "shaders", folder_ / "own" / "shaders");
  fs::create_directory_symlink(own / "bodies", folder_ / "own" / "bodies");
  fs::copy(own / "assets", folder_ / "own" / "assets", fs::copy_options::recursive);
  for (const auto& entry : fs::directory_iterator(own)) {
    const fs::path to = folder_ / "own" / entry.path().filename();
    if (!fs::exists(fs::symlink_status(to))) fs::create_directory_symlink(entry.path(), to);
  }
  std::ofstream(folder_ / "own" / "assets" / "anatomy" / "facts" / "en.json")
      << R"({"format":"backmate-facts","version":1,"facts":7})";
  const std::string none =
      write("none.json",
            R"({"format":"backmate-play","version":1,"size":[1024,600],"end":0.1,"events":[]})");
  const auto result =
      run_backmate({"play", none, "--out", path("d")}, {"BACKMATE_RESOURCES=" + path("own")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("facts"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("en.json"), std::string::npos) << result.err;
}

TEST_F(Cli, AConditionNobodyKnowsIsNamed) {
  expect_failure(run_backmate({"render", "--condition", "lazy", "--force", "20", "--size", "64x64",
                               "--out", path("a.png")}),
                 "lazy");
  EXPECT_EQ(run_backmate({"render", "--side", "middle", "--out", path("a.png")}).exit_code, 2);
}

TEST_F(Cli, LandmarksAreCleanJson) {
  const auto result = run_backmate({"landmarks", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  std::vector<std::string> ids;
  for (const auto& landmark : json.at("landmarks")) {
    ids.push_back(landmark.at("id"));
    EXPECT_EQ(landmark.at("position_m").size(), 3u);
  }
  for (const char* id : {"C7", "T7", "L4", "acromion_left", "iliac_crest_right"}) {
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id;
  }
}

TEST_F(Cli, PressSpeaksUnitsAndNamesWhatIsWrong) {
  const auto fine =
      run_backmate({"press", "--layers", "skin:2mm:40kPa,fat:0.6cm:6700Pa,muscle:27mm:11kPa",
                    "--ball", "63mm", "--force", "100 N", "--json"});
  ASSERT_EQ(fine.exit_code, 0) << fine.err;
  const auto json = nlohmann::json::parse(fine.out);
  ASSERT_EQ(json.at("layers").size(), 3u);
  EXPECT_EQ(json["layers"][1]["name"], "fat");
  // The sum of what presses is the force.
  const double a = json["contact_radius_m"];
  EXPECT_NEAR(json["mean_pa"].get<double>() * 3.14159265 * a * a, 100.0, 0.1);
  EXPECT_GT(json["layers"][0]["middle_pa"].get<double>(),
            json["layers"][2]["bottom_pa"].get<double>());

  const auto press = [&](const char* layers, const char* ball, const char* force) {
    return run_backmate({"press", "--layers", layers, "--ball", ball, "--force", force});
  };
  expect_failure(press("skin:2mm", "63mm", "100N"), "skin:2mm");
  expect_failure(press("skin:2mm:40kPa,", "63mm", "100N"), "--layers");
  expect_failure(press("skin:2:40kPa", "63mm", "100N"), "thickness");
  expect_failure(press("skin:2mm:-40kPa", "63mm", "100N"), "'skin'");
  expect_failure(press("skin:nanmm:40kPa", "63mm", "100N"), "thickness");
  expect_failure(press("skin:2mm:40kPa", "63", "100N"), "--ball");
  expect_failure(press("skin:2mm:40kPa", "63mm", "many"), "--force");
}

TEST_F(Cli, SimulateWritesAReportAndATrace) {
  const std::string routine = write("routine.json", R"({
    "format": "backmate-routine", "version": 1, "condition": "stiff_neck",
    "steps": [
      { "seconds": 6, "attachment": "balls_std", "at_m": [0.06, 1.25, -0.02], "side": "both",
        "angle_deg": 90, "force_n": 60 },
      { "seconds": 6, "attachment": "balls_soft", "at_m": [0, 1.3, -0.02], "force_n": 40,
        "style": "swedish" }]})");
  const std::string report = path("report.json"), trace = path("trace.csv");
  const auto result =
      run_backmate({"simulate", routine, "--side", "left", "--out", report, "--trace", trace});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(result.err.empty()) << result.err;  // progress is for terminals
  EXPECT_EQ(run_backmate({"validate", routine, report}).exit_code, 0);
  std::ifstream in(report);
  const auto json = nlohmann::json::parse(in);
  EXPECT_EQ(json.at("condition"), "stiff_neck");
  EXPECT_EQ(json.at("condition_side"), "left");
  EXPECT_EQ(json.at("seconds"), 12);
  EXPECT_EQ(json.at("steps").size(), 3u);
  const auto& worked = json.at("muscles").at(0);
  EXPECT_GT(worked["dose_pa_s"]["total"].get<double>(), 5e3);
  EXPECT_GT(worked["peak_pressure_pa"]["value"].get<double>(), 3e3);
  std::ifstream rows(trace);
  std::string header;
  std::getline(rows, header);
  EXPECT_EQ(header.rfind("time_s,force_n,calm,alarm,pain,", 0), 0u) << header;

  // The same again: the same bytes.
  const std::string again = path("again.json");
  ASSERT_EQ(run_backmate({"simulate", routine, "--side", "left", "--out", again}).exit_code, 0);
  std::ifstream first(report), second(again);
  const std::string a((std::istreambuf_iterator<char>(first)), {});
  const std::string b((std::istreambuf_iterator<char>(second)), {});
  EXPECT_EQ(a, b);
}

TEST_F(Cli, SimulateRefusesInWordsAndWritesNothing) {
  const std::string out = path("none.json");
  const auto refuses = [&](const std::string& step, const std::string& mentions) {
    const std::string file =
        write("bad.json", R"({"format":"backmate-routine","version":1,"steps":[)" + step + "]}");
    const auto result = run_backmate({"simulate", file, "--out", out});
    expect_failure(result, mentions);
    EXPECT_NE(result.err.find("bad.json"), std::string::npos) << result.err;
    EXPECT_FALSE(fs::exists(out));
  };
  const std::string place = R"("at_m":[0,1.3,-0.02])";
  refuses(R"({"seconds":-1,"attachment":"balls_std","force_n":60,)" + place + "}", "seconds");
  refuses(R"({"seconds":1,"attachment":"balls_std","force_n":151,)" + place + "}", "force_n");
  refuses(R"({"seconds":1,"attachment":"hammer","force_n":60,)" + place + "}", "attachment");
  refuses(R"({"seconds":1,"attachment":"balls_std","force_n":60,"at_m":[3,1,0]})", "at_m");
  refuses(R"({"seconds":1,"attachment":"balls_std","force_n":60})", "at_m");
  refuses(R"({"seconds":NaN,"attachment":"balls_std","force_n":60,)" + place + "}", "JSON");
  refuses(R"({"seconds":1,"attachment":"balls_std","force_n":60,"placement":"nowhere"})",
          "neck_base");
  refuses(R"({"seconds":1,"attachment":"balls_std","force_n":60,)" + place +
              R"(,"stroke":{"path_m":[[0,1.3,-0.02],[0,1.3,0.9]]}})",
          "stroke.path_m[1]");
  const std::string fine =
      write("fine.json", R"({"format":"backmate-routine","version":1,"steps":[)"
                         R"({"seconds":1,"attachment":"balls_std","force_n":60,)" +
                             place + "}]}");
  expect_failure(run_backmate({"simulate", fine, "--condition", "no_such", "--out", out}),
                 "desk_shoulders");
  expect_failure(run_backmate({"simulate", fine, "--out", path("no/such/folder.json")}), "folder");
  expect_failure(run_backmate({"simulate", fine, "--out", fine}), "routine itself");
  expect_failure(run_backmate({"simulate", fine, "--out", out, "--trace", out}), "same file");
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(Cli, PlacementsGoEverywhereByTheirName) {
  const std::string out = path("place.json");
  ASSERT_EQ(run_backmate({"simulate", "--place", "levator", "--side", "left", "--seconds", "5",
                          "--out", out})
                .exit_code,
            0);
  const auto report = data::read_json(out);
  ASSERT_TRUE(report);
  const auto worked_on = [&](const std::string& id) {
    double peak = 0.0;
    for (const data::Json& muscle : (*report)["muscles"]) {
      if (muscle["id"] == id) peak = muscle["peak_pressure_pa"]["value"].get<double>();
    }
    return peak;
  };
  EXPECT_GT(worked_on("levator_scapulae_left"), 5000.0);
  EXPECT_EQ(worked_on("levator_scapulae_right"), 0.0);
  EXPECT_TRUE((*report)["safety"].empty());

  const std::string picture = path("place.png"), state = path("state.json");
  ASSERT_EQ(run_backmate({"render", "--place", "pectoral_minor", "--size", "64x64", "--out",
                          picture, "--state", state})
                .exit_code,
            0);
  const auto shown = data::read_json(state);
  ASSERT_TRUE(shown);
  EXPECT_EQ((*shown)["placement"]["id"], "pectoral_minor");
  EXPECT_EQ((*shown)["placement"]["side"], "right");
  // The chest is seen from the front.
  EXPECT_GT((*shown)["camera"]["view"][10].get<float>(), 0.9f);

  expect_failure(run_backmate({"simulate", "--place", "nowhere", "--out", out}), "neck_base");
  expect_failure(run_backmate({"render", "--place", "nowhere", "--out", picture}), "neck_base");
  expect_failure(run_backmate({"simulate", "--out", out}), "--place");
}

TEST_F(Cli, ValidateTellsFineFromBroken) {
  const std::string words = std::string(BACKMATE_SOURCE_DIR) + "/assets/i18n/en.json";
  const auto fine = run_backmate({"validate", words});
  EXPECT_EQ(fine.exit_code, 0);
  EXPECT_NE(fine.out.find("fine"), std::string::npos);
  const std::string bad = write("bad.json", R"({"format":"backmate-i18n","version":1})");
  expect_failure(run_backmate({"validate", bad}), "bad.json");
}

TEST_F(Cli, WithoutADisplayTheWindowSaysWhatToDo) {
  const auto result = run_backmate({}, {"DISPLAY=", "WAYLAND_DISPLAY="});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("backmate render"), std::string::npos) << result.err;
}

}  // namespace
