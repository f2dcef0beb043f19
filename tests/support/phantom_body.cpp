#include "support/phantom_body.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace test_support {
namespace {

using anatomy::Body;
using anatomy::Kind;
using anatomy::Layer;
using anatomy::Side;
using geom::Mesh;

constexpr float kHalfTurn = 3.14159265358979f;

glm::vec3 point_at_depth(const PhantomSpec& spec, float theta, float y_m, float depth_m) {
  return phantom_skin_point(spec, theta, y_m) - depth_m * phantom_skin_normal(spec, theta);
}

void add_quad(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  mesh.indices.insert(mesh.indices.end(), {a, b, c, a, c, d});
}

int cells_over(float length_m, float cell_m) {
  return std::max(1, static_cast<int>(std::lround(length_m / cell_m)));
}

Mesh mirrored(const Mesh& mesh) {
  Mesh out = mesh;
  for (glm::vec3& p : out.positions_m) p.x = p.x == 0.0f ? 0.0f : -p.x;
  for (std::size_t i = 0; i + 2 < out.indices.size(); i += 3)
    std::swap(out.indices[i + 1], out.indices[i + 2]);
  return out;
}

// A closed barrel at one depth: a left half and its mirror image, sewn along the midlines.
Mesh make_barrel(const PhantomSpec& spec, float depth_m, float cell_m) {
  const float girth = kHalfTurn * 0.5f * (spec.width_radius_m + spec.depth_radius_m);
  const int around = cells_over(girth, cell_m);
  const int up = cells_over(spec.y_top_m - spec.y_bottom_m - 2.0f * depth_m, cell_m);
  const int rings = cells_over(spec.depth_radius_m - depth_m, cell_m);
  const float y0 = spec.y_bottom_m + depth_m;
  const float y1 = spec.y_top_m - depth_m;
  Mesh half;
  const auto column = [&](int i) {
    return kHalfTurn * static_cast<float>(i) / static_cast<float>(around);
  };
  // Rows from the axis of the bottom cap, up the wall, to the axis of the top cap.
  std::vector<std::pair<float, float>> rows;  // scale towards the axis, height
  for (int r = 0; r < rings; ++r) rows.emplace_back(static_cast<float>(r) / rings, y0);
  for (int j = 0; j <= up; ++j)
    rows.emplace_back(1.0f, y0 + (y1 - y0) * static_cast<float>(j) / up);
  for (int r = rings - 1; r >= 0; --r) rows.emplace_back(static_cast<float>(r) / rings, y1);
  for (const auto& [scale, y] : rows) {
    for (int i = 0; i <= around; ++i) {
      glm::vec3 p = point_at_depth(spec, column(i), y, depth_m);
      p.x = i == 0 || i == around || scale == 0.0f ? 0.0f : p.x * scale;
      p.z = scale == 0.0f ? 0.0f : p.z * scale;
      half.positions_m.push_back(p);
    }
  }
  const auto stride = static_cast<std::uint32_t>(around + 1);
  for (std::uint32_t j = 0; j + 1 < rows.size(); ++j) {
    for (std::uint32_t i = 0; i + 1 < stride; ++i) {
      const std::uint32_t a = j * stride + i;
      add_quad(half, a, a + stride, a + stride + 1, a + 1);
    }
  }
  Mesh whole = half;
  const Mesh other = mirrored(half);
  const auto offset = static_cast<std::uint32_t>(whole.positions_m.size());
  whole.positions_m.insert(whole.positions_m.end(), other.positions_m.begin(),
                           other.positions_m.end());
  for (const std::uint32_t index : other.indices) whole.indices.push_back(offset + index);
  whole = geom::weld_exact(whole);
  geom::order_triangles(whole);
  return whole;
}

// A closed slab between two depths. `progress` gets each vertex's position along the fibres, 0..1.
Mesh make_slab(const PhantomSpec& spec, const PhantomMuscle& muscle, float cell_m) {
  const float width =
      0.5f * (spec.width_radius_m + spec.depth_radius_m) * (muscle.theta_to - muscle.theta_from);
  const int nu = cells_over(width, cell_m);
  const int nv = cells_over(muscle.y_to_m - muscle.y_from_m, cell_m);
  Mesh mesh;
  for (int side = 0; side < 2; ++side) {
    const float depth = side == 0 ? muscle.top_m : muscle.bottom_m;
    for (int j = 0; j <= nv; ++j) {
      for (int i = 0; i <= nu; ++i) {
        const float theta =
            muscle.theta_from + (muscle.theta_to - muscle.theta_from) * static_cast<float>(i) / nu;
        const float y =
            muscle.y_from_m + (muscle.y_to_m - muscle.y_from_m) * static_cast<float>(j) / nv;
        mesh.positions_m.push_back(point_at_depth(spec, theta, y, depth));
      }
    }
  }
  const auto stride = static_cast<std::uint32_t>(nu + 1);
  const std::uint32_t below = stride * static_cast<std::uint32_t>(nv + 1);
  const auto unv = static_cast<std::uint32_t>(nv);
  const auto unu = static_cast<std::uint32_t>(nu);
  for (std::uint32_t j = 0; j < unv; ++j) {
    for (std::uint32_t i = 0; i < unu; ++i) {
      const std::uint32_t a = j * stride + i;
      add_quad(mesh, a, a + stride, a + stride + 1, a + 1);
      add_quad(mesh, below + a, below + a + 1, below + a + stride + 1, below + a + stride);
    }
  }
  for (std::uint32_t i = 0; i < unu; ++i) {
    const std::uint32_t top_row = unv * stride + i;
    add_quad(mesh, i, i + 1, below + i + 1, below + i);
    add_quad(mesh, top_row + 1, top_row, below + top_row, below + top_row + 1);
  }
  for (std::uint32_t j = 0; j < unv; ++j) {
    const std::uint32_t a = j * stride;
    const std::uint32_t b = a + unu;
    add_quad(mesh, a + stride, a, below + a, below + a + stride);
    add_quad(mesh, b, b + stride, below + b + stride, below + b);
  }
  geom::order_triangles(mesh);
  return mesh;
}

float theta_of(const PhantomSpec& spec, glm::vec3 p) {
  // Exact for skin points, near enough for the depth of a muscle.
  return std::atan2(p.x / spec.width_radius_m, -p.z / spec.depth_radius_m);
}

class Builder {
 public:
  Builder(const PhantomSpec& spec, Body& body) : spec_(spec), body_(body) {}

  anatomy::StructureIndex add(anatomy::Structure structure,
                              const std::array<Mesh, anatomy::kLodCount>& lods,
                              const PhantomMuscle* muscle) {
    const auto index = static_cast<anatomy::StructureIndex>(body_.structures.size());
    if (muscle != nullptr) add_segments(structure, index, *muscle);
    for (std::size_t l = 0; l < lods.size(); ++l) {
      const Mesh& mesh = lods[l];
      anatomy::LodMesh& out = body_.lods[l];
      const auto first_vertex = static_cast<std::uint32_t>(out.positions_m.size());
      structure.lods[l] = {first_vertex, static_cast<std::uint32_t>(mesh.positions_m.size()),
                           static_cast<std::uint32_t>(out.indices.size()),
                           static_cast<std::uint32_t>(mesh.indices.size())};
      const auto normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
      for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
        out.positions_m.push_back(mesh.positions_m[v]);
        out.normals.push_back(normals[v]);
        out.vertex_structure.push_back(index);
        anatomy::SegmentIndex segment = anatomy::kNone;
        glm::vec3 fibre(0.0f);
        if (muscle != nullptr) {
          segment = segment_at(structure, *muscle, mesh.positions_m[v]);
          fibre = body_.segments[segment].fibre;
        }
        out.vertex_segment.push_back(segment);
        out.fibre.push_back(fibre);
      }
      for (const std::uint32_t i : mesh.indices) out.indices.push_back(first_vertex + i);
      if (l == 0) structure.bounds_m = geom::bounds_of(mesh.positions_m);
    }
    for (const anatomy::GroupIndex g : structure.groups) body_.groups[g].members.push_back(index);
    body_.structures.push_back(std::move(structure));
    return index;
  }

 private:
  void add_segments(anatomy::Structure& structure, anatomy::StructureIndex index,
                    const PhantomMuscle& muscle) {
    const float side = structure.side == Side::kRight ? -1.0f : 1.0f;
    const float depth = 0.5f * (muscle.top_m + muscle.bottom_m);
    const float mean_radius = 0.5f * (spec_.width_radius_m + spec_.depth_radius_m);
    const float length = muscle.along_y ? muscle.y_to_m - muscle.y_from_m
                                        : mean_radius * (muscle.theta_to - muscle.theta_from);
    const int count = std::max(1, static_cast<int>(std::lround(length / 0.025f)));
    structure.first_segment = static_cast<anatomy::SegmentIndex>(body_.segments.size());
    structure.segment_count = static_cast<std::uint16_t>(count);
    for (int i = 0; i < count; ++i) {
      const auto at = [&](float t) {
        const float theta = muscle.along_y
                                ? 0.5f * (muscle.theta_from + muscle.theta_to)
                                : muscle.theta_from + t * (muscle.theta_to - muscle.theta_from);
        const float y = muscle.along_y ? muscle.y_from_m + t * (muscle.y_to_m - muscle.y_from_m)
                                       : 0.5f * (muscle.y_from_m + muscle.y_to_m);
        glm::vec3 p = point_at_depth(spec_, theta, y, depth);
        p.x *= side;
        return p;
      };
      const float step = 1.0f / static_cast<float>(count);
      const float from = step * static_cast<float>(i);
      anatomy::Segment segment;
      segment.structure = index;
      segment.centre_m = at(from + 0.5f * step);
      segment.fibre = glm::normalize(at(from + step) - at(from));
      segment.length_m = length * step;
      body_.segments.push_back(segment);
    }
  }

  anatomy::SegmentIndex segment_at(const anatomy::Structure& structure, const PhantomMuscle& muscle,
                                   glm::vec3 p) const {
    const float theta = std::abs(theta_of(spec_, p));
    const float t = muscle.along_y
                        ? (p.y - muscle.y_from_m) / (muscle.y_to_m - muscle.y_from_m)
                        : (theta - muscle.theta_from) / (muscle.theta_to - muscle.theta_from);
    const int i =
        std::clamp(static_cast<int>(t * structure.segment_count), 0, structure.segment_count - 1);
    return static_cast<anatomy::SegmentIndex>(structure.first_segment + i);
  }

  const PhantomSpec& spec_;
  Body& body_;
};

constexpr std::array<float, anatomy::kLodCount> kLodCoarsening = {1.0f, 2.0f, 4.0f};

anatomy::GroupIndex find_or_add_group(Body& body, const std::string& id) {
  for (std::size_t g = 0; g < body.groups.size(); ++g)
    if (body.groups[g].id == id) return static_cast<anatomy::GroupIndex>(g);
  body.groups.push_back({id, id, "", "", {}});
  return static_cast<anatomy::GroupIndex>(body.groups.size() - 1);
}

}  // namespace

glm::vec3 phantom_skin_point(const PhantomSpec& spec, float theta, float y_m) {
  return {spec.width_radius_m * std::sin(theta), y_m, -spec.depth_radius_m * std::cos(theta)};
}

glm::vec3 phantom_skin_normal(const PhantomSpec& spec, float theta) {
  return glm::normalize(glm::vec3(std::sin(theta) / spec.width_radius_m, 0.0f,
                                  -std::cos(theta) / spec.depth_radius_m));
}

std::vector<PhantomMuscle> default_phantom_muscles() {
  return {
      {"trapezius_descending", "trapezius", Layer::kSuperficial, .008f, .013f, .02f, .9f, 1.41f,
       1.50f, false},
      {"trapezius_transverse", "trapezius", Layer::kSuperficial, .008f, .013f, .02f, .9f, 1.31f,
       1.41f, false},
      {"trapezius_ascending", "trapezius", Layer::kSuperficial, .008f, .013f, .02f, .7f, 1.16f,
       1.31f, true},
      {"levator_scapulae", "levator_scapulae", Layer::kIntermediate, .014f, .019f, .25f, .6f, 1.40f,
       1.50f, true},
      {"rhomboid_major", "rhomboids", Layer::kIntermediate, .014f, .019f, .05f, .55f, 1.24f, 1.39f,
       false},
      {"longissimus_thoracis", "erector_spinae_thoracic", Layer::kDeep, .020f, .035f, .03f, .40f,
       1.14f, 1.48f, true},
      {"iliocostalis_lumborum", "erector_spinae_lumbar", Layer::kDeep, .010f, .038f, .03f, .50f, .94f, 1.13f,
       true},
      {"pectoralis_major_sternocostal", "pectorals", Layer::kSuperficial, .010f, .022f, 2.2f, 3.0f,
       1.22f, 1.40f, false},
  };
}

std::shared_ptr<const Body> make_phantom_body(const PhantomSpec& spec) {
  auto body = std::make_shared<Body>();
  body->id = "phantom";
  body->source = "Synthetic test body";
  Builder builder(spec, *body);
  const auto barrels = [&](float depth_m) {
    std::array<Mesh, anatomy::kLodCount> lods;
    for (std::size_t l = 0; l < lods.size(); ++l)
      lods[l] = make_barrel(spec, depth_m, spec.cell_m * kLodCoarsening[l]);
    return lods;
  };
  if (spec.skin) {
    anatomy::Structure skin;
    skin.id = "skin";
    skin.name = "Skin";
    skin.kind = Kind::kSkin;
    skin.layer = Layer::kSkin;
    builder.add(skin, barrels(0.0f), nullptr);
  }
  const auto muscles = spec.muscles.empty() ? default_phantom_muscles() : spec.muscles;
  for (const PhantomMuscle& muscle : muscles) {
    std::array<Mesh, anatomy::kLodCount> lods;
    for (std::size_t l = 0; l < lods.size(); ++l)
      lods[l] = make_slab(spec, muscle, spec.cell_m * kLodCoarsening[l]);
    for (const Side side : {Side::kLeft, Side::kRight}) {
      anatomy::Structure structure;
      structure.id = muscle.id + (side == Side::kLeft ? "_left" : "_right");
      structure.name = structure.id;
      structure.fma = "FMA" + std::to_string(90000 + body->structures.size());
      structure.kind = Kind::kMuscle;
      structure.side = side;
      structure.layer = muscle.layer;
      structure.groups = {find_or_add_group(*body, muscle.group)};
      auto meshes = lods;
      if (side == Side::kRight)
        for (Mesh& mesh : meshes) mesh = mirrored(mesh);
      builder.add(structure, meshes, &muscle);
    }
  }
  if (spec.bone) {
    anatomy::Structure bone;
    bone.id = "thoracic_vertebra_7";
    bone.name = "Bone of the test body";
    bone.kind = Kind::kBone;
    bone.layer = Layer::kSkeleton;
    builder.add(bone, barrels(spec.bone_depth_m), nullptr);
  }

  Mesh& surface = body->contact_surface;
  surface = make_barrel(spec, 0.0f, spec.cell_m);
  std::mt19937 random(5);
  std::uniform_real_distribution<float> jitter(-spec.surface_noise_m, spec.surface_noise_m);
  if (spec.surface_noise_m > 0.0f)
    for (glm::vec3& p : surface.positions_m)
      p += glm::vec3(jitter(random), jitter(random), jitter(random));
  surface.normals = geom::smooth_normals(surface.positions_m, surface.indices);
  body->contact_surface_estimated = !spec.skin;

  const auto add_landmark = [&](const char* id, float theta, float y) {
    body->landmarks.push_back({id, phantom_skin_point(spec, theta, y)});
  };
  add_landmark("C7", 0.0f, 1.47f);
  add_landmark("T2", 0.0f, 1.43f);
  add_landmark("T7", 0.0f, 1.30f);
  add_landmark("L4", 0.0f, 1.02f);
  add_landmark("acromion_left", 1.4f, 1.46f);
  add_landmark("acromion_right", -1.4f, 1.46f);
  add_landmark("iliac_crest_left", 1.0f, 0.97f);
  add_landmark("iliac_crest_right", -1.0f, 0.97f);
  return body;
}

std::shared_ptr<const anatomy::BodyIndex> make_phantom(const PhantomSpec& spec) {
  return std::make_shared<const anatomy::BodyIndex>(make_phantom_body(spec));
}

}  // namespace test_support
