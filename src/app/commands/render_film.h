// `backmate render --video`: a turntable or a routine as a row of pictures.
#pragma once

#include "app/commands/render_picture.h"

namespace app {

// Says on stdout what was written; progress goes to stderr.
base::Status render_film(const RenderArguments& arguments, Size size);

}  // namespace app
