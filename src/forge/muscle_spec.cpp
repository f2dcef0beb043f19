#include "forge/muscle_spec.h"

#include <algorithm>
#include <cstdio>

#include "data/json_file.h"

namespace forge {
namespace {

namespace fs = std::filesystem;
using data::Json;

glm::vec3 to_vec3(const Json& json) {
  return {json.at(0).get<float>(), json.at(1).get<float>(), json.at(2).get<float>()};
}

// One figure for the whole muscle, or one for each column.
std::vector<float> read_shares(const Json& json) {
  if (json.is_array()) return json.get<std::vector<float>>();
  return {json.get<float>()};
}

MuscleEnd read_end(const Json& json) {
  MuscleEnd end;
  end.bones = json.at("bones").get<std::vector<std::string>>();
  end.tendon = read_shares(json.at("tendon"));
  end.gap = json.value("gap", "");
  return end;
}

EndHint read_hint(const Json& json) {
  return {to_vec3(json.at("direction")), json.at("depth_m").get<float>()};
}

// Shortest text that reads back as the rounded figure.
std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", static_cast<double>(value));
  std::string s = text;
  while (s.back() == '0') s.pop_back();
  if (s.back() == '.') s.pop_back();
  return s == "-0" ? "0" : s;
}

std::string quoted(const std::string& text) { return Json(text).dump(); }

std::string list_of(const std::vector<std::string>& words) {
  std::string text = "[";
  for (std::size_t k = 0; k < words.size(); ++k) text += (k ? ", " : "") + quoted(words[k]);
  return text + "]";
}

std::string vector_of(glm::vec3 v) {
  return "[" + number(v.x) + ", " + number(v.y) + ", " + number(v.z) + "]";
}

std::string shares_text(const std::vector<float>& shares) {
  if (shares.size() == 1) return number(shares[0]);
  std::string text;
  for (const float s : shares) text += (text.empty() ? "[" : ", ") + number(s);
  return text + "]";
}

std::string end_text(const MuscleEnd& end) {
  return "{\"bones\": " + list_of(end.bones) + ", \"tendon\": " + shares_text(end.tendon) +
         (end.gap.empty() ? "" : ", \"gap\": " + quoted(end.gap)) + "}";
}

std::string hint_text(const EndHint& hint) {
  return "{\"direction\": " + vector_of(hint.direction) + ", \"depth_m\": " + number(hint.depth_m) +
         "}";
}

std::string beside_text(const anatomy::SideBySide& place) {
  return "{\"cover\": " + quoted(place.cover) + ", \"from\": " + vector_of(place.from) +
         ", \"around_m\": " + vector_of(place.around_m) +
         ", \"within_m\": " + number(place.within_m) + "}";
}

std::string text_of(const geom::NetPoint& p) {
  return "[" + number(p.position_m.x) + ", " + number(p.position_m.y) + ", " +
         number(p.position_m.z) + ", " + number(p.thickness_m) + "]";
}

// One point a line.
std::string net_text(const geom::Net& net) {
  std::string text;
  for (int i = 0; i < net.along; ++i) {
    for (int j = 0; j < net.across; ++j) {
      text += (j == 0 ? "    [" : "     ") + text_of(net.at(i, j));
      text += j + 1 < net.across ? ",\n" : i + 1 < net.along ? "],\n" : "]\n";
    }
  }
  return text;
}

// One row a line, from edge to edge.
std::string slip_text(const geom::Net& slip) {
  std::string text;
  for (int i = 0; i < slip.along; ++i) {
    text += i == 0 ? "    [[" : "     [";
    for (int j = 0; j < slip.across; ++j) text += (j ? ", " : "") + text_of(slip.at(i, j));
    text += i + 1 < slip.along ? "],\n" : "]]";
  }
  return text;
}

// `where` names file, muscle and field.
base::Result<geom::Net> read_net(const Json& rows, const std::string& where) {
  geom::Net net;
  net.along = static_cast<int>(rows.size());
  net.across = static_cast<int>(rows.at(0).size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != rows[0].size()) {
      return base::fail(where + "[" + std::to_string(i) + "]' has " +
                        std::to_string(rows[i].size()) + " points where the first row has " +
                        std::to_string(rows[0].size()));
    }
    for (const Json& point : rows[i]) {
      net.points.push_back({to_vec3(point), point.at(3).get<float>()});
    }
  }
  if (const auto fault = geom::find_net_fault(net)) {
    return base::fail(where + "': " + *fault + "; correct the figures");
  }
  return net;
}

base::Status read_nets(const Json& json, const fs::path& file, MuscleSpec& spec) {
  const std::string where = file.string() + ": muscle '" + spec.id + "': ";
  if (json.contains("net") == json.contains("slips")) {
    return base::fail(where + "needs either the field 'net' or the field 'slips'");
  }
  const auto add = [&](const Json& rows, const std::string& field) -> base::Status {
    auto net = read_net(rows, where + "the field '" + field);
    if (!net) return tl::unexpected(net.error());
    spec.nets.push_back(std::move(*net));
    return {};
  };
  if (json.contains("net")) return add(json.at("net"), "net");
  for (std::size_t k = 0; k < json.at("slips").size(); ++k) {
    const auto added = add(json.at("slips")[k], "slips[" + std::to_string(k) + "]");
    if (!added) return added;
  }
  return {};
}

base::Status check_spec(const MuscleSpec& spec, const fs::path& file) {
  const std::string where = file.string() + ": muscle '" + spec.id + "': ";
  if (spec.id != file.stem().string()) {
    return base::fail(where + "the field 'id' must be the file's name, '" + file.stem().string() +
                      "'");
  }
  for (const anatomy::SideBySide& place : spec.beside) {
    if (std::find(spec.under.begin(), spec.under.end(), place.cover) == spec.under.end()) {
      return base::fail(where + "the field 'beside' names '" + place.cover +
                        "', which 'under' does not; correct the name or leave it out");
    }
    if (!(glm::length(place.from) > 0.0f)) {
      return base::fail(where + "the field 'beside.from' is no direction; correct the figures");
    }
  }
  // Slips may differ in theirs: one figure for all of them.
  const std::size_t columns =
      spec.has_slips() ? 1 : static_cast<std::size_t>(spec.nets.front().across);
  std::vector<std::pair<std::string, const std::vector<float>*>> shares{
      {"origin.tendon", &spec.origin.tendon}, {"insertion.tendon", &spec.insertion.tendon}};
  for (std::size_t k = 0; k < spec.intersections.size(); ++k) {
    shares.emplace_back("intersections[" + std::to_string(k) + "].at", &spec.intersections[k].at);
  }
  for (const auto& [name, figures] : shares) {
    if (figures->size() != 1 && figures->size() != columns) {
      return base::fail(where + "the field '" + name +
                        "' needs one figure or one for each of the " + std::to_string(columns) +
                        " columns");
    }
  }
  return {};
}

}  // namespace

base::Result<MuscleSpec> load_muscle(const fs::path& file, const fs::path& schema_dir) {
  const auto json = data::read_checked_json(file, "backmate-muscle", schema_dir);
  if (!json) return tl::unexpected(json.error());
  MuscleSpec spec;
  spec.id = json->at("id").get<std::string>();
  spec.source = json->at("source").get<std::string>();
  spec.origin = read_end(json->at("origin"));
  spec.insertion = read_end(json->at("insertion"));
  for (const Json& band : json->value("intersections", Json::array())) {
    spec.intersections.push_back({read_shares(band.at("at")), band.at("width").get<float>()});
  }
  spec.under = json->at("under").get<std::vector<std::string>>();
  for (const Json& place : json->value("beside", Json::array())) {
    spec.beside.push_back({place.at("cover").get<std::string>(), to_vec3(place.at("from")),
                           to_vec3(place.at("around_m")), place.at("within_m").get<float>()});
  }
  if (json->contains("ruler")) {
    const Json& ruler = json->at("ruler");
    spec.ruler = RulerHints{read_hint(ruler.at("origin")), read_hint(ruler.at("insertion")),
                            ruler.at("stiffness").get<float>()};
  }
  if (const auto status = read_nets(*json, file, spec); !status) {
    return tl::unexpected(status.error());
  }
  if (const auto status = check_spec(spec, file); !status) return tl::unexpected(status.error());
  for (anatomy::SideBySide& place : spec.beside) place.from = glm::normalize(place.from);
  return spec;
}

base::Result<std::vector<MuscleSpec>> load_muscles(const fs::path& folder,
                                                   const fs::path& schema_dir) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (error) return base::fail("cannot read the folder of muscles " + folder.string());
  std::sort(files.begin(), files.end());
  std::vector<MuscleSpec> specs;
  for (const fs::path& file : files) {
    auto spec = load_muscle(file, schema_dir);
    if (!spec) return tl::unexpected(spec.error());
    for (const MuscleSpec& other : specs) {
      if (other.id == spec->id) {
        return base::fail(file.string() + ": muscle '" + spec->id +
                          "' is described twice; remove one of the files");
      }
    }
    specs.push_back(std::move(*spec));
  }
  return specs;
}

std::string to_text(const MuscleSpec& spec) {
  std::string text = "{\n  \"format\": \"backmate-muscle\",\n  \"version\": 1,\n";
  text += "  \"id\": " + quoted(spec.id) + ",\n  \"source\": " + quoted(spec.source) + ",\n";
  text += "  \"origin\": " + end_text(spec.origin) + ",\n";
  text += "  \"insertion\": " + end_text(spec.insertion) + ",\n";
  if (!spec.intersections.empty()) {
    text += "  \"intersections\": [\n";
    for (const Intersection& band : spec.intersections) {
      text += "    {\"at\": " + shares_text(band.at) + ", \"width\": " + number(band.width) +
              (&band == &spec.intersections.back() ? "}\n" : "},\n");
    }
    text += "  ],\n";
  }
  text += "  \"under\": " + list_of(spec.under) + ",\n";
  if (!spec.beside.empty()) {
    text += "  \"beside\": [\n";
    for (const anatomy::SideBySide& place : spec.beside) {
      text += "    " + beside_text(place) + (&place == &spec.beside.back() ? "\n" : ",\n");
    }
    text += "  ],\n";
  }
  if (spec.ruler) {
    text += "  \"ruler\": {\n    \"origin\": " + hint_text(spec.ruler->origin) +
            ",\n    \"insertion\": " + hint_text(spec.ruler->insertion) +
            ",\n    \"stiffness\": " + number(spec.ruler->stiffness) + "\n  },\n";
  }
  if (!spec.has_slips()) return text + "  \"net\": [\n" + net_text(spec.nets.front()) + "  ]\n}\n";
  text += "  \"slips\": [\n";
  for (const geom::Net& slip : spec.nets) {
    text += slip_text(slip) + (&slip == &spec.nets.back() ? "\n" : ",\n");
  }
  return text + "  ]\n}\n";
}

}  // namespace forge
