// Opens a body pack, an atlas or a session beside the running window: reading, importing and
// getting the simulation ready happen on a thread of their own (hostile meshes in child processes,
// import/guarded_jobs.h). What comes of it is taken over when it is whole; a failure is a sentence
// and leaves everything as it was.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "anatomy/body.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/resources.h"
#include "session/session_file.h"

namespace app {

// What is set up on the body that is left, to go on with on the next.
struct CarriedOver {
  session::SessionFile session;
  std::shared_ptr<const anatomy::BodyIndex> from;
};

struct OpenSetup {
  data::ResourceDirs resources;
  std::shared_ptr<const tool::ToolSpec> tool;
  sim::ConditionChoice condition;  // who is simulated where the file does not say
  std::optional<CarriedOver> carried;
  std::filesystem::path bodies_dir;  // where packs of imported atlases are kept; empty: temporary
};

struct Opened {
  std::filesystem::path path;  // that was asked for
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::unique_ptr<session::Session> session;
  session::BodyRef ref;
  std::optional<session::SessionFile> file;  // where it was a session, or one was carried over
  bool carried = false;
  std::vector<std::string> findings;  // of an import, each a sentence
  bool other_body = false;            // not the one that the session was saved with
  std::size_t lost = 0;               // what a session names and this body lacks
};

class Opener {
 public:
  Opener() = default;
  // Cancels what runs and waits for it: children are gone within a moment.
  ~Opener();
  Opener(const Opener&) = delete;
  Opener& operator=(const Opener&) = delete;

  // One at a time: what runs is cancelled first. "builtin" is the built-in body.
  void start(const std::filesystem::path& path, const OpenSetup& setup);
  void cancel();
  bool is_busy() const { return job_ != nullptr; }
  const std::filesystem::path& path() const;  // while busy
  float fraction() const;                     // while busy; of a whole
  bool is_cancelled() const;
  // Once, when it is through. A cancelled one ends without a result.
  std::optional<base::Result<Opened>> take();

 private:
  struct Job;
  void finish();
  std::shared_ptr<Job> job_;
  std::thread thread_;
};

}  // namespace app
