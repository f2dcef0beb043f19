#include "ui/ui.h"

#include "ui/panels/panels.h"

namespace ui {
namespace {

// What lies over the body; the bar above it stays where there is room for both.
void draw_sheet(Context& context, UiState& state) {
  const Sheet sheet = state.sheet;
  bool open = true;
  const bool touching = sheet == Sheet::kPlaces && state.finder.takes_touches();
  if (touching || sheet == Sheet::kNone || sheet == Sheet::kMenu || sheet == Sheet::kFields ||
      sheet == Sheet::kViews) {
    bool fields = sheet == Sheet::kFields;
    draw_view_bar(context, fields, state.section_open);
    if (fields != (sheet == Sheet::kFields)) state.sheet = fields ? Sheet::kFields : Sheet::kNone;
  }
  switch (sheet) {
    case Sheet::kNone:
      return;
    case Sheet::kMenu:
      return draw_menu(context, state);
    case Sheet::kPlaces:
      if (state.finder.takes_touches()) {
        draw_touch(context, open, state.finder);
      } else {
        draw_placements(context, open, state.finder);
      }
      break;
    case Sheet::kConditions:
      draw_conditions(context, open, state);
      break;
    case Sheet::kFields:
      draw_fields(context, open);
      break;
    case Sheet::kSearch:
      return draw_search(context, state);
    case Sheet::kTree:
      draw_tree(context, open, state.tree);
      break;
    case Sheet::kUnder:
      draw_under(context, open, state.under);
      break;
    case Sheet::kViews:
      draw_views(context, open);
      break;
    case Sheet::kDisplay:
      draw_display(context, open);
      break;
  }
  if (!open) state.sheet = Sheet::kNone;
}

// A press or a step of the keyboard counts for one frame, whichever way that frame ends.
struct KeyOnce {
  KeyboardFocus& focus;
  ~KeyOnce() {
    focus.press = false;
    focus.step = 0;
  }
};

}  // namespace

Output draw_ui(const session::Snapshot& snapshot, const ViewInfo& view, const Layout& layout,
               const data::Translator& tr, const Theme& theme, UiState& state) {
  Output out;
  Context context{snapshot,       view,           tr,           theme, layout,
                  state.controls, state.keyboard, state.memory, out};
  const KeyOnce key_once{state.keyboard};
  state.controls.begin_frame();
  state.memory.start_frame();
  draw_footer(context);
  if (state.cover == Cover::kStory && view.stories != nullptr && view.dialog.empty()) {
    draw_story(context, state);
    return out;
  }
  draw_top_bar(context, state.sheet);
  draw_layer_rail(context);
  draw_tool_dock(context, state.attachments_open);
  if (state.sheet != Sheet::kPlaces) state.finder = {};
  if (state.cover != Cover::kDoor) state.door = {};
  if (state.sheet != Sheet::kSearch) state.search = {};
  const bool touching = state.sheet == Sheet::kPlaces && state.finder.takes_touches();
  const bool sheet_open = state.sheet != Sheet::kNone && !touching;
  if (!sheet_open) {
    draw_side_hints(context);
    draw_plate(context);
  }
  const bool section_takes_targets = state.section_open && !layout.section_beside;
  if (state.section_open && !(touching && section_takes_targets))
    draw_section(context, state.section_open, state.cut);
  if (!section_takes_targets && !touching) draw_targets(context, state);
  if (!sheet_open) draw_legend(context);
  draw_safety_notice(context);
  draw_placement_card(context);
  // Lists name what is selected themselves.
  const bool lists_structures =
      state.sheet == Sheet::kSearch || state.sheet == Sheet::kTree || state.sheet == Sheet::kUnder;
  if (!lists_structures) draw_selection_card(context, state.facts_open);
  if (state.attachments_open) {
    draw_attachments(context, state.attachments_open);
  } else if (!sheet_open) {
    draw_attachment_note(context);
  }
  draw_sheet(context, state);
  // It comes back when the sheet is put away, so that nothing on a sheet lies under it.
  if (!sheet_open) draw_notice(context, state.cover);
  draw_opening(context);
  draw_said(context);
  if (!sheet_open) draw_hint(context);
  if (!view.dialog.empty()) {
    draw_dialog(context);
  } else if (state.cover == Cover::kBrowser) {
    bool open = true;
    draw_browser(context, state.browser, open);
    if (!open) state.cover = Cover::kNone;
  } else if (state.cover == Cover::kDoor) {
    bool open = true;
    draw_door(context, open, state.door);
    if (!open) state.cover = Cover::kNone;
  } else if (state.cover == Cover::kAbout) {
    bool open = true;
    draw_about(context, open);
    if (!open) state.cover = Cover::kNone;
  } else if (view.help_open) {
    draw_key_sheet(context, state.key_filter);
  } else {
    state.key_filter.clear();
    draw_hover_name(context);
  }
  return out;
}

}  // namespace ui
