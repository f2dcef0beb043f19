// Every control on screen can be found, pressed, and does something; keys and the pointer too.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "app_fixture.h"

namespace {

using nlohmann::json;

class Controls : public e2e::AppFixture {};

TEST_F(Controls, LieInTheWindowApartFromEachOtherAndAreLargeEnough) {
  for (const auto& [width, height] :
       {std::pair{1024, 600}, std::pair{1280, 720}, std::pair{1920, 1080}, std::pair{3840, 2160},
        std::pair{1080, 1920}}) {
    start(width, height);
    EXPECT_NO_FATAL_FAILURE(centre_of("show_all"));
    const auto controls = state()["ui"];
    ASSERT_GT(controls.size(), 25u);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < controls.size(); ++i) {
      const auto a = controls[i]["rect_px"].get<std::array<float, 4>>();
      const std::string id = controls[i]["id"];
      EXPECT_TRUE(ids.insert(id).second) << id << " twice";
      EXPECT_GE(a[0], 0.0f) << id;
      EXPECT_GE(a[1], 0.0f) << id;
      EXPECT_LE(a[0] + a[2], static_cast<float>(width)) << id;
      EXPECT_LE(a[1] + a[3], static_cast<float>(height)) << id;
      EXPECT_GE(std::min(a[2], a[3]), 48.0f) << id;
      for (std::size_t j = i + 1; j < controls.size(); ++j) {
        const auto b = controls[j]["rect_px"].get<std::array<float, 4>>();
        const bool apart = a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] ||
                           b[1] + b[3] <= a[1];
        EXPECT_TRUE(apart) << id << " and " << controls[j]["id"] << " at " << width;
      }
    }
  }
}

TEST_F(Controls, TheSectionCutsTheBodyOpenAndClosesItAgain) {
  start(1280, 720);
  EXPECT_EQ(state()["panels"]["cut"], "none");
  click(centre_of("section"));
  const auto before = state()["camera"]["view"].get<std::vector<float>>();
  click(centre_of("section.cut_along"));
  run(20);
  EXPECT_EQ(state()["panels"]["cut"], "along");
  const auto after = state()["camera"]["view"].get<std::vector<float>>();
  float turned = 0.0f;
  for (std::size_t i = 0; i < 12; ++i) turned = std::max(turned, std::abs(after[i] - before[i]));
  EXPECT_GT(turned, 0.3f) << "to where one sees it";
  app_->render(context_->framebuffer());
  EXPECT_LE(state()["body_draw_calls"].get<int>(), 60);
  click(centre_of("section.cut_across"));
  EXPECT_EQ(state()["panels"]["cut"], "across");
  EXPECT_TRUE(app_->needs_render());
  click(centre_of("section.cut_across"));
  EXPECT_EQ(state()["panels"]["cut"], "none");
  click(centre_of("section.cut_along"));
  click(centre_of("section.close"));
  EXPECT_EQ(state()["panels"]["cut"], "none") << "nothing left on screen would close it";
}

TEST_F(Controls, LookAndSizeAreChosenInTheWindowAndPaintedAtOnce) {
  start(1280, 720);
  click(centre_of("menu"));
  click(centre_of("menu.display"));
  for (const char* look : {"dark", "contrast", "light"}) {
    click(centre_of(std::string("display.look.") + look));
    EXPECT_EQ(state()["display"]["look"], look);
    EXPECT_TRUE(app_->needs_render());
    app_->render(context_->framebuffer());
  }
  const auto rect_of = [this](const std::string& id) {
    const json now = state();
    for (const json& entry : now["ui"]) {
      if (entry["id"] == id) return entry["rect_px"].get<std::array<float, 4>>();
    }
    ADD_FAILURE() << id;
    return std::array<float, 4>{};
  };
  const float before = rect_of("undo")[2];
  click(centre_of("display.size.150"));
  EXPECT_EQ(state()["display"]["size_percent"], 150);
  EXPECT_FLOAT_EQ(rect_of("undo")[2], 1.5f * before);
  // There is no room for twice as large here.
  click(centre_of("display.size.200"));
  EXPECT_EQ(state()["display"]["size_percent"], 150);
  click(centre_of("display.size.100"));
  click(centre_of("display.motion.on"));
  click(centre_of("display.close"));
  const json camera = state()["camera"];
  tap("1");
  EXPECT_NE(state()["camera"], camera);
  const json there = state()["camera"];
  run(12);
  EXPECT_EQ(state()["camera"], there) << "no flight";
}

TEST_F(Controls, PanelsFoldAwayAndComeBack) {
  start(1280, 720);
  const std::size_t all = state()["ui"].size();
  for (const char* panel : {"rail", "dock", "targets"}) {
    const std::string id = std::string(panel) + ".fold";
    click(centre_of(id));
    EXPECT_EQ(state()["display"]["folded"][panel], true);
    EXPECT_LT(state()["ui"].size(), all);
    click(centre_of(id));
    EXPECT_EQ(state()["display"]["folded"][panel], false);
    EXPECT_EQ(state()["ui"].size(), all);
  }
  tap("V");
  const json away = {{"rail", true}, {"dock", true}, {"targets", true}};
  EXPECT_EQ(state()["display"]["folded"], away);
  tap("V");
  EXPECT_EQ(state()["ui"].size(), all);
}

// A played session presses everything on the main screen, each on a program of its own, and sees
// what is on screen change.
TEST_F(Controls, EachOfTheMainScreenDoesSomething) {
  // What is chosen at the start anyway.
  const std::set<std::string> chosen = {"layer.superficial", "attachment.balls_std",
                                        "time.x1",           "tab.muscles",
                                        "view.back",         "view.frame"};
  const auto shown = [this] {
    json now = state();
    json ids = json::array();
    for (const json& entry : now["ui"]) ids.push_back(entry["id"]);
    now["ui"] = ids;
    json kept;
    for (const char* key : {"layer", "xray", "nerves", "hidden", "isolated", "selected", "field",
                            "limits", "motion", "force_n", "time_rate", "camera", "panels",
                            "display", "condition", "placement", "ui", "said"})
      kept[key] = now.contains(key) ? now[key] : json();
    for (const char* key : {"attachment", "head_angle_rad", "pitch_rad"})
      kept[key] = now["tool"][key];
    return kept;
  };
  start(1280, 720);
  const json first = state();
  std::size_t pressed = 0;
  for (const json& entry : first["ui"]) {
    const std::string id = entry["id"];
    if (entry["enabled"] == false || chosen.contains(id)) continue;
    start(1280, 720);
    run(30);
    const json before = shown();
    const double time_s = state()["time_s"];
    const auto r = entry["rect_px"].get<std::array<float, 4>>();
    // Off the middle: a dial's direction begins beside its centre.
    click({r[0] + 0.9f * r[2], r[1] + 0.35f * r[3]});
    run(12);
    const bool starts_over = id == "time.start_over" && state()["time_s"] < time_s;
    EXPECT_TRUE(starts_over || shown() != before) << id;
    ++pressed;
  }
  EXPECT_GT(pressed, 25u);
}

// Every sheet and card, too: nothing smaller than a finger, nothing cut, nothing on top of others.
TEST_F(Controls, OfEverySheetAreLargeEnoughAndApart) {
  const std::array<std::pair<const char*, std::vector<const char*>>, 13> sheets = {
      {{"menu", {"menu"}},
       {"places", {"places"}},
       {"complaint", {"places", "finder.complaint"}},
       {"questions", {"places", "finder.complaint", "finder.condition.stiff_neck"}},
       {"person", {"condition"}},
       {"colours", {"colours"}},
       {"search", {"search"}},
       {"attachments", {"dock.compare"}},
       {"section", {"section"}},
       {"person's tab", {"tab.person"}},
       {"display", {"menu", "menu.display"}},
       {"tree", {"menu", "menu.tree"}},
       {"under", {"menu", "menu.under"}}}};
  struct Window {
    int width, height, percent;
    float scale;
  };
  for (const auto& [width, height, percent, scale] :
       {Window{1024, 600, 100, 1.0f}, Window{1280, 720, 100, 1.0f}, Window{1080, 1920, 100, 1.25f},
        Window{1920, 1080, 200, 2.25f}}) {
    for (const auto& [name, way] : sheets) {
      start(width, height);
      if (percent != 100) {
        click(centre_of("menu"));
        click(centre_of("menu.display"));
        click(centre_of("display.size." + std::to_string(percent)));
        click(centre_of("display.close"));
      }
      for (const char* id : way) click(centre_of(id));
      const json now = state();
      for (std::size_t i = 0; i < now["ui"].size(); ++i) {
        const auto a = now["ui"][i]["rect_px"].get<std::array<float, 4>>();
        const std::string id = now["ui"][i]["id"];
        const std::string where = " in " + std::string(name) + " at " + std::to_string(width);
        EXPECT_GE(std::min(a[2], a[3]), 48.0f * scale - 0.5f) << id << where;
        EXPECT_LE(a[0] + a[2], static_cast<float>(width) + 0.5f) << id << where;
        EXPECT_LE(a[1] + a[3], static_cast<float>(height) + 0.5f) << id << where;
        for (std::size_t j = i + 1; j < now["ui"].size(); ++j) {
          const auto b = now["ui"][j]["rect_px"].get<std::array<float, 4>>();
          const bool apart = a[0] + a[2] <= b[0] + 0.5f || b[0] + b[2] <= a[0] + 0.5f ||
                             a[1] + a[3] <= b[1] + 0.5f || b[1] + b[3] <= a[1] + 0.5f;
          EXPECT_TRUE(apart) << id << " and " << now["ui"][j]["id"] << where;
        }
      }
    }
  }
}

TEST_F(Controls, AllCanBeReachedAndPressedFromTheKeyboardAlone) {
  start(1280, 720);
  std::set<std::string> wanted;
  const json first = state();
  for (const auto& entry : first["ui"]) {
    if (entry["enabled"] == true) wanted.insert(entry["id"].get<std::string>());
  }
  std::set<std::string> reached;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    tap("Tab");
    run(1);
    reached.insert(state()["focus"].get<std::string>());
  }
  EXPECT_EQ(reached, wanted);
  const auto go_to = [this, &wanted](const std::string& id) {
    for (std::size_t i = 0; i < 2 * wanted.size() && state()["focus"] != id; ++i) tap("Tab");
    EXPECT_EQ(state()["focus"], id);
  };
  go_to("layer.deep");
  tap("Enter");
  run(2);
  EXPECT_EQ(state()["layer"], "deep");
  go_to("dock.force");
  tap("Left");
  run(2);
  EXPECT_LT(state()["force_n"].get<float>(), 60.0f);
  tap("Z", {.ctrl = true});
  run(2);
  EXPECT_EQ(state()["force_n"], 60.0f);
  go_to("dock.angle");
  tap("Right");
  run(2);
  EXPECT_NE(state()["tool"]["head_angle_rad"], 0.0f);
  go_to("xray");
  tap("Space");
  run(2);
  EXPECT_EQ(state()["xray"], true);
  EXPECT_EQ(state()["motion"], "hold") << "pressed, not rolled";
  // A pointer takes over: the keys mean what they always mean.
  click(centre_of("layer.superficial"));
  EXPECT_EQ(state()["focus"], "");
  tap("Space");
  run(1);
  EXPECT_EQ(state()["motion"], "roll");
}

TEST_F(Controls, WhatWasHiddenIsTakenBackFromTheWordsThatSayIt) {
  start(1280, 720);
  click(centre_of("target.trapezius_transverse_right"));
  click(centre_of("selection.hide"));
  ASSERT_EQ(state()["hidden"].size(), 1u);
  EXPECT_EQ(state()["said"], "Hidden");
  click(centre_of("said.undo"));
  EXPECT_TRUE(state()["hidden"].empty());
  EXPECT_EQ(state()["said"], "");
  // After anything else the words are gone: their button would undo that.
  tap("M");
  run(2);
  EXPECT_NE(state()["said"], "");
  click(centre_of("layer.deep"));
  EXPECT_EQ(state()["said"], "");
}

TEST_F(Controls, NamesBesideTheBodyComeAndGo) {
  start(1280, 720);
  click(centre_of("labels"));
  EXPECT_EQ(state()["display"]["labels"], true);
  EXPECT_TRUE(app_->needs_render());
  app_->render(context_->framebuffer());
  tap("B");
  run(2);
  EXPECT_EQ(state()["display"]["labels"], false);
}

TEST_F(Controls, TheBodyTakesFewDrawCalls) {
  start(1280, 720);
  for (const char* key : {"X", "X", "]", "]", "["}) {
    tap(key);
    run(2);
    app_->render(context_->framebuffer());
    EXPECT_GT(state()["body_draw_calls"], 0);
    EXPECT_LE(state()["body_draw_calls"], 60);
  }
  // Dented under the head, see-through from the skin inward, nerves and vessels, something selected
  // and something else under the pointer.
  click(centre_of("layer.skin"));
  click(centre_of("xray"));
  click({480.0f, 330.0f});
  move({520.0f, 420.0f});
  run(4);
  app_->render(context_->framebuffer());
  const json now = state();
  EXPECT_FALSE(now["contacts"].empty());
  EXPECT_TRUE(now["xray"]);
  EXPECT_TRUE(now["nerves"]);
  EXPECT_EQ(now["selected"].size(), 1u);
  std::printf("draw calls of the body with everything shown: %d\n",
              now["body_draw_calls"].get<int>());
  EXPECT_LE(now["body_draw_calls"], 60);
}

TEST_F(Controls, AStoryIsTwoClicksAwayGoesOnBySliderAndLeavesTheRestAsItWas) {
  start(1280, 720);
  const json before = state();
  click(centre_of("condition"));
  click(centre_of("story.open"));
  const json open = state();
  const auto has = [](const json& now, const std::string& id) {
    return std::any_of(now["ui"].begin(), now["ui"].end(),
                       [&](const json& entry) { return entry["id"] == id; });
  };
  for (const char* id : {"story.disc_c5_c6", "story.disc_l5_s1", "story.scalenes", "story.amount",
                         "story.side.left", "story.side.right", "story.close"})
    EXPECT_TRUE(has(open, id)) << id;
  EXPECT_FALSE(has(open, "dock.force")) << "nothing else is in reach";
  EXPECT_NE(open["camera"], before["camera"]);
  click(centre_of("story.disc_l5_s1"));
  click(centre_of("story.amount"));
  click(centre_of("story.side.left"));
  EXPECT_TRUE(app_->needs_render());
  app_->render(context_->framebuffer());
  EXPECT_FALSE(app_->needs_render());
  // Beside the card one looks around; the head stays where it was.
  const json still = state();
  move({900.0f, 300.0f});
  press({900.0f, 300.0f});
  move({960.0f, 330.0f});
  release({960.0f, 330.0f});
  run(3);
  EXPECT_NE(state()["camera"], still["camera"]);
  EXPECT_EQ(state()["tool"]["position_m"], before["tool"]["position_m"]);
  tap("Escape");
  run(3);
  const json after = state();
  EXPECT_FALSE(has(after, "story.close"));
  EXPECT_TRUE(has(after, "dock.force"));
  EXPECT_EQ(after["camera"], before["camera"]);
  EXPECT_EQ(after["condition"], before["condition"]);
}

TEST_F(Controls, APlacementIsTwoClicksAwayAndSaysHowToComeBack) {
  start(1280, 720);
  click(centre_of("places"));
  click(centre_of("place.levator"));
  run(15);
  json now = state();
  EXPECT_EQ(now["placement"]["id"], "levator");
  EXPECT_EQ(now["placement"]["side"], "right");
  EXPECT_EQ(now["placement"]["reached"], true);
  EXPECT_EQ(now["tool"]["attachment"], "point_single");
  EXPECT_EQ(now["force_n"], 45.0f);
  EXPECT_LT(now["tool"]["position_m"][0].get<float>(), 0.0f);
  EXPECT_TRUE(now["safety"].empty());
  const auto has = [&](const char* id) {
    const json shown = state();
    return std::any_of(shown["ui"].begin(), shown["ui"].end(),
                       [&](const json& entry) { return entry["id"] == id; });
  };
  EXPECT_FALSE(has("place.back"));

  const glm::vec2 at = tool_px();
  move(at);
  press(at);
  move(at + glm::vec2(60.0f, 80.0f));
  release(at + glm::vec2(60.0f, 80.0f));
  run(3);
  now = state();
  EXPECT_EQ(now["placement"]["reached"], false);
  EXPECT_GT(now["placement"]["away_m"].get<float>(), 0.02f);
  click(centre_of("place.back"));
  EXPECT_EQ(state()["placement"]["reached"], true);

  click(centre_of("place.left"));
  EXPECT_EQ(state()["placement"]["side"], "left");
  EXPECT_GT(state()["tool"]["position_m"][0].get<float>(), 0.0f);
  tap("M");
  run(2);
  EXPECT_EQ(state()["placement"]["side"], "right");
  EXPECT_EQ(state()["placement"]["reached"], true);
  click(centre_of("undo"));
  click(centre_of("undo"));
  EXPECT_EQ(state()["placement"]["side"], "right");
  click(centre_of("place.close"));
  EXPECT_TRUE(state()["placement"].is_null());
}

TEST_F(Controls, TheFinderLeadsFromAComplaintToThePlacedHeadInFiveClicks) {
  start(1024, 600);
  click(centre_of("places"));
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.stiff_neck"));
  click(centre_of("finder.go"));
  click(centre_of("place.levator"));
  run(15);
  const json now = state();
  EXPECT_EQ(now["placement"]["id"], "levator");
  EXPECT_EQ(now["placement"]["reached"], true);
  EXPECT_TRUE(now["safety"].empty());
}

// The largest size: the questions scroll, and "None of these" waits for the last of them.
TEST_F(Controls, NobodySaysNoneToQuestionsThatWereNotInView) {
  const auto may_go_on = [&] {
    const json now = state();
    for (const json& entry : now["ui"]) {
      if (entry["id"] == "finder.go") return entry["enabled"].get<bool>();
    }
    ADD_FAILURE() << "no finder.go";
    return false;
  };
  const auto first_question = [&] {
    const json now = state();
    for (const json& entry : now["ui"]) {
      const std::string id = entry["id"];
      if (id.starts_with("finder.question.")) return id;
    }
    return std::string("none");
  };
  const auto to_questions = [&] {
    click(centre_of("places"));
    click(centre_of("finder.complaint"));
    click(centre_of("finder.condition.stiff_neck"));
  };
  start(1280, 720);
  to_questions();
  EXPECT_TRUE(may_go_on()) << "all are in view";
  start(1920, 1080);
  click(centre_of("menu"));
  click(centre_of("menu.display"));
  click(centre_of("display.size.200"));
  click(centre_of("display.close"));
  to_questions();
  EXPECT_FALSE(may_go_on());
  click(centre_of(first_question()));
  EXPECT_TRUE(may_go_on()) << "one yes is an answer";
  click(centre_of(first_question()));
  const glm::vec2 over = centre_of(first_question());
  for (int i = 0; i < 40; ++i) {
    app::InputEvent wheel = pointer(app::EventType::kWheel, over);
    wheel.dy = -1.0f;
    send(wheel);
    run(1);
  }
  EXPECT_TRUE(may_go_on());
}

TEST_F(Controls, TheFinderNamesNoPlaceAfterARedFlagAndForgetsItWhenClosed) {
  start(1024, 600);
  const auto shown_places = [&] {
    const json now = state();
    return std::count_if(now["ui"].begin(), now["ui"].end(), [](const json& entry) {
      const std::string id = entry["id"];
      return id.starts_with("place.") && id != "place.close";
    });
  };
  click(centre_of("places"));
  EXPECT_EQ(shown_places(), 17);
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.stiff_neck"));
  EXPECT_EQ(shown_places(), 0);
  click(centre_of("finder.question.trauma"));
  click(centre_of("finder.go"));
  EXPECT_EQ(shown_places(), 0);
  // Nor by the other ways to look for one.
  click(centre_of("finder.all"));
  EXPECT_EQ(shown_places(), 0);
  click(centre_of("finder.here"));
  EXPECT_EQ(shown_places(), 0);
  click(centre_of("finder.back"));
  click(centre_of("finder.question.trauma"));
  click(centre_of("finder.go"));
  EXPECT_EQ(shown_places(), 4);
  click(centre_of("finder.back"));
  click(centre_of("finder.back"));
  // A nerve needs no questions.
  click(centre_of("finder.condition.pinched_nerve_neck"));
  EXPECT_EQ(shown_places(), 0);
  click(centre_of("finder.back"));
  click(centre_of("finder.condition.desk_shoulders"));
  click(centre_of("finder.question.fever"));
  click(centre_of("places.close"));
  click(centre_of("places"));
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.desk_shoulders"));
  click(centre_of("finder.question.old_strain"));
  click(centre_of("finder.go"));
  EXPECT_EQ(shown_places(), 5);
  // Gently: the lighter end of 30 to 60 N.
  click(centre_of("place.levator"));
  run(15);
  EXPECT_EQ(state()["placement"]["id"], "levator");
  EXPECT_EQ(state()["placement"]["reached"], true);
  EXPECT_EQ(state()["force_n"], 30.0f);
}

TEST_F(Controls, AFoundPlaceItsSideItsForceAndItsPersonAreOneStepOfUndo) {
  start(1280, 720);
  const json before = state();
  click(centre_of("places"));
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.stiff_neck"));
  click(centre_of("finder.question.old_strain"));
  click(centre_of("finder.go"));
  click(centre_of("finder.left"));
  click(centre_of("place.levator"));
  run(15);
  json now = state();
  EXPECT_EQ(now["placement"]["id"], "levator");
  EXPECT_EQ(now["placement"]["side"], "left");
  EXPECT_EQ(now["condition"], "stiff_neck");
  EXPECT_EQ(now["condition_side"], "left");
  EXPECT_EQ(now["force_n"], 30.0f);
  click(centre_of("undo"));
  now = state();
  for (const char* key : {"condition", "force_n", "placement"}) EXPECT_EQ(now[key], before[key]);
  EXPECT_EQ(now["tool"]["position_m"], before["tool"]["position_m"]);
}

TEST_F(Controls, SearchFindsAndShowsFromTheKeyboardAlone) {
  start(1024, 600);
  tap("H");
  tap("/");
  run(4);
  app::InputEvent typed;
  typed.type = app::EventType::kText;
  typed.x = typed.y = -1.0f;
  typed.text = "PECTORALIS MIN";
  send(typed);
  run(4);
  tap("Enter");
  run(20);
  json now = state();
  ASSERT_EQ(now["selected"].size(), 1u);
  EXPECT_TRUE(now["selected"][0].get<std::string>().starts_with("pectoralis_minor"));
  EXPECT_EQ(now["layer"], "intermediate");
  tap("Z", {.ctrl = true});
  run(2);
  EXPECT_EQ(state()["layer"], "superficial");
  EXPECT_TRUE(state()["selected"].empty());
}

TEST_F(Controls, TheTreeHidesABranchAtOnceAndTheListUnderTheHeadSelects) {
  start(1280, 720);
  tap("T");
  run(3);
  click(centre_of("tree.by_group"));
  click(centre_of("tree.group.trapezius.hide"));
  EXPECT_EQ(state()["hidden"].size(), 6u);
  click(centre_of("tree.group.trapezius.hide"));
  EXPECT_TRUE(state()["hidden"].empty());
  click(centre_of("tree.group.trapezius.isolate"));
  EXPECT_EQ(state()["isolated"].size(), 6u);
  tap("Z", {.ctrl = true});
  tap("Escape");
  tap("U");
  run(3);
  const json now = state();
  std::size_t rows = 0;
  for (const auto& entry : now["ui"]) {
    const std::string id = entry["id"];
    rows += id.starts_with("under.") && id != "under.head" && id != "under.pointed" &&
            id != "under.close";
  }
  EXPECT_GE(rows, 3u);
  click(centre_of("under.skin"));
  EXPECT_EQ(state()["selected"], json::array({"skin"}));
}

TEST_F(Controls, TheFinderKnowsWhatLiesUnderTheHead) {
  start(1280, 720);
  click(centre_of("places"));
  click(centre_of("place.quadratus_lumborum"));
  run(15);
  click(centre_of("place.left"));
  run(15);
  click(centre_of("places"));
  click(centre_of("finder.here"));
  click(centre_of("finder.go"));
  // The head stands there: nothing is nearer.
  const float top = centre_of("place.quadratus_lumborum").y;
  const json listed = state();
  int others = 0;
  for (const json& entry : listed["ui"]) {
    const std::string id = entry["id"];
    if (!id.starts_with("place.") || entry["rect_px"][0] < 950.0f) continue;
    if (id == "place.quadratus_lumborum") continue;
    ++others;
    EXPECT_GT(entry["rect_px"][1].get<float>(), top) << id;
  }
  EXPECT_GE(others, 1);
  click(centre_of("place.quadratus_lumborum"));
  run(15);
  EXPECT_EQ(state()["placement"]["id"], "quadratus_lumborum");
  EXPECT_EQ(state()["placement"]["side"], "left");
}

TEST_F(Controls, ButtonsDoWhatTheySay) {
  start(1280, 720);
  click(centre_of("layer.deep"));
  EXPECT_EQ(state()["layer"], "deep");
  click(centre_of("attachment.point_single"));
  EXPECT_EQ(state()["tool"]["attachment"], "point_single");
  EXPECT_EQ(state()["force_n"], 60.0f);
  click(centre_of("xray"));
  EXPECT_EQ(state()["xray"], true);
  click(centre_of("dock.roll"));
  EXPECT_EQ(state()["motion"], "roll");
  click(centre_of("time.x10"));
  EXPECT_EQ(state()["time_rate"], 10.0f);
  click(centre_of("undo"));
  EXPECT_EQ(state()["motion"], "hold");
  click(centre_of("redo"));
  EXPECT_EQ(state()["motion"], "roll");
  const json before = state()["camera"]["view"];
  click(centre_of("view.front"));
  run(15);
  EXPECT_NE(state()["camera"]["view"], before);
}

TEST_F(Controls, TheForceSliderIsOneStepAndZeroLiftsTheHead) {
  start(1280, 720);
  const glm::vec2 middle = centre_of("dock.force");
  move(middle);
  press(middle);
  move({middle.x - 60.0f, middle.y});
  move({middle.x - 300.0f, middle.y});
  release({middle.x - 300.0f, middle.y});
  run(4);
  json s = state();
  EXPECT_EQ(s["force_n"], 0.0f);
  EXPECT_TRUE(s["contacts"].empty());
  EXPECT_GT(s["tool"]["gap_m"].get<float>(), 0.0f);
  tap("Z", {.ctrl = true});
  EXPECT_EQ(state()["force_n"], 60.0f);
}

TEST_F(Controls, AClickSelectsWhatLiesUnderThePointerAndHidesIt) {
  start(1280, 720);
  // A part of the body away from the tool and the panels.
  const auto* landmark = body_->find_landmark("L4");
  ASSERT_NE(landmark, nullptr);
  const glm::vec2 at = pixel_of(landmark->position_m + glm::vec3(0.05f, 0.1f, 0.0f));
  click(at);
  const auto selected = state()["selected"];
  ASSERT_EQ(selected.size(), 1u);
  tap("H");
  const auto hidden = state()["hidden"];
  ASSERT_EQ(hidden.size(), 1u);
  EXPECT_EQ(hidden[0], selected[0]);
  tap("H", {.shift = true});
  EXPECT_TRUE(state()["hidden"].empty());
  // A drag of the same length in another place selects nothing and turns the camera.
  const json view = state()["camera"]["view"];
  press(at);
  move(at + glm::vec2(40.0f, 0.0f));
  release(at + glm::vec2(40.0f, 0.0f));
  EXPECT_TRUE(state()["selected"].empty());
  EXPECT_NE(state()["camera"]["view"], view);
}

TEST_F(Controls, KeysActOnTheTool) {
  start(1280, 720);
  tap("Q");
  EXPECT_NEAR(state()["tool"]["head_angle_rad"].get<float>(), 0.2618f, 1e-3f);
  tap("E");
  EXPECT_NEAR(state()["tool"]["head_angle_rad"].get<float>(), 0.0f, 1e-6f);
  tap("W");
  EXPECT_LT(state()["tool"]["pitch_rad"].get<float>(), -0.1f);
  tap("A");
  EXPECT_EQ(state()["tool"]["attachment"], "balls_soft");
  tap("+");
  EXPECT_EQ(state()["force_n"], 70.0f);
}

TEST_F(Controls, TheKeySheetTakesTheScreenAndGivesItBack) {
  start(1024, 600);
  tap("F1");
  run(3);
  const glm::vec2 close = centre_of("keys.close");
  EXPECT_EQ(state()["ui"].size(), 2u) << "nothing under the sheet can be pressed";
  click(close);
  EXPECT_GT(state()["ui"].size(), 20u);
}

TEST_F(Controls, APersonIsChosenAndTheListPutAway) {
  for (const glm::ivec2 size : {glm::ivec2(1280, 800), glm::ivec2(1024, 600)}) {
    start(size.x, size.y);
    click(centre_of("condition"));
    click(centre_of("condition.stiff_neck"));
    EXPECT_EQ(state()["condition"], "stiff_neck");
    click(centre_of("condition.left"));
    EXPECT_EQ(state()["condition_side"], "left");
    const auto listed = [this] {
      const json now = state();
      return std::count_if(now["ui"].begin(), now["ui"].end(), [](const json& entry) {
        return entry["id"].get<std::string>().starts_with("condition.");
      });
    };
    EXPECT_EQ(listed(), 0);
    click(centre_of("condition"));
    EXPECT_GT(listed(), 8);
    tap("Escape");
    run(3);
    EXPECT_EQ(listed(), 0);
    tap("Z", {.ctrl = true});
    EXPECT_EQ(state()["condition_side"], "right");
  }
}

TEST_F(Controls, AFieldIsChosenShownAndUndone) {
  for (const glm::ivec2 size : {glm::ivec2(1280, 720), glm::ivec2(1024, 600)}) {
    start(size.x, size.y);
    EXPECT_EQ(state()["field"], "natural");
    click(centre_of("colours"));
    click(centre_of("field.flow"));
    EXPECT_EQ(state()["field"], "flow");
    tap("C");
    EXPECT_EQ(state()["field"], "natural");
    tap("Z", {.ctrl = true});
    tap("Z", {.ctrl = true});
    EXPECT_EQ(state()["field"], "natural");
    tap("C");
    EXPECT_EQ(state()["field"], "pressure");
  }
}

TEST_F(Controls, TheSectionOpensAndClosesAndSumsUp) {
  start(1280, 720);
  EXPECT_EQ(state()["panels"]["section"], false) << "the body has the window to itself";
  tap("D");
  EXPECT_EQ(state()["panels"]["section"], true);
  const json section = state()["section"];
  float sum = 0.0f;
  for (const auto& layer : section["layers"]) sum += layer["thickness_m"].get<float>();
  EXPECT_NEAR(sum, section["total_m"].get<float>(), 1e-5f);
  click(centre_of("section.close"));
  EXPECT_EQ(state()["panels"]["section"], false);
  start(1024, 600);
  EXPECT_EQ(state()["panels"]["section"], false);
  click(centre_of("section"));
  EXPECT_EQ(state()["panels"]["section"], true);
  click(centre_of("section.close"));
  EXPECT_EQ(state()["panels"]["section"], false);
}

TEST_F(Controls, LimitsArePaintedOnTheSkinAndThePersonIsShown) {
  start(1280, 720);
  click(centre_of("limits"));
  EXPECT_EQ(state()["limits"], true);
  EXPECT_EQ(state()["layer"], "skin");
  click(centre_of("limits"));
  EXPECT_EQ(state()["limits"], false);
  click(centre_of("tab.person"));
  EXPECT_EQ(state()["panels"]["person"], true);
  click(centre_of("person.all"));
  tap("P");
  EXPECT_EQ(state()["panels"]["person"], false);
  EXPECT_GT(state()["force_limit_n"].get<float>(), 0.0f);
  EXPECT_TRUE(state()["safety"].is_array());
}

TEST_F(Controls, NothingIsPaintedWhenNothingChanges) {
  start(1280, 720);
  // Lifted, long after: only the clock moves, once a second.
  for (int i = 0; i < 6; ++i) tap("-");
  run(120);
  int painted = 0;
  for (int i = 0; i < 120; ++i) {
    run(1);
    if (!app_->needs_render()) continue;
    app_->render(context_->framebuffer());
    ++painted;
  }
  EXPECT_LE(painted, 6);
  EXPECT_GE(painted, 1);
}

}  // namespace
