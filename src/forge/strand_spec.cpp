#include "forge/strand_spec.h"

#include <algorithm>

#include "data/json_file.h"

namespace forge {
namespace {

constexpr float kMetresPerMm = 1e-3f;

glm::vec3 read_offset(const data::Json& json) {
  return {json[0].get<float>(), json[1].get<float>(), json[2].get<float>()};
}

}  // namespace

base::Result<StrandSpec> load_strand(const std::filesystem::path& file,
                                     const std::filesystem::path& schema_dir) {
  const auto document = data::read_checked_json(file, "backmate-strand", schema_dir);
  if (!document) return tl::unexpected(document.error());
  StrandSpec spec;
  spec.entry_id = (*document)["entry"];
  for (const data::Json& json : (*document)["strands"]) {
    Strand strand;
    strand.name = json["name"];
    if (json.contains("clear_of")) strand.clear_of = json["clear_of"];
    for (const data::Json& point : json["points"]) {
      strand.points.push_back({point["from"], read_offset(point["offset_mm"]) * kMetresPerMm,
                               point["diameter_mm"].get<float>() * kMetresPerMm});
    }
    spec.strands.push_back(std::move(strand));
  }
  return spec;
}

base::Result<std::vector<StrandSpec>> load_strands(const std::filesystem::path& assets_dir) {
  std::vector<StrandSpec> specs;
  for (const char* folder : {"nerves", "vessels"}) {
    const std::filesystem::path dir = assets_dir / "anatomy" / folder;
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    if (files.empty()) {
      return base::fail("'" + dir.string() + "' holds no " + folder +
                        ". Restore that folder of the program.");
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      auto spec = load_strand(file, assets_dir / "schema");
      if (!spec) return tl::unexpected(spec.error());
      const bool twice = std::any_of(specs.begin(), specs.end(), [&](const StrandSpec& other) {
        return other.entry_id == spec->entry_id;
      });
      if (twice) {
        return base::fail("'" + file.string() + "': '" + spec->entry_id +
                          "' is described twice. Remove one.");
      }
      specs.push_back(std::move(*spec));
    }
  }
  return specs;
}

}  // namespace forge
