// Sex, build and height of the built-in body: inside the panel of who is simulated.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kHeightStep_m = 0.01f;

void ask_for(Context& context, const anatomy::Figure& figure) {
  context.out.files.push_back({FileRequest::Kind::kOpen, anatomy::body_name(figure)});
}

// Three in a row, of which one is chosen.
template <typename Value>
void draw_choice(Context& context, const char* what, const Rect& row,
                 const std::array<Value, 3>& values, Value chosen, anatomy::Figure figure,
                 Value anatomy::Figure::*field) {
  const float width = row.width / 3.0f;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string id = std::string("figure.") + std::string(to_string(values[i]));
    const Rect at{row.x + static_cast<float>(i) * width, row.y, width, row.height};
    if (text_button(context, id, at, context.tr(id),
                    {.selected = values[i] == chosen, .tooltip = std::string(context.tr(what))}) &&
        values[i] != chosen) {
      figure.*field = values[i];
      ask_for(context, figure);
    }
  }
}

}  // namespace

bool has_figure(const Context& context) { return context.view.figure.has_value(); }

void draw_figure(Context& context, const Rect& area, float& height_in_hand) {
  const anatomy::Figure& figure = *context.view.figure;
  const float row = area.height / 2.0f;
  const float half = 0.5f * area.width;
  // A height that was chosen stays when sex or build change.
  draw_choice(context, "figure.sex.tip", {area.x, area.y, half, row}, anatomy::kSexes, figure.sex,
              figure, &anatomy::Figure::sex);
  draw_choice(context, "figure.build.tip", {area.x + half, area.y, half, row}, anatomy::kBuilds,
              figure.build, figure, &anatomy::Figure::build);

  const float top = anatomy::kMostStature_m - anatomy::kLeastStature_m;
  const float now = context.view.stature_m - anatomy::kLeastStature_m;
  const float label = std::min(context.px(150.0f), 0.4f * area.width);
  const Rect track{area.x + label, area.y + row, area.width - label, row};
  const Edit edit =
      slider(context, "figure.height", track, height_in_hand > 0.0f ? height_in_hand : now, top,
             kHeightStep_m, std::string(context.tr("figure.height.tip")));
  if (edit.changed) height_in_hand = edit.value;
  const float shown = anatomy::kLeastStature_m + edit.value;
  if (edit.committed && height_in_hand > 0.0f) {
    anatomy::Figure other = figure;
    other.stature_m = anatomy::kLeastStature_m + height_in_hand;
    if (std::abs(height_in_hand - now) > 0.5f * kHeightStep_m) ask_for(context, other);
    height_in_hand = 0.0f;
  }
  draw_text(*ImGui::GetWindowDrawList(), context.theme.body,
            {area.x + context.px(8.0f), area.y + row, label, row}, Align::kLeft,
            context.theme.colours.text,
            fill_in(context.tr("figure.height"), std::to_string(std::lround(100.0f * shown))));
}

}  // namespace ui
