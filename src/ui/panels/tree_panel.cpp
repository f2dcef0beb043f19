// All structures by layer, region or group: each branch and each structure can be shown, hidden and
// isolated, many at once. Up and Down move, Right and Left unfold and fold, Enter selects; what is
// selected is hidden and isolated with the usual keys.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/scroll_list.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using session::TreeBranch;
using session::TreeOrder;
using Structures = std::vector<anatomy::StructureIndex>;

// A branch, or one of its structures.
struct TreeRow {
  const TreeBranch* branch = nullptr;
  anatomy::StructureIndex structure = anatomy::kNone;
};

Structures structures_of(const TreeRow& row) {
  return row.structure == anatomy::kNone ? row.branch->structures : Structures{row.structure};
}

void toggle_hidden(Context& context, const Structures& structures) {
  const auto& document = context.document();
  const bool any_hidden = std::any_of(structures.begin(), structures.end(),
                                      [&](auto s) { return document.hidden[s] != 0; });
  if (any_hidden) {
    context.out.commands.push_back(session::Unhide{structures});
  } else {
    context.out.commands.push_back(session::Hide{structures});
  }
}

bool are_isolated(const Context& context, const Structures& structures) {
  const auto& isolated = context.document().isolated;
  const auto count = std::count(isolated.begin(), isolated.end(), std::uint8_t{1});
  return count == static_cast<std::ptrdiff_t>(structures.size()) &&
         std::all_of(structures.begin(), structures.end(),
                     [&](auto s) { return isolated[s] != 0; });
}

void toggle_isolated(Context& context, const Structures& structures) {
  context.out.commands.push_back(
      session::Isolate{are_isolated(context, structures) ? Structures{} : structures});
}

class Tree {
 public:
  Tree(Context& context, TreeState& state) : context_(context), state_(state) {
    if (state_.branches.empty())
      state_.branches = session::make_structure_tree(context.body(), state.order);
    for (const TreeBranch& branch : state_.branches) {
      rows_.push_back({&branch, anatomy::kNone});
      if (!state_.unfolded.contains(branch.id)) continue;
      for (const anatomy::StructureIndex s : branch.structures) rows_.push_back({&branch, s});
    }
  }

  void draw(const Rect& area) {
    const bool moved = take_keys();
    ScrollList list("tree.list", area, rows_.size(), context_.px(48.0f),
                    moved ? state_.chosen : -1);
    const TreeBranch* folded = nullptr;
    for (std::size_t i = list.first(); i < list.last(); ++i) {
      const Rect row = list.row(i);
      const float side = row.height;
      const Structures structures = structures_of(rows_[i]);
      const std::string id = id_of(rows_[i]);
      const Rect name{row.x, row.y, row.width - 2.0f * side, side};
      if (draw_name(i, id, name, structures)) {
        if (rows_[i].structure == anatomy::kNone) {
          folded = rows_[i].branch;
        } else {
          context_.out.commands.push_back(session::Reveal{structures});
        }
        state_.chosen = static_cast<int>(i);
      }
      draw_switches(id, {name.right(), row.y, 2.0f * side, side}, structures);
    }
    if (folded != nullptr) fold(*folded);
  }

 private:
  static std::string id_of_branch(const TreeBranch& branch) { return "tree." + branch.id; }
  std::string id_of(const TreeRow& row) const {
    if (row.structure == anatomy::kNone) return id_of_branch(*row.branch);
    return id_of_branch(*row.branch) + "." + context_.body().structures[row.structure].id;
  }
  void fold(const TreeBranch& branch) {
    if (state_.unfolded.erase(branch.id) == 0) state_.unfolded.insert(branch.id);
  }

  bool draw_name(std::size_t i, const std::string& id, const Rect& at,
                 const Structures& structures) {
    const TreeRow& row = rows_[i];
    const Palette& c = context_.theme.colours;
    const bool is_branch = row.structure == anatomy::kNone;
    const auto& selected = context_.document().selected;
    const bool on = !is_branch && selected[row.structure] != 0;
    const bool at_keys = state_.chosen == static_cast<int>(i);
    return button(
        context_, id, at, {.selected = on || at_keys},
        [&](ImDrawList& list, const Rect& r, ImU32 colour) {
          const float y = r.y + 0.5f * r.height;
          if (!is_branch) {
            const auto& structure = context_.body().structures[row.structure];
            draw_text(list, context_.theme.body,
                      {r.x + context_.px(44.0f), r.y, r.width - context_.px(48.0f), r.height},
                      Align::kLeft, colour, structure.name);
            return;
          }
          draw_fold(list, {r.x + context_.px(20.0f), y}, state_.unfolded.contains(row.branch->id),
                    colour);
          const std::string count = fill_in(context_.tr("tree.count"),
                                            std::to_string(session::count_visible(
                                                structures, context_.body(), context_.document())),
                                            std::to_string(structures.size()));
          const float room = text_width(context_.theme.caption, count) + context_.px(16.0f);
          const Rect words{r.x + context_.px(36.0f), r.y, r.width - context_.px(44.0f), r.height};
          draw_text(list, context_.theme.strong,
                    {words.x, words.y, words.width - room, words.height}, Align::kLeft, colour,
                    context_.tr.has(row.branch->id) ? context_.tr(row.branch->id)
                                                    : row.branch->name.c_str());
          draw_text(list, context_.theme.caption, words, Align::kRight, c.text_muted, count);
        });
  }

  void draw_fold(ImDrawList& list, ImVec2 at, bool unfolded, ImU32 colour) const {
    const float s = context_.px(5.0f);
    if (unfolded) {
      list.AddTriangleFilled({at.x - s, at.y - 0.6f * s}, {at.x + s, at.y - 0.6f * s},
                             {at.x, at.y + 0.8f * s}, colour);
    } else {
      list.AddTriangleFilled({at.x - 0.6f * s, at.y - s}, {at.x + 0.8f * s, at.y},
                             {at.x - 0.6f * s, at.y + s}, colour);
    }
  }

  void draw_switches(const std::string& id, const Rect& at, const Structures& structures) {
    const auto& document = context_.document();
    const bool hidden = std::any_of(structures.begin(), structures.end(),
                                    [&](auto s) { return document.hidden[s] != 0; });
    const float side = at.height;
    if (icon_button(context_, id + ".hide", {at.x, at.y, side, side},
                    hidden ? Icon::kHide : Icon::kShowAll,
                    {.selected = hidden,
                     .tooltip = context_.tr(hidden ? "tree.show.tip" : "tree.hide.tip")}))
      toggle_hidden(context_, structures);
    if (icon_button(context_, id + ".isolate", {at.x + side, at.y, side, side}, Icon::kIsolate,
                    {.selected = are_isolated(context_, structures),
                     .tooltip = context_.tr("tree.isolate.tip")}))
      toggle_isolated(context_, structures);
  }

  bool take_keys() {
    const bool moved = move_choice(state_.chosen, rows_.size());
    if (state_.chosen < 0 || static_cast<std::size_t>(state_.chosen) >= rows_.size()) return moved;
    const TreeRow row = rows_[static_cast<std::size_t>(state_.chosen)];
    const bool unfolded = state_.unfolded.contains(row.branch->id);
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow) && !unfolded) later_ = row.branch;
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && unfolded) {
      // Back to the branch itself.
      for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].branch == row.branch && rows_[i].structure == anatomy::kNone)
          state_.chosen = static_cast<int>(i);
      later_ = row.branch;
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Enter))
      context_.out.commands.push_back(session::Reveal{structures_of(row)});
    if (later_ != nullptr) fold(*later_);
    return moved;
  }

  Context& context_;
  TreeState& state_;
  std::vector<TreeRow> rows_;
  const TreeBranch* later_ = nullptr;
};

}  // namespace

void draw_tree(Context& context, bool& open, TreeState& state) {
  const auto& tr = context.tr;
  Rect free = context.layout.free;
  free.height = free.bottom() - context.layout.view_bar.y;
  free.y = context.layout.view_bar.y;
  const float pad = context.px(8.0f);
  const float side = context.px(48.0f);
  // To the side, so that what is hidden or isolated can be watched.
  const float width = std::min(context.px(440.0f), free.width);
  const Rect card{free.x, free.y, width, free.height};
  Panel panel(context, "tree_panel", card);
  float x = card.x + pad;
  const float tab = std::floor((card.width - 3.0f * pad - side) / 3.0f);
  constexpr std::pair<const char*, TreeOrder> kOrders[] = {{"tree.by_layer", TreeOrder::kLayer},
                                                           {"tree.by_region", TreeOrder::kRegion},
                                                           {"tree.by_group", TreeOrder::kGroup}};
  for (const auto& [id, order] : kOrders) {
    if (text_button(context, id, {x, card.y + pad, tab, side}, tr(id),
                    {.selected = state.order == order})) {
      state = {};
      state.order = order;
    }
    x += tab;
  }
  if (icon_button(context, "tree.close", {card.right() - pad - side, card.y + pad, side, side},
                  Icon::kClose, {.tooltip = tr("close")}))
    open = false;
  const float top = card.y + 2.0f * pad + side;
  Tree(context, state)
      .draw({card.x + pad, top, card.width - 2.0f * pad, card.bottom() - pad - top});
}

}  // namespace ui
