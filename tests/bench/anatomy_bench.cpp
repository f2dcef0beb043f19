// How long a body takes: import of the reference meshes, opening its pack, picking. Needs the
// reference folder; without it nothing is registered.
#include <benchmark/benchmark.h>

#include <random>

#include "anatomy/pack.h"
#include "import/import_atlas.h"
#include "support/reference.h"

namespace {

std::filesystem::path pack_file() {
  return std::filesystem::temp_directory_path() / "backmate_bench.pack";
}

const anatomy::Ontology& ontology() {
  static const auto loaded =
      anatomy::Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
  return loaded.value();
}

void bench_import(benchmark::State& state) {
  for (auto _ : state) {
    base::Progress progress;
    auto imported = atlas::import_atlas(support::find_reference(), ontology(), nullptr, {}, progress);
    if (!imported || !anatomy::save_pack(*imported->body, pack_file())) {
      state.SkipWithError("the import failed");
      return;
    }
  }
  state.counters["pack_MB"] = static_cast<double>(std::filesystem::file_size(pack_file())) * 1e-6;
}

std::shared_ptr<const anatomy::Body> reference_body() {
  auto loaded = anatomy::load_pack(pack_file());
  return loaded ? *loaded : nullptr;
}

void bench_load_pack(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(reference_body());
}

void bench_index(benchmark::State& state) {
  const auto body = reference_body();
  for (auto _ : state) {
    const anatomy::BodyIndex index(body);
    benchmark::DoNotOptimize(index.surface_bvh().empty());
  }
}

// Rays as a mouse makes them: from a camera two metres off through a window on the torso.
void bench_pick(benchmark::State& state) {
  const anatomy::BodyIndex index(reference_body());
  std::mt19937 random(3);
  std::uniform_real_distribution<float> x(-0.3f, 0.3f), y(0.85f, 1.65f);
  std::vector<geom::Ray> rays;
  for (int i = 0; i < 4096; ++i) {
    const glm::vec3 eye(0.4f, 1.3f, i % 2 == 0 ? -2.0f : 2.0f);
    rays.push_back({eye, glm::normalize(glm::vec3(x(random), y(random), 0.0f) - eye)});
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.find_structure_hit(rays[i++ % rays.size()], 10.0f));
  }
}

void bench_all_hits(benchmark::State& state) {
  const anatomy::BodyIndex index(reference_body());
  std::vector<anatomy::BodyIndex::Hit> hits;
  float y = 1.0f;
  for (auto _ : state) {
    index.find_all_hits({{0.05f, y, -0.15f}, {0.0f, 0.0f, 1.0f}}, 0.1f, hits);
    benchmark::DoNotOptimize(hits.data());
    y = y > 1.45f ? 1.0f : y + 0.001f;
  }
}

const int kRegistered = [] {
  if (support::find_reference().empty()) return 0;
  const auto name = [](const char* text) { return std::string("reference/") + text; };
  benchmark::RegisterBenchmark(name("import").c_str(), bench_import)
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
  benchmark::RegisterBenchmark(name("load_pack").c_str(), bench_load_pack)
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
  benchmark::RegisterBenchmark(name("body_index").c_str(), bench_index)
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
  benchmark::RegisterBenchmark(name("pick").c_str(), bench_pick)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark(name("all_hits").c_str(), bench_all_hits)
      ->Unit(benchmark::kMicrosecond);
  return 1;
}();

}  // namespace

BENCHMARK_MAIN();
