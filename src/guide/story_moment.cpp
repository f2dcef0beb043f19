// The geometry of stories. Only what moves is refined (edges halved twice, which changes no shape),
// and every change is a smooth map of space, so that closed meshes stay closed.
#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <map>

#include "anatomy/ontology.h"
#include "base/check.h"
#include "geom/bvh.h"
#include "guide/story.h"

namespace guide {
namespace {

using anatomy::Side;

// How far into the disc the bulge draws tissue along.
constexpr float kBulgeDepth_m = 0.009f;
// What a pressed root's far side yields, as a share of what its near side does: it gets flatter.
constexpr float kFarSideShare = 0.35f;
// Round the nerves of a squeezed gap: how far the muscles' swelling reaches along the gap and
// across it, and over which distance the middle of the gap is found.
constexpr float kSqueezeReach_m = 0.010f;
constexpr float kSqueezeFade_m = 0.014f;
constexpr float kGapSmoothing_m = 0.0035f;

// A structure that is being taken over.
struct Piece {
  anatomy::Structure structure;
  geom::Mesh mesh;
  std::vector<glm::vec3> fibre;
  std::vector<float> tendon;
  bool glass = false;
  float pressed = 0.0f;
};

template <typename T>
std::vector<T> part_of(const std::vector<T>& all, const anatomy::MeshRange& range) {
  if (all.empty()) return std::vector<T>(range.vertex_count, T{});
  const auto first = all.begin() + range.first_vertex;
  return {first, first + range.vertex_count};
}

Piece take_piece(const anatomy::Body& body, anatomy::StructureIndex index) {
  Piece piece;
  piece.structure = body.structures[index];
  const anatomy::MeshRange range = piece.structure.lods[0];
  const anatomy::LodMesh& from = body.lods[0];
  piece.mesh.positions_m = part_of(from.positions_m, range);
  piece.mesh.normals = part_of(from.normals, range);
  piece.fibre = part_of(from.fibre, range);
  piece.tendon = part_of(from.tendon, range);
  for (std::uint32_t i = 0; i < range.index_count; ++i)
    piece.mesh.indices.push_back(from.indices[range.first_index + i] - range.first_vertex);
  return piece;
}

// Every edge gets a vertex in its middle: four triangles for one, on the same surface.
void halve_edges(Piece& piece) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
  geom::Mesh& mesh = piece.mesh;
  const auto middle = [&](std::uint32_t a, std::uint32_t b) {
    const auto [it, made] = middles.try_emplace(std::minmax(a, b), 0u);
    if (made) {
      it->second = static_cast<std::uint32_t>(mesh.positions_m.size());
      mesh.positions_m.push_back(0.5f * (mesh.positions_m[a] + mesh.positions_m[b]));
      const glm::vec3 normal = mesh.normals[a] + mesh.normals[b];
      mesh.normals.push_back(glm::length(normal) > 1e-6f ? glm::normalize(normal)
                                                         : mesh.normals[a]);
      piece.fibre.push_back(0.5f * (piece.fibre[a] + piece.fibre[b]));
      piece.tendon.push_back(0.5f * (piece.tendon[a] + piece.tendon[b]));
    }
    return it->second;
  };
  std::vector<std::uint32_t> indices;
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    const std::uint32_t a = mesh.indices[i], b = mesh.indices[i + 1], c = mesh.indices[i + 2];
    const std::uint32_t ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
    indices.insert(indices.end(), {a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca});
  }
  mesh.indices = std::move(indices);
}

// Moves the vertices; normals change by what the surface turned, so that a coarse mesh keeps the
// smooth look it had.
template <typename Move>
void deform(Piece& piece, const Move& move) {
  geom::Mesh& mesh = piece.mesh;
  const auto before = geom::smooth_normals(mesh.positions_m, mesh.indices);
  for (glm::vec3& p : mesh.positions_m) p += move(p);
  const auto after = geom::smooth_normals(mesh.positions_m, mesh.indices);
  for (std::size_t i = 0; i < mesh.normals.size(); ++i) {
    const glm::vec3 turned = mesh.normals[i] + after[i] - before[i];
    if (glm::length(turned) > 1e-3f) mesh.normals[i] = glm::normalize(turned);
  }
}

float smooth_step(float low, float high, float x) {
  const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

// 1 in the middle, 0 from `reach` on, smooth.
float hill(float distance, float reach) {
  const float t = std::min(1.0f, distance / reach);
  const float s = 1.0f - t * t;
  return s * s;
}

// Where the disc's back and the root are nearest to each other.
struct Contact {
  glm::vec3 on_disc_m{0.0f};
  glm::vec3 way{0.0f};  // unit, to the root
  float gap_m = 1.0f;
};

Contact find_contact(const Piece& disc, const Piece& root) {
  const geom::Bvh surface(disc.mesh.positions_m, disc.mesh.indices);
  const glm::vec3 middle = surface.bounds().centre();
  Contact best;
  for (const glm::vec3 q : root.mesh.positions_m) {
    const auto nearest = surface.find_closest(q, best.gap_m);
    // Backwards and to the side: in the midline the root is still in its sac.
    if (!nearest || nearest->distance_m < 1e-6f || nearest->point_m.z > middle.z) continue;
    best = {nearest->point_m, (q - nearest->point_m) / nearest->distance_m, nearest->distance_m};
  }
  return best;
}

Piece* find_piece(std::vector<Piece>& pieces, const std::string& entry, Side side) {
  for (Piece& piece : pieces) {
    if (piece.structure.id == entry || piece.structure.id == anatomy::structure_id_of(entry, side))
      return &piece;
  }
  return nullptr;
}

void apply_bulge(const StoryBulge& bulge, Piece& disc, Piece& root, float amount,
                 StoryMoment& moment) {
  for (Piece* piece : {&disc, &root}) {
    halve_edges(*piece);
    halve_edges(*piece);
  }
  geom::order_triangles(disc.mesh);
  const Contact contact = find_contact(disc, root);
  moment.look_at_m = contact.on_disc_m;
  moment.gap_m = contact.gap_m;
  moment.bulge_m = amount * bulge.largest_m;
  const auto along = [&](glm::vec3 p) { return glm::dot(p - contact.on_disc_m, contact.way); };
  const auto share = [&](glm::vec3 p) {
    const glm::vec3 off = p - contact.on_disc_m - along(p) * contact.way;
    return hill(glm::length(off), bulge.spread_m);
  };
  deform(disc, [&](glm::vec3 p) {
    const float drawn = smooth_step(-kBulgeDepth_m, -0.1f * kBulgeDepth_m, along(p));
    return moment.bulge_m * share(p) * drawn * contact.way;
  });
  const float push = std::max(0.0f, moment.bulge_m - contact.gap_m);
  float thickness = 1e-4f;
  for (const glm::vec3 q : root.mesh.positions_m) {
    if (share(q) > 0.6f && along(q) < contact.gap_m + 0.008f)
      thickness = std::max(thickness, along(q) - contact.gap_m);
  }
  deform(root, [&](glm::vec3 q) {
    const float depth = std::clamp((along(q) - contact.gap_m) / thickness, 0.0f, 1.0f);
    return push * share(q) * glm::mix(1.0f, kFarSideShare, depth) * contact.way;
  });
  const float most = bulge.largest_m - contact.gap_m;
  root.pressed = most > 0.0f ? std::clamp(push / most, 0.0f, 1.0f) : 0.0f;
}

// The gap between two muscles as a surface through the middles of the nerves in it.
class Gap {
 public:
  Gap(const Piece& front, const Piece& behind, const std::vector<Piece*>& nerves) {
    const geom::Bvh a(front.mesh.positions_m, front.mesh.indices);
    const geom::Bvh b(behind.mesh.positions_m, behind.mesh.indices);
    constexpr float kNear_m = 0.006f;  // of either muscle: there the nerves are in the gap
    glm::vec3 across(0.0f);
    for (const Piece* nerve : nerves) {
      for (const glm::vec3 p : nerve->mesh.positions_m) {
        const auto to_a = a.find_closest(p, kNear_m);
        const auto to_b = b.find_closest(p, kNear_m);
        if (!to_a || !to_b) continue;
        inside_.push_back(p);
        across += to_a->point_m - to_b->point_m;
      }
    }
    if (inside_.empty()) return;
    across_ = glm::normalize(across);
    for (const glm::vec3 p : inside_) middle_m_ += p / static_cast<float>(inside_.size());
    for (const glm::vec3 p : inside_) {
      radius_m_ =
          std::max(radius_m_, glm::length(p - middle_m_) + kSqueezeReach_m + kSqueezeFade_m);
    }
    for (const glm::vec3 p : inside_)
      half_m_ = std::max(half_m_, std::abs(glm::dot(p, across_) - middle_at(p)));
  }
  bool empty() const { return inside_.empty(); }
  glm::vec3 middle_m() const { return middle_m_; }

  // Towards the middle of the gap: within the nerves in proportion, beyond them less and less.
  glm::vec3 move(glm::vec3 p, float share) const {
    if (glm::length(p - middle_m_) > radius_m_) return glm::vec3(0.0f);
    float near = 1e9f;
    for (const glm::vec3 q : inside_) near = std::min(near, off_axis(p, q));
    const float here = hill(near, kSqueezeReach_m);
    if (here <= 0.0f) return glm::vec3(0.0f);
    const float s = glm::dot(p, across_) - middle_at(p);
    const float beyond = std::max(0.0f, std::abs(s) - half_m_);
    const float way = std::min(std::abs(s), half_m_) * share * here * hill(beyond, kSqueezeFade_m);
    return (s > 0.0f ? -way : way) * across_;
  }

 private:
  float off_axis(glm::vec3 p, glm::vec3 q) const {
    const glm::vec3 d = p - q;
    return glm::length(d - glm::dot(d, across_) * across_);
  }
  float middle_at(glm::vec3 p) const {
    float sum = 0.0f;
    float total = 1e-12f;
    for (const glm::vec3 q : inside_) {
      const float t = off_axis(p, q) / kGapSmoothing_m;
      const float w = std::exp(-0.5f * t * t) + 1e-6f;
      sum += w * glm::dot(q, across_);
      total += w;
    }
    return sum / total;
  }

  std::vector<glm::vec3> inside_;
  glm::vec3 across_{0.0f, 0.0f, 1.0f};
  glm::vec3 middle_m_{0.0f};
  float half_m_ = 0.0f;    // of the nerves' thickness
  float radius_m_ = 0.0f;  // about the middle; nothing beyond it moves
};

base::Status apply_squeeze(const StorySqueeze& squeeze, std::vector<Piece>& pieces, Side side,
                           float amount, StoryMoment& moment) {
  Piece* front = find_piece(pieces, squeeze.in_front, side);
  Piece* behind = find_piece(pieces, squeeze.behind, side);
  std::vector<Piece*> nerves;
  for (const std::string& nerve : squeeze.nerves) nerves.push_back(find_piece(pieces, nerve, side));
  for (Piece* piece : {front, behind}) {
    halve_edges(*piece);
    halve_edges(*piece);
    geom::order_triangles(piece->mesh);
  }
  for (Piece* nerve : nerves) halve_edges(*nerve);
  const Gap gap(*front, *behind, nerves);
  if (gap.empty()) return base::fail("no nerve lies between the two muscles of this body");
  moment.look_at_m = gap.middle_m();
  const float share = amount * squeeze.largest_share;
  for (Piece* piece : {front, behind})
    deform(*piece, [&](glm::vec3 p) { return gap.move(p, share); });
  for (Piece* nerve : nerves) {
    deform(*nerve, [&](glm::vec3 p) { return gap.move(p, share); });
    nerve->pressed = amount;
  }
  return {};
}

// What reaches higher ends in a flat cut: vertices next to it move onto it, along their edges, and
// those beyond draw together in the middle of the cut that they hang on, as a lid.
void cut_off(Piece& piece, float height_m) {
  geom::Mesh& mesh = piece.mesh;
  std::vector<glm::vec3>& p = mesh.positions_m;
  const auto count = static_cast<std::uint32_t>(p.size());
  std::vector<std::vector<std::uint32_t>> next(count);
  for (std::size_t i = 0; i < mesh.indices.size(); ++i) {
    const std::size_t other = i % 3 == 2 ? i - 2 : i + 1;
    next[mesh.indices[i]].push_back(mesh.indices[other]);
    next[mesh.indices[other]].push_back(mesh.indices[i]);
  }
  const std::vector<glm::vec3> was = p;
  const auto above = [&](std::uint32_t i) { return was[i].y > height_m; };
  std::vector<std::uint8_t> seen(count, 0);
  for (std::uint32_t start = 0; start < count; ++start) {
    if (!above(start) || seen[start] != 0) continue;
    std::vector<std::uint32_t> part = {start};
    std::vector<std::uint32_t> inner;
    glm::vec3 lid(0.0f);
    float rim = 0.0f;
    seen[start] = 1;
    for (std::size_t k = 0; k < part.size(); ++k) {
      glm::vec3 crossing(0.0f);
      float crossings = 0.0f;
      for (const std::uint32_t j : next[part[k]]) {
        if (!above(j)) {
          const float t = (was[part[k]].y - height_m) / (was[part[k]].y - was[j].y);
          crossing += glm::mix(was[part[k]], was[j], t);
          crossings += 1.0f;
        } else if (seen[j] == 0) {
          seen[j] = 1;
          part.push_back(j);
        }
      }
      mesh.normals[part[k]] = {0.0f, 1.0f, 0.0f};
      if (crossings == 0.0f) {
        inner.push_back(part[k]);
        continue;
      }
      p[part[k]] = crossing / crossings;
      lid += p[part[k]];
      rim += 1.0f;
    }
    // A part that hangs on nothing below goes altogether.
    const glm::vec3 middle = rim > 0.0f ? lid / rim : was[start];
    for (const std::uint32_t i : inner) p[i] = middle;
  }
}

void append(const Piece& piece, anatomy::Body& body) {
  anatomy::LodMesh& to = body.lods[0];
  anatomy::Structure structure = piece.structure;
  structure.groups.clear();
  structure.first_segment = anatomy::kNone;
  structure.segment_count = 0;
  structure.lods = {};
  anatomy::MeshRange& range = structure.lods[0];
  range.first_vertex = static_cast<std::uint32_t>(to.positions_m.size());
  range.vertex_count = static_cast<std::uint32_t>(piece.mesh.positions_m.size());
  range.first_index = static_cast<std::uint32_t>(to.indices.size());
  range.index_count = static_cast<std::uint32_t>(piece.mesh.indices.size());
  structure.bounds_m = geom::bounds_of(piece.mesh.positions_m);
  const auto add = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  add(to.positions_m, piece.mesh.positions_m);
  add(to.normals, piece.mesh.normals);
  add(to.fibre, piece.fibre);
  add(to.tendon, piece.tendon);
  const auto index = static_cast<anatomy::StructureIndex>(body.structures.size());
  to.vertex_structure.resize(to.positions_m.size(), index);
  to.vertex_segment.resize(to.positions_m.size(), anatomy::kNone);
  for (const std::uint32_t i : piece.mesh.indices) to.indices.push_back(range.first_vertex + i);
  body.structures.push_back(std::move(structure));
}

}  // namespace

base::Result<StoryMoment> build_moment(const StorySpec& story, const anatomy::Body& body, Side side,
                                       float amount) {
  BACKMATE_CHECK(amount >= 0.0f && amount <= 1.0f);
  if (side == Side::kMedian) side = Side::kLeft;
  std::vector<Piece> pieces;
  const auto take = [&](const std::string& id, const StoryShow& show) {
    const anatomy::StructureIndex index = body.find_structure(id);
    if (index == anatomy::kNone || !body.structures[index].usable) return;
    Piece piece = take_piece(body, index);
    piece.glass = show.glass;
    pieces.push_back(std::move(piece));
  };
  for (const StoryShow& show : story.shows) {
    take(show.entry, show);
    for (const Side each : {Side::kLeft, Side::kRight}) {
      if (show.both_sides || each == side) take(anatomy::structure_id_of(show.entry, each), show);
    }
  }
  std::vector<std::string> needed = {story.look_at};
  if (story.bulge) needed.insert(needed.end(), {story.bulge->disc, story.bulge->root});
  if (story.squeeze) {
    needed.insert(needed.end(), {story.squeeze->in_front, story.squeeze->behind});
    needed.insert(needed.end(), story.squeeze->nerves.begin(), story.squeeze->nerves.end());
  }
  for (const std::string& entry : needed) {
    if (find_piece(pieces, entry, side) == nullptr)
      return base::fail("the story '" + story.id + "' is about '" + entry +
                        "', which this body does not have; the built-in body has it");
  }
  StoryMoment moment;
  moment.from = side == Side::kLeft ? story.from : story.from * glm::vec3(-1.0f, 1.0f, 1.0f);
  moment.look_at_m = find_piece(pieces, story.look_at, side)->structure.bounds_m.centre();
  if (story.bulge) {
    apply_bulge(*story.bulge, *find_piece(pieces, story.bulge->disc, side),
                *find_piece(pieces, story.bulge->root, side), amount, moment);
  }
  if (story.squeeze) {
    if (auto status = apply_squeeze(*story.squeeze, pieces, side, amount, moment); !status)
      return tl::unexpected(status.error());
  }
  if (story.cut_above_m) {
    for (Piece& piece : pieces) {
      const bool changes = std::any_of(needed.begin(), needed.end(), [&](const std::string& entry) {
        return find_piece(pieces, entry, side) == &piece;
      });
      if (!changes) cut_off(piece, moment.look_at_m.y + *story.cut_above_m);
    }
  }
  auto made = std::make_shared<anatomy::Body>();
  // Each moment has meshes of its own: whoever keeps them for drawing must tell them apart.
  made->id =
      body.id + "/" + story.id + "/" + std::string(to_string(side)) + "/" + std::to_string(amount);
  made->source = body.source;
  for (const Piece& piece : pieces) {
    append(piece, *made);
    moment.glass.push_back(piece.glass ? 1 : 0);
    moment.pressed.push_back(piece.pressed);
  }
  moment.body = std::move(made);
  return moment;
}

}  // namespace guide
