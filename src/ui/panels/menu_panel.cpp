// The menu under the mark: files, and what else has no place of its own on the main screen.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

struct MenuRow {
  const char* id;
  Icon icon;
  const char* keys;
};
constexpr std::array<MenuRow, 10> kMenuRows = {{{"menu.open", Icon::kFolder, "Ctrl O"},
                                                {"menu.save", Icon::kSave, "Ctrl S"},
                                                {"menu.save_as", Icon::kSave, "Ctrl Shift S"},
                                                {"menu.search", Icon::kSearch, "Ctrl F"},
                                                {"menu.tree", Icon::kTree, "T"},
                                                {"menu.under", Icon::kUnder, "U"},
                                                {"menu.door", Icon::kDoor, ""},
                                                {"menu.display", Icon::kDisplay, ""},
                                                {"menu.keys", Icon::kHelp, "F1"},
                                                {"menu.about", Icon::kFacts, ""}}};

void choose(Context& context, UiState& state, std::string_view id) {
  state.sheet = Sheet::kNone;
  const auto ask = [&](Action action) { context.out.actions.push_back(action); };
  if (id == "menu.open") ask(Action::kOpen);
  if (id == "menu.save") ask(Action::kSave);
  if (id == "menu.save_as") ask(Action::kSaveAs);
  if (id == "menu.search") state.sheet = Sheet::kSearch;
  if (id == "menu.tree") state.sheet = Sheet::kTree;
  if (id == "menu.under") state.sheet = Sheet::kUnder;
  if (id == "menu.display") state.sheet = Sheet::kDisplay;
  if (id == "menu.door") ask(Action::kDoor);
  if (id == "menu.about") ask(Action::kAbout);
  if (id == "menu.keys") ask(Action::kToggleHelp);
}

}  // namespace

void draw_menu(Context& context, UiState& state) {
  const Layout& layout = context.layout;
  const float pad = context.px(8.0f);
  const float row = context.px(48.0f);
  const Rect card{layout.top.x, layout.top.bottom() + context.px(4.0f), context.px(340.0f),
                  2.0f * pad + static_cast<float>(kMenuRows.size()) * row};
  Panel panel(context, "menu_panel", card, true);
  float y = card.y + pad;
  for (const MenuRow& entry : kMenuRows) {
    const Rect at{card.x + pad, y, card.width - 2.0f * pad, row};
    if (button(context, entry.id, at, {}, [&](ImDrawList& list, const Rect& r, ImU32 colour) {
          draw_icon(list, entry.icon, {r.x + context.px(22.0f), r.y + 0.5f * r.height},
                    context.px(20.0f), colour);
          const Rect words{r.x + context.px(44.0f), r.y, r.width - context.px(56.0f), r.height};
          draw_text(list, context.theme.body, words, Align::kLeft, colour, context.tr(entry.id));
          draw_text(list, context.theme.caption, words, Align::kRight,
                    context.theme.colours.text_muted, entry.keys);
        }))
      choose(context, state, entry.id);
    y += row;
  }
  // A press anywhere else closes it; one on the mark itself does so by itself.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(mouse.x, mouse.y) &&
      !layout.top.contains(mouse.x, mouse.y))
    state.sheet = Sheet::kNone;
}

}  // namespace ui
