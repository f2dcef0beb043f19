// The comparison as words, as comma-separated values and as JSON.
#include <algorithm>
#include <cstdarg>
#include <cstdio>

#include "compare/summary.h"
#include "data/json_file.h"

namespace compare {
namespace {

constexpr std::size_t kWorst = 10;
constexpr double kToMm = 1e3;
constexpr double kMl = 1e6;

__attribute__((format(printf, 1, 2))) std::string text_of(const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  char buffer[512];
  const int length = std::vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  return std::string(buffer, static_cast<std::size_t>(
                                 std::clamp(length, 0, static_cast<int>(sizeof(buffer)) - 1)));
}

std::string number(double value, int decimals) { return text_of("%.*f", decimals, value); }

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::kBoth:
      return "both";
    case Presence::kMissing:
      return "missing";
    case Presence::kBodyOnly:
      break;
  }
  return "body only";
}

std::string_view to_string(Judged judged) {
  switch (judged) {
    case Judged::kMuscle:
      return "muscle";
    case Judged::kBone:
      return "bone";
    case Judged::kNo:
      break;
  }
  return "";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "FAIL";
    case Verdict::kNothing:
      break;
  }
  return "-";
}

std::string bound_text(const Measure& m, const std::optional<double>& bound) {
  if (!bound) return "-";
  // The one bound that says "less than".
  const char* sign = m.id == "order_worst_percent" && *bound > 0.0 ? "<" : "<=";
  return std::string(m.at_most ? sign : ">=") + " " + number(*bound, *bound < 0.1 ? 2 : 1);
}

void add_measures(const std::vector<Measure>& measures, std::string& out) {
  out += text_of("%-68s %10s %5s  %-8s %-5s %-8s %s\n", "measure", "measured", "of", "must", "",
                 "aim", "");
  for (const Measure& m : measures) {
    const std::string measured =
        m.count == 0 ? "-" : number(m.measured, m.decimals) + (m.unit.empty() ? "" : " " + m.unit);
    out +=
        text_of("%-68s %10s %5zu  %-8s %-5s %-8s %s\n", m.what.c_str(), measured.c_str(), m.count,
                bound_text(m, m.must).c_str(), std::string(to_string(m.must_verdict)).c_str(),
                bound_text(m, m.aim).c_str(), std::string(to_string(m.aim_verdict)).c_str());
  }
}

void add_worst(const Comparison& comparison, Judged judged, const char* title, std::string& out) {
  std::vector<const StructureRow*> rows;
  for (const StructureRow& row : comparison.rows) {
    if (row.judged == judged && row.distance) rows.push_back(&row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const StructureRow* a, const StructureRow* b) {
    return a->distance->mean_m() > b->distance->mean_m();
  });
  if (rows.size() > kWorst) rows.resize(kWorst);
  if (rows.empty()) return;
  out += text_of("\n%-40s %8s %12s %14s %8s\n", title, "mean mm", "to reference", "from reference",
                 "volume");
  for (const StructureRow* row : rows) {
    const geom::SurfaceDistance& d = *row->distance;
    out += text_of("%-40s %8.2f %12.2f %14.2f %8s\n", row->id.c_str(),
                   kToMm * static_cast<double>(d.mean_m()), kToMm * static_cast<double>(d.a_to_b_m),
                   kToMm * static_cast<double>(d.b_to_a_m),
                   row->volume_ratio ? number(*row->volume_ratio, 2).c_str() : "-");
  }
}

void add_list(const char* title, const std::vector<std::string>& lines, std::string& out) {
  if (lines.empty()) return;
  out += text_of("\n%s (%zu):\n", title, lines.size());
  for (const std::string& line : lines) out += "  " + line + "\n";
}

void add_order(const Comparison& comparison, const std::vector<std::string>& offenders,
               std::string& out) {
  std::vector<std::string> lines;
  for (const std::string& id : offenders) {
    const auto row =
        std::find_if(comparison.rows.begin(), comparison.rows.end(),
                     [&](const StructureRow& r) { return r.id == id && r.order_share; });
    lines.push_back(text_of("%-40s %5.1f %%  mostly before %s", id.c_str(),
                            100.0 * static_cast<double>(*row->order_share),
                            row->order_worst.c_str()));
  }
  add_list("Met before what they belong under", lines, out);
}

std::string quote_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

data::Json to_json(const Measure& m) {
  data::Json json = {{"id", m.id},
                     {"what", m.what},
                     {"unit", m.unit},
                     {"count", m.count},
                     {"must", to_string(m.must_verdict)},
                     {"aim", to_string(m.aim_verdict)},
                     {"offenders", m.offenders}};
  json["measured"] = m.count > 0 ? data::Json(m.measured) : data::Json();
  json["must_bound"] = m.must ? data::Json(*m.must) : data::Json();
  json["aim_bound"] = m.aim ? data::Json(*m.aim) : data::Json();
  return json;
}

data::Json to_json(const StructureRow& row) {
  data::Json json = {{"id", row.id},
                     {"name", row.name},
                     {"fma", row.fma},
                     {"kind", to_string(row.kind)},
                     {"side", to_string(row.side)},
                     {"presence", to_string(row.presence)},
                     {"judged", to_string(row.judged)}};
  if (row.distance) {
    json["mean_mm"] = kToMm * static_cast<double>(row.distance->mean_m());
    json["to_reference_mm"] = kToMm * static_cast<double>(row.distance->a_to_b_m);
    json["from_reference_mm"] = kToMm * static_cast<double>(row.distance->b_to_a_m);
  }
  if (row.body_volume_m3) json["volume_ml"] = kMl * *row.body_volume_m3;
  if (row.reference_volume_m3) json["reference_volume_ml"] = kMl * *row.reference_volume_m3;
  if (row.volume_ratio) json["volume_ratio"] = *row.volume_ratio;
  if (row.mesh) {
    json["mesh"] = {{"open_edges", row.mesh->open_edges},
                    {"crowded_edges", row.mesh->crowded_edges},
                    {"flipped_edges", row.mesh->flipped_edges},
                    {"degenerate_triangles", row.mesh->degenerate_triangles},
                    {"inside_out", row.mesh->inside_out}};
  }
  if (row.order_share) {
    json["order_percent"] = 100.0 * static_cast<double>(*row.order_share);
    json["order_worst"] = row.order_worst;
  }
  if (row.mirror_m) json["mirror_mm"] = kToMm * static_cast<double>(*row.mirror_m);
  return json;
}

}  // namespace

std::string to_text(const Comparison& comparison, const std::vector<Measure>& measures) {
  std::string out;
  add_measures(measures, out);
  add_worst(comparison, Judged::kMuscle, "worst muscles", out);
  add_worst(comparison, Judged::kBone, "worst bones", out);
  for (const Measure& m : measures) {
    if (m.id == "order_worst_percent") add_order(comparison, m.offenders, out);
    if (m.id == "bad_meshes") {
      add_list("Not closed, wound inconsistently or with degenerate triangles", m.offenders, out);
    }
    if (m.id == "volume_must_percent") {
      add_list("Volume ratio outside 0.85 to 1.18", m.offenders, out);
    }
    if (m.id == "mirror_worst_mm") add_list("Not a mirror image", m.offenders, out);
    if (m.id == "missing") add_list("In the reference, not in the body", m.offenders, out);
  }
  add_list("No yardstick, as the manifest says", comparison.unusable, out);
  add_list("Could not be read", comparison.unread, out);
  return out;
}

std::string to_csv(const Comparison& comparison) {
  std::string out =
      "id,name,fma,kind,side,presence,judged,mean_mm,to_reference_mm,from_reference_mm,volume_ml,"
      "reference_volume_ml,volume_ratio,open_edges,crowded_edges,flipped_edges,"
      "degenerate_triangles,inside_out,order_percent,order_worst,mirror_mm\n";
  for (const StructureRow& row : comparison.rows) {
    std::vector<std::string> fields = {row.id,
                                       row.name,
                                       row.fma,
                                       std::string(to_string(row.kind)),
                                       std::string(to_string(row.side)),
                                       std::string(to_string(row.presence)),
                                       std::string(to_string(row.judged))};
    const auto add = [&](bool known, double value, int decimals) {
      fields.push_back(known ? number(value, decimals) : "");
    };
    const auto d = row.distance.value_or(geom::SurfaceDistance{});
    add(row.distance.has_value(), kToMm * static_cast<double>(d.mean_m()), 3);
    add(row.distance.has_value(), kToMm * static_cast<double>(d.a_to_b_m), 3);
    add(row.distance.has_value(), kToMm * static_cast<double>(d.b_to_a_m), 3);
    add(row.body_volume_m3.has_value(), kMl * row.body_volume_m3.value_or(0.0), 3);
    add(row.reference_volume_m3.has_value(), kMl * row.reference_volume_m3.value_or(0.0), 3);
    add(row.volume_ratio.has_value(), row.volume_ratio.value_or(0.0), 3);
    const MeshFaults faults = row.mesh.value_or(MeshFaults{});
    for (const std::size_t count : {faults.open_edges, faults.crowded_edges, faults.flipped_edges,
                                    faults.degenerate_triangles}) {
      add(row.mesh.has_value(), static_cast<double>(count), 0);
    }
    fields.push_back(!row.mesh ? "" : faults.inside_out ? "yes" : "no");
    add(row.order_share.has_value(), 100.0 * static_cast<double>(row.order_share.value_or(0.0f)),
        2);
    fields.push_back(row.order_worst);
    add(row.mirror_m.has_value(), kToMm * static_cast<double>(row.mirror_m.value_or(0.0f)), 4);
    for (std::size_t i = 0; i < fields.size(); ++i)
      out += (i > 0 ? "," : "") + quote_field(fields[i]);
    out += "\n";
  }
  return out;
}

std::string to_json_text(const Comparison& comparison, const std::vector<Measure>& measures) {
  data::Json json = {{"body", comparison.body_id},
                     {"measures", data::Json::array()},
                     {"structures", data::Json::array()},
                     {"no_yardstick", comparison.unusable},
                     {"unread", comparison.unread}};
  for (const Measure& m : measures) json["measures"].push_back(to_json(m));
  for (const StructureRow& row : comparison.rows) json["structures"].push_back(to_json(row));
  return json.dump(1, ' ', false, data::Json::error_handler_t::replace) + "\n";
}

}  // namespace compare
