#include "app/imgui_input.h"

#include <imgui.h>
#include <imgui_internal.h>  // the queue of events

namespace app {
namespace {

ImGuiKey to_imgui(Key key) {
  const int code = static_cast<int>(key);
  if (code >= 'A' && code <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (code - 'A'));
  if (code >= '0' && code <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (code - '0'));
  if (key >= Key::kF1 && key <= Key::kF12)
    return static_cast<ImGuiKey>(ImGuiKey_F1 + (code - static_cast<int>(Key::kF1)));
  switch (key) {
    case Key::kSpace:
      return ImGuiKey_Space;
    case Key::kEnter:
      return ImGuiKey_Enter;
    case Key::kEscape:
      return ImGuiKey_Escape;
    case Key::kTab:
      return ImGuiKey_Tab;
    case Key::kBackspace:
      return ImGuiKey_Backspace;
    case Key::kDelete:
      return ImGuiKey_Delete;
    case Key::kLeft:
      return ImGuiKey_LeftArrow;
    case Key::kRight:
      return ImGuiKey_RightArrow;
    case Key::kUp:
      return ImGuiKey_UpArrow;
    case Key::kDown:
      return ImGuiKey_DownArrow;
    case Key::kHome:
      return ImGuiKey_Home;
    case Key::kEnd:
      return ImGuiKey_End;
    default:
      return ImGuiKey_None;
  }
}

int to_imgui(MouseButton button) {
  switch (button) {
    case MouseButton::kRight:
      return ImGuiMouseButton_Right;
    case MouseButton::kMiddle:
      return ImGuiMouseButton_Middle;
    default:
      return ImGuiMouseButton_Left;
  }
}

bool is_character(Key key) { return key == Key::kSpace || static_cast<int>(key) < 256; }

}  // namespace

void feed_imgui(const InputEvent& event) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, event.mods.ctrl);
  io.AddKeyEvent(ImGuiMod_Alt, event.mods.alt);
  // ImGui takes one change of a key per frame: letters that come as text, too, would make typing
  // as slow as frames are.
  if (event.type == EventType::kText) return io.AddInputCharactersUTF8(event.text.c_str());
  if (event.type == EventType::kKey && is_character(event.key) && !event.mods.ctrl) return;
  io.AddKeyEvent(ImGuiMod_Shift, event.mods.shift);
  switch (event.type) {
    case EventType::kMove:
      io.AddMousePosEvent(event.x, event.y);
      break;
    case EventType::kPress:
    case EventType::kRelease:
      io.AddMousePosEvent(event.x, event.y);
      io.AddMouseButtonEvent(to_imgui(event.button), event.type == EventType::kPress);
      break;
    case EventType::kWheel:
      io.AddMousePosEvent(event.x, event.y);
      io.AddMouseWheelEvent(0.0f, event.dy);
      break;
    case EventType::kKey:
      if (const ImGuiKey key = to_imgui(event.key); key != ImGuiKey_None) {
        io.AddKeyEvent(key, true);
        io.AddKeyEvent(key, false);
      }
      break;
    case EventType::kText:
    case EventType::kDrop:
      break;
  }
}

bool is_imgui_behind() { return !ImGui::GetCurrentContext()->InputEventsQueue.empty(); }

}  // namespace app
