#include "import/import_job.h"

#include <utility>

#include "base/check.h"

namespace atlas {

base::Result<Import> import_from(const std::filesystem::path& path,
                                 const data::ResourceDirs& resources, const ImportOptions& options,
                                 base::Progress& progress) {
  auto ontology = anatomy::Ontology::load(resources.assets() / "anatomy");
  if (!ontology) return tl::unexpected(ontology.error());
  const auto recipe = load_skin_recipe(resources);
  if (!recipe) return tl::unexpected(recipe.error());
  return import_atlas(path, *ontology, &*recipe, options, progress);
}

ImportJob::ImportJob(std::filesystem::path path, data::ResourceDirs resources,
                     ImportOptions options)
    : path_(std::move(path)),
      thread_([this, resources = std::move(resources), options = std::move(options)] {
        result_ = import_from(path_, resources, options, progress_);
        finished_.store(true, std::memory_order_release);
      }) {}

ImportJob::~ImportJob() {
  cancel();
  if (thread_.joinable()) thread_.join();
}

base::Result<Import> ImportJob::take() {
  if (thread_.joinable()) thread_.join();
  BACKMATE_CHECK(result_.has_value());
  base::Result<Import> result = std::move(*result_);
  result_.reset();
  return result;
}

}  // namespace atlas
