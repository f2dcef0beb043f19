#include "ui/command_list.h"

#include <array>
#include <functional>

namespace ui {
namespace {

struct CommandRow {
  const char* words;  // translation key
  const char* keys;
  void (*run)(Context& context);
};

template <Action action>
void ask(Context& context) {
  context.out.actions.push_back(action);
}
void send(Context& context, session::Command command) {
  context.out.commands.push_back(std::move(command));
}
template <anatomy::Layer layer>
void show_layer(Context& context) {
  send(context, session::SetLayer{layer});
}
template <session::Field field>
void show_field(Context& context) {
  send(context, session::SetField{field});
}
std::vector<anatomy::StructureIndex> selected(const Context& context) {
  std::vector<anatomy::StructureIndex> structures;
  const auto& flags = context.document().selected;
  for (std::size_t i = 0; i < flags.size(); ++i)
    if (flags[i] != 0) structures.push_back(static_cast<anatomy::StructureIndex>(i));
  return structures;
}

using anatomy::Layer;
using session::Field;

constexpr CommandRow kCommandRows[] = {
    {"keys.open", "Ctrl O", ask<Action::kOpen>},
    {"menu.save", "Ctrl S", ask<Action::kSave>},
    {"menu.save_as", "Ctrl Shift S", ask<Action::kSaveAs>},
    {"keys.undo", "Ctrl Z", [](Context& c) { send(c, session::Undo{}); }},
    {"command.redo", "Ctrl Y", [](Context& c) { send(c, session::Redo{}); }},
    {"places", "", ask<Action::kPlaces>},
    {"menu.door", "", ask<Action::kDoor>},
    {"keys.tree", "T", ask<Action::kTree>},
    {"keys.under", "U", ask<Action::kUnder>},
    {"keys.section", "D", ask<Action::kSection>},
    {"keys.person", "P", ask<Action::kPerson>},
    {"keys.limits", "L", [](Context& c) { send(c, session::SetLimits{!c.document().limits}); }},
    {"keys.xray", "X", [](Context& c) { send(c, session::SetXray{!c.document().xray}); }},
    {"keys.nerves", "N", [](Context& c) { send(c, session::SetNerves{!c.document().nerves}); }},
    {"command.layer.skin", "", show_layer<Layer::kSkin>},
    {"command.layer.superficial", "", show_layer<Layer::kSuperficial>},
    {"command.layer.intermediate", "", show_layer<Layer::kIntermediate>},
    {"command.layer.deep", "", show_layer<Layer::kDeep>},
    {"command.layer.skeleton", "", show_layer<Layer::kSkeleton>},
    {"command.field.natural", "", show_field<Field::kNatural>},
    {"command.field.pressure", "", show_field<Field::kPressure>},
    {"command.field.dose", "", show_field<Field::kDose>},
    {"command.field.tension", "", show_field<Field::kTension>},
    {"command.field.comfort", "", show_field<Field::kComfort>},
    {"command.field.flow", "", show_field<Field::kFlow>},
    {"keys.roll", "Space",
     [](Context& c) {
       const bool rolls = c.document().motion == session::Motion::kRoll;
       send(c, session::SetMotion{rolls ? session::Motion::kHold : session::Motion::kRoll});
     }},
    {"keys.mirror", "M", [](Context& c) { send(c, session::MirrorHead{}); }},
    {"keys.attachment", "A",
     [](Context& c) {
       send(c, session::SetAttachment{c.snapshot.tool->next_backmate(c.document().attachment)});
     }},
    {"command.isolate", "I", [](Context& c) { send(c, session::Isolate{selected(c)}); }},
    {"command.hide", "H", [](Context& c) { send(c, session::Hide{selected(c)}); }},
    {"keys.unhide", "Shift H", [](Context& c) { send(c, session::UnhideAll{}); }},
    {"keys.frame", "F", ask<Action::kFrame>},
    {"keys.reset_view", "R", ask<Action::kResetView>},
    {"command.view.front", "1", ask<Action::kViewFront>},
    {"command.view.back", "Ctrl 1", ask<Action::kViewBack>},
    {"command.view.left", "3", ask<Action::kViewLeft>},
    {"command.view.right", "Ctrl 3", ask<Action::kViewRight>},
    {"command.view.top", "7", ask<Action::kViewTop>},
    {"time.start_over.tip", "", [](Context& c) { send(c, session::StartOver{}); }},
    {"keys.fold", "V", ask<Action::kFold>},
    {"keys.full_screen", "F11", ask<Action::kFullScreen>},
    {"keys.screenshot", "F12", ask<Action::kScreenshot>},
    {"menu.about", "", ask<Action::kAbout>},
    {"keys.title", "F1", ask<Action::kToggleHelp>}};

}  // namespace

std::vector<session::SearchEntry> make_command_entries(const data::Translator& tr) {
  std::vector<session::SearchEntry> entries;
  int index = 0;
  for (const CommandRow& row : kCommandRows) {
    const std::string words = tr(row.words);
    entries.push_back(
        {session::FindKind::kCommand, index++, words, row.keys, {words, row.words}, {}});
  }
  return entries;
}

void run_command(Context& context, int index) { kCommandRows[index].run(context); }

}  // namespace ui
