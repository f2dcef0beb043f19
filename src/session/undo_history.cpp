#include "session/undo_history.h"

namespace session {

void UndoHistory::begin_preview(const Document& before) {
  if (!gesture_start_) gesture_start_ = before;
}

void UndoHistory::commit(const Document& before, const Document& after) {
  const Document start = gesture_start_ ? std::move(*gesture_start_) : before;
  gesture_start_.reset();
  if (is_same(start, after)) return;
  undo_.push_back(start);
  if (undo_.size() > kMaxSteps) undo_.erase(undo_.begin());
  redo_.clear();
}

std::optional<Document> UndoHistory::undo(const Document& now) {
  // A gesture that is still in hand counts as done.
  if (gesture_start_) commit(*gesture_start_, now);
  if (undo_.empty()) return std::nullopt;
  Document back = std::move(undo_.back());
  undo_.pop_back();
  redo_.push_back(now);
  return back;
}

std::optional<Document> UndoHistory::redo(const Document& now) {
  if (gesture_start_) commit(*gesture_start_, now);
  if (redo_.empty()) return std::nullopt;
  Document forward = std::move(redo_.back());
  redo_.pop_back();
  undo_.push_back(now);
  return forward;
}

bool UndoHistory::can_undo(const Document& now) const {
  return !undo_.empty() || (gesture_start_ && !is_same(*gesture_start_, now));
}

}  // namespace session
