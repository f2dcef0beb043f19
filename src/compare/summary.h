// The comparison against what is asked of the body ("must") and what would be better ("aim").
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"

namespace compare {

enum class Verdict { kPass, kFail, kNothing };  // nothing: there was nothing to judge

struct Measure {
  std::string id;    // "muscle_median_mm"
  std::string what;  // a line for people
  double measured = 0.0;
  int decimals = 2;
  std::string unit;
  std::size_t count = 0;  // structures that were looked at
  bool at_most = true;    // the bounds are upper ones
  std::optional<double> must;
  std::optional<double> aim;
  Verdict must_verdict = Verdict::kNothing;
  Verdict aim_verdict = Verdict::kNothing;
  std::vector<std::string> offenders;  // ids outside the bound ("must", else "aim"), worst first
};

std::vector<Measure> summarise(const Comparison& comparison);

// For people: the summary, the worst structures, what is missing. For tables: one line a structure.
std::string to_text(const Comparison& comparison, const std::vector<Measure>& measures);
std::string to_csv(const Comparison& comparison);
std::string to_json_text(const Comparison& comparison, const std::vector<Measure>& measures);

}  // namespace compare
