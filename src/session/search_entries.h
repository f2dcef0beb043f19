// What there is to search on a body, with the words of the interface's language.
#pragma once

#include "anatomy/ontology.h"
#include "data/translator.h"
#include "session/search.h"
#include "session/session.h"

namespace session {

// Groups, structures, placements and conditions, in the order in which equals are listed: groups
// before their parts. SearchEntry::index counts in Body::groups,
// Snapshot::placements, Snapshot::conditions and Body::structures.
std::vector<SearchEntry> make_search_entries(const Snapshot& snapshot,
                                             const anatomy::Ontology& ontology,
                                             const data::Translator& tr);

}  // namespace session
