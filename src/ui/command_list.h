// Commands as things that can be searched for and run: the same ones that keys and buttons give.
#pragma once

#include <vector>

#include "data/translator.h"
#include "session/search.h"
#include "ui/context.h"

namespace ui {

// SearchEntry::index counts in this list; the note is the key.
std::vector<session::SearchEntry> make_command_entries(const data::Translator& tr);
void run_command(Context& context, int index);

}  // namespace ui
