// A session on disk (format "backmate-session"): all of a Document with ids instead of indices, the
// body that it belongs to, the view and the time rate. The simulated person is not kept: a reopened
// session begins with the condition as it was chosen.
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/figure.h"
#include "data/json_file.h"
#include "session/session.h"

namespace session {

// Which body a session belongs to.
struct BodyRef {
  std::string path;  // empty: the built-in body; else its name (anatomy/figure.h) or a file
  std::string hash;  // of the pack's bytes, 16 hexadecimal digits

  bool is_builtin() const { return path.empty() || anatomy::parse_body_name(path).has_value(); }
};

// FNV-1a of the file's bytes: tells versions of a body apart, protects nothing.
base::Result<std::string> hash_file(const std::filesystem::path& file);

// The camera as far as a session remembers it; metres and radians as in draw::Camera.
struct SavedView {
  glm::vec3 pivot_m{0.0f};
  float distance_m = 1.0f;
  float yaw_rad = 0.0f;
  float pitch_rad = 0.0f;
};

struct SessionFile {
  BodyRef body;
  data::Json json;  // checked against the schema
  std::optional<SavedView> view;
  float time_rate = 1.0f;
};

data::Json make_session_json(const Snapshot& snapshot, const BodyRef& body, const SavedView& view);

base::Status save_session(const data::Json& json, const std::filesystem::path& file);

// Refuses, with file and field: not one of ours, another version, damaged, out of range. A body
// that is no longer where it was is looked for beside the session.
base::Result<SessionFile> load_session(const std::filesystem::path& file,
                                       const std::filesystem::path& schema_dir);

// From one body to another, of other size: head and view go along with the landmarks around them.
void carry_over(SessionFile& file, const anatomy::Body& from, const anatomy::Body& to);

// What the session says, on a body that is there. Structures and a placement that this body lacks
// are left out and counted; an unknown attachment or condition is refused.
struct RestoredDocument {
  Document document;
  std::size_t lost = 0;
};
base::Result<RestoredDocument> restore_document(const SessionFile& file, const Snapshot& on);

}  // namespace session
