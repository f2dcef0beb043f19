// A scrolled list of equal rows: whole rows only, so that none is ever cut and every shown one can
// be pressed. Draw the rows from first() to last() at row(i) while it lives.
#pragma once

#include "ui/context.h"

namespace ui {

class ScrollList {
 public:
  // `show`: a row that has to be in view; -1: none.
  ScrollList(const char* id, const Rect& area, std::size_t count, float row_height, int show = -1);
  ~ScrollList();
  ScrollList(const ScrollList&) = delete;
  ScrollList& operator=(const ScrollList&) = delete;

  std::size_t first() const { return first_; }
  std::size_t last() const { return last_; }  // one behind
  Rect row(std::size_t i) const;
  bool scrolls() const { return scrolls_; }

 private:
  Rect area_;
  std::size_t count_;
  float row_height_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  bool scrolls_ = false;
};

// Up, Down, Home and End move a choice among `count` rows; -1 is "none yet". True if it moved.
bool move_choice(int& chosen, std::size_t count);

// A field to type into. `focus`: takes the keyboard this frame.
struct TextEdit {
  bool changed = false;
  bool entered = false;  // Enter was pressed
  bool active = false;   // has the keyboard
};
TextEdit text_field(Context& context, const char* id, const Rect& rect, const char* hint,
                    std::string& text, bool focus = false);

}  // namespace ui
