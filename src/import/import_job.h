// An import that runs beside a window: started with the object, watched, cancelled or taken from
// any frame. The files are read in child processes with limits (import/guarded_read.h): none of
// them can take the program down.
//
//   ImportJob job(path, resources);                 // at once, on a thread of its own
//   job.fraction(), job.cancel(), job.finished()    // never block
//   if (job.finished()) { auto import = job.take(); ... }
//
// Destroying the object cancels and waits, at most kCancelWithinS. Nothing is written: whoever
// wants to keep the body saves it (anatomy::save_pack).
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "data/resources.h"
#include "import/import_atlas.h"

namespace atlas {

// The whole import with the program's own tables, as the job and `backmate import` run it.
base::Result<Import> import_from(const std::filesystem::path& path,
                                 const data::ResourceDirs& resources, const ImportOptions& options,
                                 base::Progress& progress);

class ImportJob {
 public:
  // `path`: a mesh file or a folder of them.
  ImportJob(std::filesystem::path path, data::ResourceDirs resources, ImportOptions options = {});
  ~ImportJob();
  ImportJob(const ImportJob&) = delete;
  ImportJob& operator=(const ImportJob&) = delete;

  const std::filesystem::path& path() const { return path_; }
  float fraction() const { return progress_.fraction(); }  // 0 .. 1, never falls
  void cancel() { progress_.cancel(); }
  bool cancelled() const { return progress_.cancelled(); }
  bool finished() const { return finished_.load(std::memory_order_acquire); }  // also when failed

  // The result, once; waits for it where the job has not finished. A cancelled job fails.
  base::Result<Import> take();

 private:
  std::filesystem::path path_;
  base::Progress progress_;
  std::optional<base::Result<Import>> result_;  // written by the thread before finished_
  std::atomic<bool> finished_{false};
  std::thread thread_;
};

}  // namespace atlas
