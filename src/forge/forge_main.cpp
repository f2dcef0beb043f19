// Build step: backmate_forge_body ASSETS_DIR OUT.pack writes the built-in body.
#include <cstdio>
#include <filesystem>

#include "anatomy/pack.h"
#include "forge/forge.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: backmate_forge_body ASSETS_DIR OUT.pack\n");
    return 2;
  }
  const auto body = forge::build_body(argv[1]);
  if (!body) {
    std::fprintf(stderr, "backmate_forge_body: %s\n", body.error().message.c_str());
    return 1;
  }
  if (const auto saved = anatomy::save_pack(*body, argv[2]); !saved) {
    std::fprintf(stderr, "backmate_forge_body: %s\n", saved.error().message.c_str());
    return 1;
  }
  std::printf("built-in body: %zu structures, %zu segments, triangles", body->structures.size(),
              body->segments.size());
  for (const anatomy::LodMesh& lod : body->lods) std::printf(" %zu", lod.indices.size() / 3);
  std::printf("\n");
  return 0;
}
