#include "data/json_schema.h"

#include <gtest/gtest.h>

namespace data {
namespace {

using Json = nlohmann::json;

struct Case {
  const char* schema;
  const char* good;
  const char* bad;
  const char* mentions;  // part of the sentence about the bad one
};

class JsonSchemaRules : public testing::TestWithParam<Case> {};

TEST_P(JsonSchemaRules, GoodPassesAndBadIsNamed) {
  const Json schema = Json::parse(GetParam().schema);
  const auto good = check_against_schema(Json::parse(GetParam().good), schema);
  EXPECT_TRUE(good) << good.error().message;
  const auto bad = check_against_schema(Json::parse(GetParam().bad), schema);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message.find(GetParam().mentions), std::string::npos)
      << bad.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Keywords, JsonSchemaRules,
    testing::Values(
        Case{R"({"type":"integer"})", "3", "3.5", "integer"},
        Case{R"({"type":["string","null"]})", "null", "3", "string or null"},
        Case{R"({"const":1})", "1", "2", "must be 1"},
        Case{R"({"enum":["a","b"]})", "\"b\"", "\"c\"", "one of"},
        Case{R"({"required":["a"]})", R"({"a":1})", "{}", "'a' is missing"},
        Case{R"({"properties":{"a":{"minimum":2}}})", R"({"a":2})", R"({"a":1})",
             "'a' must be at least 2"},
        Case{R"({"maximum":2})", "2", "2.1", "at most 2"},
        Case{R"({"exclusiveMinimum":0})", "0.1", "0", "more than 0"},
        Case{R"({"exclusiveMaximum":0})", "-1", "0", "less than 0"},
        Case{R"({"additionalProperties":false,"properties":{"a":{}}})", R"({"a":1})", R"({"b":1})",
             "'b' is not known"},
        Case{R"({"additionalProperties":{"type":"string"}})", R"({"x":"y"})", R"({"x":1})", "'x'"},
        Case{R"({"propertyNames":{"pattern":"^[a-z]+$"}})", R"({"x":1})", R"({"X":1})", "pattern"},
        Case{R"({"items":{"items":{"type":"number"}}})", "[[1]]", "[[1],[2,\"x\"]]", "[1][1]"},
        Case{R"({"items":[{"type":"number"},{"type":"string"}]})", "[1,\"a\"]", "[1,2]", "[1]"},
        Case{R"({"minItems":2})", "[1,2]", "[1]", "at least 2 entries"},
        Case{R"({"maxItems":1})", "[1]", "[1,2]", "at most 1 entries"},
        Case{R"({"uniqueItems":true})", "[1,2]", "[1,1]", "twice"},
        Case{R"({"minLength":1})", "\"a\"", "\"\"", "at least 1 characters"},
        Case{R"({"maxLength":1})", "\"a\"", "\"ab\"", "at most 1 characters"},
        Case{R"({"pattern":"^FMA[0-9]+$"})", "\"FMA1\"", "\"FMA\"", "pattern"},
        Case{R"({"anyOf":[{"type":"null"},{"minimum":3}]})", "3", "2", "at least 3"},
        Case{R"({"allOf":[{"minimum":1},{"maximum":3}]})", "2", "4", "at most 3"},
        Case{R"({"definitions":{"p":{"type":"number"}},"items":{"$ref":"#/definitions/p"}})", "[1]",
             "[true]", "number"}));

TEST(JsonSchema, UnknownKeywordIsRefusedWhereverItStands) {
  for (const char* schema :
       {R"({"minimun":1})", R"({"properties":{"a":{"formatt":1}}})", R"({"items":{"if":{}}})"}) {
    EXPECT_FALSE(check_against_schema(Json::parse("{}"), Json::parse(schema))) << schema;
  }
}

}  // namespace
}  // namespace data
