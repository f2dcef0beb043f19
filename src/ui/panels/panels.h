// The panels of the main screen, one function and one file each. They read the context's snapshot
// and put what a person asked for in its output.
#pragma once

#include <array>

#include "ui/browser_state.h"
#include "ui/context.h"
#include "ui/finder_state.h"
#include "ui/ui.h"

namespace ui {

struct StandardViewButton {
  const char* id;
  Action action;
};
inline constexpr std::array<StandardViewButton, 6> kStandardViews = {
    {{"view.back", Action::kViewBack},
     {"view.front", Action::kViewFront},
     {"view.left", Action::kViewLeft},
     {"view.right", Action::kViewRight},
     {"view.top", Action::kViewTop},
     {"view.three_quarter", Action::kViewThreeQuarter}}};

void draw_top_bar(Context& context, Sheet& sheet);
// The standard views, where the bar has room for one button only.
void draw_views(Context& context, bool& open);
// Light or dark, sizes, labels, motion.
void draw_display(Context& context, bool& open);
// Files, search and what else has no place of its own.
void draw_menu(Context& context, UiState& state);
void draw_conditions(Context& context, bool& open, UiState& state);
// Sex, build and height, where the body has them; a height in hand is kept until it is let go.
bool has_figure(const Context& context);
void draw_figure(Context& context, const Rect& area, float& height_in_hand);
// A cutaway: which, side, how far, its words. Alone on the screen, over the picture.
void draw_story(Context& context, UiState& state);
// What lies where the body is touched, beside the body: muscles, places, traditional maps.
void draw_touch(Context& context, bool& open, FinderState& finder);
// Where to place the head: the list, and the card of the chosen one.
void draw_placements(Context& context, bool& open, FinderState& finder);
void draw_placement_card(Context& context);
// My size, my door: bar, feet and lean for a placement, drawn and in figures; plans to print.
void draw_door(Context& context, bool& open, DoorState& state);
void draw_layer_rail(Context& context);
void draw_tool_dock(Context& context, bool& attachments_open);
// All attachments in their families; what there is to mind about the chosen one.
void draw_attachments(Context& context, bool& open);
void draw_attachment_note(Context& context);
// Words in, what they name out.
void draw_search(Context& context, UiState& state);
// All structures by layer, region or group.
void draw_tree(Context& context, bool& open, TreeState& tree);
// From the skin to the bone.
void draw_under(Context& context, bool& open, UnderState& under);
// What is worked on and how it eases, or the person.
void draw_targets(Context& context, UiState& state);
// Calm, alarm, pain; the states of the selected or leading muscle. Inside the panel of targets.
void draw_person(Context& context, const Rect& area, bool& all_states);
// How the tension of the leading muscles eases. Inside the panel of targets.
void draw_curves(Context& context, const Rect& area);
void draw_view_bar(Context& context, bool& fields_open, bool& section_open);
void draw_fields(Context& context, bool& open);
void draw_section(Context& context, bool& open, BodyCut& cut);
// What the colours of the muscles or of the skin mean; nothing in natural colours.
void draw_legend(Context& context);
// What should not be done right now.
void draw_safety_notice(Context& context);
bool has_safety_notice(const Context& context);
// Whether it leaves no room beside it.
bool covers_free_width(const Context& context);
void draw_selection_card(Context& context, bool& facts_open);
void draw_hover_name(Context& context);
void draw_side_hints(Context& context);
// Names, scale bar and the figure that shows the patient's left.
void draw_plate(Context& context);
void draw_footer(Context& context);
// Over everything, one at a time.
void draw_key_sheet(Context& context, std::string& filter);
void draw_dialog(Context& context);
// To choose a file to open, or a name to save under.
void draw_browser(Context& context, BrowserState& browser, bool& open);
// The sentence about medical advice, at the first start and for good.
void draw_notice(Context& context, Cover& cover);
void draw_about(Context& context, bool& open);
// What is being opened, with cancel; the window goes on beside it.
void draw_opening(Context& context);
// A few words that go by themselves.
void draw_said(Context& context);
// What a newcomer can try next.
bool has_hint(const Context& context);
void draw_hint(Context& context);

}  // namespace ui
