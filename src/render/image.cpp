#include "render/image.h"

#include <stb_image.h>
#include <stb_image_write.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace render {
namespace {

constexpr int kFar = 16;

bool is_opaque(const Image& image) {
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) {
    if (image.rgba[i] != 255) return false;
  }
  return true;
}

void append(void* context, void* data, int size) {
  auto* bytes = static_cast<std::vector<char>*>(context);
  const char* from = static_cast<const char*>(data);
  bytes->insert(bytes->end(), from, from + size);
}

std::vector<char> encode_png(const Image& image) {
  std::vector<char> bytes;
  // One fixed filter and a light compression: trying all filters takes longer than the drawing.
  stbi_write_png_compression_level = 2;
  stbi_write_force_png_filter = 1;
  if (is_opaque(image)) {
    std::vector<std::uint8_t> rgb(image.rgba.size() / 4 * 3);
    for (std::size_t i = 0, j = 0; j < rgb.size(); i += 4, j += 3) {
      std::copy_n(&image.rgba[i], 3, &rgb[j]);
    }
    stbi_write_png_to_func(append, &bytes, image.width, image.height, 3, rgb.data(),
                           3 * image.width);
  } else {
    stbi_write_png_to_func(append, &bytes, image.width, image.height, 4, image.rgba.data(),
                           4 * image.width);
  }
  return bytes;
}

}  // namespace

base::Status save_png(const Image& image, const std::filesystem::path& path) {
  const std::vector<char> bytes = encode_png(image);
  if (bytes.empty()) {
    return base::fail("The picture for '" + path.string() + "' could not be encoded as PNG.");
  }
  std::filesystem::path part = path;
  part += ".part";
  std::error_code error;
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
      std::filesystem::remove(part, error);
      return base::fail("The picture '" + path.string() +
                        "' could not be written. Check that its folder exists, that you may write "
                        "there and that the disk is not full.");
    }
  }
  std::filesystem::rename(part, path, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return base::fail("The picture '" + path.string() +
                      "' could not be written: " + error.message() + ". Choose another name.");
  }
  return {};
}

base::Result<Image> load_png(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(in)),
                                std::istreambuf_iterator<char>());
  Image image;
  int channels = 0;
  stbi_uc* pixels = stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()),
                                          static_cast<int>(bytes.size()), &image.width,
                                          &image.height, &channels, 4);
  if (pixels == nullptr) {
    return base::fail("'" + path.string() + "' is missing or not a PNG picture.");
  }
  image.rgba.assign(pixels, pixels + static_cast<std::size_t>(image.width) * image.height * 4);
  stbi_image_free(pixels);
  return image;
}

ImageDifference compare(const Image& a, const Image& b) {
  ImageDifference difference;
  difference.same_size = a.width == b.width && a.height == b.height;
  if (!difference.same_size) {
    difference.mean_abs = 255.0;
    difference.far_fraction = 1.0;
    return difference;
  }
  std::size_t sum = 0;
  std::size_t far = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    int worst = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      const int d = std::abs(int{a.rgba[i + c]} - int{b.rgba[i + c]});
      sum += static_cast<std::size_t>(d);
      worst = std::max(worst, d);
    }
    if (worst > kFar) ++far;
  }
  const double pixels = std::max<double>(1.0, static_cast<double>(a.rgba.size()) / 4.0);
  difference.mean_abs = static_cast<double>(sum) / (3.0 * pixels);
  difference.far_fraction = static_cast<double>(far) / pixels;
  return difference;
}

Image difference_image(const Image& a, const Image& b) {
  Image out = a;
  const bool same = a.rgba.size() == b.rgba.size();
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    int worst = same ? 0 : 255;
    for (std::size_t c = 0; same && c < 3; ++c) {
      worst = std::max(worst, std::abs(int{a.rgba[i + c]} - int{b.rgba[i + c]}));
    }
    const int grey = (a.rgba[i] + a.rgba[i + 1] + a.rgba[i + 2]) / 12;
    out.rgba[i] = static_cast<std::uint8_t>(std::min(255, grey + (worst > 0 ? 60 + 4 * worst : 0)));
    out.rgba[i + 1] = static_cast<std::uint8_t>(grey);
    out.rgba[i + 2] = static_cast<std::uint8_t>(grey);
    out.rgba[i + 3] = 255;
  }
  return out;
}

}  // namespace render
