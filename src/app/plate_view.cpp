#include "app/plate_view.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>
// Before whatever else might bring a GL header of its own.
#include <glad/gl.h>

#include <algorithm>
#include <cmath>

#include "scene/body_styles.h"

namespace app {
namespace {

constexpr float kWorkedOn = 0.15f;
// The height at which words have their size of 100 %.
constexpr float kReferenceHeight = 720.0f;

class ImGuiPlatePainter final : public PlatePainter {
 public:
  ImGuiPlatePainter(data::Translator tr, int width_px, int height_px)
      : tr_(std::move(tr)), width_px_(width_px), height_px_(height_px) {}
  ~ImGuiPlatePainter() override {
    if (imgui_ == nullptr) return;
    ImGui::SetCurrentContext(imgui_);
    if (gl_) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext(imgui_);
  }

  base::Status prepare(const std::filesystem::path& fonts, ui::Look look) {
    imgui_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(imgui_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {static_cast<float>(width_px_), static_cast<float>(height_px_)};
    gl_ = ImGui_ImplOpenGL3_Init("#version 330 core");
    if (!gl_) return base::fail("labels could not be set up on this OpenGL driver");
    const float scale =
        std::max(1.0f, static_cast<float>(std::min(width_px_, height_px_)) / kReferenceHeight);
    auto theme = ui::make_theme(fonts, scale, look);
    if (!theme) return tl::unexpected(theme.error());
    theme_ = *theme;
    return {};
  }

  void paint(const session::Snapshot& snapshot,
             const std::shared_ptr<const anatomy::BodyIndex>& body, const draw::Camera& camera,
             std::span<const scene::CutRegion> cut, unsigned framebuffer) override {
    const glm::vec2 viewport(width_px_, height_px_);
    const float margin = theme_.px(16.0f);
    const ui::Rect area{margin, margin, viewport.x - 2.0f * margin, viewport.y - 2.0f * margin};
    const ui::PlateColumns columns = ui::make_plate_columns(area, theme_.scale);
    scene::LabelFinder finder(body);
    if (cut.empty()) {
      finder.find(snapshot, camera, viewport, between(columns, area));
    } else {
      finder.find_on_cut(cut, snapshot, camera, viewport, between(columns, area));
    }
    scene::LabelLayout layout;
    layout.update(finder.anchors(), label_area(columns), true);
    ui::Plate plate;
    set_view(plate, camera, viewport);
    set_labels(plate, layout, snapshot);

    ImGui::SetCurrentContext(imgui_);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    ui::draw_plate_labels(list, theme_, plate, columns);
    ui::draw_scale_bar(list, theme_, plate, area);
    ui::draw_orientation(list, theme_, tr_, plate, area);
    ImGui::Render();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0, 0, width_px_, height_px_);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  }

 private:
  data::Translator tr_;
  int width_px_;
  int height_px_;
  ui::Theme theme_;
  ImGuiContext* imgui_ = nullptr;
  bool gl_ = false;
};

}  // namespace

scene::Studio studio_of(ui::Look look) {
  if (look == ui::Look::kDark) return scene::Studio::kDark;
  return look == ui::Look::kContrast ? scene::Studio::kBlack : scene::Studio::kLight;
}

void set_view(ui::Plate& plate, const draw::Camera& camera, glm::vec2 viewport_px) {
  plate.px_per_m =
      0.5f * viewport_px.y / (std::tan(0.5f * camera.vertical_fov_rad) * camera.distance_m);
  plate.view = {camera.right(), camera.up(), -camera.forward()};
}

scene::PictureArea between(const ui::PlateColumns& columns, const ui::Rect& area) {
  return {columns.left.right(), area.y, columns.right.x, area.bottom()};
}

scene::LabelArea label_area(const ui::PlateColumns& columns) {
  scene::LabelArea area;
  area.left = columns.left.right();
  area.right = columns.right.x;
  area.left_top = columns.left.y;
  area.right_top = columns.right.y;
  area.left_bottom = columns.left.bottom();
  area.right_bottom = columns.right.bottom();
  area.row = columns.row;
  return area;
}

void set_labels(ui::Plate& plate, const scene::LabelLayout& layout,
                const session::Snapshot& snapshot) {
  const anatomy::Body& body = snapshot.index->body();
  const auto& selected = snapshot.document->selected;
  plate.labels.clear();
  for (const scene::PlacedLabel& placed : layout.labels()) {
    ui::PlateLabel label;
    label.words = scene::plate_name(body.structures[placed.key]);
    label.on_left = placed.on_left;
    label.port_px = placed.port_px;
    label.at_px = placed.at_px;
    label.strong = placed.key < selected.size() && selected[placed.key] != 0;
    if (snapshot.muscles != nullptr) {
      for (const sim::MuscleReadout& muscle : *snapshot.muscles) {
        label.strong |=
            muscle.structure == placed.key && scene::highlight_of(muscle.load_pa) > kWorkedOn;
      }
    }
    plate.labels.push_back(std::move(label));
  }
}

base::Result<std::unique_ptr<PlatePainter>> PlatePainter::make(const std::filesystem::path& fonts,
                                                               const std::filesystem::path& assets,
                                                               int width_px, int height_px,
                                                               ui::Look look) {
  auto tr = data::Translator::load(assets / "i18n", "en");
  if (!tr) return tl::unexpected(tr.error());
  auto painter = std::make_unique<ImGuiPlatePainter>(std::move(*tr), width_px, height_px);
  if (const auto ready = painter->prepare(fonts, look); !ready)
    return tl::unexpected(ready.error());
  return painter;
}

}  // namespace app
