#include "app/files/opener.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <system_error>

#include "anatomy/figure.h"
#include "anatomy/pack.h"
#include "app/load_body.h"
#include "base/hash.h"
#include "data/folder_listing.h"
#include "import/import_job.h"

namespace app {
namespace {

namespace fs = std::filesystem;

// The pack that an atlas at this path becomes: one for each path, replaced when it is opened again.
fs::path find_pack_path(const fs::path& atlas, const fs::path& bodies_dir) {
  std::error_code error;
  const std::string whole = fs::absolute(atlas, error).lexically_normal().string();
  base::Hash hash;
  hash.add_bytes(whole.data(), whole.size());
  char id[9];
  std::snprintf(id, sizeof id, "%08x", static_cast<unsigned>(hash.value()));
  fs::path name = atlas.filename().empty() ? atlas.parent_path().filename() : atlas.filename();
  return bodies_dir / (name.stem().string() + "-" + id + ".pack");
}

class Work {
 public:
  Work(fs::path path, OpenSetup setup, base::Progress& progress)
      : setup_(std::move(setup)), progress_(progress) {
    opened_.path = std::move(path);
    if (setup_.carried) opened_.file = setup_.carried->session;
    opened_.carried = setup_.carried.has_value();
  }

  base::Result<Opened> run() {
    if (auto status = open_named(); !status) return tl::unexpected(status.error());
    if (auto status = make_session(); !status) return tl::unexpected(status.error());
    progress_.report(1.0f);
    return std::move(opened_);
  }

 private:
  base::Status open_named() {
    const fs::path& path = opened_.path;
    if (anatomy::parse_body_name(path.string())) return load_named(path.string());
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
      return base::fail("'" + path.string() + "' is not there any more. Check the path.");
    if (fs::is_directory(status)) return import_meshes();
    if (!fs::is_regular_file(status))
      return base::fail("'" + path.string() + "' is neither a file nor a folder.");
    if (path.extension() == ".json") return open_session();
    data::FileKind kind;
    if (anatomy::is_pack(path) || (data::find_kind(path, kind) && kind == data::FileKind::kPack))
      return load(path);
    if (data::find_kind(path, kind) && kind == data::FileKind::kMesh) return import_meshes();
    return base::fail("'" + path.string() +
                      "' is nothing that can be opened here: choose a body pack, a session, a "
                      "folder of meshes, or a GLB, glTF, OBJ, STL, PLY or FBX file.");
  }

  base::Status load(const fs::path& pack) {
    std::error_code error;
    return load_named(fs::absolute(pack, error).lexically_normal().string());
  }

  // A figure of the built-in body, or a pack by its absolute path.
  base::Status load_named(const std::string& name) {
    auto body = load_body(name);
    if (!body) return tl::unexpected(body.error());
    auto hash = session::hash_file(find_pack(name, setup_.resources));
    if (!hash) return tl::unexpected(hash.error());
    opened_.ref = {name == kBuiltinBody ? std::string() : name, *hash};
    body_ = *body;
    return {};
  }

  base::Status open_session() {
    auto file = session::load_session(opened_.path, setup_.resources.schemas());
    if (!file) return tl::unexpected(file.error());
    const session::BodyRef& ref = file->body;
    const auto status = ref.path.empty()   ? load_named(std::string(kBuiltinBody))
                        : ref.is_builtin() ? load_named(ref.path)
                                           : load(fs::path(ref.path));
    if (!status)
      return base::fail("The session's body cannot be opened. " + status.error().message);
    opened_.other_body = opened_.ref.hash != file->body.hash;
    opened_.file = std::move(*file);
    return {};
  }

  base::Status import_meshes() {
    auto import = atlas::import_from(opened_.path, setup_.resources, {}, progress_);
    if (!import) return tl::unexpected(import.error());
    for (const std::string& warning : import->warnings) opened_.findings.push_back(warning);
    for (const anatomy::Finding& finding : import->body->suspicious)
      opened_.findings.push_back(finding.what);
    return keep(*import->body);
  }

  // What is opened is what the pack gives, so that it is the same body the next time.
  base::Status keep(const anatomy::Body& body) {
    std::error_code error;
    const bool kept = !setup_.bodies_dir.empty();
    const fs::path folder = kept ? setup_.bodies_dir : fs::temp_directory_path(error);
    if (kept) fs::create_directories(folder, error);
    if (error)
      return base::fail("The imported body cannot be kept in '" + folder.string() +
                        "': " + error.message() + ".");
    fs::path pack = find_pack_path(opened_.path, folder);
    if (!kept) pack += std::to_string(::getpid());
    if (auto status = anatomy::save_pack(body, pack); !status) return status;
    auto status = load(pack);
    if (!kept) fs::remove(pack, error);
    return status;
  }

  base::Status make_session() {
    if (progress_.cancelled()) return base::fail("cancelled");
    opened_.body = std::make_shared<const anatomy::BodyIndex>(body_);
    auto made = session::Session::make(
        {opened_.body, setup_.tool, setup_.resources.assets(), setup_.condition});
    if (!made) return tl::unexpected(made.error());
    opened_.session = std::move(*made);
    if (!opened_.file) return {};
    if (setup_.carried) session::carry_over(*opened_.file, setup_.carried->from->body(), *body_);
    auto restored = session::restore_document(*opened_.file, opened_.session->snapshot());
    if (!restored) return tl::unexpected(restored.error());
    opened_.lost = restored->lost;
    if (auto status = opened_.session->apply(session::Restore{
            std::make_shared<const session::Document>(std::move(restored->document))});
        !status)
      return status;
    return opened_.session->apply(session::SetTimeRate{opened_.file->time_rate});
  }

  OpenSetup setup_;
  base::Progress& progress_;
  Opened opened_;
  std::shared_ptr<const anatomy::Body> body_;
};

}  // namespace

struct Opener::Job {
  fs::path path;
  base::Progress progress;
  std::optional<base::Result<Opened>> result;  // the thread's until `done`
  std::atomic<bool> done{false};
};

Opener::~Opener() {
  cancel();
  finish();
}

void Opener::finish() {
  if (thread_.joinable()) thread_.join();
  job_.reset();
}

void Opener::start(const fs::path& path, const OpenSetup& setup) {
  cancel();
  finish();
  job_ = std::make_shared<Job>();
  job_->path = path;
  thread_ = std::thread([job = job_, setup] {
    job->result = Work(job->path, setup, job->progress).run();
    job->done.store(true, std::memory_order_release);
  });
}

void Opener::cancel() {
  if (job_ != nullptr) job_->progress.cancel();
}

const fs::path& Opener::path() const { return job_->path; }
float Opener::fraction() const { return job_->progress.fraction(); }
bool Opener::is_cancelled() const { return job_ != nullptr && job_->progress.cancelled(); }

std::optional<base::Result<Opened>> Opener::take() {
  if (job_ == nullptr || !job_->done.load(std::memory_order_acquire)) return std::nullopt;
  std::optional<base::Result<Opened>> result = std::move(job_->result);
  const bool cancelled = job_->progress.cancelled();
  finish();
  if (cancelled) return std::nullopt;
  return result;
}

}  // namespace app
