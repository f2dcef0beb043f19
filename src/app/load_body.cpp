#include "app/load_body.h"

#include "anatomy/pack.h"
#include "data/resources.h"

namespace app {

base::Result<std::shared_ptr<const anatomy::Body>> load_body(std::string_view name_or_path,
                                                             int finest_lod) {
  if (name_or_path != kBuiltinBody) return anatomy::load_pack(name_or_path, finest_lod);
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  return anatomy::load_pack(resources->builtin_body(), finest_lod);
}

}  // namespace app
