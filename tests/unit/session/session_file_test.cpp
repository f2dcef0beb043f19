// A session that is saved and opened again is the same one; what is damaged, of another version or
// out of range is refused with its field and changes nothing.
#include "session/session_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "session/session.h"
#include "support/phantom_body.h"
#include "support/scratch_dir.h"

namespace {

using session::Session;

const std::filesystem::path kAssets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";

class SessionFile : public testing::Test {
 protected:
  void SetUp() override {
    auto spec = tool::load_tool(kAssets / "attachments");
    ASSERT_TRUE(spec) << spec.error().message;
    setup_ = {test_support::make_phantom(),
              std::make_shared<const tool::ToolSpec>(*spec),
              kAssets,
              {"desk_shoulders", anatomy::Side::kRight}};
    session_ = make();
  }
  std::unique_ptr<Session> make() const {
    auto made = Session::make(setup_);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }
  void apply(const session::Command& command) {
    const auto status = session_->apply(command);
    ASSERT_TRUE(status) << status.error().message;
  }
  // Everything different from the start.
  void set_up_much() {
    apply(session::SetCondition{{"low_back_strain", anatomy::Side::kMedian}});
    apply(session::SetAttachment{setup_.tool->find_attachment("balls_soft")});
    apply(session::MoveHead{session_->snapshot().head_now.position_m - glm::vec3(0.03f, 0.1f, 0)});
    apply(session::SetHeadAngle{base::from_degrees(-37.0f)});
    apply(session::SetPitch{base::from_degrees(-12.5f)});
    apply(session::SetForce{base::Newtons{33.3f}});
    apply(session::SetField{session::Field::kTension});
    apply(session::SetXray{true});
    apply(session::Hide{{1}});
    apply(session::Isolate{{0, 2}});
    apply(session::Select{{2}, false});
    apply(session::SetMotion{session::Motion::kRoll});
    apply(session::SetMySize{{1.83f, 91.5f, 0.87f}});
    apply(session::SetTimeRate{10.0f});
  }
  std::filesystem::path save() {
    const auto file = dir_.path() / "a.session.json";
    const auto json = session::make_session_json(session_->snapshot(), {"", "0123456789abcdef"},
                                                 {{0.1f, 1.2f, 0.3f}, 1.5f, 2.5f, -0.5f});
    const auto status = session::save_session(json, file);
    EXPECT_TRUE(status) << status.error().message;
    return file;
  }
  std::string refuse(const data::Json& json) {
    const auto file = dir_.path() / "wrong.session.json";
    std::ofstream(file) << json.dump();
    const auto loaded = session::load_session(file, kAssets / "schema");
    EXPECT_FALSE(loaded);
    return loaded ? std::string() : loaded.error().message;
  }
  data::Json saved_json() { return *data::read_json(save()); }

  session::SessionSetup setup_;
  std::unique_ptr<Session> session_;
  support::ScratchDir dir_{"session_file"};
};

TEST_F(SessionFile, ComesBackAsItWasInAFreshSession) {
  set_up_much();
  const session::Document before = *session_->snapshot().document;
  const auto loaded = session::load_session(save(), kAssets / "schema");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_TRUE(loaded->body.is_builtin());
  EXPECT_EQ(loaded->body.hash, "0123456789abcdef");
  EXPECT_EQ(loaded->time_rate, 10.0f);
  ASSERT_TRUE(loaded->view);
  EXPECT_EQ(loaded->view->pivot_m, glm::vec3(0.1f, 1.2f, 0.3f));
  EXPECT_EQ(loaded->view->pitch_rad, -0.5f);

  const auto fresh = make();
  ASSERT_FALSE(session::is_same(*fresh->snapshot().document, before));
  const auto restored = session::restore_document(*loaded, fresh->snapshot());
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->lost, 0u);
  EXPECT_TRUE(session::is_same(restored->document, before));
  const auto status =
      fresh->apply(session::Restore{std::make_shared<const session::Document>(restored->document)});
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_TRUE(session::is_same(*fresh->snapshot().document, before));
  // As one step.
  ASSERT_TRUE(fresh->apply(session::Undo{}));
  EXPECT_FALSE(fresh->snapshot().can_undo);
}

TEST_F(SessionFile, WhatIsWrongIsNamedByItsField) {
  set_up_much();
  const data::Json good = saved_json();
  data::Json json = good;
  json["version"] = 2;
  EXPECT_NE(refuse(json).find("newer program"), std::string::npos);
  json = good;
  json["format"] = "backmate-routine";
  EXPECT_NE(refuse(json).find("backmate-routine"), std::string::npos);
  json = good;
  json.erase("tool");
  EXPECT_NE(refuse(json).find("tool"), std::string::npos);
  json = good;
  json["tool"]["force_n"] = -5;
  EXPECT_NE(refuse(json).find("tool.force_n"), std::string::npos);
  json = good;
  json["tool"]["position_m"] = {0.0, "far", 0.0};
  EXPECT_NE(refuse(json).find("tool.position_m[1]"), std::string::npos);
  json = good;
  json["look"]["layer"] = "liver";
  EXPECT_NE(refuse(json).find("look.layer"), std::string::npos);
  json = good;
  json["my_size"]["weight_kg"] = 7000;
  EXPECT_NE(refuse(json).find("my_size.weight_kg"), std::string::npos);
  json = good;
  json["body"]["source"] = "file";
  EXPECT_NE(refuse(json).find("body.path"), std::string::npos);
  // Cut in the middle.
  const auto file = dir_.path() / "half.session.json";
  std::ofstream(file) << good.dump().substr(0, 200);
  const auto half = session::load_session(file, kAssets / "schema");
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().message.find("half.session.json"), std::string::npos);
}

TEST_F(SessionFile, OfAnotherBodyWhatItLacksIsCountedAndTheHeadStaysOnTheSkin) {
  data::Json json = saved_json();
  json["look"]["hidden"] = {"no_such_muscle_left",
                            session_->snapshot().index->body().structures[1].id};
  json["tool"]["position_m"] = {0.3, 1.4, -0.9};
  json["placement"] = "no_such_place";
  const auto file = dir_.path() / "other.session.json";
  std::ofstream(file) << json.dump();
  const auto loaded = session::load_session(file, kAssets / "schema");
  ASSERT_TRUE(loaded) << loaded.error().message;
  const auto restored = session::restore_document(*loaded, session_->snapshot());
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->lost, 2u);
  EXPECT_EQ(restored->document.hidden[1], 1);
  EXPECT_EQ(restored->document.placement, -1);
  const auto on_skin = setup_.body->find_surface_point(restored->document.head.position_m);
  EXPECT_LT(glm::distance(on_skin.point_m, restored->document.head.position_m), 1e-4f);
}

TEST_F(SessionFile, UnknownAttachmentsAndConditionsAreRefused) {
  data::Json json = saved_json();
  json["tool"]["attachment"] = "spoon";
  const auto file = dir_.path() / "spoon.session.json";
  std::ofstream(file) << json.dump();
  auto loaded = session::load_session(file, kAssets / "schema");
  ASSERT_TRUE(loaded) << loaded.error().message;
  auto restored = session::restore_document(*loaded, session_->snapshot());
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().message.find("spoon"), std::string::npos);
  json["tool"]["attachment"] = "balls_std";
  json["person"]["condition"] = "tired";
  std::ofstream(file) << json.dump();
  loaded = session::load_session(file, kAssets / "schema");
  ASSERT_TRUE(loaded);
  restored = session::restore_document(*loaded, session_->snapshot());
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().message.find("tired"), std::string::npos);
}

TEST_F(SessionFile, ADocumentOfAnotherBodyIsNotTakenOver) {
  const session::Document before = *session_->snapshot().document;
  for (int wrong = 0; wrong < 5; ++wrong) {
    auto document = std::make_shared<session::Document>(before);
    if (wrong == 0) document->hidden.push_back(0);
    if (wrong == 1) document->attachment = 99;
    if (wrong == 2) document->force = base::Newtons{-1.0f};
    if (wrong == 3) document->head.position_m.x = std::nanf("");
    if (wrong == 4) document->placement = 500;
    EXPECT_FALSE(session_->apply(session::Restore{document})) << wrong;
  }
  EXPECT_FALSE(session_->apply(session::Restore{nullptr}));
  EXPECT_TRUE(session::is_same(*session_->snapshot().document, before));
}

TEST_F(SessionFile, ABodyThatMovedWithItsSessionIsFoundBesideIt) {
  std::ofstream(dir_.path() / "mine.pack") << "x";
  const auto file = dir_.path() / "b.session.json";
  const auto json = session::make_session_json(
      session_->snapshot(), {"/somewhere/else/mine.pack", "0123456789abcdef"}, {});
  data::Json changed = json;
  changed["view"]["distance_m"] = 1.0;
  ASSERT_TRUE(session::save_session(changed, file));
  const auto loaded = session::load_session(file, kAssets / "schema");
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->body.path, (dir_.path() / "mine.pack").string());
}

}  // namespace
