// What lies under the skin, sampled once and kept: sites about 7 mm apart on the contact surface,
// and under each a column: the layers that a ray along the inward normal meets, down to bone (or
// 0.10 m where none is). Stacks and muscle loads are means over columns, so a head that slides
// averages over sites that stay where they are, instead of over rays that jump with it.
//
// Columns are made on first use; a column never depends on who asked first, so results do not
// depend on the cache. Thread-safe.
//
// Decisions: where the contact surface is only an estimate (an atlas without skin), skin of the
// default thickness lies on top of what the atlas has and every structure is that much deeper;
// else the skin is the first 2 mm of the way. Up to the first structure there is fat; gaps between
// structures are filled with fat too. Where structures overlap, the one that ends first counts.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "anatomy/body.h"
#include "sim/contact.h"
#include "sim/parameters.h"

namespace sim {

struct ColumnLayer {
  anatomy::StructureIndex structure = anatomy::kNone;
  anatomy::SegmentIndex segment = anatomy::kNone;
  LayerMaterial material = LayerMaterial::kFat;
  float top_m = 0.0f;
  float bottom_m = 0.0f;
};

struct TissueColumn {
  std::vector<ColumnLayer> layers;  // without gaps from 0 to total_m
  float total_m = 0.0f;
  bool on_bone = false;
};

// A place on the contact surface, standing for `area_m2` of it.
struct SkinSite {
  glm::vec3 point_m{0.0f};
  glm::vec3 normal{0.0f};
  float area_m2 = 0.0f;
  float coarse_area_m2 = 0.0f;  // of the coarse cell that it speaks for; 0: another site does
};

class TissueColumns {
 public:
  static constexpr float kSpacing = 0.007f;
  static constexpr float kCoarseSpacing = 0.014f;  // far from a patch every fourth site will do

  TissueColumns(std::shared_ptr<const anatomy::BodyIndex> body, const Parameters& parameters);

  std::span<const SkinSite> sites() const { return sites_; }
  // Appends the sites within radius_m of the point, in ascending order.
  void find_sites(glm::vec3 point_m, float radius_m, std::vector<std::uint32_t>& out) const;
  // The same for the sites that are near any of the points.
  void find_sites(std::span<const glm::vec3> points_m, float radius_m,
                  std::vector<std::uint32_t>& out) const;
  // All sites, neighbours close to each other: the order in which looking at all is quickest.
  std::span<const std::uint32_t> sites_by_place() const { return grid_sites_; }
  // The columns of these sites; pointers live as long as this object.
  void find_columns(std::span<const std::uint32_t> sites,
                    std::vector<const TissueColumn*>& out) const;
  // Outward, the mean over the sites around it.
  glm::vec3 smooth_normal(std::uint32_t site) const;

 private:
  void build_sites();
  void choose_coarse_sites();
  void build_grid();
  TissueColumn build_column(const SkinSite& site) const;

  std::shared_ptr<const anatomy::BodyIndex> body_;
  Parameters parameters_;
  std::vector<std::uint8_t> is_bone_;  // per structure
  std::vector<SkinSite> sites_;
  geom::Aabb bounds_;
  glm::ivec3 grid_size_{0};
  std::vector<std::uint32_t> grid_first_;  // per cell, into grid_sites_
  std::vector<std::uint32_t> grid_sites_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<const TissueColumn>> columns_;
};

}  // namespace sim
