// What a frame costs once everything is there: memory taken (operator new and ImGui's allocator)
// and the interface's time. Counted on the thread that the frames run on, painting included: the
// driver's threads and its allocations in C are its own.
#include <imgui.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <new>

#include "app_fixture.h"

namespace {

thread_local bool t_counting = false;
thread_local long t_taken = 0;

void count() {
  if (t_counting) ++t_taken;
}

void* take_for_imgui(size_t size, void*) {
  count();
  return std::malloc(size);
}
void give_back_of_imgui(void* memory, void*) { std::free(memory); }

}  // namespace

void* operator new(std::size_t size) {
  count();
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
// Not inlined: GCC would take free() for the wrong partner of a new-expression.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

double thread_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

#if defined(__SANITIZE_ADDRESS__)
constexpr double kMostMs = 10.0;  // checks on every access
#else
constexpr double kMostMs = 2.0;
#endif

class SteadyFrame : public e2e::AppFixture {
 protected:
  void SetUp() override {
    ImGui::SetAllocatorFunctions(take_for_imgui, give_back_of_imgui);
    start(1280, 720);
    // What is looked up once, beside the first frames, is looked up.
    for (int i = 0; i < 60; ++i) {
      pass(nullptr);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  // A frame of the window: painted where something new is to be seen.
  void pass(const app::InputEvent* event) {
    if (event != nullptr) {
      app_->frame(1.0f / 60.0f, {event, 1});
    } else {
      app_->frame(1.0f / 60.0f, {});
    }
    if (app_->needs_render()) app_->render(context_->framebuffer());
  }
  void pass_move(glm::vec2 to) {
    const app::InputEvent event = pointer(app::EventType::kMove, to);
    pass(&event);
  }
  // Runs the frames once, so that every buffer has its size, and counts the second time.
  long taken_in_steady_state(int frames, const std::function<void(int)>& frame) {
    for (int i = 0; i < frames; ++i) frame(i);
    t_taken = 0;
    t_counting = true;
    for (int i = 0; i < frames; ++i) frame(i);
    t_counting = false;
    return t_taken;
  }
  long taken_at_rest() {
    return taken_in_steady_state(150, [&](int) { pass(nullptr); });
  }
  // Over the body, and over the panels at the left, above, at the right and below.
  long taken_by_pointing() {
    return taken_in_steady_state(120, [&](int i) {
      const float along = static_cast<float>(i % 30);
      switch (i / 30) {
        case 0:
          return pass_move({480.0f + 6.0f * along, 180.0f + 10.0f * along});
        case 1:
          return pass_move({70.0f, 120.0f + 12.0f * along});
        case 2:
          return pass_move({40.0f + 40.0f * along, 36.0f});
        default:
          return pass_move({60.0f + 40.0f * along, 660.0f - 10.0f * along});
      }
    });
  }
  long taken_by_orbiting() {
    app::InputEvent event = pointer(app::EventType::kPress, {560.0f, 300.0f});
    event.button = app::MouseButton::kRight;
    send(event);
    const long taken = taken_in_steady_state(40, [&](int i) {
      pass_move({560.0f + static_cast<float>(std::min(i, 40 - i)), 300.0f});
    });
    event = pointer(app::EventType::kRelease, {560.0f, 300.0f});
    event.button = app::MouseButton::kRight;
    send(event);
    return taken;
  }
  double median_interface_ms() {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
      const app::InputEvent to =
          pointer(app::EventType::kMove,
                  {300.0f + static_cast<float>(2 * i), 200.0f + static_cast<float>(i % 60)});
      const double from = thread_cpu_ms();
      app_->frame(1.0f / 60.0f, {&to, 1});
      times.push_back(thread_cpu_ms() - from);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  }
};

// The head rests on the body: it dents, muscles ease, the clock and the curves go on.
TEST_F(SteadyFrame, TakesNoMemoryWhileTheHeadRests) { EXPECT_EQ(taken_at_rest(), 0); }

TEST_F(SteadyFrame, TakesNoMemoryWhileTheHeadIsLifted) {
  for (int i = 0; i < 6; ++i) tap("-");
  EXPECT_EQ(taken_at_rest(), 0);
}

TEST_F(SteadyFrame, TakesNoMemoryUnderAMovingPointer) { EXPECT_EQ(taken_by_pointing(), 0); }

TEST_F(SteadyFrame, TakesNoMemoryWhileTheViewTurns) { EXPECT_EQ(taken_by_orbiting(), 0); }

TEST_F(SteadyFrame, TakesNoMemoryWhileTheHeadIsDragged) {
  const glm::vec2 from = tool_px();
  press(from);
  const long taken = taken_in_steady_state(60, [&](int i) {
    pass_move(from + glm::vec2(0.0f, static_cast<float>(std::min(i, 60 - i))));
  });
  release(from);
  EXPECT_EQ(taken, 0);
}

TEST_F(SteadyFrame, TakesNoMemoryWhileTheHeadRolls) {
  click(centre_of("dock.roll"));
  // A pass to and fro.
  EXPECT_EQ(taken_in_steady_state(240,
                                  [&](int i) {
                                    app_->frame(1.0f / 60.0f, {});
                                    if (i % 8 == 0) app_->render(context_->framebuffer());
                                  }),
            0);
}

// As much as the main screen can show at once.
TEST_F(SteadyFrame, TakesNoMemoryWithEverythingShown) {
  const nlohmann::json controls = state()["ui"];
  const auto muscle = std::find_if(controls.begin(), controls.end(), [](const auto& control) {
    return control["id"].template get<std::string>().starts_with("target.");
  });
  ASSERT_NE(muscle, controls.end());
  click(centre_of((*muscle)["id"]));
  for (const char* control : {"selection.facts", "labels", "section", "tab.person", "person.all"})
    click(centre_of(control));
  tap("X");
  tap("C");
  ASSERT_EQ(state()["selected"].size(), 1u);
  EXPECT_EQ(taken_at_rest(), 0);
  EXPECT_EQ(taken_by_pointing(), 0);
  EXPECT_EQ(taken_by_orbiting(), 0);
}

// Before rasterising, as processor time of its thread; the pointer moves, so that the interface is
// laid out in every frame. Ticks of the simulation and what the pointer meets are part of it.
TEST_F(SteadyFrame, TheInterfaceTakesAtMostTwoMilliseconds) {
  const double at_start = median_interface_ms();
  // Curves over some minutes, the section, names and all states beside them.
  click(centre_of("time.x60"));
  run(240);
  click(centre_of("time.x1"));
  for (const char* control : {"labels", "section"}) click(centre_of(control));
  run(60);
  const double full = median_interface_ms();
  std::printf("frame before painting: %.2f ms, with curves, section and names %.2f ms\n", at_start,
              full);
  EXPECT_LE(at_start, kMostMs);
  EXPECT_LE(full, kMostMs);
}

}  // namespace
