#include "ui/scroll_list.h"

#include <imgui.h>

#include <imgui_stdlib.h>  // needs imgui.h before it

#include <algorithm>
#include <cmath>

namespace ui {

ScrollList::ScrollList(const char* id, const Rect& area, std::size_t count, float row_height,
                       int show)
    : area_(area), count_(count), row_height_(row_height) {
  ImGui::SetCursorScreenPos({area.x, area.y});
  ImGui::BeginChild(id, {area.width, area.height}, false, ImGuiWindowFlags_NoNav);
  const auto fit =
      static_cast<std::size_t>(std::max(1.0f, std::floor(area.height / row_height + 0.001f)));
  scrolls_ = count > fit;
  const float scrolled = ImGui::GetScrollY();
  first_ = static_cast<std::size_t>(std::max(0.0f, std::round(scrolled / row_height)));
  if (show >= 0) {
    const auto wanted = static_cast<std::size_t>(show);
    if (wanted < first_) first_ = wanted;
    if (wanted >= first_ + fit) first_ = wanted + 1 - fit;
    ImGui::SetScrollY(static_cast<float>(first_) * row_height);
  }
  if (count > fit) first_ = std::min(first_, count - fit);
  if (count <= fit) first_ = 0;
  last_ = std::min(count, first_ + fit);
}

ScrollList::~ScrollList() {
  // What stands below the last whole row is room to scroll in, too.
  const auto fit = std::floor(area_.height / row_height_ + 0.001f);
  const float spare = std::max(0.0f, area_.height - fit * row_height_);
  if (scrolls_) {
    ImGui::SetCursorPos({0.0f, static_cast<float>(count_) * row_height_ + spare - 1.0f});
    ImGui::Dummy({1.0f, 1.0f});
  }
  ImGui::EndChild();
}

Rect ScrollList::row(std::size_t i) const {
  const float bar = scrolls_ ? ImGui::GetStyle().ScrollbarSize : 0.0f;
  return {area_.x, area_.y + static_cast<float>(i - first_) * row_height_, area_.width - bar,
          row_height_};
}

bool move_choice(int& chosen, std::size_t count) {
  if (count == 0) return false;
  const int last = static_cast<int>(count) - 1;
  const int before = chosen;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) chosen = std::min(chosen + 1, last);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) chosen = std::max(chosen - 1, 0);
  if (ImGui::IsKeyPressed(ImGuiKey_Home)) chosen = 0;
  if (ImGui::IsKeyPressed(ImGuiKey_End)) chosen = last;
  return chosen != before;
}

TextEdit text_field(Context& context, const char* id, const Rect& rect, const char* hint,
                    std::string& text, bool focus) {
  context.controls.add(id, rect, true);
  const float line = context.theme.body->FontSize;
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::SetNextItemWidth(rect.width);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {context.px(12.0f), std::round(0.5f * (rect.height - line))});
  ImGui::PushFont(context.theme.body);
  const bool keyed = context.keyboard.is_on(id);
  if (focus || (keyed && context.keyboard.press)) ImGui::SetKeyboardFocusHere();
  TextEdit edit;
  const std::string label = "##" + std::string(id);
  edit.changed = ImGui::InputTextWithHint(label.c_str(), hint, &text);
  edit.active = ImGui::IsItemActive();
  edit.entered = ImGui::IsItemDeactivated() &&
                 (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter));
  ImGui::PopFont();
  ImGui::PopStyleVar();
  if (keyed)
    ImGui::GetWindowDrawList()->AddRect({rect.x, rect.y}, {rect.right(), rect.bottom()},
                                        context.theme.colours.focus, context.px(10.0f), 0,
                                        context.px(3.0f));
  return edit;
}

}  // namespace ui
