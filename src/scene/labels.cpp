#include "scene/labels.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "scene/body_styles.h"
#include "scene/scene.h"

namespace scene {
namespace {

constexpr std::size_t kSamples = 40;  // per structure
constexpr float kFacing = 0.25f;      // a spot that turns further away is not pointed at
constexpr float kNearM = 0.004f;      // levels of detail differ by less
// Fewer samples than that, and one points at a sliver.
constexpr std::size_t kLeastSeen = 3;
// A twin that is nearly as well seen as the other.
constexpr float kTwinShare = 0.6f;
constexpr float kSelectedWorth = 1e6f;
constexpr float kWorkedOnWorth = 1e3f;

// What can be seen now and hides what is behind it: glass does not.
void find_blocking(const anatomy::Body& body, const session::Document& document,
                   std::vector<std::uint8_t>& blocking) {
  find_visible(body, document, blocking);
  if (!document.xray) return;
  for (std::size_t i = 0; i < blocking.size(); ++i) {
    if (body.structures[i].kind == anatomy::Kind::kSkin) blocking[i] = 0;
  }
}

bool is_within(glm::vec2 at, const PictureArea& area) {
  return at.x >= area.left && at.x < area.right && at.y >= area.top && at.y < area.bottom;
}

}  // namespace

std::string_view plate_name(const anatomy::Structure& structure) {
  std::string_view name = structure.name;
  for (const std::string_view side : {" (left)", " (right)"}) {
    if (name.ends_with(side)) name.remove_suffix(side.size());
  }
  return name;
}

LabelFinder::LabelFinder(std::shared_ptr<const anatomy::BodyIndex> index)
    : body_(std::move(index)) {
  const anatomy::Body& body = body_->body();
  const anatomy::LodMesh& mesh = body.lods[anatomy::kLodCount - 1];
  std::vector<std::vector<std::uint32_t>> vertices(body.structures.size());
  for (std::uint32_t i = 0; i < mesh.vertex_structure.size(); ++i)
    vertices[mesh.vertex_structure[i]].push_back(i);
  samples_.resize(vertices.size());
  for (std::size_t s = 0; s < vertices.size(); ++s) {
    const std::size_t count = std::min(kSamples, vertices[s].size());
    const glm::vec3 size = body.structures[s].bounds_m.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t v = vertices[s][i * vertices[s].size() / count];
      samples_[s].push_back({static_cast<anatomy::StructureIndex>(s), mesh.positions_m[v],
                             mesh.normals[v], glm::dot(size, size) / static_cast<float>(count)});
    }
  }
}

bool LabelFinder::is_seen(const Spot& spot, const draw::Camera& camera,
                          std::span<const std::uint8_t> blocking) const {
  const glm::vec3 eye = camera.eye_m();
  const glm::vec3 way = spot.at_m - eye;
  const float far = glm::length(way);
  if (far <= 0.0f || glm::dot(spot.normal, way) > -kFacing * far) return false;
  const auto hit = body_->find_structure_hit({eye, way / far}, far + kNearM, blocking);
  return hit && (hit->structure == spot.structure || hit->ray.distance_m > far - kNearM);
}

void LabelFinder::find(const session::Snapshot& snapshot, const draw::Camera& camera,
                       glm::vec2 viewport_px, const PictureArea& area) {
  const anatomy::Body& body = body_->body();
  const session::Document& document = *snapshot.document;
  find_blocking(body, document, blocking_);
  std::vector<float> load(body.structures.size(), 0.0f);
  if (snapshot.muscles != nullptr) {
    for (const sim::MuscleReadout& muscle : *snapshot.muscles)
      load[muscle.structure] = highlight_of(muscle.load_pa);
  }
  std::map<std::string, std::vector<Spot>> named;  // left and right under one name
  for (std::size_t s = 0; s < samples_.size(); ++s) {
    const anatomy::Structure& structure = body.structures[s];
    // One does not point at the skin: it is everywhere.
    if (blocking_[s] == 0 || structure.kind == anatomy::Kind::kSkin) continue;
    std::vector<const Spot*> seen;
    glm::vec3 middle(0.0f);
    for (const Spot& sample : samples_[s]) {
      const glm::vec2 at = camera.project(sample.at_m, viewport_px);
      if (!is_within(at, area) || !is_seen(sample, camera, blocking_)) continue;
      seen.push_back(&sample);
      middle += sample.at_m;
    }
    if (seen.size() < kLeastSeen) continue;
    middle /= static_cast<float>(seen.size());
    Spot spot = **std::min_element(seen.begin(), seen.end(), [&](const Spot* a, const Spot* b) {
      return glm::distance(a->at_m, middle) < glm::distance(b->at_m, middle);
    });
    spot.worth *= static_cast<float>(seen.size());
    if (s < document.selected.size() && document.selected[s] != 0) spot.worth += kSelectedWorth;
    spot.worth += kWorkedOnWorth * load[s];
    named[std::string(plate_name(structure))].push_back(spot);
  }
  choose(std::move(named), camera, viewport_px, area);
}

void LabelFinder::find_on_cut(std::span<const CutRegion> regions, const session::Snapshot& snapshot,
                              const draw::Camera& camera, glm::vec2 viewport_px,
                              const PictureArea& area) {
  const anatomy::Body& body = body_->body();
  const session::Document& document = *snapshot.document;
  std::map<std::string, std::vector<Spot>> named;
  for (const CutRegion& region : regions) {
    if (!is_within(camera.project(region.at_m, viewport_px), area)) continue;
    Spot spot{region.structure, region.at_m, glm::vec3(0.0f), region.area_m2};
    const std::size_t s = region.structure;
    if (s < document.selected.size() && document.selected[s] != 0) spot.worth += kSelectedWorth;
    named[std::string(plate_name(body.structures[s]))].push_back(spot);
  }
  choose(std::move(named), camera, viewport_px, area);
}

// One of the two twins each: the one named already, else the clearly better one, else the one on
// the side that has fewer names.
void LabelFinder::choose(std::map<std::string, std::vector<Spot>> named, const draw::Camera& camera,
                         glm::vec2 viewport_px, const PictureArea& area) {
  std::vector<std::vector<Spot>> twins;
  for (auto& [name, spots] : named) {
    std::stable_sort(spots.begin(), spots.end(),
                     [](const Spot& a, const Spot& b) { return a.worth > b.worth; });
    twins.push_back(std::move(spots));
  }
  std::stable_sort(twins.begin(), twins.end(),
                   [](const auto& a, const auto& b) { return a.front().worth > b.front().worth; });
  const std::vector<Spot> before = std::move(spots_);
  spots_.clear();
  anchors_.clear();
  int more_on_left = 0;
  const auto is_left = [&](const Spot& spot) {
    return camera.project(spot.at_m, viewport_px).x < 0.5f * (area.left + area.right);
  };
  for (const std::vector<Spot>& spots : twins) {
    Spot chosen = spots.front();
    bool known = false;
    for (const Spot& spot : spots) {
      const bool had = std::any_of(before.begin(), before.end(), [&](const Spot& old) {
        return old.structure == spot.structure;
      });
      if (spot.worth < kTwinShare * spots.front().worth || known) continue;
      if (had || is_left(spot) == (more_on_left < 0)) chosen = spot;
      known = had;
    }
    more_on_left += is_left(chosen) ? 1 : -1;
    spots_.push_back(chosen);
    anchors_.push_back({chosen.structure, camera.project(chosen.at_m, viewport_px), chosen.worth});
  }
}

void LabelFinder::follow(const session::Snapshot& snapshot, const draw::Camera& camera,
                         glm::vec2 viewport_px, const PictureArea& area) {
  find_blocking(body_->body(), *snapshot.document, blocking_);
  anchors_.clear();
  for (const Spot& spot : spots_) {
    const glm::vec2 at = camera.project(spot.at_m, viewport_px);
    if (blocking_[spot.structure] == 0 || !is_within(at, area) || !is_seen(spot, camera, blocking_))
      continue;
    anchors_.push_back({spot.structure, at, spot.worth});
  }
}

}  // namespace scene
