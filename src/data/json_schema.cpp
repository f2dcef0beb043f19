#include "data/json_schema.h"

#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <string_view>

namespace data {
namespace {

using Json = nlohmann::json;

// Found problems travel as text; an empty optional-like string means fine.
using Problem = std::string;
const Problem kFine;

std::string shorten(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  constexpr std::size_t kLongest = 60;
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

std::string field(const std::string& path) {
  return path.empty() ? std::string("the file") : "field '" + path + "'";
}

std::string join(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

bool has_type(const Json& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type == "integer") {
    return value.is_number_integer() ||
           (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>());
  }
  return false;
}

std::string type_words(const Json& type) {
  if (type.is_string()) return type.get<std::string>();
  std::string words;
  for (const Json& one : type) words += (words.empty() ? "" : " or ") + one.get<std::string>();
  return words;
}

class Checker {
 public:
  explicit Checker(const Json& root) : root_(root) {}

  Problem check(const Json& value, const Json& schema, const std::string& path) const {
    if (schema.is_boolean()) {
      return schema.get<bool>() ? kFine : field(path) + " is not known here";
    }
    if (const auto reference = schema.find("$ref"); reference != schema.end()) {
      return check(value, root_.at(Json::json_pointer(reference->get<std::string>().substr(1))),
                   path);
    }
    for (const auto& [keyword, rule] : schema.items()) {
      if (Problem problem = check_value_rule(keyword, rule, value, path); !problem.empty()) {
        return problem;
      }
    }
    if (value.is_object()) return check_object(value, schema, path);
    if (value.is_array()) return check_array(value, schema, path);
    return kFine;
  }

  // Every keyword in the schema must be one that this checker honours.
  Problem find_unknown_keyword(const Json& schema) const {
    static const std::set<std::string, std::less<>> kKnown = {"$schema",
                                                              "$id",
                                                              "title",
                                                              "description",
                                                              "examples",
                                                              "default",
                                                              "type",
                                                              "const",
                                                              "enum",
                                                              "required",
                                                              "properties",
                                                              "additionalProperties",
                                                              "propertyNames",
                                                              "items",
                                                              "minItems",
                                                              "maxItems",
                                                              "uniqueItems",
                                                              "minimum",
                                                              "maximum",
                                                              "exclusiveMinimum",
                                                              "exclusiveMaximum",
                                                              "minLength",
                                                              "maxLength",
                                                              "pattern",
                                                              "anyOf",
                                                              "allOf",
                                                              "definitions",
                                                              "$ref"};
    if (!schema.is_object()) return kFine;
    for (const auto& [keyword, rule] : schema.items()) {
      if (!kKnown.contains(keyword)) return keyword;
      if (keyword == "properties" || keyword == "definitions") {
        for (const auto& [name, inner] : rule.items()) {
          if (Problem unknown = find_unknown_keyword(inner); !unknown.empty()) return unknown;
        }
      } else if (keyword == "anyOf" || keyword == "allOf" ||
                 (keyword == "items" && rule.is_array())) {
        for (const Json& inner : rule) {
          if (Problem unknown = find_unknown_keyword(inner); !unknown.empty()) return unknown;
        }
      } else if (keyword == "items" || keyword == "additionalProperties" ||
                 keyword == "propertyNames") {
        if (Problem unknown = find_unknown_keyword(rule); !unknown.empty()) return unknown;
      }
    }
    return kFine;
  }

 private:
  Problem check_value_rule(const std::string& keyword, const Json& rule, const Json& value,
                           const std::string& path) const {
    if (keyword == "type") {
      bool fits = false;
      for (const Json& one : rule.is_array() ? rule : Json::array({rule})) {
        fits = fits || has_type(value, one.get<std::string>());
      }
      if (!fits) return field(path) + " must be of type " + type_words(rule) + seen(value);
    } else if (keyword == "const") {
      if (value != rule) return field(path) + " must be " + rule.dump() + seen(value);
    } else if (keyword == "enum") {
      for (const Json& one : rule) {
        if (value == one) return kFine;
      }
      return field(path) + " must be one of " + rule.dump() + seen(value);
    } else if (keyword == "anyOf") {
      Problem last;
      for (const Json& one : rule) {
        last = check(value, one, path);
        if (last.empty()) return kFine;
      }
      return last;
    } else if (keyword == "allOf") {
      for (const Json& one : rule) {
        if (Problem problem = check(value, one, path); !problem.empty()) return problem;
      }
    }
    if (value.is_number()) return check_number(keyword, rule, value, path);
    if (value.is_string()) return check_string(keyword, rule, value, path);
    return kFine;
  }

  static Problem check_number(const std::string& keyword, const Json& rule, const Json& value,
                              const std::string& path) {
    const double number = value.get<double>();
    if (!std::isfinite(number)) return field(path) + " must be a finite number";
    if (keyword == "minimum" && number < rule.get<double>()) {
      return field(path) + " must be at least " + rule.dump() + seen(value);
    }
    if (keyword == "maximum" && number > rule.get<double>()) {
      return field(path) + " must be at most " + rule.dump() + seen(value);
    }
    if (keyword == "exclusiveMinimum" && number <= rule.get<double>()) {
      return field(path) + " must be more than " + rule.dump() + seen(value);
    }
    if (keyword == "exclusiveMaximum" && number >= rule.get<double>()) {
      return field(path) + " must be less than " + rule.dump() + seen(value);
    }
    return kFine;
  }

  Problem check_string(const std::string& keyword, const Json& rule, const Json& value,
                       const std::string& path) const {
    const auto& text = value.get_ref<const std::string&>();
    if (keyword == "minLength" && text.size() < rule.get<std::size_t>()) {
      return field(path) + " must have at least " + rule.dump() + " characters" + seen(value);
    }
    if (keyword == "maxLength" && text.size() > rule.get<std::size_t>()) {
      return field(path) + " must have at most " + rule.dump() + " characters" + seen(value);
    }
    if (keyword == "pattern" &&
        !std::regex_search(text, compiled(rule.get_ref<const std::string&>()))) {
      return field(path) + " must match the pattern " + rule.get<std::string>() + seen(value);
    }
    return kFine;
  }

  Problem check_object(const Json& value, const Json& schema, const std::string& path) const {
    static const Json kNone = Json::object();
    const auto required = schema.find("required");
    for (const Json& name : required != schema.end() ? *required : kNone) {
      if (!value.contains(name.get<std::string>())) {
        return field(join(path, name.get<std::string>())) + " is missing";
      }
    }
    const auto listed = schema.find("properties");
    const Json& properties = listed != schema.end() ? *listed : kNone;
    const auto others = schema.find("additionalProperties");
    const auto names = schema.find("propertyNames");
    for (const auto& [key, member] : value.items()) {
      const std::string member_path = join(path, key);
      if (names != schema.end()) {
        if (Problem problem = check(Json(key), *names, member_path); !problem.empty())
          return problem;
      }
      Problem problem;
      if (const auto known = properties.find(key); known != properties.end()) {
        problem = check(member, *known, member_path);
      } else if (others != schema.end()) {
        problem = check(member, *others, member_path);
      }
      if (!problem.empty()) return problem;
    }
    return kFine;
  }

  Problem check_array(const Json& value, const Json& schema, const std::string& path) const {
    const auto count_rule = [&](const char* keyword) { return schema.find(keyword); };
    if (const auto rule = count_rule("minItems");
        rule != schema.end() && value.size() < rule->get<std::size_t>()) {
      return field(path) + " must have at least " + rule->dump() + " entries (it has " +
             std::to_string(value.size()) + ")";
    }
    if (const auto rule = count_rule("maxItems");
        rule != schema.end() && value.size() > rule->get<std::size_t>()) {
      return field(path) + " must have at most " + rule->dump() + " entries (it has " +
             std::to_string(value.size()) + ")";
    }
    if (schema.value("uniqueItems", false)) {
      const std::set<Json> distinct(value.begin(), value.end());
      if (distinct.size() != value.size()) return field(path) + " has the same entry twice";
    }
    const auto items = schema.find("items");
    if (items == schema.end()) return kFine;
    for (std::size_t i = 0; i < value.size(); ++i) {
      // A list of schemas is for a tuple: one rule a place, none beyond.
      if (items->is_array() && i >= items->size()) break;
      const Json& rule = items->is_array() ? (*items)[i] : *items;
      Problem problem = check(value[i], rule, path + "[" + std::to_string(i) + "]");
      if (!problem.empty()) return problem;
    }
    return kFine;
  }

  // Compiling a pattern takes a hundred times longer than matching one; tables of names hold
  // thousands of strings for a handful of patterns.
  const std::regex& compiled(const std::string& pattern) const {
    const auto known = patterns_.find(pattern);
    if (known != patterns_.end()) return known->second;
    return patterns_.emplace(pattern, std::regex(pattern, std::regex::ECMAScript)).first->second;
  }

  static std::string seen(const Json& value) { return " (it is " + shorten(value) + ")"; }

  const Json& root_;
  mutable std::map<std::string, std::regex> patterns_;
};

}  // namespace

base::Status check_against_schema(const Json& document, const Json& schema) {
  const Checker checker(schema);
  if (const Problem unknown = checker.find_unknown_keyword(schema); !unknown.empty()) {
    return base::fail("the schema uses '" + unknown + "', which this program does not check");
  }
  if (Problem problem = checker.check(document, schema, ""); !problem.empty()) {
    return base::fail(std::move(problem));
  }
  return {};
}

}  // namespace data
