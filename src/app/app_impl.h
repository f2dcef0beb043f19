// The inside of App, shared by its files: app.cpp (life and frame), app_input.cpp (events and what
// the pointer meets), app_view.cpp (camera and panels), app_plate.cpp (names beside the body),
// app_story.cpp (cutaways), app_files.cpp (opening and saving).
#pragma once

#include <imgui.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/ontology.h"
#include "app/app.h"
#include "app/camera_control.h"
#include "app/files/opener.h"
#include "app/files/plan_job.h"
#include "app/files/settings.h"
#include "app/painter.h"
#include "app/pointer.h"
#include "app/shortcuts.h"
#include "scene/labels.h"
#include "scene/section_cut.h"
#include "ui/ui.h"

namespace app {

struct App::Impl {
  // ImGui needs a few frames after an event: taps are spread, hover follows a layout.
  static constexpr int kSettleFrames = 3;

  ~Impl();

  // app.cpp
  void know_body();  // what is derived from the session's body
  base::Status make_session();
  base::Status make_imgui();
  base::Status set_size(int width_px, int height_px);
  // Fonts of the size that the layout wants, colours of the look that was chosen.
  base::Status suit_theme();
  void show_as(const ui::DisplaySettings& display);
  void build_ui(float dt_s);
  void show_colours(session::Field field);
  void apply(const session::Command& command);
  void apply(std::span<const session::Command> commands);
  PaintInput paint_input(const session::Snapshot& snapshot) const;
  // The picture changes from frame to frame.
  bool is_moving() const;

  // app_input.cpp
  void take_events(std::span<const InputEvent> events);
  void take_key(const InputEvent& event);
  bool take_focus_key(const InputEvent& event);
  void take(const Pointer::Result& result);
  void update_hover();
  // What is seen under a pixel: what is drawn can be picked, nothing else.
  std::optional<anatomy::BodyIndex::Hit> pick(glm::vec2 pixel);
  bool takes_touches() const;  // the finder asks where it hurts
  bool is_modal() const;
  bool is_over_panel(glm::vec2 pixel) const;

  // app_view.cpp
  void lay_out();
  void serve(ViewRequest request);
  void leave();  // Escape: closes what is open, the uppermost first
  void fly_to_placement();
  void fly_to_tender();
  void fly_to_revealed();
  void show_cut();  // to where one looks at it
  scene::CutPlane cut_plane() const;
  void frame_selection();
  geom::Aabb body_box() const;

  // app_plate.cpp
  void update_plate();
  ui::Rect plate_area() const;

  // app_story.cpp
  void load_stories();
  void update_story();
  // A story is open: the body and the tool are out of reach.
  bool is_story_shown() const { return story != nullptr; }

  // app_files.cpp
  void load_user_settings();
  void keep_settings();
  void browse(bool saving);
  void open(const std::string& path);
  void take_drop(const std::string& paths);
  void poll_opener();
  void take_over(Opened opened);
  void note_figure();  // of the body that is there
  void save_session(std::string path);
  base::Status write_session(const std::filesystem::path& file);
  void serve(const ui::FileRequest& request);
  void list_recent();
  void keep_last_session();
  void print_plan(bool condition, const std::string& goal);
  void poll_plan();
  void complain(std::string sentence);
  // For a few seconds, in nobody's way; with a button that takes it back.
  void say(std::string sentence, bool undo = false);
  void say_what_was_done(const session::Command& command);
  void note_done(std::string_view hint);  // of the first start
  void choose_hint();

  AppSetup setup;
  std::unique_ptr<data::Translator> tr;
  anatomy::Facts facts;
  guide::Finder finder;
  std::vector<guide::StorySpec> stories;
  std::unique_ptr<scene::StoryPicture> story;  // what is shown instead of the body; null: nothing
  ui::StoryState story_of;                     // what `story` was made of
  draw::Camera before_story;
  anatomy::Ontology ontology;
  session::SearchIndex search;
  std::shared_ptr<const tool::ToolSpec> tool;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::unique_ptr<session::Session> session;
  std::unique_ptr<Painter> painter;
  ImGuiContext* imgui = nullptr;
  bool imgui_gl = false;
  ui::Theme theme;
  ui::Look theme_look = ui::Look::kLight;
  ui::Layout layout;
  ui::UiState ui_state;
  bool laid_out_with_section = false;
  ui::BodyCut shown_cut = ui::BodyCut::kNone;
  bool laid_out_with_place = false;
  ui::ViewInfo view;
  std::optional<ui::DisplaySettings> wanted_display;  // from the next frame on
  std::unique_ptr<scene::LabelFinder> label_finder;   // null: nobody has asked for names yet
  scene::LabelLayout label_layout;
  std::uint64_t label_hash = 0;  // of what they were found for
  bool labels_follow = false;    // they were only moved along last
  CameraControl camera;
  Pointer pointer;
  std::vector<std::uint8_t> pickable_now;  // of the last pick
  WindowWishes window_wishes;
  double now_s = 0.0;
  int settle_frames = kSettleFrames;
  std::uint64_t ui_version = 0;  // of the snapshot the interface was last drawn from
  std::uint64_t ui_hash = 0;
  float frame_cpu_ms = 0.0f;  // of the frame() before the next render()

  Opener opener;
  PlanJob plan_job;
  Settings settings;
  session::BodyRef body_ref;  // the hash is found out when it is needed
  std::string session_path;   // where Save saves; empty: asks
  double said_until_s = 0.0;
};

// Wrong entries are named in the log and left out.
guide::Finder load_finder(const session::Session& session, const std::filesystem::path& assets);

session::SavedView to_saved(const draw::Camera& camera);
// The rest (lens, picture) is that of `like`.
draw::Camera from_saved(const session::SavedView& view, const draw::Camera& like);

}  // namespace app
