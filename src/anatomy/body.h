// The body that everything downstream reads: structures with their names and meshes, muscle
// segments (simulation cells), landmarks, and the surface that the tool touches. Built in (forge)
// or imported (import), from here on there is no difference. Immutable once made; shared by
// pointer.
//
// Metres, body frame (base/frames.h). All structures of one level of detail share one set of
// arrays; a structure is a range in them, and inside its range triangles are in Bvh order.
#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geom/box_tree.h"
#include "geom/bvh.h"
#include "geom/mesh.h"

namespace anatomy {

enum class Kind : std::uint8_t {
  kMuscle,
  kTendon,
  kFascia,
  kBone,
  kCartilage,
  kDisc,
  kLigament,
  kSkin,
  kNerve,
  kArtery,
  kVein,
  kOther
};
// Nerves, arteries and veins: thin, shown and hidden together.
inline bool is_strand(Kind kind) {
  return kind == Kind::kNerve || kind == Kind::kArtery || kind == Kind::kVein;
}
enum class Side : std::uint8_t { kMedian, kLeft, kRight };
// From outside inward. A view "at" a layer shows that layer and everything below it.
enum class Layer : std::uint8_t { kSkin, kSuperficial, kIntermediate, kDeep, kSkeleton };
inline constexpr int kLayerCount = 5;

// The words used in files and JSON: "muscle", "left" ("median" for kMedian), "superficial" ...
std::string_view to_string(Kind kind);
std::string_view to_string(Side side);
std::string_view to_string(Layer layer);
bool from_string(std::string_view text, Kind& out);
bool from_string(std::string_view text, Side& out);
bool from_string(std::string_view text, Layer& out);

using StructureIndex = std::uint16_t;
using SegmentIndex = std::uint16_t;
using GroupIndex = std::uint16_t;
inline constexpr std::uint16_t kNone = 0xFFFF;

inline constexpr int kLodCount = 3;  // 0 finest

struct MeshRange {
  std::uint32_t first_vertex = 0;
  std::uint32_t vertex_count = 0;
  std::uint32_t first_index = 0;  // indices are absolute in the shared arrays
  std::uint32_t index_count = 0;
};

struct Structure {
  std::string id;    // "trapezius_descending_right": unique, stable, used in files
  std::string name;  // English, with side: "Trapezius, descending part (right)"
  std::string latin;
  std::string fma;  // "FMA33586", empty when not known
  std::string ta2;  // "2227", empty when not known
  Kind kind = Kind::kOther;
  Side side = Side::kMedian;
  Layer layer = Layer::kDeep;
  std::vector<GroupIndex> groups;
  std::array<MeshRange, kLodCount> lods;
  geom::Aabb bounds_m;
  SegmentIndex first_segment = kNone;
  std::uint16_t segment_count = 0;
  bool recognised = true;  // false: imported, but not in assets/anatomy/structures.json
  bool usable = true;      // false: named in `suspicious`, never drawn, touched or simulated
  bool estimated = false;  // not in the source: made from what is there, and marked where it shows
};

// What a person calls it: "trapezius", "pectorals". Both sides together. Long muscles belong to a
// region only with the part that lies in it: above and below name the landmarks between which
// segments count ("T12"), empty where there is no such end.
struct Group {
  std::string id;
  std::string name;  // English; the window shows tr("group." + id)
  std::string above;
  std::string below;
  std::vector<StructureIndex> members;
};

// A 2-3 cm stretch of a muscle along its fibres: the cell that carries tension and dose.
struct Segment {
  StructureIndex structure = 0;
  glm::vec3 centre_m{0.0f};
  glm::vec3 fibre{0.0f, 1.0f, 0.0f};  // unit, mean direction from origin to insertion
  float length_m = 0.0f;
};

// Heights between which a group's segments lie.
struct GroupSpan {
  float lowest_m = std::numeric_limits<float>::lowest();
  float highest_m = std::numeric_limits<float>::max();

  bool holds(const Segment& segment) const {
    return segment.centre_m.y >= lowest_m && segment.centre_m.y < highest_m;
  }
};

// A named point on the skin: "C7", "acromion_left".
struct Landmark {
  std::string id;
  glm::vec3 position_m{0.0f};
};

// Vertices of all structures at one level of detail. Arrays marked "or empty" have no entries when
// the source knows nothing (imported meshes carry no tendon figures).
struct LodMesh {
  std::vector<glm::vec3> positions_m;
  std::vector<glm::vec3> normals;
  std::vector<StructureIndex> vertex_structure;
  std::vector<SegmentIndex> vertex_segment;  // kNone where there is no segment
  std::vector<glm::vec3> fibre;              // unit; zero where unknown; or empty
  std::vector<float> tendon;                 // 0 belly .. 1 tendon; or empty
  std::vector<std::uint32_t> indices;
};

// Something odd that was found in the source, in words for a person.
struct Finding {
  std::string structure_id;
  std::string what;
};

struct Body {
  std::string id;      // "builtin" or the pack's name
  std::string source;  // attribution line
  std::string note;    // what a person should know of the whole; often empty
  std::vector<Structure> structures;
  std::vector<Group> groups;
  std::vector<Segment> segments;
  std::vector<Landmark> landmarks;
  std::array<LodMesh, kLodCount> lods;

  // The surface that the tool touches: closed, smooth enough to slide on, Bvh-ordered. The skin
  // where there is one, else an estimated envelope of whatever is outermost. Never drawn itself.
  geom::Mesh contact_surface;
  bool contact_surface_estimated = false;

  std::vector<std::string> unrecognised;  // ids of structures without an entry in our tables
  std::vector<Finding> suspicious;

  // Index of the structure or kNone.
  StructureIndex find_structure(std::string_view structure_id) const;
  const Landmark* find_landmark(std::string_view landmark_id) const;
  // Limits are painted on skin that can be seen; an atlas may have none.
  bool has_skin() const;
};

// One for each group of the body, in its order. A landmark that the body lacks sets no end.
std::vector<GroupSpan> find_group_spans(const Body& body);

// Spatial queries on a Body; refers to it and keeps it alive.
class BodyIndex {
 public:
  explicit BodyIndex(std::shared_ptr<const Body> body);

  struct Hit {
    StructureIndex structure = kNone;
    geom::RayHit ray;
    SegmentIndex segment = kNone;
  };
  const Body& body() const { return *body_; }

  // Nearest structure along the ray among those with pickable[structure] != 0 (empty: all usable).
  std::optional<Hit> find_structure_hit(const geom::Ray& ray, float max_distance_m,
                                        std::span<const std::uint8_t> pickable = {}) const;
  // All crossings with usable structures, sorted by distance, then structure, then triangle.
  void find_all_hits(const geom::Ray& ray, float max_distance_m, std::vector<Hit>& hits) const;
  // The same for a ray that ends `below_m` behind its first crossing of a structure with
  // stops[structure] != 0; returns how far away that crossing is. One walk instead of two.
  std::optional<float> find_hits_down_to(const geom::Ray& ray, float max_distance_m,
                                         std::span<const std::uint8_t> stops, float below_m,
                                         std::vector<Hit>& hits) const;

  // The touched surface.
  std::optional<geom::RayHit> find_surface_hit(const geom::Ray& ray, float max_distance_m) const;
  // Nearest point of the touched surface (a body always has one) and its smooth outward normal.
  geom::SurfacePoint find_surface_point(glm::vec3 point_m) const;
  glm::vec3 surface_normal(const geom::SurfacePoint& at) const;
  // Area-weighted mean normal within radius_m of the point: what a head of that size feels.
  glm::vec3 mean_surface_normal(glm::vec3 point_m, float radius_m) const;
  const geom::Bvh& surface_bvh() const { return surface_; }

 private:
  std::shared_ptr<const Body> body_;
  std::vector<geom::Bvh> structures_;  // finest level of detail, one per structure
  // Usable structures in parts of some hundred triangles, and where they are: boxes of whole
  // muscles overlap so much that a ray would have to enter most of them.
  struct Part {
    StructureIndex structure;
    std::uint32_t root;
  };
  std::vector<Part> parts_;
  geom::BoxTree part_tree_;
  geom::Bvh surface_;
};

}  // namespace anatomy
