// Events, and what the pointer meets.
#include "app/app_impl.h"
#include "app/imgui_input.h"

namespace app {
namespace {

constexpr float kPickFarM = 20.0f;

}  // namespace

std::optional<anatomy::BodyIndex::Hit> App::Impl::pick(glm::vec2 pixel) {
  const session::Document& document = *session->snapshot().document;
  const auto& structures = body->body().structures;
  const bool isolating = document.is_isolating();
  pickable_now.resize(structures.size());
  for (std::size_t i = 0; i < structures.size(); ++i) {
    pickable_now[i] =
        document.is_visible(structures[i], static_cast<anatomy::StructureIndex>(i), isolating) ? 1
                                                                                               : 0;
  }
  geom::Ray ray = camera.camera().ray_through(pixel, camera.viewport_px());
  float before_m = 0.0f;
  if (const auto plane = scene::find_cut_plane(session->snapshot(), {cut_plane(), ray.origin_m})) {
    // What is cut away is not there: the ray begins at the face.
    const float towards = -glm::dot(ray.direction, plane->normal);
    if (!(towards > 1e-4f)) return std::nullopt;
    before_m = plane->height(ray.origin_m) / towards;
    ray.origin_m += before_m * ray.direction;
  }
  auto hit = body->find_structure_hit(ray, kPickFarM, pickable_now);
  if (hit) hit->ray.distance_m += before_m;
  return hit;
}

void App::Impl::take(const Pointer::Result& result) {
  if (result.command) apply(*result.command);
  if (is_story_shown()) return;
  const bool touches = takes_touches();
  if (result.clicked && !touches) {
    const auto hit = pick(pointer.position_px());
    session::Select select;
    if (hit) select.structures = {hit->structure};
    select.add = result.click_adds;
    if (hit || !result.click_adds) apply(session::Command(select));
  }
  if (result.clicked || result.asked_under) {
    const auto at = pointer.position_px();
    if (const auto hit = pick(at)) {
      const geom::Ray ray = camera.camera().ray_through(at, camera.viewport_px());
      const glm::vec3 seen = ray.origin_m + hit->ray.distance_m * ray.direction;
      view.picked_m = body->find_surface_point(seen).point_m;
      if (touches) ui_state.finder.touched_m = view.picked_m;
      if (result.asked_under && !touches) {
        ui_state.sheet = ui::Sheet::kUnder;
        ui_state.under.head = false;
      }
    }
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

bool App::Impl::takes_touches() const {
  return ui_state.sheet == ui::Sheet::kPlaces && ui_state.finder.takes_touches();
}

bool App::Impl::is_modal() const {
  return view.help_open || !view.dialog.empty() || ui_state.cover != ui::Cover::kNone;
}

bool App::Impl::is_over_panel(glm::vec2 pixel) const {
  return (is_modal() && !is_story_shown()) || ui_state.controls.covers(pixel.x, pixel.y);
}

// Tab goes from control to control; on one, Enter and Space press it and arrows turn it.
bool App::Impl::take_focus_key(const InputEvent& event) {
  if (event.mods.ctrl || event.mods.alt) return false;
  ui::KeyboardFocus& focus = ui_state.keyboard;
  if (event.key == Key::kTab) {
    ui::move_focus(focus, ui_state.controls.controls(), event.mods.shift ? -1 : 1);
    return true;
  }
  if (!focus.shown) return false;
  switch (static_cast<int>(event.key)) {
    case static_cast<int>(Key::kEnter):
    case static_cast<int>(Key::kSpace):
      focus.press = true;
      return true;
    case static_cast<int>(Key::kLeft):
    case static_cast<int>(Key::kDown):
      focus.step = -1;
      return true;
    case static_cast<int>(Key::kRight):
    case static_cast<int>(Key::kUp):
      focus.step = 1;
      return true;
    case static_cast<int>(Key::kEscape):
      focus.shown = false;
      return false;
    default:
      return false;
  }
}

void App::Impl::take_key(const InputEvent& event) {
  // Words typed into a field are no shortcuts.
  const bool typing = ImGui::GetIO().WantTextInput;
  const bool leaves = event.key == Key::kEscape || event.key == Key::kF1;
  if (typing && !leaves) return;
  if (take_focus_key(event)) return;
  if (!view.dialog.empty() && event.key == Key::kEnter) return serve(ViewRequest::kEscape);
  if (is_modal() && !leaves && event.key != Key::kF11 && event.key != Key::kF12) return;
  const Wishes wishes = read_shortcut(event.key, event.mods, session->snapshot(), view.hovered);
  apply(std::span<const session::Command>(wishes.commands));
  for (const ViewRequest request : wishes.views) serve(request);
}

void App::Impl::take_events(std::span<const InputEvent> events) {
  const draw::Camera before = camera.camera();
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
    // Round a story one only looks, and who points at a place does not mean the head that stands
    // there: the right button never takes hold of it.
    if ((is_story_shown() || takes_touches()) && event.button == MouseButton::kLeft)
      event.button = MouseButton::kRight;
    if (event.type == EventType::kMove) {
      pending_move = glm::vec2(event.x, event.y);
      continue;
    }
    flush();
    const glm::vec2 at{event.x, event.y};
    switch (event.type) {
      case EventType::kPress:
        ui_state.keyboard.shown = false;
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
      case EventType::kDrop:
        take_drop(event.text);
        break;
      case EventType::kText:
      case EventType::kMove:
        break;
    }
  }
  flush();
  const draw::Camera& now = camera.camera();
  if (pointer.is_dragging_tool()) note_done("drag");
  if (pointer.is_dragging() && (now.yaw_rad != before.yaw_rad || now.pitch_rad != before.pitch_rad))
    note_done("orbit");
}

void App::Impl::update_hover() {
  const glm::vec2 at = pointer.position_px();
  view.pointer_x = at.x;
  view.pointer_y = at.y;
  view.hovered = anatomy::kNone;
  const bool inside = at.x >= 0.0f && at.y >= 0.0f && at.x < camera.viewport_px().x &&
                      at.y < camera.viewport_px().y;
  if (!inside || !pointer.is_idle() || is_over_panel(at) || is_story_shown()) return;
  const session::Snapshot snapshot = session->snapshot();
  if (find_tool_part(snapshot, camera.camera(), camera.viewport_px(), at) != ToolPart::kNone)
    return;
  if (const auto hit = pick(at)) view.hovered = hit->structure;
}

}  // namespace app
