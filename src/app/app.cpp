#include "app/app.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>
// Before whatever else might bring a GL header of its own.
#include <glad/gl.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/camera_control.h"
#include "app/framing.h"
#include "app/imgui_input.h"
#include "app/pointer.h"
#include "app/shortcuts.h"
#include "app/state_json.h"
#include "base/hash.h"
#include "base/log.h"
#include "render/renderer.h"
#include "scene/colour_maps.h"
#include "scene/safety_paint.h"
#include "scene/scene.h"
#include "ui/ui.h"

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr float kFarM = 20.0f;
constexpr float kHeadFrameM = 0.16f;
// Around a placed head: the region of the body that it belongs to stays in the picture.
constexpr float kPlaceFrameM = 0.27f;
// ImGui needs a few frames after an event: taps are spread, hover follows a layout.
constexpr int kSettleFrames = 3;
// A moving picture should take no longer than this; resolution gives way, the interface does not.
constexpr float kSlowFrameMs = 45.0f;
constexpr float kFastFrameMs = 25.0f;
constexpr float kLowestScale = 0.5f;
constexpr int kMovingLod = 2;
constexpr int kStillLod = 1;

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
    case ui::Action::kToggleHelp:
      return ViewRequest::kHelp;
    case ui::Action::kCloseDialog:
      return ViewRequest::kEscape;
  }
  return ViewRequest::kEscape;
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

// Wrong entries are named in the log and left out.
guide::Finder load_finder(const session::Session& session, const std::filesystem::path& assets) {
  std::vector<guide::PlacementSpec> placements;
  for (const session::PlacementReadout& placement : *session.snapshot().placements)
    placements.push_back(placement.spec);
  guide::FinderFile file = guide::load_finder(assets, placements);
  for (const std::string& sentence : file.refused) base::log_warning(sentence);
  return std::move(file.finder);
}

}  // namespace

struct App::Impl {
  AppSetup setup;
  std::unique_ptr<data::Translator> tr;
  anatomy::Facts facts;
  guide::Finder finder;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::unique_ptr<session::Session> session;
  std::unique_ptr<render::Renderer> renderer;
  std::unique_ptr<scene::SceneBuilder> scene;
  ImGuiContext* imgui = nullptr;
  bool imgui_gl = false;
  ui::Theme theme;
  ui::Layout layout;
  ui::UiState ui_state;
  bool laid_out_with_section = false;
  bool laid_out_with_place = false;
  ui::ViewInfo view;
  CameraControl camera;
  Pointer pointer;
  WindowWishes window_wishes;
  double now_s = 0.0;

  int settle_frames = kSettleFrames;
  std::uint64_t ui_version = 0;     // of the snapshot the interface was last drawn from
  std::uint64_t scene_version = 0;  // of what was last painted
  std::uint64_t ui_hash = 0;
  std::uint64_t painted_ui_hash = 0;
  draw::Camera painted_camera;
  anatomy::StructureIndex painted_hover = anatomy::kNone;
  bool painted_coarse = false;
  std::uint64_t painted_body_version = 0;
  bool can_repaint = false;  // the renderer still holds what was painted last
  float moving_scale = 1.0f;
  std::vector<float> frame_ms;
  float frame_cpu_ms = 0.0f;  // of the frame() before the next render()

  ~Impl() {
    scene.reset();
    renderer.reset();
    if (imgui != nullptr) {
      ImGui::SetCurrentContext(imgui);
      if (imgui_gl) ImGui_ImplOpenGL3_Shutdown();
      ImGui::DestroyContext(imgui);
    }
  }

  // The picture changes from frame to frame.
  bool is_moving() const {
    const session::Snapshot snapshot = session->snapshot();
    const bool rolls = snapshot.document->motion == session::Motion::kRoll;
    return pointer.is_dragging() || camera.is_moving() || rolls;
  }

  // The section takes room from the body or gives it back.
  void lay_out() {
    const bool placed = session->snapshot().document->placement >= 0;
    layout = ui::make_layout(setup.width_px, setup.height_px, ui_state.section_open, placed);
    camera.set_viewport({setup.width_px, setup.height_px}, layout.free);
    laid_out_with_section = ui_state.section_open;
    laid_out_with_place = placed;
  }

  base::Status set_size(int width_px, int height_px) {
    setup.width_px = width_px;
    setup.height_px = height_px;
    lay_out();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width_px), static_cast<float>(height_px)};
    settle_frames = kSettleFrames;
    scene_version = 0;
    can_repaint = false;
    if (theme.body != nullptr && theme.scale == layout.scale) return {};
    auto made = ui::make_theme(setup.resources.fonts(), layout.scale);
    if (!made) return tl::unexpected(made.error());
    theme = *made;
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
    return {};
  }

  geom::Aabb body_box() const { return find_trunk_box(*body); }

  void apply(const session::CommandQueue& commands) {
    for (const session::Command& command : commands) {
      if (const auto status = session->apply(command); !status) {
        base::log_warning(status.error().message);
        view.dialog = status.error().message;
      } else if (std::holds_alternative<session::Place>(command)) {
        fly_to_placement();
      }
    }
  }

  // To where the placed head is seen well.
  void fly_to_placement() {
    const session::Snapshot snapshot = session->snapshot();
    lay_out();
    if (snapshot.document->placement < 0) return;
    const auto placement = static_cast<std::size_t>(snapshot.document->placement);
    const auto& spec = (*snapshot.placements)[placement].spec;
    const auto standard =
        draw::standard_view_from_string(spec.view_for(snapshot.document->placement_side));
    geom::Aabb box;
    box.add(snapshot.document->head.position_m - glm::vec3(kPlaceFrameM));
    box.add(snapshot.document->head.position_m + glm::vec3(kPlaceFrameM));
    camera.go_to_standard(standard.value_or(draw::StandardView::kBack), box);
  }

  void frame_selection() {
    const session::Snapshot snapshot = session->snapshot();
    geom::Aabb box;
    for (std::size_t i = 0; i < snapshot.document->selected.size(); ++i) {
      if (snapshot.document->selected[i] != 0) box.add(body->body().structures[i].bounds_m);
    }
    if (box.empty()) {
      box.add(snapshot.head_now.position_m - glm::vec3(kHeadFrameM));
      box.add(snapshot.head_now.position_m + glm::vec3(kHeadFrameM));
    }
    camera.frame(box);
  }

  void serve(ViewRequest request) {
    const auto go = [&](draw::StandardView standard) {
      camera.go_to_standard(standard, body_box());
    };
    switch (request) {
      case ViewRequest::kFrame:
        return frame_selection();
      case ViewRequest::kReset:
      case ViewRequest::kBack:
        return go(draw::StandardView::kBack);
      case ViewRequest::kFront:
        return go(draw::StandardView::kFront);
      case ViewRequest::kLeft:
        return go(draw::StandardView::kLeft);
      case ViewRequest::kRight:
        return go(draw::StandardView::kRight);
      case ViewRequest::kTop:
        return go(draw::StandardView::kTop);
      case ViewRequest::kBelow:
        return camera.go_below(body_box());
      case ViewRequest::kThreeQuarter:
        return go(draw::StandardView::kThreeQuarter);
      case ViewRequest::kCameraBack:
        return camera.go_back();
      case ViewRequest::kCameraForward:
        return camera.go_forward();
      case ViewRequest::kHelp:
        view.help_open = !view.help_open;
        return;
      case ViewRequest::kEscape:
        if (!view.dialog.empty()) {
          view.dialog.clear();
        } else if (view.help_open) {
          view.help_open = false;
        } else {
          ui_state.conditions_open = false;
          ui_state.places_open = false;
          ui_state.fields_open = false;
          ui_state.attachments_open = false;
          ui_state.facts_open = false;
        }
        return;
      case ViewRequest::kSection:
        ui_state.section_open = !ui_state.section_open;
        return;
      case ViewRequest::kPerson:
        ui_state.person_shown = !ui_state.person_shown;
        return;
      case ViewRequest::kFullScreen:
        window_wishes.toggle_full_screen = true;
        return;
      case ViewRequest::kScreenshot:
        window_wishes.screenshot = true;
        return;
    }
  }

  // What is seen under a pixel: what is drawn can be picked, nothing else.
  std::optional<anatomy::BodyIndex::Hit> pick(glm::vec2 pixel) const {
    const session::Document& document = *session->snapshot().document;
    const auto& structures = body->body().structures;
    std::vector<std::uint8_t> pickable(structures.size());
    for (std::size_t i = 0; i < structures.size(); ++i) {
      pickable[i] =
          structures[i].usable &&
          document.is_visible(static_cast<anatomy::StructureIndex>(i), structures[i].layer);
    }
    return body->find_structure_hit(camera.camera().ray_through(pixel, camera.viewport_px()), kFarM,
                                    pickable);
  }

  void take(const Pointer::Result& result) {
    apply(result.commands);
    if (result.clicked) {
      const auto hit = pick(pointer.position_px());
      session::Select select;
      if (hit) select.structures = {hit->structure};
      select.add = result.click_adds;
      if (hit || !result.click_adds) apply({select});
    }
    if (result.double_clicked) {
      if (const auto hit = pick(pointer.position_px())) {
        const geom::Ray ray =
            camera.camera().ray_through(pointer.position_px(), camera.viewport_px());
        camera.frame_at(body->body().structures[hit->structure].bounds_m,
                        ray.origin_m + hit->ray.distance_m * ray.direction);
      }
    }
  }

  bool is_modal() const { return view.help_open || !view.dialog.empty(); }
  bool is_over_panel(glm::vec2 pixel) const {
    return is_modal() || ui_state.controls.covers(pixel.x, pixel.y);
  }

  void take_key(const InputEvent& event) {
    // Words typed into a field are no shortcuts.
    const bool typing = ImGui::GetIO().WantTextInput;
    const bool leaves = event.key == Key::kEscape || event.key == Key::kF1;
    if (typing && !leaves) return;
    if (!view.dialog.empty() && event.key == Key::kEnter) return serve(ViewRequest::kEscape);
    if (is_modal() && !leaves && event.key != Key::kF11 && event.key != Key::kF12) return;
    const Wishes wishes = read_shortcut(event.key, event.mods, session->snapshot(), view.hovered);
    apply(wishes.commands);
    for (const ViewRequest request : wishes.views) serve(request);
  }

  void take_events(std::span<const InputEvent> events) {
    std::optional<glm::vec2> pending_move;
    // Only the last of a run of moves matters: each would settle the head anew.
    const auto flush = [&] {
      if (!pending_move) return;
      const glm::vec2 to = *pending_move;
      pending_move.reset();
      take(pointer.move(to, session->snapshot(), camera));
    };
    for (const InputEvent& raw : events) {
      InputEvent event = raw;
      if (event.x < 0.0f && event.y < 0.0f) {
        const glm::vec2 at = pending_move.value_or(pointer.position_px());
        event.x = at.x;
        event.y = at.y;
      }
      feed_imgui(event);
      if (event.type == EventType::kMove) {
        pending_move = glm::vec2(event.x, event.y);
        continue;
      }
      flush();
      const glm::vec2 at{event.x, event.y};
      switch (event.type) {
        case EventType::kPress:
          take(pointer.press(event, is_over_panel(at), session->snapshot(), camera, now_s));
          break;
        case EventType::kRelease:
          take(pointer.release(event, session->snapshot(), camera));
          break;
        case EventType::kWheel:
          if (!is_over_panel(at)) camera.zoom(at, event.dy);
          break;
        case EventType::kKey:
          take_key(event);
          break;
        case EventType::kText:
        case EventType::kMove:
          break;
      }
    }
    flush();
  }

  void update_hover() {
    const glm::vec2 at = pointer.position_px();
    view.pointer_x = at.x;
    view.pointer_y = at.y;
    view.hovered = anatomy::kNone;
    const bool inside = at.x >= 0.0f && at.y >= 0.0f && at.x < camera.viewport_px().x &&
                        at.y < camera.viewport_px().y;
    if (!inside || !pointer.is_idle() || is_over_panel(at)) return;
    const session::Snapshot snapshot = session->snapshot();
    if (find_tool_part(snapshot, camera.camera(), camera.viewport_px(), at) != ToolPart::kNone)
      return;
    if (const auto hit = pick(at)) view.hovered = hit->structure;
  }

  void build_ui(float dt_s) {
    ImGui::SetCurrentContext(imgui);
    ImGui::GetIO().DeltaTime = std::max(dt_s, 1e-4f);
    view.left_on_screen = camera.camera().right().x;
    view.can_go_back = camera.can_go_back();
    view.can_go_forward = camera.can_go_forward();
    const bool placed = session->snapshot().document->placement >= 0;
    if (ui_state.section_open != laid_out_with_section || placed != laid_out_with_place) lay_out();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    const session::Snapshot snapshot = session->snapshot();
    show_colours(snapshot.document->field);
    ui_version = snapshot.version;
    const ui::Output out = ui::draw_ui(snapshot, view, layout, *tr, theme, ui_state);
    ImGui::Render();
    ui_hash = hash_draw_data(*ImGui::GetDrawData());
    apply(out.commands);
    for (const ui::Action action : out.actions) serve(to_request(action));
    if (!out.commands.empty() || !out.actions.empty()) settle_frames = kSettleFrames;
  }

  // Colours for legends, as the eye sees them on flat ground.
  void show_colours(session::Field field) {
    constexpr int kSteps = 32;
    view.field_colours.clear();
    for (int i = 0; i <= kSteps && field != session::Field::kNatural; ++i) {
      const float place = static_cast<float>(i) / static_cast<float>(kSteps);
      view.field_colours.push_back(
          scene::to_srgb(scene::colour_of(session::scale_of(field), place)));
    }
    if (!view.limit_colours.empty()) return;
    for (std::size_t i = 0; i < scene::kLimitClasses.size(); ++i)
      view.limit_colours.push_back(
          {scene::kLimitClasses[i], scene::to_srgb(scene::limit_colour(i))});
  }

  float choose_scale(bool moving) const {
    if (!moving) return 1.0f;
    return setup.adapts_resolution ? moving_scale : kLowestScale;
  }

  // Nothing but the interface differs from what was painted last.
  bool is_scene_painted(bool coarse) const {
    return can_repaint && session->snapshot().body_version == painted_body_version &&
           camera.camera() == painted_camera && view.hovered == painted_hover &&
           painted_coarse == coarse;
  }

  void paint_interface(unsigned framebuffer) {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0, 0, setup.width_px, setup.height_px);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glFinish();
  }

  void paint_scene(unsigned framebuffer, bool coarse) {
    scene::ViewState look;
    look.hovered = view.hovered;
    look.lod = coarse ? kMovingLod : kStillLod;
    const draw::DrawList& list = scene->build(session->snapshot(), look);
    render::RenderOptions options;
    options.width = setup.width_px;
    options.height = setup.height_px;
    options.resolution_scale = choose_scale(coarse);
    options.occlusion = !coarse;
    renderer->render(list, camera.camera(), options, framebuffer);
  }

  // Slow frames lower the inner resolution while something moves, fast ones raise it again.
  void adapt(bool moving, float ms) {
    if (!setup.adapts_resolution || !moving) return;
    // At once as far as it takes: a drag that starts with a row of slow frames feels stuck.
    if (ms > kSlowFrameMs) {
      const float by = std::clamp(std::sqrt(kSlowFrameMs / ms), 0.5f, 0.85f);
      moving_scale = std::max(kLowestScale, moving_scale * by);
    }
    if (ms < kFastFrameMs) moving_scale = std::min(1.0f, moving_scale * 1.08f);
  }
};

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

base::Result<std::unique_ptr<App>> App::make(const AppSetup& setup) {
  auto impl = std::make_unique<Impl>();
  impl->setup = setup;
  impl->view.dialog = setup.message;
  auto tr = data::Translator::load(setup.resources.assets() / "i18n", "en");
  if (!tr) return tl::unexpected(tr.error());
  impl->tr = std::make_unique<data::Translator>(std::move(*tr));
  auto facts = anatomy::Facts::load(setup.resources.assets() / "anatomy", "en");
  if (!facts) return tl::unexpected(facts.error());
  impl->facts = std::move(*facts);
  impl->view.facts = &impl->facts;
  auto tool = tool::load_tool(setup.resources.assets() / "attachments");
  if (!tool) return tl::unexpected(tool.error());
  impl->body = std::make_shared<const anatomy::BodyIndex>(setup.body);
  auto session = session::Session::make({impl->body, std::make_shared<const tool::ToolSpec>(*tool),
                                         setup.resources.assets(), setup.condition});
  if (!session) return tl::unexpected(session.error());
  impl->session = std::move(*session);
  impl->finder = load_finder(*impl->session, setup.resources.assets());
  impl->view.finder = &impl->finder;
  auto renderer = render::Renderer::make(setup.resources.shaders());
  if (!renderer) return tl::unexpected(renderer.error());
  impl->renderer = std::move(*renderer);
  impl->scene = std::make_unique<scene::SceneBuilder>(impl->body);

  impl->imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(impl->imgui);
  ImGuiIO& io = ImGui::GetIO();
  // Nothing of a person's is read or written.
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    return base::fail(
        "the interface could not be set up on this OpenGL driver; "
        "`backmate render` draws pictures without a window");
  impl->imgui_gl = true;
  if (auto status = impl->set_size(setup.width_px, setup.height_px); !status)
    return tl::unexpected(status.error());
  impl->camera.jump_to_standard(draw::StandardView::kBack, impl->body_box());
  if (!setup.place.empty()) {
    const auto place = session::choose_placement(*impl->session->snapshot().placements, setup.place,
                                                 setup.condition.side);
    if (!place) return tl::unexpected(place.error());
    impl->apply({*place});
  }
  // The interface knows its controls before the first event arrives.
  impl->build_ui(0.0f);
  return std::unique_ptr<App>(new App(std::move(impl)));
}

void App::resize(int width_px, int height_px) {
  ImGui::SetCurrentContext(impl_->imgui);
  if (const auto status = impl_->set_size(width_px, height_px); !status)
    impl_->view.dialog = status.error().message;
}

void App::frame(float dt_s, std::span<const InputEvent> events) {
  Impl& app = *impl_;
  const auto start = Clock::now();
  ImGui::SetCurrentContext(app.imgui);
  app.now_s += static_cast<double>(dt_s);
  app.camera.advance(dt_s);
  if (!events.empty()) app.settle_frames = kSettleFrames;
  app.take_events(events);
  app.session->advance(dt_s);
  const bool changed = app.session->snapshot().version != app.ui_version ||
                       !(app.camera.camera() == app.painted_camera);
  if (changed || app.settle_frames > 0) {
    if (app.settle_frames > 0) --app.settle_frames;
    app.update_hover();
    app.build_ui(dt_s);
  }
  app.frame_cpu_ms = ms_since(start);
}

bool App::needs_render() const {
  const Impl& app = *impl_;
  return app.session->snapshot().version != app.scene_version ||
         !(app.camera.camera() == app.painted_camera) || app.ui_hash != app.painted_ui_hash ||
         app.view.hovered != app.painted_hover || (app.painted_coarse && !app.is_moving());
}

bool App::is_animating() const {
  return impl_->camera.is_moving() || impl_->settle_frames > 0 || !impl_->pointer.is_idle();
}

void App::render(unsigned framebuffer) {
  Impl& app = *impl_;
  const auto start = Clock::now();
  const bool moving = app.is_moving();
  ImGui::SetCurrentContext(app.imgui);
  const bool again = app.is_scene_painted(moving) && app.renderer->repaint(framebuffer);
  if (!again) app.paint_scene(framebuffer, moving);
  app.paint_interface(framebuffer);
  app.scene_version = app.session->snapshot().version;
  app.painted_body_version = app.session->snapshot().body_version;
  app.painted_camera = app.camera.camera();
  app.painted_ui_hash = app.ui_hash;
  app.painted_hover = app.view.hovered;
  app.painted_coarse = moving;
  app.can_repaint = true;
  const float ms = ms_since(start);
  app.frame_ms.push_back(ms + app.frame_cpu_ms);
  if (!again) app.adapt(moving, ms);
}

void App::render_still(unsigned framebuffer) {
  ImGui::SetCurrentContext(impl_->imgui);
  impl_->paint_scene(framebuffer, false);
  impl_->paint_interface(framebuffer);
  impl_->can_repaint = false;
}

WindowWishes App::take_window_wishes() {
  const WindowWishes wishes = impl_->window_wishes;
  impl_->window_wishes = {};
  return wishes;
}

void App::show_message(std::string sentence) {
  impl_->view.dialog = std::move(sentence);
  impl_->settle_frames = kSettleFrames;
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
  view.frame_ms = app.frame_ms;
  view.section_open = app.ui_state.section_open;
  view.person_shown = app.ui_state.person_shown;
  return make_state_json(app.session->snapshot(), view);
}

}  // namespace app
