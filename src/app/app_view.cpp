// What a person sees of the body, and which panels are open.
#include "app/app_impl.h"
#include "app/framing.h"

namespace app {
namespace {

constexpr float kHeadFrameM = 0.16f;
// Around a placed head: the region of the body that it belongs to stays in the picture.
constexpr float kPlaceFrameM = 0.27f;

geom::Aabb box_about(glm::vec3 centre_m, float half_m) {
  geom::Aabb box;
  box.add(centre_m - glm::vec3(half_m));
  box.add(centre_m + glm::vec3(half_m));
  return box;
}

}  // namespace

geom::Aabb App::Impl::body_box() const { return find_trunk_box(*body); }

// The section takes room from the body or gives it back.
void App::Impl::lay_out() {
  const bool placed = session->snapshot().document->placement >= 0;
  layout = ui::make_layout(setup.width_px, setup.height_px, ui_state.section_open, placed);
  camera.set_viewport({setup.width_px, setup.height_px}, layout.free);
  laid_out_with_section = ui_state.section_open;
  laid_out_with_place = placed;
}

// To where the placed head is seen well.
void App::Impl::fly_to_placement() {
  const session::Snapshot snapshot = session->snapshot();
  lay_out();
  if (snapshot.document->placement < 0) return;
  const auto placement = static_cast<std::size_t>(snapshot.document->placement);
  const auto& spec = (*snapshot.placements)[placement].spec;
  const auto standard =
      draw::standard_view_from_string(spec.view_for(snapshot.document->placement_side));
  camera.go_to_standard(standard.value_or(draw::StandardView::kBack),
                        box_about(snapshot.document->head.position_m, kPlaceFrameM));
}

void App::Impl::frame_selection() {
  const session::Snapshot snapshot = session->snapshot();
  geom::Aabb box;
  for (std::size_t i = 0; i < snapshot.document->selected.size(); ++i) {
    if (snapshot.document->selected[i] != 0) box.add(body->body().structures[i].bounds_m);
  }
  if (box.empty()) box = box_about(snapshot.head_now.position_m, kHeadFrameM);
  camera.frame(box);
}

void App::Impl::leave() {
  if (!view.dialog.empty()) {
    view.dialog.clear();
  } else if (view.help_open) {
    view.help_open = false;
  } else if (ui_state.cover != ui::Cover::kNone) {
    ui_state.cover = ui::Cover::kNone;
  } else if (ui_state.sheet != ui::Sheet::kNone || ui_state.attachments_open ||
             ui_state.facts_open) {
    ui_state.sheet = ui::Sheet::kNone;
    ui_state.attachments_open = false;
    ui_state.facts_open = false;
  } else if (opener.is_busy()) {
    opener.cancel();
  }
}

void App::Impl::serve(ViewRequest request) {
  const auto go = [&](draw::StandardView standard) { camera.go_to_standard(standard, body_box()); };
  const auto toggle = [&](ui::Sheet sheet) {
    ui_state.sheet = ui_state.sheet == sheet ? ui::Sheet::kNone : sheet;
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
      return leave();
    case ViewRequest::kSection:
      ui_state.section_open = !ui_state.section_open;
      return;
    case ViewRequest::kPerson:
      ui_state.person_shown = !ui_state.person_shown;
      return;
    case ViewRequest::kPlaces:
      return toggle(ui::Sheet::kPlaces);
    case ViewRequest::kFullScreen:
      window_wishes.toggle_full_screen = true;
      return;
    case ViewRequest::kScreenshot:
      window_wishes.screenshot = true;
      return;
    case ViewRequest::kOpen:
      return browse(false);
    case ViewRequest::kSave:
      return save_session(session_path);
    case ViewRequest::kSaveAs:
      return save_session({});
  }
}

}  // namespace app
