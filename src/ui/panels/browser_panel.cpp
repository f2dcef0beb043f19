// The file browser: folders and what can be opened in them, files of before, a name to save under.
// All of it works with the arrow keys, Enter, Backspace and Escape.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "ui/format.h"
#include "ui/panels/cover.h"
#include "ui/panels/panels.h"
#include "ui/scroll_list.h"
#include "ui/widgets.h"

namespace ui {
namespace {

namespace fs = std::filesystem;

std::string size_words(std::uintmax_t bytes) {
  char text[32];
  if (bytes >= 1000000) {
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  } else {
    std::snprintf(text, sizeof text, "%.0f kB", std::max(1.0, static_cast<double>(bytes) / 1e3));
  }
  return text;
}

// A row of the list beside the folder.
struct Shortcut {
  std::string id;
  std::string path;
  std::string title;
  std::string note;
  Icon icon = Icon::kFile;
  bool exists = true;
  bool forgettable = false;
};

Icon icon_of(const fs::path& path) {
  data::FileKind kind;
  if (!data::find_kind(path, kind)) return Icon::kFolder;
  return kind == data::FileKind::kPack ? Icon::kBody : Icon::kFile;
}

std::vector<Shortcut> make_shortcuts(const Context& context) {
  const auto& tr = context.tr;
  std::vector<Shortcut> rows = {
      {"browser.builtin", "builtin", tr("open.builtin"), tr("open.builtin.note"), Icon::kBody}};
  if (!context.view.last_session.empty())
    rows.push_back({"browser.last", context.view.last_session, tr("open.last"),
                    tr("open.last.note"), Icon::kUndo});
  int number = 0;
  for (const RecentFile& file : context.view.recent) {
    const fs::path path = file.path;
    rows.push_back({"browser.recent." + std::to_string(number++), file.path,
                    path.filename().string(),
                    file.exists ? path.parent_path().string() : std::string(tr("open.gone")),
                    icon_of(path), file.exists, true});
  }
  return rows;
}

class Browser {
 public:
  Browser(Context& context, BrowserState& state, bool& open)
      : context_(context),
        tr_(context.tr),
        state_(state),
        open_(open),
        card_(centred(context, context.px(960.0f), context.px(640.0f))) {}

  void draw() {
    begin_cover(context_);
    draw_card(context_, card_);
    const float pad = context_.px(20.0f);
    const Rect head{card_.x + pad, card_.y + context_.px(10.0f), card_.width - 2.0f * pad,
                    context_.px(48.0f)};
    const Rect path{head.x, head.bottom() + context_.px(4.0f), head.width, context_.px(48.0f)};
    const Rect foot{head.x, card_.bottom() - context_.px(60.0f), head.width, context_.px(48.0f)};
    const Rect middle{head.x, path.bottom() + context_.px(8.0f), head.width,
                      foot.y - context_.px(8.0f) - path.bottom() - context_.px(8.0f)};
    draw_head(head);
    draw_path(path);
    const float beside = state_.saving ? 0.0f : std::round(0.36f * middle.width);
    if (!state_.saving) draw_shortcuts({middle.x, middle.y, beside, middle.height});
    const float gap = state_.saving ? 0.0f : context_.px(12.0f);
    draw_listing({middle.x + beside + gap, middle.y, middle.width - beside - gap, middle.height});
    draw_foot(foot);
    if (!typing_) take_keys();
    if (is_pressed_beside(card_)) open_ = false;
    state_.fresh = false;
    ImGui::End();
  }

 private:
  void go(const fs::path& folder) {
    const std::string from = state_.listing.folder.filename().string();
    const bool up = folder == state_.listing.folder.parent_path();
    state_.listing = data::list_folder(folder);
    state_.path_text = state_.listing.folder.string();
    state_.chosen = -1;
    state_.recent = -1;
    state_.asked_to_replace = false;
    state_.show_chosen = true;
    // Going up, one is where one came from.
    for (std::size_t i = 0; up && i < state_.listing.entries.size(); ++i)
      if (state_.listing.entries[i].name == from) state_.chosen = static_cast<int>(i);
  }
  void go_up() {
    if (state_.listing.folder.has_relative_path()) go(state_.listing.folder.parent_path());
  }

  const data::FolderEntry* chosen() const {
    const auto& entries = state_.listing.entries;
    if (state_.chosen < 0 || static_cast<std::size_t>(state_.chosen) >= entries.size())
      return nullptr;
    return &entries[static_cast<std::size_t>(state_.chosen)];
  }

  void open(const fs::path& path) {
    context_.out.files.push_back({FileRequest::Kind::kOpen, path.string()});
  }

  // Enter on a row, or a second press on it.
  void take_entry(const data::FolderEntry& entry) {
    const fs::path path = state_.listing.folder / entry.name;
    if (entry.kind == data::FileKind::kFolder) return go(path);
    if (!state_.saving) return open(path);
    state_.name = entry.name;
    state_.asked_to_replace = false;
  }

  void take_path() {
    std::error_code ignored;
    fs::path path = state_.path_text;
    if (path.is_relative()) path = state_.listing.folder / path;
    if (fs::is_directory(path, ignored)) return go(path);
    if (!state_.saving) return open(path);
    state_.name = path.filename().string();
    go(path.parent_path());
  }

  void save() {
    if (state_.name.empty()) return;
    fs::path path = state_.listing.folder / state_.name;
    if (!state_.name.ends_with(data::kSessionSuffix)) path += data::kSessionSuffix;
    std::error_code ignored;
    if (fs::exists(path, ignored) && !state_.asked_to_replace) {
      state_.asked_to_replace = true;
      return;
    }
    context_.out.files.push_back({FileRequest::Kind::kSave, path.string()});
  }

  void draw_head(const Rect& head) {
    draw_text(*ImGui::GetWindowDrawList(), context_.theme.title, head, Align::kLeft,
              context_.theme.colours.text, tr_(state_.saving ? "save.title" : "open.title"));
    const Rect close{head.right() - head.height, head.y, head.height, head.height};
    if (icon_button(context_, "browser.close", close, Icon::kClose, {.tooltip = tr_("close")}))
      open_ = false;
    if (state_.saving) return;
    const float room = text_width(context_.theme.title, tr_("open.title")) + context_.px(24.0f);
    draw_text(*ImGui::GetWindowDrawList(), context_.theme.caption,
              {head.x + room, head.y, close.x - head.x - room - context_.px(12.0f), head.height},
              Align::kLeft, context_.theme.colours.text_muted, tr_("open.hint"));
  }

  void draw_path(const Rect& line) {
    const Rect up{line.x, line.y, line.height, line.height};
    if (icon_button(context_, "browser.up", up, Icon::kUp,
                    {.enabled = state_.listing.folder.has_relative_path(),
                     .quiet = false,
                     .tooltip = tr_("browser.up.tip")}))
      go_up();
    const float x = up.right() + context_.px(8.0f);
    const TextEdit edit = text_field(
        context_, "browser.path", {x, line.y, line.right() - x, line.height}, "", state_.path_text);
    typing_ |= edit.active;
    if (edit.entered) {
      entered_ = true;
      take_path();
    }
  }

  void draw_row(ImDrawList& list, const Rect& r, ImU32 colour, Icon icon, const std::string& title,
                const std::string& note, const std::string& right) {
    const Palette& c = context_.theme.colours;
    draw_icon(list, icon, {r.x + context_.px(20.0f), r.y + 0.5f * r.height}, context_.px(18.0f),
              colour);
    const Rect words{r.x + context_.px(40.0f), r.y, r.width - context_.px(48.0f), r.height};
    const float room =
        right.empty() ? 0.0f : text_width(context_.theme.caption, right) + context_.px(12.0f);
    draw_text(list, context_.theme.caption, words, Align::kRight, c.text_muted, right);
    if (note.empty()) {
      draw_text(list, context_.theme.body, {words.x, words.y, words.width - room, words.height},
                Align::kLeft, colour, title);
      return;
    }
    const float top = r.y + 0.5f * (r.height - context_.px(40.0f));
    draw_text(list, context_.theme.body, {words.x, top, words.width - room, context_.px(22.0f)},
              Align::kLeft, colour, title);
    draw_text(list, context_.theme.caption,
              {words.x, top + context_.px(20.0f), words.width - room, context_.px(20.0f)},
              Align::kLeft, c.text_muted, note);
  }

  void draw_shortcuts(const Rect& area) {
    shortcuts_ = make_shortcuts(context_);
    const float row = context_.px(48.0f);
    ScrollList rows("browser.shortcuts", area, shortcuts_.size(), row, state_.recent);
    for (std::size_t i = rows.first(); i < rows.last(); ++i) {
      const Shortcut& at = shortcuts_[i];
      Rect r = rows.row(i);
      if (at.forgettable) r.width -= row;
      if (button(context_, at.id, r,
                 {.enabled = at.exists,
                  .selected = state_.recent == static_cast<int>(i),
                  .tooltip = at.path},
                 [&](ImDrawList& list, const Rect& inside, ImU32 colour) {
                   draw_row(list, inside, colour, at.icon, at.title, at.note, "");
                 }))
        open(at.path);
      if (at.forgettable && icon_button(context_, at.id + ".forget", {r.right(), r.y, row, row},
                                        Icon::kClose, {.tooltip = tr_("open.forget.tip")}))
        context_.out.files.push_back({FileRequest::Kind::kForget, at.path});
    }
  }

  std::string kind_words(const data::FolderEntry& entry) const {
    switch (entry.kind) {
      case data::FileKind::kFolder:
        return {};
      case data::FileKind::kPack:
        return tr_("browser.pack") + ("  " + size_words(entry.bytes));
      case data::FileKind::kSession:
        return tr_("browser.session");
      case data::FileKind::kMesh:
        return tr_("browser.mesh") + ("  " + size_words(entry.bytes));
    }
    return {};
  }

  void draw_listing(const Rect& area) {
    ImDrawList& card = *ImGui::GetWindowDrawList();
    const Palette& c = context_.theme.colours;
    card.AddRect({area.x, area.y}, {area.right(), area.bottom()}, c.panel_border,
                 context_.px(10.0f));
    const float inset = context_.px(4.0f);
    const Rect inside{area.x + inset, area.y + inset, area.width - 2.0f * inset,
                      area.height - 2.0f * inset};
    const auto& entries = state_.listing.entries;
    if (entries.empty()) {
      draw_paragraph(
          card, context_.theme.body, {inside.x + context_.px(12.0f), inside.y + context_.px(12.0f)},
          inside.width - context_.px(24.0f), c.text_muted,
          state_.listing.problem.empty() ? tr_("browser.empty") : state_.listing.problem.c_str());
      return;
    }
    ScrollList rows("browser.listing", inside, entries.size(), context_.px(48.0f),
                    state_.show_chosen ? std::max(0, state_.chosen) : -1);
    state_.show_chosen = false;
    const data::FolderEntry* pressed = nullptr;
    for (std::size_t i = rows.first(); i < rows.last(); ++i) {
      const data::FolderEntry& entry = entries[i];
      const bool is_chosen = state_.chosen == static_cast<int>(i);
      const Icon icon = entry.kind == data::FileKind::kFolder ? Icon::kFolder
                        : entry.kind == data::FileKind::kPack ? Icon::kBody
                                                              : Icon::kFile;
      if (button(context_, "browser.entry." + entry.name, rows.row(i), {.selected = is_chosen},
                 [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                   draw_row(list, r, colour, icon, entry.name, "", kind_words(entry));
                 })) {
        if (is_chosen || entry.kind == data::FileKind::kFolder) pressed = &entry;
        state_.chosen = static_cast<int>(i);
        state_.recent = -1;
        if (state_.saving && entry.kind != data::FileKind::kFolder) state_.name = entry.name;
        state_.asked_to_replace = false;
      }
    }
    if (pressed != nullptr) taken_ = *pressed;
  }

  void draw_foot(const Rect& line) {
    const float wide = context_.px(128.0f);
    const float gap = context_.px(8.0f);
    float x = line.right() - wide;
    const data::FolderEntry* entry = chosen();
    if (state_.saving) {
      const char* word = state_.asked_to_replace ? "save.replace" : "save";
      if (text_button(context_, "browser.save", {x, line.y, wide, line.height}, tr_(word),
                      {.enabled = !state_.name.empty(), .selected = true}))
        save();
    } else if (text_button(
                   context_, "browser.open", {x, line.y, wide, line.height}, tr_("open.button"),
                   {.enabled = entry != nullptr, .selected = entry != nullptr, .quiet = false}) &&
               entry != nullptr) {
      taken_ = *entry;
    }
    x -= gap + wide;
    if (text_button(context_, "browser.cancel", {x, line.y, wide, line.height}, tr_("cancel"),
                    {.quiet = false}))
      open_ = false;
    const Rect rest{line.x, line.y, x - gap - line.x, line.height};
    if (state_.saving) {
      const float label = text_width(context_.theme.body, tr_("save.name")) + context_.px(12.0f);
      draw_text(*ImGui::GetWindowDrawList(), context_.theme.body, rest, Align::kLeft,
                context_.theme.colours.text, tr_("save.name"));
      const TextEdit edit = text_field(context_, "browser.name",
                                       {rest.x + label, rest.y, rest.width - label, rest.height},
                                       "", state_.name, state_.fresh);
      typing_ |= edit.active;
      if (edit.changed) state_.asked_to_replace = false;
      if (edit.entered) {
        entered_ = true;
        save();
      }
    } else if (state_.listing.meshes > 0) {
      const std::string words = fill_in(tr_("open.folder"), std::to_string(state_.listing.meshes));
      const float width = std::min(rest.width, context_.px(340.0f));
      if (text_button(context_, "browser.folder", {rest.x, rest.y, width, rest.height}, words,
                      {.quiet = false, .tooltip = tr_("open.folder.tip")}))
        open(state_.listing.folder);
    }
    if (taken_) {
      const data::FolderEntry entry_taken = *taken_;
      taken_.reset();
      take_entry(entry_taken);
    }
  }

  void take_keys() {
    if (ImGui::IsKeyPressed(ImGuiKey_Backspace)) return go_up();
    if (!state_.saving && ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) {
      state_.recent = std::max(0, state_.recent);
      state_.chosen = -1;
    }
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow) && state_.recent >= 0) {
      state_.recent = -1;
      state_.chosen = std::max(0, state_.chosen);
    }
    if (state_.recent >= 0) {
      move_choice(state_.recent, shortcuts_.size());
    } else if (move_choice(state_.chosen, state_.listing.entries.size())) {
      state_.show_chosen = true;
      state_.asked_to_replace = false;
    }
    if (entered_ || state_.fresh || !ImGui::IsKeyPressed(ImGuiKey_Enter)) return;
    if (state_.recent >= 0 && static_cast<std::size_t>(state_.recent) < shortcuts_.size()) {
      const Shortcut& at = shortcuts_[static_cast<std::size_t>(state_.recent)];
      if (at.exists) open(at.path);
      return;
    }
    if (const data::FolderEntry* entry = chosen()) {
      const data::FolderEntry copy = *entry;
      take_entry(copy);
    } else if (state_.saving) {
      save();
    }
  }

  Context& context_;
  const data::Translator& tr_;
  BrowserState& state_;
  bool& open_;
  Rect card_;
  std::vector<Shortcut> shortcuts_;
  std::optional<data::FolderEntry> taken_;
  bool typing_ = false;
  bool entered_ = false;  // Enter has been used up by a field
};

}  // namespace

void draw_browser(Context& context, BrowserState& browser, bool& open) {
  Browser(context, browser, open).draw();
}

}  // namespace ui
