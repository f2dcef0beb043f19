// An attachment as a button with its picture and short name, for the dock and the list of all.
#pragma once

#include <string_view>

#include "ui/widgets.h"

namespace ui {

// The short name under a picture; an attachment that a shop added has only its full name.
const char* attachment_short_name(const Context& context, const tool::AttachmentSpec& spec);

// Puts it on when pressed (true). The control's id is `prefix` and the attachment's.
bool draw_attachment_tile(Context& context, int attachment, const Rect& rect,
                          std::string_view prefix);

}  // namespace ui
