// What a person sees of the body, and which panels are open.
#include <glm/geometric.hpp>

#include "app/app_impl.h"
#include "app/framing.h"

namespace app {
namespace {

constexpr float kHeadFrameM = 0.16f;
// Around a placed head: the region of the body that it belongs to stays in the picture.
constexpr float kPlaceFrameM = 0.27f;
// What was searched for stands among its neighbours.
constexpr float kRevealMarginM = 0.06f;
constexpr std::uint32_t kRevealSamples = 40;
constexpr float kFarM = 20.0f;

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
  layout = ui::make_layout(setup.width_px, setup.height_px, ui_state.section_open, placed,
                           view.display.size_percent, view.display.folded);
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

scene::CutPlane App::Impl::cut_plane() const {
  if (is_story_shown() || !ui_state.section_open) return scene::CutPlane::kNone;
  switch (ui_state.cut) {
    case ui::BodyCut::kAlongBar:
      return scene::CutPlane::kAlongBar;
    case ui::BodyCut::kAcrossBar:
      return scene::CutPlane::kAcrossBar;
    case ui::BodyCut::kNone:
      break;
  }
  return scene::CutPlane::kNone;
}

void App::Impl::show_cut() {
  shown_cut = ui_state.cut;
  settle_frames = kSettleFrames;
  const auto look = scene::find_cut_view(session->snapshot(), cut_plane(), camera.camera().eye_m());
  if (look) camera.go_towards(look->yaw_rad, look->pitch_rad, look->box_m);
}

// To where most of the map is seen.
void App::Impl::fly_to_tender() {
  const session::Snapshot snapshot = session->snapshot();
  if (snapshot.tender == nullptr) return;
  geom::Aabb box = box_about(snapshot.tender->spot.point_m, kRevealMarginM);
  for (const guide::TenderDot& dot : snapshot.tender->dots) box.add(dot.point_m);
  const glm::vec3 margin(kRevealMarginM);
  box.add(box.min - margin);
  box.add(box.max + margin);
  const auto standard = draw::standard_view_from_string(guide::find_view(*snapshot.tender));
  camera.go_to_standard(standard.value_or(draw::StandardView::kBack), box);
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

// From where the most of them is seen; from where one is, if that is enough.
void App::Impl::fly_to_revealed() {
  const session::Document& document = *session->snapshot().document;
  const auto& structures = body->body().structures;
  const anatomy::LodMesh& mesh = body->body().lods[0];
  geom::Aabb box;
  std::vector<glm::vec3> samples;
  for (std::size_t i = 0; i < document.selected.size(); ++i) {
    if (document.selected[i] == 0) continue;
    box.add(structures[i].bounds_m);
    const anatomy::MeshRange& range = structures[i].lods[0];
    const std::uint32_t step = std::max(1u, range.vertex_count / kRevealSamples);
    for (std::uint32_t v = 0; v < range.vertex_count; v += step)
      samples.push_back(mesh.positions_m[range.first_vertex + v]);
  }
  if (box.empty()) return;
  std::vector<std::uint8_t> pickable(structures.size());
  for (std::size_t i = 0; i < structures.size(); ++i)
    pickable[i] = structures[i].usable &&
                  document.is_visible(structures[i], static_cast<anatomy::StructureIndex>(i));
  const auto seen_from = [&](const draw::Camera& from) {
    std::size_t seen = 0;
    for (const glm::vec3 point : samples) {
      const glm::vec3 eye = from.eye_m();
      const glm::vec3 way = glm::normalize(point - eye);
      const auto hit = body->find_structure_hit({eye, way}, kFarM, pickable);
      seen += hit && document.selected[hit->structure] != 0;
    }
    return seen;
  };
  draw::Camera here = camera.camera();
  here.pivot_m = 0.5f * (box.min + box.max);
  here.distance_m = 1.5f;
  std::size_t best = seen_from(here);
  std::optional<draw::StandardView> better;
  if (4 * best < samples.size()) {
    for (const auto standard : {draw::StandardView::kBack, draw::StandardView::kFront,
                                draw::StandardView::kLeft, draw::StandardView::kRight}) {
      draw::Camera there = draw::make_standard_view(standard, box, 1.0f);
      there.distance_m = 1.5f;
      if (const std::size_t seen = seen_from(there); seen > best) {
        best = seen;
        better = standard;
      }
    }
  }
  const glm::vec3 margin(kRevealMarginM);
  box.add(box.min - margin);
  box.add(box.max + margin);
  if (better) return camera.go_to_standard(*better, box);
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
    case ViewRequest::kSearch:
      return toggle(ui::Sheet::kSearch);
    case ViewRequest::kTree:
      return toggle(ui::Sheet::kTree);
    case ViewRequest::kUnder:
      return toggle(ui::Sheet::kUnder);
    case ViewRequest::kFullScreen:
      window_wishes.toggle_full_screen = true;
      return;
    case ViewRequest::kScreenshot:
      window_wishes.screenshot = true;
      return;
    case ViewRequest::kDisplay:
      return toggle(ui::Sheet::kDisplay);
    case ViewRequest::kLabels: {
      ui::DisplaySettings display = wanted_display.value_or(view.display);
      display.labels = !display.labels;
      wanted_display = settings.display = display;
      return keep_settings();
    }
    case ViewRequest::kFold: {
      ui::DisplaySettings display = wanted_display.value_or(view.display);
      const bool away = !display.folded.all();
      display.folded = {away, away, away};
      wanted_display = settings.display = display;
      return keep_settings();
    }
    case ViewRequest::kSkipHint:
      return note_done(view.hint);
    case ViewRequest::kAbout:
      ui_state.cover = ui::Cover::kAbout;
      return;
    case ViewRequest::kDoor:
      ui_state.cover = ui::Cover::kDoor;
      return;
    case ViewRequest::kReadNotice:
      view.notice_open = false;
      settings.notice_read = true;
      return keep_settings();
    case ViewRequest::kOpen:
      return browse(false);
    case ViewRequest::kSave:
      return save_session(session_path);
    case ViewRequest::kSaveAs:
      return save_session({});
  }
}

}  // namespace app
