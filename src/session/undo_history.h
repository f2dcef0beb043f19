// Value-snapshot undo of a Document. A gesture (a drag, a slider in hand) is previewed any number
// of times and becomes one step when it is committed.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "session/document.h"

namespace session {

class UndoHistory {
 public:
  static constexpr std::size_t kMaxSteps = 200;

  // Before a preview changes the document: remembers what the gesture started from.
  void begin_preview(const Document& before);
  // After a committed change, or to end a gesture: one step, or none if nothing is different.
  // `before` is ignored when a gesture is open.
  void commit(const Document& before, const Document& after);
  bool is_previewing() const { return gesture_start_.has_value(); }

  // The document to go to, or nothing.
  std::optional<Document> undo(const Document& now);
  std::optional<Document> redo(const Document& now);
  bool can_undo(const Document& now) const;
  bool can_redo() const { return !redo_.empty(); }

 private:
  std::vector<Document> undo_;
  std::vector<Document> redo_;
  std::optional<Document> gesture_start_;
};

}  // namespace session
