// A plan as A4 pages: PDF whose text can be selected, or a PNG of each page. Laid out and drawn
// with Cairo in the program's own typeface.
#pragma once

#include <filesystem>

#include "report/plan.h"

namespace report {

inline constexpr double kPageWidthPt = 595.276;   // 210 mm
inline constexpr double kPageHeightPt = 841.890;  // 297 mm
inline constexpr int kPlacesPerPage = 5;

// One page per plan. An existing file survives a failed write.
base::Status write_plan_pdf(const std::vector<Plan>& plans, const std::filesystem::path& fonts_dir,
                            const std::filesystem::path& out);
// `pixels_per_inch` between 36 and 600.
base::Status write_plan_png(const Plan& plan, const std::filesystem::path& fonts_dir,
                            const std::filesystem::path& out, double pixels_per_inch);

}  // namespace report
