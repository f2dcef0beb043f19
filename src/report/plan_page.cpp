#include "report/plan_page.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>

namespace report {
namespace {

using guide::Ink;

struct Rgb {
  double r, g, b;
};
constexpr Rgb hex(unsigned value) {
  return {static_cast<double>((value >> 16) & 255u) / 255.0,
          static_cast<double>((value >> 8) & 255u) / 255.0,
          static_cast<double>(value & 255u) / 255.0};
}
// The window's palette, on paper.
constexpr Rgb kText = hex(0x1B2430);
constexpr Rgb kMuted = hex(0x566170);
constexpr Rgb kAccent = hex(0x0E687A);
constexpr Rgb kAccentSoft = hex(0xE6F2F4);
constexpr Rgb kWarning = hex(0xA63414);
constexpr Rgb kWarningSoft = hex(0xFBEDE7);
constexpr Rgb kHairline = hex(0xD9DEE4);
constexpr Rgb kPaper = hex(0xFFFFFF);

constexpr double kMargin = 40.0;
constexpr double kInner = kPageWidthPt - 2.0 * kMargin;
constexpr double kFooterSize = 6.6;

struct CairoDeleter {
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_font_face_t* p) const { cairo_font_face_destroy(p); }
};
using Surface = std::unique_ptr<cairo_surface_t, CairoDeleter>;
using Canvas = std::unique_ptr<cairo_t, CairoDeleter>;
using Font = std::unique_ptr<cairo_font_face_t, CairoDeleter>;

// Cairo keeps fonts in a cache of its own beyond their last use, so the library is never closed.
FT_Library font_library() {
  static const FT_Library library = [] {
    FT_Library made = nullptr;
    return FT_Init_FreeType(&made) == 0 ? made : nullptr;
  }();
  return library;
}

base::Result<Font> load_font(const std::filesystem::path& file) {
  FT_Face face = nullptr;
  if (font_library() == nullptr || FT_New_Face(font_library(), file.c_str(), 0, &face) != 0)
    return base::fail("The typeface '" + file.string() + "' cannot be read. Install it again.");
  Font font(cairo_ft_font_face_create_for_ft_face(face, 0));
  static const cairo_user_data_key_t kKey = {};
  cairo_font_face_set_user_data(font.get(), &kKey, face,
                                [](void* done) { FT_Done_Face(static_cast<FT_Face>(done)); });
  return font;
}

struct Fonts {
  Font regular, strong;
};

base::Result<Fonts> load_fonts(const std::filesystem::path& dir) {
  auto regular = load_font(dir / "Inter-Regular.otf");
  if (!regular) return tl::unexpected(regular.error());
  auto strong = load_font(dir / "Inter-SemiBold.otf");
  if (!strong) return tl::unexpected(strong.error());
  return Fonts{std::move(*regular), std::move(*strong)};
}

cairo_status_t append_bytes(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

struct TextStyle {
  double size = 9.0;
  bool strong = false;
  Rgb colour = kText;
  double leading = 1.32;
};

class Page {
 public:
  Page(cairo_t* canvas, const Fonts& fonts) : c_(canvas), fonts_(fonts) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(c_, options);
    cairo_font_options_destroy(options);
  }

  void draw(const Plan& plan) {
    double y = draw_header(plan);
    const double bottom = draw_footer(plan);
    const double stop = draw_rules(plan, bottom - 12.0) - 10.0;
    const auto count = static_cast<double>(std::max<std::size_t>(plan.places.size(), 1));
    if (plan.places.size() == 1) return draw_single(plan.places.front(), y, stop);
    // Few places take more room, but no more than they can use.
    const double row = std::min((stop - y) / count, 190.0);
    for (std::size_t i = 0; i < plan.places.size(); ++i) {
      if (i > 0) line(kMargin, y, kMargin + kInner, y, kHairline, 0.6);
      draw_place(plan.places[i], static_cast<int>(i) + 1, y, row);
      y += row;
    }
  }

 private:
  void ink(Rgb colour, double alpha = 1.0) {
    cairo_set_source_rgba(c_, colour.r, colour.g, colour.b, alpha);
  }
  void use(const TextStyle& style) {
    cairo_set_font_face(c_, style.strong ? fonts_.strong.get() : fonts_.regular.get());
    cairo_set_font_size(c_, style.size);
  }
  double width_of(const std::string& text, const TextStyle& style) {
    use(style);
    cairo_text_extents_t extents;
    cairo_text_extents(c_, text.c_str(), &extents);
    return extents.x_advance;
  }
  // `align` 0: begins at x, 1: ends there. Returns the width.
  double text(double x, double baseline, const std::string& words, const TextStyle& style,
              double align = 0.0) {
    const double width = width_of(words, style);
    ink(style.colour);
    cairo_move_to(c_, x - align * width, baseline);
    cairo_show_text(c_, words.c_str());
    return width;
  }
  // One word after the other, a line at a time. Returns the height.
  double paragraph(double x, double top, double width, const std::string& words,
                   const TextStyle& style, bool measure_only = false) {
    double y = top;
    std::string current;
    const auto flush = [&] {
      if (!measure_only) text(x, y + style.size, current, style);
      y += style.size * style.leading;
      current.clear();
    };
    std::size_t from = 0;
    while (from < words.size()) {
      const std::size_t to = std::min(words.find(' ', from), words.size());
      const std::string word = words.substr(from, to - from);
      const std::string longer = current.empty() ? word : current + " " + word;
      if (!current.empty() && width_of(longer, style) > width) {
        flush();
        current = word;
      } else {
        current = longer;
      }
      from = to + 1;
    }
    if (!current.empty()) flush();
    return y - top;
  }
  void rounded(double x, double y, double width, double height, double radius) {
    constexpr double kRight = 1.5707963267948966;
    cairo_new_sub_path(c_);
    cairo_arc(c_, x + width - radius, y + radius, radius, -kRight, 0.0);
    cairo_arc(c_, x + width - radius, y + height - radius, radius, 0.0, kRight);
    cairo_arc(c_, x + radius, y + height - radius, radius, kRight, 2.0 * kRight);
    cairo_arc(c_, x + radius, y + radius, radius, 2.0 * kRight, 3.0 * kRight);
    cairo_close_path(c_);
  }
  void line(double x0, double y0, double x1, double y1, Rgb colour, double width) {
    ink(colour);
    cairo_set_line_width(c_, width);
    cairo_move_to(c_, x0, y0);
    cairo_line_to(c_, x1, y1);
    cairo_stroke(c_);
  }

  double draw_header(const Plan& plan) {
    text(kMargin, 48.0, plan.kicker, {.size = 8.5, .strong = true, .colour = kAccent});
    const TextStyle pill{.size = 9.5, .strong = true, .colour = kAccent};
    const double pill_width = width_of(plan.person, pill) + 22.0;
    ink(kAccentSoft);
    rounded(kMargin + kInner - pill_width, 34.0, pill_width, 22.0, 11.0);
    cairo_fill(c_);
    text(kMargin + kInner - 11.0, 48.5, plan.person, pill, 1.0);
    text(kMargin - 1.0, 84.0, plan.title, {.size = 29.0, .strong = true});
    text(kMargin, 103.0, plan.intro, {.size = 10.0, .colour = kMuted});
    double y = 114.0;
    for (const std::string& warning : plan.warnings) {
      const TextStyle style{.size = 9.5, .strong = true, .colour = kWarning};
      const double height = paragraph(0, 0, kInner - 20.0, warning, style, true) + 8.0;
      ink(kWarningSoft);
      rounded(kMargin, y, kInner, height, 5.0);
      cairo_fill(c_);
      paragraph(kMargin + 10.0, y + 5.0, kInner - 20.0, warning, style);
      y += height + 4.0;
    }
    line(kMargin, y + 2.0, kMargin + kInner, y + 2.0, kAccent, 1.4);
    return y + 3.0;
  }

  // Returns where it begins.
  double draw_footer(const Plan& plan) {
    const TextStyle style{.size = kFooterSize, .colour = kMuted};
    double height = 0.0;
    for (const std::string& words : plan.footer)
      height += paragraph(0, 0, kInner, words, style, true) + 1.0;
    const double top = kPageHeightPt - 30.0 - height;
    double y = top;
    for (const std::string& words : plan.footer)
      y += paragraph(kMargin, y, kInner, words, style) + 1.0;
    return top;
  }

  // When not, how hard, how long: above the footer. Returns where it begins.
  double draw_rules(const Plan& plan, double bottom) {
    const TextStyle title{.size = 10.0, .strong = true, .colour = kAccent};
    const TextStyle warn{.size = 10.0, .strong = true, .colour = kWarning};
    const TextStyle body{.size = 8.6};
    constexpr double kPad = 10.0, kGap = 8.0;
    const double wide = 0.42 * kInner;
    const double narrow = 0.5 * (kInner - wide - 2.0 * kGap);
    const double column = 0.5 * (wide - 2.0 * kPad);
    const auto bullet = [&](double x, double y, const std::string& words, bool measure) {
      if (!measure) {
        ink(kWarning);
        cairo_new_path(c_);
        cairo_arc(c_, x + 2.0, y + 5.4, 1.5, 0.0, 6.2832);
        cairo_fill(c_);
      }
      return paragraph(x + 8.0, y, column - 12.0, words, body, measure) + 1.5;
    };
    const std::size_t half = (plan.stop.size() + 1) / 2;
    std::array<double, 2> columns{};
    for (std::size_t i = 0; i < plan.stop.size(); ++i)
      columns[i / half] += bullet(0, 0, plan.stop[i], true);
    double inside = std::max(columns[0], columns[1]);
    for (const std::string* words : {&plan.scale, &plan.rules})
      inside = std::max(inside, paragraph(0, 0, narrow - 2.0 * kPad, *words, body, true));
    const double height = inside + 2.0 * kPad + 15.0;
    const double top = bottom - height;
    double x = kMargin;
    const auto box = [&](double width, Rgb colour) {
      ink(colour);
      rounded(x, top, width, height, 6.0);
      cairo_fill(c_);
    };
    box(wide, kWarningSoft);
    text(x + kPad, top + kPad + 8.5, plan.stop_title, warn);
    columns = {};
    for (std::size_t i = 0; i < plan.stop.size(); ++i) {
      double& y = columns[i / half];
      y += bullet(x + kPad + (i < half ? 0.0 : column), top + kPad + 15.0 + y, plan.stop[i], false);
    }
    x += wide + kGap;
    for (const auto& [heading, words] :
         {std::pair(&plan.scale_title, &plan.scale), std::pair(&plan.rules_title, &plan.rules)}) {
      box(narrow, kAccentSoft);
      text(x + kPad, top + kPad + 8.5, *heading, title);
      paragraph(x + kPad, top + kPad + 15.0, narrow - 2.0 * kPad, *words, body);
      x += narrow + kGap;
    }
    return top;
  }

  void draw_place(const PlanPlace& place, int number, double top, double height) {
    const double k = std::clamp(height / 111.0, 0.9, 1.08);
    const double picture = std::min(height - 14.0, 0.36 * kInner);
    const double sketch_width = std::min(0.27 * kInner, 0.80 * height);
    const double text_x = kMargin + picture + 14.0;
    const double text_width = kMargin + kInner - sketch_width - 4.0 - text_x;
    draw_picture(place.picture, kMargin, top + 7.0, picture);
    draw_number(number, kMargin + 12.0, top + 19.0);
    draw_sketch(place, kMargin + kInner - sketch_width, top + 6.0, sketch_width, height - 12.0);
    const double y = top + 6.0;
    const double name =
        paragraph(text_x, y, text_width, place.name, {.size = 13.0 * k, .strong = true});
    draw_words(place, text_x, y + name, text_width, k, top + height - 2.0);
  }

  // One place has the page for itself.
  void draw_single(const PlanPlace& place, double top, double bottom) {
    const double side = 0.56 * kInner;
    const double sketch_width = kInner - side - 18.0;
    draw_picture(place.picture, kMargin, top + 12.0, side);
    draw_sketch(place, kMargin + side + 18.0, top + 12.0, sketch_width, side);
    draw_words(place, kMargin, top + side + 26.0, kInner, 1.35, bottom);
  }

  // What it is for, figures, how, what to mind; then whatever fits above `bottom`.
  void draw_words(const PlanPlace& place, double x, double y, double width, double k,
                  double bottom) {
    y +=
        paragraph(x, y, width, place.muscles, {.size = 8.6 * k, .strong = true, .colour = kAccent});
    const TextStyle body{.size = 8.6 * k};
    if (!place.reason.empty()) y += paragraph(x, y + 1.0, width, place.reason, body) + 1.0;
    y += 3.0 * k;
    y += draw_figures(place, x, y, width, k) + 2.0;
    y += paragraph(x, y, width, place.how_line, body);
    y += paragraph(x, y, width, place.caution,
                   {.size = 8.6 * k, .strong = true, .colour = kWarning});
    const TextStyle muted{.size = 7.8 * k, .colour = kMuted};
    for (const std::string& note : place.notes) {
      const double needed = paragraph(0, 0, width, note, muted, true);
      if (y + needed > bottom) continue;
      y += paragraph(x, y, width, note, muted);
    }
  }

  double draw_figures(const PlanPlace& place, double x, double y, double width, double k) {
    const TextStyle name{.size = 6.8 * k, .colour = kMuted};
    const TextStyle value{.size = 10.6 * k, .strong = true};
    const double line = name.size + 14.0 * k;
    const double gap = 11.0 * k;
    double at = x;
    double below = 0.0;
    for (const session::NamedFigure& figure : place.figures) {
      const double cell = std::max(width_of(figure.name, name), width_of(figure.value, value));
      if (at > x && at + cell > x + width) {
        at = x;
        below += line + 2.0 * k;
      }
      text(at, y + below + name.size, figure.name, name);
      text(at, y + below + name.size + 12.0 * k, figure.value, value);
      at += cell + gap;
    }
    return below + line;
  }

  void draw_number(int number, double x, double y) {
    ink(kAccent);
    cairo_new_path(c_);
    cairo_arc(c_, x, y, 9.0, 0.0, 6.2832);
    cairo_fill(c_);
    text(x, y + 3.9, std::to_string(number), {.size = 11.0, .strong = true, .colour = kPaper}, 0.5);
  }

  void draw_picture(const PlanPicture& picture, double x, double y, double side) {
    cairo_save(c_);
    rounded(x, y, side, side, 6.0);
    if (picture.rgba.empty()) {
      ink(kAccentSoft);
      cairo_fill(c_);
      cairo_restore(c_);
      return;
    }
    cairo_clip(c_);
    const Surface image(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height));
    unsigned char* const to = cairo_image_surface_get_data(image.get());
    const int stride = cairo_image_surface_get_stride(image.get());
    for (int row = 0; row < picture.height; ++row) {
      for (int column = 0; column < picture.width; ++column) {
        const auto* from = &picture.rgba[4u * (static_cast<std::size_t>(row) *
                                                   static_cast<std::size_t>(picture.width) +
                                               static_cast<std::size_t>(column))];
        const std::uint32_t pixel =
            (std::uint32_t{from[0]} << 16) | (std::uint32_t{from[1]} << 8) | std::uint32_t{from[2]};
        std::copy_n(reinterpret_cast<const unsigned char*>(&pixel), 4,
                    to + row * stride + 4 * column);
      }
    }
    cairo_surface_mark_dirty(image.get());
    cairo_translate(c_, x, y);
    cairo_scale(c_, side / picture.width, side / picture.height);
    cairo_set_source_surface(c_, image.get(), 0.0, 0.0);
    cairo_pattern_set_filter(cairo_get_source(c_), CAIRO_FILTER_BEST);
    cairo_paint(c_);
    cairo_restore(c_);
  }

  void set_ink(Ink which) {
    switch (which) {
      case Ink::kWall:
        return ink(hex(0xF3F5F7));
      case Ink::kFloor:
        return ink(hex(0xB9C1CA));
      case Ink::kFrame:
        return ink(hex(0xE4E8EC));
      case Ink::kPerson:
        return ink(hex(0x8FB7BF));
      case Ink::kArm:
        return ink(hex(0x75A5AF));
      case Ink::kBar:
        return ink(hex(0x7B848F));
      case Ink::kBall:
        return ink(hex(0x2E3238));
      case Ink::kGuide:
        return ink(hex(0x9AA4AF));
      case Ink::kMeasure:
        return ink(kAccent);
    }
  }

  void draw_sketch(const PlanPlace& place, double x, double y, double width, double height) {
    const guide::Sketch& sketch = place.sketch;
    const double wide = static_cast<double>(sketch.high.x - sketch.low.x);
    const double high = static_cast<double>(sketch.high.y - sketch.low.y);
    const double scale = std::min(width / wide, height / high);
    const double left = x + width - scale * wide;
    const double floor =
        y + 0.5 * (height - scale * high) + scale * static_cast<double>(sketch.high.y);
    const auto px = [&](glm::vec2 p) {
      return left + scale * static_cast<double>(p.x - sketch.low.x);
    };
    const auto py = [&](glm::vec2 p) { return floor - scale * static_cast<double>(p.y); };
    for (const guide::SketchShape& shape : sketch.shapes) {
      set_ink(shape.ink);
      for (std::size_t i = 0; i < shape.points.size(); ++i) {
        const glm::vec2 p = shape.points[i];
        if (i == 0) cairo_move_to(c_, px(p), py(p));
        if (i > 0) cairo_line_to(c_, px(p), py(p));
      }
      if (shape.filled) {
        cairo_close_path(c_);
        cairo_fill(c_);
        continue;
      }
      const bool dashed = shape.ink == Ink::kGuide;
      const double dash[] = {1.6, 1.6};
      cairo_set_dash(c_, dash, dashed ? 2 : 0, 0.0);
      cairo_set_line_width(c_, std::max(0.5, scale * static_cast<double>(shape.width_m)));
      cairo_stroke(c_);
      cairo_set_dash(c_, dash, 0, 0.0);
    }
    for (std::size_t i = 0; i < sketch.labels.size(); ++i) {
      const guide::SketchLabel& label = sketch.labels[i];
      const TextStyle style{.size = std::clamp(0.075 * height, 6.8, 10.0), .strong = true};
      const std::string& words = place.sketch_words[i];
      const double text_w = width_of(words, style);
      const double at = px(label.at) - static_cast<double>(label.align) * text_w;
      // Readable where it crosses its own measure.
      ink(kPaper, 0.9);
      cairo_rectangle(c_, at - 1.5, py(label.at) - 0.62 * style.size, text_w + 3.0,
                      1.2 * style.size);
      cairo_fill(c_);
      text(at, py(label.at) + 0.36 * style.size, words, style);
    }
  }

  cairo_t* c_;
  const Fonts& fonts_;
};

base::Status finish(cairo_surface_t* surface, const std::string& bytes,
                    const std::filesystem::path& out) {
  if (const cairo_status_t status = cairo_surface_status(surface); status != CAIRO_STATUS_SUCCESS)
    return base::fail("The plan could not be drawn for '" + out.string() +
                      "': " + cairo_status_to_string(status) + ".");
  return data::write_file_atomic(out, bytes);
}

}  // namespace

base::Status write_plan_pdf(const std::vector<Plan>& plans, const std::filesystem::path& fonts_dir,
                            const std::filesystem::path& out) {
  const auto fonts = load_fonts(fonts_dir);
  if (!fonts) return tl::unexpected(fonts.error());
  std::string bytes;
  const Surface surface(
      cairo_pdf_surface_create_for_stream(append_bytes, &bytes, kPageWidthPt, kPageHeightPt));
  if (!plans.empty())
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   plans.front().title.c_str());
  {
    const Canvas canvas(cairo_create(surface.get()));
    for (const Plan& plan : plans) {
      Page(canvas.get(), *fonts).draw(plan);
      cairo_show_page(canvas.get());
    }
  }
  cairo_surface_finish(surface.get());
  return finish(surface.get(), bytes, out);
}

base::Status write_plan_png(const Plan& plan, const std::filesystem::path& fonts_dir,
                            const std::filesystem::path& out, double pixels_per_inch) {
  if (!(pixels_per_inch >= 36.0 && pixels_per_inch <= 600.0))
    return base::fail("A picture of a plan has 36 to 600 pixels per inch.");
  const auto fonts = load_fonts(fonts_dir);
  if (!fonts) return tl::unexpected(fonts.error());
  const double scale = pixels_per_inch / 72.0;
  const Surface surface(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(scale * kPageWidthPt)),
      static_cast<int>(std::lround(scale * kPageHeightPt))));
  {
    const Canvas canvas(cairo_create(surface.get()));
    cairo_set_source_rgb(canvas.get(), 1.0, 1.0, 1.0);
    cairo_paint(canvas.get());
    cairo_scale(canvas.get(), scale, scale);
    Page(canvas.get(), *fonts).draw(plan);
  }
  std::string bytes;
  cairo_surface_flush(surface.get());
  cairo_surface_write_to_png_stream(surface.get(), append_bytes, &bytes);
  return finish(surface.get(), bytes, out);
}

}  // namespace report
