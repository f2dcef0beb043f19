#include "app/app.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <utility>

#include "app/app_impl.h"
#include "app/imgui_input.h"
#include "app/load_body.h"
#include "app/plate_view.h"
#include "app/state_json.h"
#include "base/hash.h"
#include "base/log.h"
#include "scene/colour_maps.h"
#include "scene/safety_paint.h"
#include "session/search_entries.h"
#include "ui/command_list.h"

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSayS = 4.0;

float ms_since(Clock::time_point start) {
  return std::chrono::duration<float, std::milli>(Clock::now() - start).count();
}

ViewRequest to_request(ui::Action action) {
  switch (action) {
    case ui::Action::kViewBack:
      return ViewRequest::kBack;
    case ui::Action::kViewFront:
      return ViewRequest::kFront;
    case ui::Action::kViewLeft:
      return ViewRequest::kLeft;
    case ui::Action::kViewRight:
      return ViewRequest::kRight;
    case ui::Action::kViewTop:
      return ViewRequest::kTop;
    case ui::Action::kViewThreeQuarter:
      return ViewRequest::kThreeQuarter;
    case ui::Action::kFrame:
      return ViewRequest::kFrame;
    case ui::Action::kCameraBack:
      return ViewRequest::kCameraBack;
    case ui::Action::kCameraForward:
      return ViewRequest::kCameraForward;
    case ui::Action::kResetView:
      return ViewRequest::kReset;
    case ui::Action::kSearch:
      return ViewRequest::kSearch;
    case ui::Action::kTree:
      return ViewRequest::kTree;
    case ui::Action::kUnder:
      return ViewRequest::kUnder;
    case ui::Action::kPlaces:
      return ViewRequest::kPlaces;
    case ui::Action::kSection:
      return ViewRequest::kSection;
    case ui::Action::kPerson:
      return ViewRequest::kPerson;
    case ui::Action::kFullScreen:
      return ViewRequest::kFullScreen;
    case ui::Action::kScreenshot:
      return ViewRequest::kScreenshot;
    case ui::Action::kDisplay:
      return ViewRequest::kDisplay;
    case ui::Action::kSkipHint:
      return ViewRequest::kSkipHint;
    case ui::Action::kLabels:
      return ViewRequest::kLabels;
    case ui::Action::kFold:
      return ViewRequest::kFold;
    case ui::Action::kAbout:
      return ViewRequest::kAbout;
    case ui::Action::kDoor:
      return ViewRequest::kDoor;
    case ui::Action::kReadNotice:
      return ViewRequest::kReadNotice;
    case ui::Action::kOpen:
      return ViewRequest::kOpen;
    case ui::Action::kSave:
      return ViewRequest::kSave;
    case ui::Action::kSaveAs:
      return ViewRequest::kSaveAs;
    case ui::Action::kToggleHelp:
      return ViewRequest::kHelp;
    case ui::Action::kCloseDialog:
      return ViewRequest::kEscape;
  }
  return ViewRequest::kEscape;
}

// One frame has a digit or an ellipsis more than the one before: there is room for that beforehand.
void leave_room(ImDrawData& data) {
  const auto widen = [](auto& buffer) {
    if (buffer.Capacity < buffer.Size + buffer.Size / 4)
      buffer.reserve(buffer.Size + buffer.Size / 2);
  };
  for (ImDrawList* list : data.CmdLists) {
    widen(list->VtxBuffer);
    widen(list->IdxBuffer);
    widen(list->CmdBuffer);
  }
}

// Everything that ImGui would draw: equal hashes are equal pictures.
std::uint64_t hash_draw_data(const ImDrawData& data) {
  base::Hash hash;
  for (const ImDrawList* list : data.CmdLists) {
    hash.add_bytes(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    hash.add(list->IdxBuffer.Size);
  }
  return hash.value();
}

}  // namespace

guide::Finder load_finder(const session::Session& session, const std::filesystem::path& assets) {
  std::vector<guide::PlacementSpec> placements;
  for (const session::PlacementReadout& placement : *session.snapshot().placements)
    placements.push_back(placement.spec);
  guide::FinderFile file = guide::load_finder(assets, placements);
  for (const std::string& sentence : file.refused) base::log_warning(sentence);
  return std::move(file.finder);
}

session::SavedView to_saved(const draw::Camera& camera) {
  return {camera.pivot_m, camera.distance_m, camera.yaw_rad, camera.pitch_rad};
}

draw::Camera from_saved(const session::SavedView& view, const draw::Camera& like) {
  draw::Camera camera = like;
  camera.pivot_m = view.pivot_m;
  camera.distance_m = std::clamp(view.distance_m, draw::kMinDistance, draw::kMaxDistance);
  camera.yaw_rad = view.yaw_rad;
  camera.pitch_rad = view.pitch_rad;
  return camera;
}

App::Impl::~Impl() {
  painter.reset();
  if (imgui != nullptr) {
    ImGui::SetCurrentContext(imgui);
    if (imgui_gl) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext(imgui);
  }
}

bool App::Impl::is_moving() const {
  const session::Snapshot snapshot = session->snapshot();
  const bool rolls = snapshot.document->motion == session::Motion::kRoll;
  return pointer.is_dragging() || camera.is_moving() || rolls;
}

PaintInput App::Impl::paint_input(const session::Snapshot& snapshot) const {
  const bool moving = story != nullptr ? false : is_moving();
  return {snapshot,     camera.camera(),
          view.hovered, ui_hash,
          moving,       studio_of(view.display.look),
          story.get(),  ui_state.finder.touched_m,
          cut_plane()};
}

void App::Impl::complain(std::string sentence) {
  view.dialog = std::move(sentence);
  view.dialog_is_note = false;
}

void App::Impl::say(std::string sentence, bool undo) {
  view.said = std::move(sentence);
  view.said_undo = undo;
  said_until_s = now_s + kSayS;
}

base::Status App::Impl::set_size(int width_px, int height_px) {
  setup.width_px = width_px;
  setup.height_px = height_px;
  lay_out();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width_px), static_cast<float>(height_px)};
  settle_frames = kSettleFrames;
  painter->set_size(width_px, height_px);
  return suit_theme();
}

base::Status App::Impl::suit_theme() {
  const ui::Look look = view.display.look;
  if (theme.body == nullptr || theme.scale != layout.scale) {
    auto made = ui::make_theme(setup.resources.fonts(), layout.scale, look);
    if (!made) return tl::unexpected(made.error());
    theme = *made;
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  } else if (theme_look != look) {
    ui::set_look(theme, look);
  }
  theme_look = look;
  return {};
}

// Between two frames: what has been laid out already keeps its fonts.
void App::Impl::show_as(const ui::DisplaySettings& display) {
  view.display = display;
  camera.set_jumps(display.reduced_motion);
  painter->set_quality(display.quality);
  lay_out();
  if (const auto status = suit_theme(); !status) complain(status.error().message);
  settle_frames = kSettleFrames;
}

void App::Impl::apply(const session::Command& command) {
  if (const auto status = session->apply(command); !status) {
    base::log_warning(status.error().message);
    return complain(status.error().message);
  }
  say_what_was_done(command);
  if (std::holds_alternative<session::SetAttachment>(command)) note_done("swap");
  if (std::holds_alternative<session::Place>(command)) {
    fly_to_placement();
  } else if (std::holds_alternative<session::ShowTender>(command)) {
    fly_to_tender();
  } else if (std::holds_alternative<session::Reveal>(command)) {
    fly_to_revealed();
  }
}

void App::Impl::apply(std::span<const session::Command> commands) {
  for (const session::Command& command : commands) apply(command);
}

// What may have been a slip of the hand. Anything else that is done takes the words away: their
// button would undo that instead.
void App::Impl::say_what_was_done(const session::Command& command) {
  if (view.said_undo) view.said.clear();
  view.said_undo = false;
  const char* key = nullptr;
  if (std::holds_alternative<session::Hide>(command)) key = "said.hidden";
  if (std::holds_alternative<session::UnhideAll>(command)) key = "said.all_shown";
  if (std::holds_alternative<session::MirrorHead>(command)) key = "said.mirrored";
  if (std::holds_alternative<session::SetCondition>(command)) key = "said.condition";
  if (const auto* isolate = std::get_if<session::Isolate>(&command))
    key = isolate->structures.empty() ? nullptr : "said.isolated";
  if (key != nullptr) say((*tr)(key), true);
}

void App::Impl::note_done(std::string_view hint) {
  if (setup.user_dirs.empty()) return;
  const auto known = std::find(settings.hints_done.begin(), settings.hints_done.end(), hint);
  if (known != settings.hints_done.end()) return;
  settings.hints_done.emplace_back(hint);
  keep_settings();
  choose_hint();
}

void App::Impl::choose_hint() {
  view.hint.clear();
  // Without a place to remember it a hint would come at every start of a script.
  if (setup.user_dirs.empty()) return;
  for (const char* hint : ui::kHints) {
    const auto& done = settings.hints_done;
    if (std::find(done.begin(), done.end(), hint) != done.end()) continue;
    view.hint = hint;
    return;
  }
}

void App::Impl::build_ui(float dt_s) {
  ImGui::SetCurrentContext(imgui);
  ImGui::GetIO().DeltaTime = std::max(dt_s, 1e-4f);
  view.left_on_screen = camera.camera().right().x;
  view.can_go_back = camera.can_go_back();
  view.can_go_forward = camera.can_go_forward();
  if (wanted_display) show_as(*std::exchange(wanted_display, std::nullopt));
  const bool placed = session->snapshot().document->placement >= 0;
  if (!ui_state.section_open) ui_state.cut = ui::BodyCut::kNone;
  if (ui_state.section_open != laid_out_with_section || placed != laid_out_with_place) lay_out();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  const session::Snapshot snapshot = session->snapshot();
  show_colours(snapshot.document->field);
  update_plate();
  ui_version = snapshot.version;
  const ui::Output out = ui::draw_ui(snapshot, view, layout, *tr, theme, ui_state);
  ImGui::Render();
  ui_hash = hash_draw_data(*ImGui::GetDrawData());
  leave_room(*ImGui::GetDrawData());
  apply(std::span<const session::Command>(out.commands));
  for (const ui::Action action : out.actions) serve(to_request(action));
  for (const ui::FileRequest& request : out.files) serve(request);
  update_story();
  if (ui_state.cut != shown_cut) show_cut();
  if (out.display) {
    wanted_display = *out.display;
    settings.display = *out.display;
    keep_settings();
  }
  if (!out.commands.empty() || !out.actions.empty() || !out.files.empty() || out.display)
    settle_frames = kSettleFrames;
}

void App::Impl::show_colours(session::Field field) {
  constexpr int kSteps = 32;
  view.field_colours.clear();
  for (int i = 0; i <= kSteps && field != session::Field::kNatural; ++i) {
    const float place = static_cast<float>(i) / static_cast<float>(kSteps);
    view.field_colours.push_back(scene::to_srgb(scene::colour_of(session::scale_of(field), place)));
  }
  if (!view.limit_colours.empty()) return;
  for (std::size_t i = 0; i < scene::kLimitClasses.size(); ++i)
    view.limit_colours.push_back({scene::kLimitClasses[i], scene::to_srgb(scene::limit_colour(i))});
}

void App::Impl::know_body() {
  label_finder.reset();
  label_layout.clear();
  finder = load_finder(*session, setup.resources.assets());
  std::vector<session::SearchEntry> entries =
      session::make_search_entries(session->snapshot(), ontology, *tr);
  std::vector<session::SearchEntry> commands = ui::make_command_entries(*tr);
  entries.insert(entries.end(), std::make_move_iterator(commands.begin()),
                 std::make_move_iterator(commands.end()));
  search = session::SearchIndex(std::move(entries));
}

base::Status App::Impl::make_session() {
  auto words = data::Translator::load(setup.resources.assets() / "i18n", "en");
  if (!words) return tl::unexpected(words.error());
  tr = std::make_unique<data::Translator>(std::move(*words));
  auto known = anatomy::Facts::load(setup.resources.assets() / "anatomy", "en");
  if (known) {
    facts = std::move(*known);
  } else {
    base::log_warning(known.error().message);  // cards are shorter, the rest is as it should be
  }
  auto spec = load_tool(setup.resources);
  if (!spec) return tl::unexpected(spec.error());
  tool = std::move(*spec);
  body = std::make_shared<const anatomy::BodyIndex>(setup.body);
  auto made = session::Session::make({body, tool, setup.resources.assets(), setup.condition});
  if (!made) return tl::unexpected(made.error());
  session = std::move(*made);
  auto names = anatomy::Ontology::load(setup.resources.assets() / "anatomy");
  if (!names) return tl::unexpected(names.error());
  ontology = std::move(*names);
  know_body();
  load_stories();
  view.search = &search;
  view.program_version = BACKMATE_VERSION;
  view.facts = &facts;
  view.finder = &finder;
  view.dialog = setup.message;
  if (setup.body_path != kBuiltinBody) body_ref.path = setup.body_path;
  note_figure();
  return {};
}

base::Status App::Impl::make_imgui() {
  imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(imgui);
  ImGuiIO& io = ImGui::GetIO();
  // Nothing of a person's is read or written.
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    return base::fail(
        "the interface could not be set up on this OpenGL driver; "
        "`backmate render` draws pictures without a window");
  imgui_gl = true;
  return set_size(setup.width_px, setup.height_px);
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

base::Result<std::unique_ptr<App>> App::make(const AppSetup& setup) {
  auto impl = std::make_unique<Impl>();
  impl->setup = setup;
  if (auto status = impl->make_session(); !status) return tl::unexpected(status.error());
  auto painter = Painter::make(setup.resources.shaders());
  if (!painter) return tl::unexpected(painter.error());
  impl->painter = std::move(*painter);
  impl->painter->show_body(impl->body);
  if (auto status = impl->make_imgui(); !status) return tl::unexpected(status.error());
  impl->camera.jump_to_standard(draw::StandardView::kBack, impl->body_box());
  if (!setup.place.empty()) {
    const auto place = session::choose_placement(*impl->session->snapshot().placements, setup.place,
                                                 setup.condition.side);
    if (!place) return tl::unexpected(place.error());
    impl->apply(session::Command(*place));
  }
  const long ticks = std::lround(setup.seconds / session::kTickSeconds);
  for (long i = 0; i < ticks; ++i) impl->session->advance(session::kTickSeconds);
  impl->load_user_settings();
  impl->choose_hint();
  ui::DisplaySettings display = impl->settings.display;
  display.look = setup.look.look.value_or(display.look);
  display.size_percent = setup.look.size_percent.value_or(display.size_percent);
  if (setup.quality) display.quality = setup.quality;
  impl->show_as(display);
  if (!setup.open_at_start.empty()) impl->open(setup.open_at_start);
  // The interface knows its controls before the first event arrives.
  impl->build_ui(0.0f);
  return std::unique_ptr<App>(new App(std::move(impl)));
}

void App::resize(int width_px, int height_px) {
  ImGui::SetCurrentContext(impl_->imgui);
  if (const auto status = impl_->set_size(width_px, height_px); !status)
    impl_->complain(status.error().message);
}

void App::frame(float dt_s, std::span<const InputEvent> events) {
  Impl& app = *impl_;
  const auto start = Clock::now();
  ImGui::SetCurrentContext(app.imgui);
  app.now_s += static_cast<double>(dt_s);
  app.camera.advance(dt_s);
  if (!events.empty()) app.settle_frames = Impl::kSettleFrames;
  app.poll_opener();
  app.poll_plan();
  if (!app.view.said.empty() && app.now_s > app.said_until_s) {
    app.view.said.clear();
    app.settle_frames = Impl::kSettleFrames;
  }
  app.take_events(events);
  app.session->advance(dt_s);
  if (is_imgui_behind()) app.settle_frames = Impl::kSettleFrames;
  const bool changed = app.session->snapshot().version != app.ui_version ||
                       !app.painter->shows_camera(app.camera.camera());
  if (changed || app.settle_frames > 0) {
    if (app.settle_frames > 0) --app.settle_frames;
    app.update_hover();
    app.build_ui(dt_s);
  }
  app.frame_cpu_ms = ms_since(start);
}

bool App::needs_render() const {
  return !impl_->painter->is_painted(impl_->paint_input(impl_->session->snapshot()));
}

bool App::is_animating() const {
  return impl_->camera.is_moving() || impl_->settle_frames > 0 || !impl_->pointer.is_idle();
}

bool App::is_opening() const { return impl_->opener.is_busy(); }

void App::render(unsigned framebuffer) {
  ImGui::SetCurrentContext(impl_->imgui);
  impl_->painter->paint(impl_->paint_input(impl_->session->snapshot()), framebuffer,
                        impl_->frame_cpu_ms);
}

void App::render_still(unsigned framebuffer) {
  ImGui::SetCurrentContext(impl_->imgui);
  impl_->painter->paint_still(impl_->paint_input(impl_->session->snapshot()), framebuffer);
}

void App::keep_last_session() { impl_->keep_last_session(); }

WindowWishes App::take_window_wishes() {
  const WindowWishes wishes = impl_->window_wishes;
  impl_->window_wishes = {};
  return wishes;
}

void App::show_message(std::string sentence) {
  impl_->complain(std::move(sentence));
  impl_->settle_frames = Impl::kSettleFrames;
}

Cursor App::cursor() const {
  if (impl_->pointer.is_dragging_tool()) return Cursor::kGrab;
  const glm::vec2 at = impl_->pointer.position_px();
  if (impl_->is_over_panel(at)) return Cursor::kArrow;
  const bool on_tool = find_tool_part(impl_->session->snapshot(), impl_->camera.camera(),
                                      impl_->camera.viewport_px(), at) != ToolPart::kNone;
  return on_tool ? Cursor::kHand : Cursor::kArrow;
}

nlohmann::json App::state() const {
  const Impl& app = *impl_;
  StateView view;
  view.camera = app.camera.camera();
  view.width_px = app.setup.width_px;
  view.height_px = app.setup.height_px;
  view.controls = app.ui_state.controls.controls();
  view.frames = app.painter->frames();
  view.frame_ms = app.painter->frame_ms();
  view.section_open = app.ui_state.section_open;
  view.person_shown = app.ui_state.person_shown;
  view.cut = app.ui_state.cut;
  view.display = app.view.display;
  view.focus = app.ui_state.keyboard.shown ? app.ui_state.keyboard.id : std::string();
  view.said = app.view.said;
  view.hint = app.view.hint;
  view.quality = app.painter->quality();
  view.body_draw_calls = app.painter->body_draw_calls();
  view.dialog = app.view.dialog;
  view.opening = app.view.opening;
  return make_state_json(app.session->snapshot(), view);
}

}  // namespace app
