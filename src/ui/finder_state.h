// What the finder remembers while the list of places is open; a new one starts when it is closed,
// so that nobody inherits another person's answers.
#pragma once

#include <algorithm>
#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "guide/finder.h"
#include "guide/tender_spots.h"

namespace ui {

// In the place of a complaint: somebody points at the body.
inline constexpr const char* kPointed = "pointed";

struct FinderState {
  enum class Way { kAll, kComplaint, kHere };

  Way way = Way::kAll;
  std::string condition;      // empty: none is chosen yet
  bool checked = false;       // the questions have been answered
  bool here_checked = false;  // the same, by who points at a place
  std::vector<std::string> yes;
  // The complaint whose check ended in "not today", or kPointed; empty: none did.
  std::string flagged;
  anatomy::Side side = anatomy::Side::kRight;
  bool side_known = false;  // else it is where the head was put last
  float tilt_deg = 45.0f;  // of the head, for tech neck: what its person is simulated with
  bool person = true;       // the complaint's person is simulated
  // The answer for the place under the head, kept as long as the head stays there.
  std::optional<guide::AnswerHere> here;
  glm::vec3 here_m{0.0f};
  int here_attachment = -1;
  // Where the skin was touched, and the traditional maps that have to do with it.
  std::optional<glm::vec3> touched_m;
  std::optional<glm::vec3> answered_m;  // what `here` and `tender` are for
  std::vector<guide::TenderHere> tender;

  // A touch on the body is an answer now.
  bool takes_touches() const { return way == Way::kHere && here_checked && flagged.empty(); }
  bool is_yes(const std::string& question) const {
    return std::find(yes.begin(), yes.end(), question) != yes.end();
  }
  void toggle(const std::string& question) {
    if (std::erase(yes, question) == 0) yes.push_back(question);
  }
};

}  // namespace ui
