// What a simulated routine did, as files: the report (format "backmate-report", assets/schema) and
// the trace (CSV). The same run gives the same bytes. Figures are rounded to six digits.
#pragma once

#include <string>

#include "data/json_file.h"
#include "guide/routine_run.h"

namespace report {

// Muscles with the highest dose first. The tension and stiffness of a muscle are means over its
// segments, weighted by the dose that each got in the whole routine (evenly where it got none), for
// every moment and every person alike; a muscle's dose is that of its most worked segment.
data::Json make_routine_report(const guide::RoutineRun& run);

// One row every half second, then every minute; columns time_s, force_n, calm, alarm, pain, then
// load, tension, stiffness and relief of the muscles with the highest doses (at most eight).
std::string make_trace_csv(const guide::RoutineRun& run);

}  // namespace report
