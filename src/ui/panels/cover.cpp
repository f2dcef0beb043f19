#include "ui/panels/cover.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace ui {

void begin_cover(Context& context) {
  const Rect screen{0.0f, 0.0f, context.layout.footer.right(), context.layout.footer.bottom()};
  context.controls.begin_frame();
  context.controls.add_surface(screen);
  ImGui::SetNextWindowPos({0.0f, 0.0f});
  ImGui::SetNextWindowSize({screen.width, screen.height});
  ImGui::SetNextWindowFocus();
  ImGui::Begin("scrim", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground);
  ImGui::GetWindowDrawList()->AddRectFilled({0.0f, 0.0f}, {screen.width, screen.height},
                                            context.theme.colours.scrim);
}

void draw_card(Context& context, const Rect& card) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({card.x, card.y}, {card.right(), card.bottom()}, context.theme.colours.card,
                     context.px(16.0f));
}

Rect centred(const Context& context, float width, float height) {
  const float w = context.layout.footer.right();
  const float h = context.layout.footer.bottom();
  width = std::min(width, w - context.px(32.0f));
  height = std::min(height, h - context.px(32.0f));
  return {std::round(0.5f * (w - width)), std::round(0.5f * (h - height)), width, height};
}

bool is_pressed_beside(const Rect& card) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(mouse.x, mouse.y);
}

}  // namespace ui
