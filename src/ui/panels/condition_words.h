// What panels say about the chosen condition.
#pragma once

#include <algorithm>

#include "ui/context.h"

namespace ui {

inline const sim::Condition& find_condition(const Context& context) {
  const auto& all = *context.snapshot.conditions;
  const auto it = std::find_if(all.begin(), all.end(), [&](const sim::Condition& condition) {
    return condition.id == context.document().condition.id;
  });
  return it == all.end() ? all.front() : *it;
}

inline const char* side_key(const Context& context) {
  const anatomy::Side side = context.document().condition.side;
  if (side == anatomy::Side::kMedian) return "side.choice.both";
  return side == anatomy::Side::kLeft ? "side.choice.left" : "side.choice.right";
}

}  // namespace ui
