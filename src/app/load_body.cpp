#include "app/load_body.h"

#include <cmath>
#include <string>
#include <vector>

#include "anatomy/figure.h"
#include "anatomy/pack.h"
#include "anatomy/stature.h"
#include "base/log.h"

namespace app {

std::filesystem::path find_pack(std::string_view name_or_path,
                                const data::ResourceDirs& resources) {
  const auto figure = anatomy::parse_body_name(name_or_path);
  if (!figure) return name_or_path;
  return resources.bodies() / (anatomy::figure_id(figure->sex, figure->build) + ".pack");
}

base::Result<std::shared_ptr<const anatomy::Body>> load_body(std::string_view name_or_path,
                                                             int finest_lod) {
  const auto figure = anatomy::parse_body_name(name_or_path);
  if (!figure) return anatomy::load_pack(name_or_path, finest_lod);
  const float stature = figure->stature_m;
  if (stature != 0.0f &&
      !(stature >= anatomy::kLeastStature_m && stature <= anatomy::kMostStature_m)) {
    return base::fail("The body cannot be " + std::to_string(std::lround(100.0f * stature)) +
                      " cm tall; choose 140 to 210 cm.");
  }
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  auto pack = anatomy::load_pack(find_pack(name_or_path, *resources), finest_lod);
  if (!pack || stature == 0.0f) return pack;
  auto body = std::make_shared<anatomy::Body>(**pack);
  anatomy::scale_to_stature(*body, stature);
  body->id = anatomy::body_name(*figure);
  return body;
}

base::Result<std::shared_ptr<const tool::ToolSpec>> load_tool(const data::ResourceDirs& resources) {
  std::vector<std::string> refused;
  auto spec = tool::load_tool(resources.assets() / "attachments", &refused);
  for (const std::string& sentence : refused) base::log_warning(sentence);
  if (!spec) return tl::unexpected(spec.error());
  return std::make_shared<const tool::ToolSpec>(std::move(*spec));
}

}  // namespace app
