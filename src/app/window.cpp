#include "app/window.h"

// Before GLFW, which would bring a GL header of its own.
#include <glad/gl.h>

#include <GLFW/glfw3.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <glm/common.hpp>
#include <glm/vec2.hpp>
#include <vector>

#include "anatomy/figure.h"
#include "app/app.h"
#include "app/load_body.h"
#include "app/state_json.h"
#include "base/log.h"
#include "data/folder_listing.h"
#include "data/resources.h"
#include "render/image.h"

namespace app {
namespace {

constexpr double kFrameSeconds = 1.0 / 60.0;
constexpr char kHeadlessHint[] =
    "`backmate render --help` shows how to draw pictures without a window";

// Set by SIGINT and SIGTERM: the window closes as if a person had closed it.
volatile std::sig_atomic_t g_asked_to_stop = 0;
void ask_to_stop(int) { g_asked_to_stop = 1; }

// Owns GLFW; windows die before it.
struct Glfw {
  bool ready = glfwInit() == GLFW_TRUE;
  ~Glfw() {
    if (ready) glfwTerminate();
  }
};

struct Input {
  std::vector<InputEvent> events;
  bool resized = false;
  bool damaged = true;  // the window system wants it painted again
  float pixels_per_unit = 1.0f;
  float x = 0.0f;
  float y = 0.0f;
};

Input& input_of(GLFWwindow* window) {
  return *static_cast<Input*>(glfwGetWindowUserPointer(window));
}

Mods to_mods(int mods) {
  return {(mods & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0, (mods & GLFW_MOD_SHIFT) != 0,
          (mods & GLFW_MOD_ALT) != 0};
}

Key to_key(int key, int scancode) {
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12)
    return static_cast<Key>(static_cast<int>(Key::kF1) + key - GLFW_KEY_F1);
  switch (key) {
    case GLFW_KEY_SPACE:
      return Key::kSpace;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      return Key::kEnter;
    case GLFW_KEY_ESCAPE:
      return Key::kEscape;
    case GLFW_KEY_TAB:
      return Key::kTab;
    case GLFW_KEY_BACKSPACE:
      return Key::kBackspace;
    case GLFW_KEY_DELETE:
      return Key::kDelete;
    case GLFW_KEY_LEFT:
      return Key::kLeft;
    case GLFW_KEY_RIGHT:
      return Key::kRight;
    case GLFW_KEY_UP:
      return Key::kUp;
    case GLFW_KEY_DOWN:
      return Key::kDown;
    case GLFW_KEY_HOME:
      return Key::kHome;
    case GLFW_KEY_END:
      return Key::kEnd;
    case GLFW_KEY_KP_ADD:
    case GLFW_KEY_EQUAL:
      return Key::kPlus;
    case GLFW_KEY_KP_SUBTRACT:
      return Key::kMinus;
    default:
      break;
  }
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9)
    return static_cast<Key>('0' + key - GLFW_KEY_KP_0);
  // The key as it is labelled on this keyboard, not where it is on an American one.
  const char* label = glfwGetKeyName(key, scancode);
  if (label == nullptr) return Key::kNone;
  return parse_key(label).value_or(Key::kNone);
}

// Held down, these go on; the others are one tap.
bool repeats(Key key) {
  switch (static_cast<int>(key)) {
    case 'Q':
    case 'E':
    case 'W':
    case 'S':
    case '+':
    case '-':
    case static_cast<int>(Key::kBackspace):
    case static_cast<int>(Key::kDelete):
    case static_cast<int>(Key::kLeft):
    case static_cast<int>(Key::kRight):
    case static_cast<int>(Key::kUp):
    case static_cast<int>(Key::kDown):
      return true;
    default:
      return false;
  }
}

void on_move(GLFWwindow* window, double x, double y) {
  Input& input = input_of(window);
  input.x = static_cast<float>(x) * input.pixels_per_unit;
  input.y = static_cast<float>(y) * input.pixels_per_unit;
  InputEvent event;
  event.type = EventType::kMove;
  event.x = input.x;
  event.y = input.y;
  input.events.push_back(event);
}

void on_button(GLFWwindow* window, int button, int action, int mods) {
  if (button > GLFW_MOUSE_BUTTON_MIDDLE) return;
  Input& input = input_of(window);
  InputEvent event;
  event.type = action == GLFW_PRESS ? EventType::kPress : EventType::kRelease;
  event.button = button == GLFW_MOUSE_BUTTON_RIGHT    ? MouseButton::kRight
                 : button == GLFW_MOUSE_BUTTON_MIDDLE ? MouseButton::kMiddle
                                                      : MouseButton::kLeft;
  event.x = input.x;
  event.y = input.y;
  event.mods = to_mods(mods);
  input.events.push_back(event);
}

void on_wheel(GLFWwindow* window, double, double dy) {
  Input& input = input_of(window);
  InputEvent event;
  event.type = EventType::kWheel;
  event.x = input.x;
  event.y = input.y;
  event.dy = static_cast<float>(dy);
  input.events.push_back(event);
}

void on_key(GLFWwindow* window, int key, int scancode, int action, int mods) {
  if (action == GLFW_RELEASE) return;
  InputEvent event;
  event.type = EventType::kKey;
  event.key = to_key(key, scancode);
  event.mods = to_mods(mods);
  // Plus is often a shifted key.
  if (event.key == Key::kPlus) event.mods.shift = false;
  if (event.key == Key::kNone || (action == GLFW_REPEAT && !repeats(event.key))) return;
  event.x = input_of(window).x;
  event.y = input_of(window).y;
  input_of(window).events.push_back(event);
}

std::string to_utf8(unsigned code) {
  std::string out;
  const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return out;
}

void on_text(GLFWwindow* window, unsigned code) {
  InputEvent event;
  event.type = EventType::kText;
  event.x = input_of(window).x;
  event.y = input_of(window).y;
  event.text = to_utf8(code);
  input_of(window).events.push_back(event);
}

void on_drop(GLFWwindow* window, int count, const char** paths) {
  InputEvent event;
  event.type = EventType::kDrop;
  event.x = input_of(window).x;
  event.y = input_of(window).y;
  for (int i = 0; i < count; ++i) event.text += (i > 0 ? "\n" : "") + std::string(paths[i]);
  input_of(window).events.push_back(event);
}

void connect(GLFWwindow* window, Input& input) {
  glfwSetWindowUserPointer(window, &input);
  glfwSetCursorPosCallback(window, on_move);
  glfwSetMouseButtonCallback(window, on_button);
  glfwSetScrollCallback(window, on_wheel);
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_text);
  glfwSetDropCallback(window, on_drop);
  glfwSetFramebufferSizeCallback(window,
                                 [](GLFWwindow* w, int, int) { input_of(w).resized = true; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { input_of(w).damaged = true; });
}

void toggle_full_screen(GLFWwindow* window, int restore[4]) {
  if (glfwGetWindowMonitor(window) != nullptr) {
    glfwSetWindowMonitor(window, nullptr, restore[0], restore[1], restore[2], restore[3], 0);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return;
  glfwGetWindowPos(window, &restore[0], &restore[1]);
  glfwGetWindowSize(window, &restore[2], &restore[3]);
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

// Beside where the program was started; the name is the time, so that none is overwritten.
std::string save_screenshot(int width, int height) {
  render::Image image;
  image.width = width;
  image.height = height;
  image.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::vector<std::uint8_t> rows(image.rgba.size());
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rows.data());
  const auto stride = static_cast<std::size_t>(width) * 4;
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(y * stride), stride,
                image.rgba.end() - static_cast<std::ptrdiff_t>((y + 1) * stride));
  }
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  char name[64];
  const std::time_t now = std::time(nullptr);
  std::strftime(name, sizeof name, "backmate-%Y%m%d-%H%M%S.png", std::localtime(&now));
  if (const auto status = render::save_png(image, name); !status) return status.error().message;
  base::log_info(std::string("saved ") + name);
  return {};
}

class Cursors {
 public:
  Cursors()
      : hand_(glfwCreateStandardCursor(GLFW_HAND_CURSOR)),
        grab_(glfwCreateStandardCursor(GLFW_CROSSHAIR_CURSOR)) {}
  void show(GLFWwindow* window, Cursor cursor) {
    if (cursor == shown_) return;
    shown_ = cursor;
    glfwSetCursor(window, cursor == Cursor::kHand   ? hand_
                          : cursor == Cursor::kGrab ? grab_
                                                    : nullptr);
  }

 private:
  GLFWcursor* hand_;  // freed by glfwTerminate
  GLFWcursor* grab_;
  Cursor shown_ = Cursor::kArrow;
};

void run_loop(GLFWwindow* window, Input& input, App& app) {
  Cursors cursors;
  int restore[4] = {80, 80, 1280, 800};
  double last = glfwGetTime();
  while (glfwWindowShouldClose(window) == GLFW_FALSE && g_asked_to_stop == 0) {
    // The simulation ticks on while the person only looks; painting waits for a visible change.
    if (app.is_animating()) {
      glfwPollEvents();
    } else {
      glfwWaitEventsTimeout(kFrameSeconds);
    }
    if (input.resized) {
      int width = 0;
      int height = 0;
      glfwGetFramebufferSize(window, &width, &height);
      if (width > 0 && height > 0) app.resize(width, height);
      input.resized = false;
      input.damaged = true;
    }
    const double now = glfwGetTime();
    std::vector<InputEvent> events;
    events.swap(input.events);
    app.frame(static_cast<float>(now - last), events);
    last = now;
    const bool visible = glfwGetWindowAttrib(window, GLFW_ICONIFIED) == GLFW_FALSE;
    if (visible && (input.damaged || app.needs_render())) {
      app.render(0);
      glfwSwapBuffers(window);
      input.damaged = false;
    }
    const WindowWishes wishes = app.take_window_wishes();
    if (wishes.screenshot) {
      int width = 0;
      int height = 0;
      glfwGetFramebufferSize(window, &width, &height);
      app.render_still(0);
      if (std::string problem = save_screenshot(width, height); !problem.empty())
        app.show_message(std::move(problem));
    }
    if (wishes.toggle_full_screen) toggle_full_screen(window, restore);
    cursors.show(window, app.cursor());
  }
}

// The size asked for; else the usual one, or what a small screen leaves of it.
glm::ivec2 find_window_size(const WindowOptions& options) {
  glm::ivec2 size(options.width_px, options.height_px);
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (options.size_given || monitor == nullptr) return size;
  int x = 0, y = 0;
  glm::ivec2 room(0);
  glfwGetMonitorWorkarea(monitor, &x, &y, &room.x, &room.y);
  return room.x > 0 && room.y > 0 ? glm::min(size, room) : size;
}

}  // namespace

base::Status run_window(const WindowOptions& options) {
  auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const Glfw glfw;
  if (!glfw.ready)
    return base::fail(std::string("there is no display to open a window on; ") + kHeadlessHint);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  const glm::ivec2 size = find_window_size(options);
  GLFWwindow* window = glfwCreateWindow(size.x, size.y, "Backmate Anatomy", nullptr, nullptr);
  if (window == nullptr)
    return base::fail(std::string("this display offers no OpenGL 3.3; ") + kHeadlessHint);
  glfwSetWindowSizeLimits(window, 1024, 600, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(window);
  if (gladLoadGL(glfwGetProcAddress) == 0)
    return base::fail(std::string("the OpenGL functions could not be loaded; ") + kHeadlessHint);
  glfwSwapInterval(1);

  AppSetup setup;
  setup.resources = *resources;
  // What has to be worked on first is opened beside the built-in body.
  data::FileKind kind;
  std::error_code ignored;
  const bool later = std::filesystem::is_directory(options.body, ignored) ||
                     (data::find_kind(options.body, kind) && kind != data::FileKind::kPack);
  if (later) setup.open_at_start = options.body;
  auto body = load_body(later ? kBuiltinBody : std::string_view(options.body));
  if (body && !later)
    setup.body_path = anatomy::parse_body_name(options.body)
                          ? options.body
                          : std::filesystem::absolute(options.body, ignored).string();
  if (!body && options.body != kBuiltinBody) {
    // The program opens all the same and says what is wrong with the file.
    setup.message = body.error().message;
    body = load_body(kBuiltinBody);
  }
  if (!body) return tl::unexpected(body.error());
  setup.body = *body;
  setup.condition = options.condition;
  setup.place = options.place;
  setup.look = options.look;
  setup.quality = options.look.quality;
  setup.user_dirs = find_user_dirs();
  glfwGetFramebufferSize(window, &setup.width_px, &setup.height_px);
  auto app = App::make(setup);
  if (!app) return tl::unexpected(app.error());

  Input input;
  int units = 0;
  glfwGetWindowSize(window, &units, nullptr);
  if (units > 0)
    input.pixels_per_unit = static_cast<float>(setup.width_px) / static_cast<float>(units);
  connect(window, input);
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  run_loop(window, input, **app);
  (*app)->keep_last_session();
  if (!options.state_on_exit.empty())
    return save_state_json((*app)->state(), options.state_on_exit);
  return {};
}

}  // namespace app
