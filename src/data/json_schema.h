// Checks a JSON document against a JSON Schema and says in a sentence what is wrong with it. The
// part of draft 7 that our schemas use: type, const, enum, required, properties,
// additionalProperties, propertyNames, items, minItems, maxItems, uniqueItems, minimum, maximum,
// exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern, anyOf, allOf, definitions and
// local $ref. A schema that uses anything else is refused: no rule is ever silently ignored.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace data {

// The error reads "field 'balls[0].radius_m' must be at least 0.005 (it is -1)". The first problem
// in document order is reported.
base::Status check_against_schema(const nlohmann::json& document, const nlohmann::json& schema);

}  // namespace data
