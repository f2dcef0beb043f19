// What should not be done right now: one calm sentence, the gravest first.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using guide::SafetyKind;

// Gravest first; the first `kStops` mean: stop.
constexpr std::array<SafetyKind, guide::kSafetyKinds> kOrder = {
    SafetyKind::kNoGo,           SafetyKind::kComfortStop,
    SafetyKind::kBruiseRisk,     SafetyKind::kComfortPain,
    SafetyKind::kFreshStrain,    SafetyKind::kForceLimit,
    SafetyKind::kStaticTooLong,  SafetyKind::kSiteTooLong,
    SafetyKind::kSessionTooLong, SafetyKind::kAttachmentTooLong,
    SafetyKind::kComfortWarn};
constexpr std::size_t kStops = 5;

std::size_t rank_of(const guide::SafetyFinding& finding) {
  const auto at = std::find(kOrder.begin(), kOrder.end(), finding.kind);
  return static_cast<std::size_t>(at - kOrder.begin());
}

const char* region_name(const Context& context, sim::RegionIndex index) {
  const sim::SafetyRegion& region = context.snapshot.model->safety->region(index);
  const char* key = context.join({"region.", region.id});
  return context.tr.has(key) ? context.tr(key) : region.name.c_str();
}

std::string two_digits(float value) {
  const long hundredths = std::lround(100.0f * value);
  return std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) +
         std::to_string(hundredths % 10);
}

// {0} is the place or the muscle, {1} the figure that matters.
const char* sentence_of(const Context& context, const guide::SafetyFinding& finding) {
  const char* words = context.tr(context.join({"safety.", guide::to_string(finding.kind)}));
  const char* region = region_name(context, finding.region);
  const std::string_view muscle =
      finding.muscle == anatomy::kNone
          ? std::string_view()
          : std::string_view(context.body().structures[finding.muscle].name);
  const auto minutes = [&] { return std::to_string(std::lround(finding.limit / 60.0f)); };
  switch (finding.kind) {
    case SafetyKind::kNoGo:
      return context.fill_in(words, region);
    case SafetyKind::kForceLimit:
      return context.fill_in(words, region, format_newtons(finding.limit));
    case SafetyKind::kComfortWarn:
    case SafetyKind::kComfortPain:
    case SafetyKind::kComfortStop:
    case SafetyKind::kFreshStrain:
      return context.fill_in(words, muscle, two_digits(finding.value));
    case SafetyKind::kBruiseRisk:
      return context.fill_in(words, region, context.join({format_kpa(finding.value), " kPa"}));
    case SafetyKind::kStaticTooLong:
      return context.fill_in(words, region, std::to_string(std::lround(finding.limit)));
    case SafetyKind::kSiteTooLong:
    case SafetyKind::kSessionTooLong:
    case SafetyKind::kAttachmentTooLong:
      return context.fill_in(words, region, minutes());
  }
  return words;
}

// What, why and what to do.
const char* approach_words(const Context& context, const guide::Nearing& near) {
  const char* region = region_name(context, near.region);
  if (!near.zone)
    return context.fill_in(context.tr("safety.near_limit"), region,
                           std::to_string(std::lround(100.0f * near.share)) + " %");
  const char* why =
      context.join({"region.", context.snapshot.model->safety->region(near.region).id, ".why"});
  // Beside a zone is where many placements belong: who stands as the placement wants it is not sent
  // away.
  const auto& placement = context.snapshot.placement;
  const bool placed = placement && placement->is_reached();
  return context.fill_in(context.tr(placed ? "safety.near_zone.placed" : "safety.near_zone"),
                         region, context.tr(context.tr.has(why) ? why : "safety.near_zone.why"));
}

constexpr float kNoticeWidth = 460.0f;

}  // namespace

bool has_safety_notice(const Context& context) {
  return !context.snapshot.safety->empty() || context.snapshot.approach.has_value();
}

bool covers_free_width(const Context& context) {
  // What stands in the corners beside it.
  return context.layout.free.width < context.px(kNoticeWidth + 2.0f * 130.0f);
}

void draw_safety_notice(Context& context) {
  if (!has_safety_notice(context)) return;
  const auto& findings = *context.snapshot.safety;
  const char* words = "";
  bool stop = false;
  if (!findings.empty()) {
    const auto worst =
        std::min_element(findings.begin(), findings.end(),
                         [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
    words = sentence_of(context, *worst);
    if (findings.size() > 1)
      words = context.join(
          {words, " ",
           context.fill_in(context.tr("safety.more"), std::to_string(findings.size() - 1))});
    stop = rank_of(*worst) < kStops;
  } else {
    words = approach_words(context, *context.snapshot.approach);
  }
  const Rect& free = context.layout.free;
  const float pad = context.px(12.0f);
  const float icon = context.px(44.0f);
  const float width = std::min(context.px(kNoticeWidth), free.width);
  const float text = width - icon - pad;
  const ImFont* font = context.theme.body;
  const float text_height = font->CalcTextSizeA(font->FontSize, 1e6f, text, words).y;
  const float height = std::max(context.px(48.0f), text_height + 2.0f * pad);
  // Above the card of what is selected.
  const auto& selected = context.document().selected;
  const bool card_below = std::find(selected.begin(), selected.end(), 1) != selected.end();
  const float bottom = free.bottom() - (card_below ? context.px(72.0f) : 0.0f) -
                       (context.view.notice_open ? context.px(104.0f) : 0.0f);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), bottom - height, width, height};
  Panel panel(context, "safety", card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  draw_icon(list, stop ? Icon::kStop : Icon::kWarning,
            {card.x + 0.5f * icon, card.y + 0.5f * card.height}, context.px(22.0f), c.warning);
  draw_paragraph(list, context.theme.body,
                 {card.x + icon, std::round(card.y + 0.5f * (card.height - text_height))}, text,
                 c.text, words);
}

}  // namespace ui
