// How to stand, in words: for the panel and the printed plan alike.
#pragma once

#include <string>
#include <vector>

#include "data/translator.h"
#include "guide/doorway_sketch.h"

namespace session {

// A figure with what it is: "Head of the bar", "142 cm".
struct NamedFigure {
  std::string name;
  std::string value;
};

std::string centimetres(float metres);  // "142"
// "4": the mass whose weight that is, at least 1.
std::string kilograms(base::Newtons force);
// "1 to 2 min", "60 s".
std::string time_words(const std::array<base::Seconds, 2>& seconds, const data::Translator& tr);

// Bar, feet, lean or rise.
std::vector<NamedFigure> stand_figures(const guide::Stand& stand, const data::Translator& tr);
// Sentences: what is out of reach of the bar, how far to turn, how to stand.
std::vector<std::string> stand_sentences(const guide::Stand& stand, const data::Translator& tr);
// A sentence where the bar does not fit the doorway; else nothing.
std::string doorway_words(const guide::MySize& size, const tool::ToolSpec& tool,
                          const data::Translator& tr);
// The words beside a sketch's labels, in their order.
std::vector<std::string> sketch_words(const guide::Sketch& sketch, const guide::Stand& stand,
                                      const guide::MySize& size, const data::Translator& tr);

}  // namespace session
