#include "app/shortcuts.h"

#include <algorithm>

namespace app {
namespace {

constexpr float kForceStepN = 10.0f;
constexpr float kPitchStepDegrees = 15.0f;

std::vector<anatomy::StructureIndex> chosen(const session::Document& document,
                                            anatomy::StructureIndex hovered) {
  std::vector<anatomy::StructureIndex> structures;
  for (std::size_t i = 0; i < document.selected.size(); ++i) {
    if (document.selected[i] != 0) structures.push_back(static_cast<anatomy::StructureIndex>(i));
  }
  if (structures.empty() && hovered != anatomy::kNone) structures.push_back(hovered);
  return structures;
}

session::SetHeadAngle turned(const session::Snapshot& snapshot, float steps) {
  const tool::ToolSpec& tool = *snapshot.tool;
  const float angle = snapshot.document->head.angle.value + steps * tool.angle_snap.value;
  return {std::clamp(base::Radians{angle}, tool.angle_min, tool.angle_max), false};
}

session::SetPitch pitched(const session::Snapshot& snapshot, float steps) {
  const tool::ToolSpec& tool = *snapshot.tool;
  const float pitch =
      snapshot.document->head.pitch.value + steps * base::from_degrees(kPitchStepDegrees).value;
  return {std::clamp(base::Radians{pitch}, tool.pitch_min, tool.pitch_max), false};
}

session::SetForce pressed(const session::Snapshot& snapshot, float steps) {
  const auto& spec =
      snapshot.tool->attachments[static_cast<std::size_t>(snapshot.document->attachment)];
  const float force = snapshot.document->force.value + steps * kForceStepN;
  return {std::clamp(base::Newtons{force}, base::Newtons{0.0f}, spec.force_limit), false};
}

session::SetLayer layered(const session::Snapshot& snapshot, int steps) {
  const int layer = static_cast<int>(snapshot.document->layer) + steps;
  return {static_cast<anatomy::Layer>(std::clamp(layer, 0, anatomy::kLayerCount - 1))};
}

void read_with_ctrl(Key key, Mods mods, Wishes& wishes) {
  switch (static_cast<int>(key)) {
    case 'Z':
      if (mods.shift) {
        wishes.commands.push_back(session::Redo{});
      } else {
        wishes.commands.push_back(session::Undo{});
      }
      break;
    case 'Y':
      wishes.commands.push_back(session::Redo{});
      break;
    case 'F':
      wishes.views.push_back(ViewRequest::kSearch);
      break;
    case 'O':
      wishes.views.push_back(ViewRequest::kOpen);
      break;
    case 'S':
      wishes.views.push_back(mods.shift ? ViewRequest::kSaveAs : ViewRequest::kSave);
      break;
    case '1':
      wishes.views.push_back(ViewRequest::kBack);
      break;
    case '3':
      wishes.views.push_back(ViewRequest::kRight);
      break;
    case '7':
      wishes.views.push_back(ViewRequest::kBelow);
      break;
    default:
      break;
  }
}

void read_view_key(Key key, Mods mods, Wishes& wishes) {
  const auto ask = [&](ViewRequest request) { wishes.views.push_back(request); };
  switch (static_cast<int>(key)) {
    case 'F':
      return ask(ViewRequest::kFrame);
    case 'R':
      return ask(ViewRequest::kReset);
    case '1':
      return ask(mods.shift ? ViewRequest::kBack : ViewRequest::kFront);
    case '3':
      return ask(mods.shift ? ViewRequest::kRight : ViewRequest::kLeft);
    case '7':
      return ask(mods.shift ? ViewRequest::kBelow : ViewRequest::kTop);
    case '/':
      return ask(ViewRequest::kSearch);
    case 'T':
      return ask(ViewRequest::kTree);
    case 'U':
      return ask(ViewRequest::kUnder);
    case 'D':
      return ask(ViewRequest::kSection);
    case 'P':
      return ask(ViewRequest::kPerson);
    case 'B':
      return ask(ViewRequest::kLabels);
    case 'V':
      return ask(ViewRequest::kFold);
    case static_cast<int>(Key::kF1):
      return ask(ViewRequest::kHelp);
    case static_cast<int>(Key::kF11):
      return ask(ViewRequest::kFullScreen);
    case static_cast<int>(Key::kF12):
      return ask(ViewRequest::kScreenshot);
    case static_cast<int>(Key::kEscape):
      return ask(ViewRequest::kEscape);
    default:
      return;
  }
}

}  // namespace

Wishes read_shortcut(Key key, Mods mods, const session::Snapshot& snapshot,
                     anatomy::StructureIndex hovered) {
  Wishes wishes;
  if (mods.alt) {
    if (key == Key::kLeft) wishes.views.push_back(ViewRequest::kCameraBack);
    if (key == Key::kRight) wishes.views.push_back(ViewRequest::kCameraForward);
    return wishes;
  }
  if (mods.ctrl) {
    read_with_ctrl(key, mods, wishes);
    return wishes;
  }
  read_view_key(key, mods, wishes);

  const session::Document& document = *snapshot.document;
  const auto ask = [&](const session::Command& command) { wishes.commands.push_back(command); };
  switch (static_cast<int>(key)) {
    case 'Q':  // against the clock for whoever looks at the skin
      ask(turned(snapshot, 1.0f));
      break;
    case 'E':
      ask(turned(snapshot, -1.0f));
      break;
    case 'W':  // the arm goes up
      ask(pitched(snapshot, -1.0f));
      break;
    case 'S':
      ask(pitched(snapshot, 1.0f));
      break;
    case 'A':
      ask(session::SetAttachment{snapshot.tool->next_backmate(document.attachment)});
      break;
    case '+':
      ask(pressed(snapshot, 1.0f));
      break;
    case '-':
      ask(pressed(snapshot, -1.0f));
      break;
    case static_cast<int>(Key::kSpace):
      ask(session::SetMotion{document.motion == session::Motion::kRoll ? session::Motion::kHold
                                                                       : session::Motion::kRoll});
      break;
    case 'M':
      ask(session::MirrorHead{});
      break;
    case 'X':
      ask(session::SetXray{!document.xray});
      break;
    case 'N':
      ask(session::SetNerves{!document.nerves});
      break;
    case 'C': {
      const int next = (static_cast<int>(document.field) + 1) % session::kFieldCount;
      ask(session::SetField{static_cast<session::Field>(next)});
      break;
    }
    case 'L':
      ask(session::SetLimits{!(document.limits && document.layer == anatomy::Layer::kSkin)});
      break;
    case '[':
      ask(layered(snapshot, -1));
      break;
    case ']':
      ask(layered(snapshot, 1));
      break;
    case 'I':
      if (document.is_isolating()) {
        ask(session::Isolate{});
      } else if (auto structures = chosen(document, hovered); !structures.empty()) {
        ask(session::Isolate{std::move(structures)});
      }
      break;
    case 'H':
      if (mods.shift) {
        ask(session::UnhideAll{});
      } else if (auto structures = chosen(document, hovered); !structures.empty()) {
        ask(session::Hide{std::move(structures)});
      }
      break;
    default:
      break;
  }
  return wishes;
}

}  // namespace app
