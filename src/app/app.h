// The program behind the window and behind `play`: one App::frame for both. Needs a current OpenGL
// context for its whole life and must die before it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "anatomy/body.h"
#include "app/files/settings.h"
#include "app/input_event.h"
#include "base/result.h"
#include "data/resources.h"
#include "sim/condition.h"
#include "ui/display.h"

namespace app {

// Asked for at the start, instead of what was chosen last.
struct LookChoice {
  std::optional<ui::Look> look;
  std::optional<int> size_percent;
  std::optional<ui::Quality> quality;
};

struct AppSetup {
  data::ResourceDirs resources;
  std::shared_ptr<const anatomy::Body> body;
  int width_px = 0;
  int height_px = 0;
  // Nothing: what the person chose, else by measured frame times. Given where pictures have to be
  // the same on every machine.
  std::optional<ui::Quality> quality;
  sim::ConditionChoice condition;
  std::string place;     // id of a placement to start with, on the condition's side; empty: none
  float seconds = 0.0f;  // simulated before the first frame
  std::string message;   // a sentence to show at the start; empty: none
  std::string body_path = "builtin";  // where the body is from
  std::string open_at_start;          // opened once the window is there; empty: nothing
  LookChoice look;
  UserDirs user_dirs;  // empty: nothing of a person's is read or written
};

// What only the window can do.
struct WindowWishes {
  bool toggle_full_screen = false;
  bool screenshot = false;
};

enum class Cursor { kArrow, kHand, kGrab };

class App {
 public:
  static base::Result<std::unique_ptr<App>> make(const AppSetup& setup);
  ~App();

  void resize(int width_px, int height_px);
  // Takes the events, draws the interface, applies what was asked for and lets dt pass. Nothing is
  // painted yet.
  void frame(float dt_s, std::span<const InputEvent> events);
  // Something visible has changed since the last render().
  bool needs_render() const;
  // An ease or a gesture runs: the next frame should come soon.
  bool is_animating() const;
  // Paints into this framebuffer object (0: the window) and waits until it is done. While something
  // moves, detail and inner resolution are lower.
  void render(unsigned framebuffer);
  // The same picture at full quality, for keeping; not counted among the drawn frames.
  void render_still(unsigned framebuffer);

  // A body, an atlas or a session is being opened beside the running frames.
  bool is_opening() const;
  // What is set up is kept, to be opened again at a later start.
  void keep_last_session();
  WindowWishes take_window_wishes();
  void show_message(std::string sentence);
  Cursor cursor() const;
  nlohmann::json state() const;

 private:
  struct Impl;
  explicit App(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
