#include "ui/ui.h"

#include "ui/panels/panels.h"

namespace ui {

Output draw_ui(const session::Snapshot& snapshot, const ViewInfo& view, const Layout& layout,
               const data::Translator& tr, const Theme& theme, UiState& state) {
  Output out;
  Context context{snapshot, view, tr, theme, layout, state.controls, out};
  state.controls.begin_frame();
  draw_footer(context);
  draw_top_bar(context, state.conditions_open, state.places_open);
  draw_layer_rail(context);
  draw_tool_dock(context, state.attachments_open);
  // The lists lie over the body, one at a time.
  if (state.places_open) state.conditions_open = state.fields_open = false;
  if (!state.places_open) state.finder = {};
  const bool list_open = state.places_open || state.conditions_open || state.fields_open;
  if (!list_open) draw_side_hints(context);
  const bool section_takes_targets = state.section_open && !layout.section_beside;
  if (state.section_open) draw_section(context, state.section_open);
  if (!section_takes_targets) draw_targets(context, state.person_shown, state.all_states);
  if (!list_open) draw_legend(context);
  draw_safety_notice(context);
  draw_placement_card(context);
  draw_selection_card(context, state.facts_open);
  if (state.attachments_open) {
    draw_attachments(context, state.attachments_open);
  } else if (!list_open) {
    draw_attachment_note(context);
  }
  if (state.places_open) {
    draw_placements(context, state.places_open, state.finder);
  } else if (state.conditions_open) {
    state.fields_open = false;
    draw_conditions(context, state.conditions_open);
  } else {
    draw_view_bar(context, state.fields_open, state.section_open);
    if (state.fields_open) draw_fields(context, state.fields_open);
  }
  if (!view.dialog.empty()) {
    draw_dialog(context);
  } else if (view.help_open) {
    draw_key_sheet(context, state.key_filter);
  } else {
    state.key_filter.clear();
    draw_hover_name(context);
  }
  return out;
}

}  // namespace ui
