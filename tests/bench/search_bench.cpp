// Ten results from everything that can be named on the built-in body: at most 5 ms.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "anatomy/pack.h"
#include "session/search_entries.h"

namespace {

void search(benchmark::State& state, const char* words) {
  const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
  const auto body = std::make_shared<const anatomy::BodyIndex>(
      anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
          .value());
  const auto tool =
      std::make_shared<const tool::ToolSpec>(tool::load_tool(assets / "attachments").value());
  const auto made = session::Session::make({body, tool, assets, {}});
  const auto tr = data::Translator::load(assets / "i18n", "en").value();
  const auto ontology = anatomy::Ontology::load(assets / "anatomy").value();
  const session::SearchIndex index(session::make_search_entries((*made)->snapshot(), ontology, tr));
  for (auto _ : state) benchmark::DoNotOptimize(index.find(words, 10));
  state.counters["entries"] = static_cast<double>(index.entries().size());
}

BENCHMARK_CAPTURE(search, one_letter, "m")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, latin, "pars descendens musculi")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, slip, "trapesius left")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, nothing, "qqqqqqqq qqqqqqqq qqqqqqqq")->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
