// What a frame costs once everything is there: memory taken (operator new and ImGui's allocator
// counted, the driver's own apart) and the interface's time.
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <new>

#include "app_fixture.h"

namespace {

std::atomic<bool> g_counting{false};
std::atomic<long> g_taken{0};

void count() {
  if (g_counting.load(std::memory_order_relaxed)) g_taken.fetch_add(1, std::memory_order_relaxed);
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
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using Clock = std::chrono::steady_clock;

class SteadyFrame : public e2e::AppFixture {
 protected:
  void SetUp() override {
    ImGui::SetAllocatorFunctions(take_for_imgui, give_back_of_imgui);
    start(1280, 720);
  }
  template <typename Work>
  long taken_by(Work work) {
    g_taken = 0;
    g_counting = true;
    work();
    g_counting = false;
    return g_taken;
  }
  float median_ms(int frames, const std::function<void(int)>& work) {
    std::vector<float> times;
    for (int i = 0; i < frames; ++i) {
      const auto from = Clock::now();
      work(i);
      times.push_back(std::chrono::duration<float, std::milli>(Clock::now() - from).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  }
};

// The head is lifted, nothing moves: the person is simulated, nothing new is to be seen.
TEST_F(SteadyFrame, AtRestTakesNoMemory) {
  for (int i = 0; i < 6; ++i) tap("-");
  run(240);
  app_->render(context_->framebuffer());
  // Once a second the clock on screen changes; between two of its ticks nothing does.
  while (!app_->needs_render()) run(1);
  run(4);
  app_->render(context_->framebuffer());
  const long taken = taken_by([&] { run(30); });
  RecordProperty("taken", static_cast<int>(taken));
  EXPECT_LE(taken, 30 * 30);
}

// A painted frame while the view turns: the counts are written down, so that they cannot grow.
TEST_F(SteadyFrame, AMovingFrameTakesLittleMemory) {
  app_->render(context_->framebuffer());
  app::InputEvent press_event = pointer(app::EventType::kPress, {560.0f, 300.0f});
  press_event.button = app::MouseButton::kRight;
  send(press_event);
  const auto step = [&](int i) {
    app::InputEvent to =
        pointer(app::EventType::kMove, {560.0f + static_cast<float>(i % 40), 300.0f});
    app_->frame(1.0f / 60.0f, {&to, 1});
    app_->render(context_->framebuffer());
  };
  for (int i = 0; i < 20; ++i) step(i);
  const long taken = taken_by([&] {
    for (int i = 20; i < 40; ++i) step(i);
  });
  std::printf("memory taken per moving frame: %ld times\n", taken / 20);
  EXPECT_LE(taken / 20, 1500);
}

// Before rasterising; the pointer moves, so that the interface is laid out in every frame. Ticks of
// the simulation are part of what is measured.
TEST_F(SteadyFrame, TheInterfaceTakesLittleTime) {
  const float ms = median_ms(120, [&](int i) {
    move({300.0f + static_cast<float>(i), 200.0f + static_cast<float>(i % 60)});
  });
  std::printf("frame before painting: %.2f ms\n", static_cast<double>(ms));
  // 2 ms is the goal on a quiet machine; a busy one must not fail the build.
  EXPECT_LE(ms, 8.0f);
}

}  // namespace
