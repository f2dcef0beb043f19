// Build step: backmate_forge_body ASSETS_DIR OUT_DIR [ID...] writes the figures of the built-in
// body as OUT_DIR/<id>.pack: those named ("builtin", "builtin_female_heavy"), else all of them.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "anatomy/pack.h"
#include "forge/forge.h"

namespace {

bool report(const base::Error& error) {
  std::fprintf(stderr, "backmate_forge_body: %s\n", error.message.c_str());
  return false;
}

bool write_figure(const forge::Moulds& moulds, anatomy::Sex sex, anatomy::Build build,
                  const std::filesystem::path& folder) {
  const auto body = forge::build_figure(moulds, sex, build);
  if (!body) return report(body.error());
  if (const auto saved = anatomy::save_pack(*body, folder / (body->id + ".pack")); !saved) {
    return report(saved.error());
  }
  std::printf("%s: %zu structures, %zu segments, triangles", body->id.c_str(),
              body->structures.size(), body->segments.size());
  for (const anatomy::LodMesh& lod : body->lods) std::printf(" %zu", lod.indices.size() / 3);
  std::printf("\n");
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: backmate_forge_body ASSETS_DIR OUT_DIR [ID...]\n");
    return 2;
  }
  std::vector<std::string> wanted(argv + 3, argv + argc);
  const auto moulds = forge::make_moulds(argv[1]);
  if (!moulds) return report(moulds.error()) ? 0 : 1;
  for (const anatomy::Sex sex : anatomy::kSexes) {
    for (const anatomy::Build build : anatomy::kBuilds) {
      const auto named = std::find(wanted.begin(), wanted.end(), anatomy::figure_id(sex, build));
      if (argc > 3 && named == wanted.end()) continue;
      if (named != wanted.end()) wanted.erase(named);
      if (!write_figure(*moulds, sex, build, argv[2])) return 1;
    }
  }
  if (wanted.empty()) return 0;
  std::fprintf(stderr, "backmate_forge_body: there is no figure '%s'\n", wanted.front().c_str());
  return 1;
}
