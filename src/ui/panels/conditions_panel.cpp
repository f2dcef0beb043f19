// Who is simulated: the conditions in two columns, the side of a one-sided one.
#include <algorithm>
#include <cmath>

#include "ui/panels/condition_words.h"
#include "ui/panels/panels.h"
#include "ui/ui.h"
#include "ui/widgets.h"

namespace ui {
namespace {

// The first cutaway about this condition, or the first of all.
void open_story(UiState& state, const std::vector<guide::StorySpec>& stories,
                const sim::ConditionChoice& chosen) {
  const auto about = std::find_if(stories.begin(), stories.end(), [&](const auto& story) {
    const auto& all = story.conditions;
    return std::find(all.begin(), all.end(), chosen.id) != all.end();
  });
  const auto index = about == stories.end() ? 0 : about - stories.begin();
  const bool left = chosen.side == anatomy::Side::kLeft;
  state.story = {static_cast<std::size_t>(index),
                 left ? anatomy::Side::kLeft : anatomy::Side::kRight, 0.0f};
  state.cover = Cover::kStory;
}

}  // namespace

void draw_conditions(Context& context, bool& open, UiState& state) {
  const auto& tr = context.tr;
  const auto& all = *context.snapshot.conditions;
  const sim::ConditionChoice& chosen = context.document().condition;
  const float pad = context.px(12.0f);
  const float title = context.px(40.0f);
  const std::size_t rows = (all.size() + 1) / 2;
  const bool one_sided = find_condition(context).one_sided;
  // Cutaways need the nerves of the built-in body.
  const bool stories = context.view.stories != nullptr && !context.view.stories->empty() &&
                       context.body().find_structure("nerve_root_c6_left") != anatomy::kNone;
  const std::size_t more = (one_sided ? 1 : 0) + (stories ? 1 : 0);
  const std::size_t figure_rows = has_figure(context) ? 2 : 0;
  const Rect& free = context.layout.free;
  const float row = context.px(48.0f);
  const float width = std::min(context.px(500.0f), free.width - 2.0f * pad);
  const float height = 2.0f * pad + title + static_cast<float>(rows + more + figure_rows) * row;
  // In a low window the card lies over other panels, as long as it is open.
  const float lowest = context.layout.footer.y - height;
  const float card_y = std::max(context.px(4.0f), std::min(free.y + context.px(4.0f), lowest));
  const bool over = card_y + height > free.bottom() || card_y < free.y;
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), card_y, width, height};
  Panel panel(context, "conditions", card, over);
  draw_text(*ImGui::GetWindowDrawList(), context.theme.strong,
            {card.x + pad + context.px(8.0f), card.y + pad, width - 2.0f * pad - row, title},
            Align::kLeft, context.theme.colours.text, tr("condition.title"));
  if (icon_button(context, "condition.close",
                  {card.right() - context.px(52.0f), card.y + context.px(2.0f), context.px(48.0f),
                   context.px(48.0f)},
                  Icon::kClose, {.tooltip = tr("condition.close.tip")}))
    open = false;
  const float column = 0.5f * (width - 2.0f * pad);
  float top = card.y + pad + title;
  if (figure_rows > 0) {
    const float figure_height = static_cast<float>(figure_rows) * row;
    draw_figure(context, {card.x + pad, top, width - 2.0f * pad, figure_height},
                state.height_in_hand);
    top += figure_height;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t column_at = i / rows;
    const Rect at{card.x + pad + static_cast<float>(column_at) * column,
                  top + static_cast<float>(i % rows) * row, column, row};
    const sim::Condition& condition = all[i];
    if (text_button(context, "condition." + condition.id, at, tr(condition.name_key),
                    {.selected = condition.id == chosen.id})) {
      context.out.commands.push_back(session::SetCondition{{condition.id, chosen.side}});
      if (!condition.one_sided) open = false;
    }
  }
  if (stories) {
    const Rect at{card.x + pad, top + static_cast<float>(rows + more - 1) * row, 2.0f * column,
                  row};
    if (text_button(context, "story.open", at, tr("story.open"),
                    {.quiet = false, .tooltip = tr("story.open.tip")})) {
      open_story(state, *context.view.stories, chosen);
      open = false;
    }
  }
  if (!one_sided) return;
  const float y = top + static_cast<float>(rows) * row;
  const float third = 2.0f * column / 3.0f;
  const auto side_button = [&](const char* id, const char* key, anatomy::Side side, float x) {
    if (text_button(context, id, {x, y, third, row}, tr(key), {.selected = chosen.side == side})) {
      context.out.commands.push_back(session::SetCondition{{chosen.id, side}});
      open = false;
    }
  };
  side_button("condition.left", "side.choice.left", anatomy::Side::kLeft, card.x + pad);
  side_button("condition.right", "side.choice.right", anatomy::Side::kRight, card.x + pad + third);
  side_button("condition.both", "side.choice.both", anatomy::Side::kMedian,
              card.x + pad + 2.0f * third);
}

}  // namespace ui
