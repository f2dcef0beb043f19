// A finished picture in memory and on disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/result.h"

namespace render {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // top row first, sRGB
};

// PNG, atomic: an existing file survives a failed write. Opaque images are written without alpha.
base::Status save_png(const Image& image, const std::filesystem::path& path);
base::Result<Image> load_png(const std::filesystem::path& path);

// How far two pictures are apart, over red, green and blue in 0..255. Different sizes are
// infinitely far.
struct ImageDifference {
  double mean_abs = 0.0;
  double far_fraction = 0.0;  // of pixels with a channel off by more than 16
  bool same_size = true;
  bool identical() const { return same_size && mean_abs == 0.0; }
};
ImageDifference compare(const Image& a, const Image& b);
// Grey where equal, brighter red the farther apart; of the size of `a`.
Image difference_image(const Image& a, const Image& b);

}  // namespace render
