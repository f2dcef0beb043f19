#include "compare/summary.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace compare {
namespace {

constexpr double kMm = 1e3;
// Ratios of volumes, as a band around 1.
struct Band {
  double low;
  double high;
  bool holds(double x) const { return x >= low && x <= high; }
};
constexpr Band kMustVolume{0.85, 1.18};
constexpr Band kAimVolume{0.93, 1.07};
constexpr double kMostMuscles = 80.0;  // per cent that must lie in the band
// A pack keeps places to within ten micrometres: below that a mirror error is none.
constexpr double kPackStep_mm = 0.01;

double distance_mm(const StructureRow& row) {
  return kMm * static_cast<double>(row.distance->mean_m());
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

Measure make_measure(std::string id, std::string what) {
  Measure m;
  m.id = std::move(id);
  m.what = std::move(what);
  return m;
}

using RowTest = std::function<bool(const StructureRow&)>;
using RowValue = std::function<double(const StructureRow&)>;

std::vector<const StructureRow*> pick(const Comparison& comparison, const RowTest& wanted) {
  std::vector<const StructureRow*> rows;
  for (const StructureRow& row : comparison.rows) {
    if (wanted(row)) rows.push_back(&row);
  }
  return rows;
}

std::vector<std::string> ids_by(std::vector<const StructureRow*> rows, const RowValue& badness) {
  std::stable_sort(rows.begin(), rows.end(), [&](const StructureRow* a, const StructureRow* b) {
    return badness(*a) > badness(*b);
  });
  std::vector<std::string> ids;
  for (const StructureRow* row : rows) ids.push_back(row->id);
  return ids;
}

Verdict verdict_of(const Measure& m, std::optional<double> bound) {
  if (m.count == 0 || !bound) return Verdict::kNothing;
  const bool holds = m.at_most ? m.measured <= *bound : m.measured >= *bound;
  return holds ? Verdict::kPass : Verdict::kFail;
}

void judge(Measure& m) {
  m.must_verdict = verdict_of(m, m.must);
  m.aim_verdict = verdict_of(m, m.aim);
}

Measure median_distance(const Comparison& comparison, Judged group, std::string id,
                        std::string what, double must, double aim) {
  Measure m = make_measure(std::move(id), std::move(what));
  m.unit = "mm";
  m.must = must;
  m.aim = aim;
  const auto rows = pick(comparison, [&](const StructureRow& row) {
    return row.judged == group && row.distance.has_value();
  });
  std::vector<double> distances;
  std::vector<const StructureRow*> over;
  for (const StructureRow* row : rows) {
    distances.push_back(distance_mm(*row));
    if (distances.back() > must) over.push_back(row);
  }
  m.count = rows.size();
  m.measured = median(distances);
  judge(m);
  m.offenders = ids_by(over, distance_mm);
  return m;
}

Measure worst_muscle(const Comparison& comparison) {
  Measure m = make_measure("muscle_worst_mm", "muscles: mean surface distance, worst muscle");
  m.unit = "mm";
  m.must = 4.0;
  m.aim = 2.5;
  std::vector<const StructureRow*> over;
  for (const StructureRow* row : pick(comparison, [](const StructureRow& r) {
         return r.judged == Judged::kMuscle && r.distance.has_value();
       })) {
    ++m.count;
    m.measured = std::max(m.measured, distance_mm(*row));
    if (distance_mm(*row) > *m.must) over.push_back(row);
  }
  judge(m);
  m.offenders = ids_by(over, distance_mm);
  return m;
}

// The share of muscles in the band; the caller says whether it is a must or an aim.
Measure volume_share(const Comparison& comparison, const Band& band, std::string id,
                     std::string what) {
  Measure m = make_measure(std::move(id), std::move(what));
  m.unit = "%";
  m.decimals = 0;
  m.at_most = false;
  std::size_t within = 0;
  std::vector<const StructureRow*> outside;
  for (const StructureRow* row : pick(comparison, [](const StructureRow& r) {
         return r.judged == Judged::kMuscle && r.volume_ratio.has_value();
       })) {
    ++m.count;
    if (band.holds(*row->volume_ratio)) {
      ++within;
    } else {
      outside.push_back(row);
    }
  }
  if (m.count > 0) m.measured = 100.0 * static_cast<double>(within) / static_cast<double>(m.count);
  m.offenders =
      ids_by(outside, [](const StructureRow& r) { return std::abs(std::log(*r.volume_ratio)); });
  return m;
}

Measure bad_meshes(const Comparison& comparison) {
  Measure m = make_measure("bad_meshes",
                           "meshes not closed, wound inconsistently or with degenerate triangles");
  m.decimals = 0;
  m.must = 0.0;
  std::vector<const StructureRow*> bad;
  for (const StructureRow& row : comparison.rows) {
    if (!row.mesh) continue;
    ++m.count;
    if (!row.mesh->good()) bad.push_back(&row);
  }
  m.measured = static_cast<double>(bad.size());
  judge(m);
  m.offenders = ids_by(bad, [](const StructureRow& r) {
    return static_cast<double>(r.mesh->open_edges + r.mesh->crowded_edges + r.mesh->flipped_edges +
                               r.mesh->degenerate_triangles);
  });
  return m;
}

Measure order_errors(const Comparison& comparison) {
  Measure m = make_measure("order_worst_percent",
                           "order from the skin inward: area met too early, worst muscle");
  m.unit = "%";
  m.must = 1.0;
  m.aim = 0.0;
  const RowValue percent = [](const StructureRow& r) {
    return 100.0 * static_cast<double>(*r.order_share);
  };
  std::vector<const StructureRow*> over;
  for (const StructureRow& row : comparison.rows) {
    if (!row.order_share) continue;
    ++m.count;
    m.measured = std::max(m.measured, percent(row));
    if (percent(row) >= *m.must) over.push_back(&row);
  }
  judge(m);
  // "Less than", not "at most".
  if (m.count > 0 && m.measured >= *m.must) m.must_verdict = Verdict::kFail;
  m.offenders = ids_by(over, percent);
  return m;
}

Measure mirror_errors(const Comparison& comparison) {
  Measure m = make_measure("mirror_worst_mm",
                           "left against right: greatest distance (0 to within a pack's step)");
  m.unit = "mm";
  m.decimals = 3;
  m.must = kPackStep_mm;
  std::vector<const StructureRow*> over;
  for (const StructureRow& row : comparison.rows) {
    if (!comparison.symmetric || !row.mirror_m || row.side == anatomy::Side::kMedian) continue;
    ++m.count;
    const double error = kMm * static_cast<double>(*row.mirror_m);
    m.measured = std::max(m.measured, error);
    if (error > *m.must) over.push_back(&row);
  }
  judge(m);
  m.offenders =
      ids_by(over, [](const StructureRow& r) { return static_cast<double>(*r.mirror_m); });
  return m;
}

Measure missing_structures(const Comparison& comparison) {
  Measure m = make_measure("missing", "structures that the reference has and the body lacks");
  m.decimals = 0;
  m.must = 0.0;
  std::vector<const StructureRow*> missing;
  for (const StructureRow& row : comparison.rows) {
    if (row.presence == Presence::kBodyOnly) continue;
    ++m.count;
    if (row.presence == Presence::kMissing) missing.push_back(&row);
  }
  m.measured = static_cast<double>(missing.size());
  judge(m);
  m.offenders = ids_by(missing, [](const StructureRow&) { return 0.0; });
  return m;
}

}  // namespace

std::vector<Measure> summarise(const Comparison& comparison) {
  Measure must_volume = volume_share(comparison, kMustVolume, "volume_must_percent",
                                     "muscles with a volume ratio of 0.85 to 1.18");
  must_volume.must = kMostMuscles;
  judge(must_volume);
  Measure aim_volume = volume_share(comparison, kAimVolume, "volume_aim_percent",
                                    "muscles with a volume ratio of 0.93 to 1.07");
  aim_volume.aim = kMostMuscles;
  judge(aim_volume);
  return {median_distance(comparison, Judged::kMuscle, "muscle_median_mm",
                          "muscles: mean surface distance, median", 1.8, 1.2),
          worst_muscle(comparison),
          must_volume,
          aim_volume,
          median_distance(comparison, Judged::kBone, "bone_median_mm",
                          "bones: mean surface distance, median", 2.5, 1.5),
          bad_meshes(comparison),
          order_errors(comparison),
          mirror_errors(comparison),
          missing_structures(comparison)};
}

}  // namespace compare
