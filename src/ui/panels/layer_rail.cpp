// The layers from the skin to the skeleton, x-ray, nerves and vessels, and showing all again.
#include <array>

#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

// Where the buttons of the rail come to lie, one after the other.
class Places {
 public:
  explicit Places(const Context& context)
      : context_(context), rail_(context.layout.rail), form_(context.layout.rail_form) {}

  bool words() const { return form_ != RailForm::kTwoColumns; }
  bool switches_have_words() const { return form_ == RailForm::kWords; }
  Rect layer(int i) const {
    return form_ == RailForm::kTwoColumns ? cell(i) : row(static_cast<float>(i), 0.0f);
  }
  Rect toggle(int i) const {
    if (form_ == RailForm::kTwoColumns) return cell(anatomy::kLayerCount + i);
    if (form_ == RailForm::kWords)
      return row(static_cast<float>(anatomy::kLayerCount + i), divider());
    Rect at = row(static_cast<float>(anatomy::kLayerCount), divider());
    at.width = context_.px(kSide);
    at.x += static_cast<float>(i) * at.width;
    return at;
  }
  Rect fold() const {
    if (form_ == RailForm::kMixed)
      return row(static_cast<float>(anatomy::kLayerCount + 1), divider());
    return toggle(kToggles);
  }
  void draw_divider() const {
    if (form_ == RailForm::kTwoColumns) return;
    const float y = row(static_cast<float>(anatomy::kLayerCount), 0.5f * divider()).y;
    ImGui::GetWindowDrawList()->AddLine({rail_.x + context_.px(16.0f), y},
                                        {rail_.right() - context_.px(16.0f), y},
                                        context_.theme.colours.panel_border);
  }

 private:
  static constexpr float kSide = 48.0f;
  static constexpr int kToggles = 3;

  float pad() const { return context_.px(8.0f); }
  float divider() const { return context_.px(8.0f); }
  Rect row(float i, float below) const {
    return {rail_.x + pad(), rail_.y + pad() + i * context_.px(kSide) + below,
            rail_.width - 2.0f * pad(), context_.px(kSide)};
  }
  Rect cell(int i) const {
    const float side = context_.px(kSide);
    return {rail_.x + pad() + static_cast<float>(i % 2) * side,
            rail_.y + context_.px(6.0f) + static_cast<float>(i / 2) * side, side, side};
  }

  const Context& context_;
  Rect rail_;
  RailForm form_;
};

void draw_layer(Context& context, const Places& places, anatomy::Layer layer) {
  const char* key = context.join({"layer.", anatomy::to_string(layer)});
  const bool selected = context.document().layer == layer;
  // Without words the tooltip says what it is.
  const char* tip = context.tr(context.join({key, ".tip"}));
  if (!places.words()) tip = context.join({context.tr(key), "\n", tip});
  if (button(
          context, key, places.layer(static_cast<int>(layer)),
          {.selected = selected, .tooltip = tip},
          [&](ImDrawList& list, const Rect& r, ImU32 colour) {
            const float x = places.words() ? context.px(22.0f) : 0.5f * r.width;
            draw_layer_icon(list, layer, {r.x + x, r.y + 0.5f * r.height}, context.px(24.0f),
                            colour);
            if (!places.words()) return;
            const Rect words{r.x + context.px(42.0f), r.y, r.width - context.px(46.0f), r.height};
            draw_text(list, selected ? context.theme.strong : context.theme.body, words,
                      Align::kLeft, colour, context.tr(key));
          }))
    context.out.commands.push_back(session::SetLayer{layer});
}

}  // namespace

void draw_layer_rail(Context& context) {
  const Rect& rail = context.layout.rail;
  if (context.view.display.folded.rail) {
    Panel panel(context, "rail", rail);
    if (button(context, "rail.fold", rail, {.tooltip = context.tr("rail.unfold.tip")},
               [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                 draw_layer_icon(list, context.document().layer,
                                 {r.x + 0.5f * r.width, r.y + 0.5f * r.height}, context.px(24.0f),
                                 colour);
               }))
      fold(context, &Folds::rail, false);
    return;
  }
  Panel panel(context, "rail", context.layout.rail);
  const Places places(context);
  for (int i = 0; i < anatomy::kLayerCount; ++i)
    draw_layer(context, places, static_cast<anatomy::Layer>(i));
  places.draw_divider();
  const auto& tr = context.tr;
  const auto toggle = [&](int i, const char* key, Icon icon, ButtonLook look) {
    look.tooltip = tr(context.join({key, ".tip"}));
    if (places.switches_have_words())
      return icon_text_button(context, key, places.toggle(i), icon, tr(key), look);
    look.tooltip = context.join({tr(key), "\n", look.tooltip});
    return icon_button(context, key, places.toggle(i), icon, look);
  };
  const session::Document& document = context.document();
  if (toggle(0, "xray", Icon::kXray, {.selected = document.xray}))
    context.out.commands.push_back(session::SetXray{!document.xray});
  if (toggle(1, "nerves", Icon::kNerves, {.selected = document.nerves}))
    context.out.commands.push_back(session::SetNerves{!document.nerves});
  bool anything_hidden = document.is_isolating();
  for (const std::uint8_t hidden : document.hidden) anything_hidden |= hidden != 0;
  if (toggle(2, "show_all", Icon::kShowAll, {.enabled = anything_hidden}))
    context.out.commands.push_back(session::UnhideAll{});
  fold_button(context, "rail.fold", places.fold(), Icon::kFoldLeft, places.words(), &Folds::rail);
}

}  // namespace ui
