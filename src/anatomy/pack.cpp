#include "anatomy/pack.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include "anatomy/pack_codec.h"
#include "base/check.h"
#include "base/parallel.h"
#include "data/json_file.h"

namespace anatomy {
namespace {

using data::Json;

// Layout: FileHeader, metadata (JSON), encoded ranges of level 0, 1, 2 in the order of the
// structures, contact surface (where it is not the skin), segments. The checksum covers everything
// after the header.
struct FileHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t reserved;
  std::uint64_t checksum;
  std::uint64_t metadata_bytes;
  std::uint64_t buffer_bytes;
};
static_assert(sizeof(FileHeader) == 40);
// The line end catches files that were mangled as text.
constexpr char kMagic[8] = {'B', 'M', 'P', 'A', 'C', 'K', '\r', '\n'};

struct PackedSegment {
  std::uint32_t structure;
  float centre_m[3];
  float fibre[3];
  float length_m;
};
static_assert(sizeof(PackedSegment) == 32);

// Far above any atlas (the largest published ones have some 10 million triangles), far below what
// would exhaust a machine.
constexpr std::uint64_t kMaxVertices = 60'000'000;
constexpr std::uint64_t kMaxIndices = 180'000'000;
constexpr std::uint64_t kMaxFileBytes = std::uint64_t{1} << 30;
constexpr float kMaxCoordinate = 100.0f;

Json to_json(glm::vec3 v) { return Json::array({v.x, v.y, v.z}); }

glm::vec3 vec3_from(const Json& json) {
  return {json.at(0).get<float>(), json.at(1).get<float>(), json.at(2).get<float>()};
}

bool is_sane(glm::vec3 v) {
  return std::abs(v.x) < kMaxCoordinate && std::abs(v.y) < kMaxCoordinate &&
         std::abs(v.z) < kMaxCoordinate;
}

Json to_json(const RangeHeader& h) {
  return Json::array({h.vertex_count, h.index_count, h.vertex_bytes, h.index_bytes, h.extra_bytes,
                      h.min_m.x, h.min_m.y, h.min_m.z, h.step_m});
}

RangeHeader range_from(const Json& json) {
  RangeHeader h;
  h.vertex_count = json.at(0);
  h.index_count = json.at(1);
  h.vertex_bytes = json.at(2);
  h.index_bytes = json.at(3);
  h.extra_bytes = json.at(4);
  h.min_m = {json.at(5).get<float>(), json.at(6).get<float>(), json.at(7).get<float>()};
  h.step_m = json.at(8);
  if (!is_sane(h.min_m) || !(h.step_m >= 0.0f && h.step_m < 0.01f)) {
    throw std::runtime_error("a mesh lies at an impossible place");
  }
  return h;
}

struct Job {
  RangeHeader header;
  int lod = 0;
  std::size_t structure = 0;
  std::size_t offset = 0;  // of its bytes in the buffers
};

base::Result<EncodedRange> encode_structure(const Body& body, int lod, std::size_t i) {
  const LodMesh& mesh = body.lods[static_cast<std::size_t>(lod)];
  const Structure& structure = body.structures[i];
  const MeshRange& range = structure.lods[static_cast<std::size_t>(lod)];
  const auto slice = [&](const auto& array) {
    return std::span(array).subspan(array.empty() ? 0 : range.first_vertex,
                                    array.empty() ? 0 : range.vertex_count);
  };
  std::vector<std::uint16_t> segments(range.vertex_count, 0);
  for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
    const SegmentIndex segment = mesh.vertex_segment[range.first_vertex + v];
    if (segment == kNone) continue;
    segments[v] = static_cast<std::uint16_t>(segment - structure.first_segment + 1);
  }
  std::vector<std::uint32_t> indices(mesh.indices.begin() + range.first_index,
                                     mesh.indices.begin() + range.first_index + range.index_count);
  for (std::uint32_t& index : indices) index -= range.first_vertex;
  auto encoded = encode_range(
      {slice(mesh.positions_m), segments, slice(mesh.fibre), slice(mesh.tendon), indices});
  if (!encoded) {
    return base::fail("Structure '" + structure.id + "' cannot be saved: " +
                      encoded.error().message + ". Repair or leave out its mesh.");
  }
  return encoded;
}

Json describe(const Structure& s) {
  Json json = {{"id", s.id},
               {"name", s.name},
               {"latin", s.latin},
               {"fma", s.fma},
               {"ta2", s.ta2},
               {"kind", to_string(s.kind)},
               {"side", to_string(s.side)},
               {"layer", to_string(s.layer)},
               {"groups", s.groups},
               {"segments", Json::array({s.first_segment, s.segment_count})},
               {"recognised", s.recognised},
               {"usable", s.usable}};
  if (s.estimated) json["estimated"] = true;
  return json;
}

Structure structure_from(const Json& json, std::size_t groups, std::size_t segments) {
  Structure s;
  s.id = json.at("id");
  s.name = json.at("name");
  s.latin = json.at("latin");
  s.fma = json.at("fma");
  s.ta2 = json.at("ta2");
  const bool words = from_string(json.at("kind").get<std::string>(), s.kind) &&
                     from_string(json.at("side").get<std::string>(), s.side) &&
                     from_string(json.at("layer").get<std::string>(), s.layer);
  if (!words) throw std::runtime_error("structure '" + s.id + "' has an unknown kind or layer");
  for (const Json& group : json.at("groups")) s.groups.push_back(group.get<GroupIndex>());
  for (const GroupIndex group : s.groups) {
    if (group >= groups) throw std::runtime_error("structure '" + s.id + "' names no group");
  }
  const auto first = json.at("segments").at(0).get<std::uint64_t>();
  const auto count = json.at("segments").at(1).get<std::uint64_t>();
  if (count > 0 && (first > segments || count > segments - first)) {
    throw std::runtime_error("structure '" + s.id + "' names no segments");
  }
  s.first_segment = count > 0 ? static_cast<SegmentIndex>(first) : kNone;
  s.segment_count = static_cast<std::uint16_t>(count);
  s.recognised = json.at("recognised");
  s.usable = json.at("usable");
  s.estimated = json.value("estimated", false);
  return s;
}

base::Result<std::string> read_pack_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!std::filesystem::is_directory(path) && !error && size <= kMaxFileBytes) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (in.read(bytes.data(), static_cast<std::streamsize>(size))) return bytes;
  }
  if (!error && size > kMaxFileBytes) {
    return base::fail("'" + path.string() + "' is larger than 1 GiB, too large for a body pack.");
  }
  // The general reader has the sentences for what is missing or not a file.
  return data::read_file(path);
}

// Everything of a pack behind its header; throws on anything that does not hold.
class Reader {
 public:
  Reader(std::uint32_t version, std::string_view metadata, std::string_view buffers, int finest_lod)
      : metadata_(Json::parse(metadata)),
        buffers_(buffers),
        version_(version),
        finest_lod_(finest_lod) {}

  std::shared_ptr<const Body> read() {
    read_words();
    read_ranges();
    make_arrays();
    decode();
    return body_;
  }

 private:
  void read_words() {
    body_->id = metadata_.at("id");
    body_->source = metadata_.at("source");
    body_->contact_surface_estimated = metadata_.at("contact_surface_estimated");
    for (const Json& group : metadata_.at("groups")) {
      body_->groups.push_back({group.at("id"),
                               group.at("name"),
                               group.value("above", ""),
                               group.value("below", ""),
                               {}});
    }
    segment_count_ = metadata_.at("segment_count");
    if (segment_count_ >= kNone) throw std::runtime_error("there are too many segments");
    const Json& structures = metadata_.at("structures");
    if (structures.size() >= kNone) throw std::runtime_error("there are too many structures");
    for (const Json& json : structures) {
      body_->structures.push_back(structure_from(json, body_->groups.size(), segment_count_));
    }
    const bool has_muscles =
        std::any_of(body_->structures.begin(), body_->structures.end(),
                    [](const Structure& s) { return s.kind == Kind::kMuscle && s.usable; });
    if (version_ == 1 && has_muscles) {
      body_->note =
          "This pack was made by an earlier version of the program: its muscles are cut straight "
          "instead of along their fibres. Import the atlas again to have them.";
    }
    for (const Json& landmark : metadata_.at("landmarks")) {
      body_->landmarks.push_back({landmark.at("id"), vec3_from(landmark.at("position_m"))});
    }
    body_->unrecognised = metadata_.at("unrecognised").get<std::vector<std::string>>();
    for (const Json& finding : metadata_.at("suspicious")) {
      body_->suspicious.push_back({finding.at("id"), finding.at("what")});
    }
    for (std::size_t i = 0; i < body_->structures.size(); ++i) {
      for (const GroupIndex group : body_->structures[i].groups) {
        body_->groups[group].members.push_back(static_cast<StructureIndex>(i));
      }
    }
  }

  RangeHeader take_range(const Json& json, std::size_t& offset) {
    const RangeHeader header = range_from(json);
    const std::uint64_t bytes =
        std::uint64_t{header.vertex_bytes} + header.index_bytes + header.extra_bytes;
    if (bytes > buffers_.size() - offset) throw std::runtime_error("it ends too early");
    offset += bytes;
    vertices_ += header.vertex_count;
    indices_ += header.index_count;
    if (vertices_ > kMaxVertices || indices_ > kMaxIndices || header.index_count % 3 != 0) {
      throw std::runtime_error("it claims an impossible number of triangles");
    }
    return header;
  }

  void read_ranges() {
    std::size_t offset = 0;
    for (int lod = 0; lod < kLodCount; ++lod) {
      std::uint32_t first_vertex = 0;
      std::uint32_t first_index = 0;
      const Json& ranges = metadata_.at("lods").at(static_cast<std::size_t>(lod)).at("ranges");
      if (ranges.size() != body_->structures.size()) {
        throw std::runtime_error("its levels of detail do not match its structures");
      }
      for (std::size_t i = 0; i < body_->structures.size(); ++i) {
        Job job{{}, lod, i, offset};
        job.header = take_range(ranges[i], offset);
        jobs_.push_back(job);
        if (lod < finest_lod_) continue;
        body_->structures[i].lods[static_cast<std::size_t>(lod)] = {
            first_vertex, job.header.vertex_count, first_index, job.header.index_count};
        first_vertex += job.header.vertex_count;
        first_index += job.header.index_count;
      }
    }
    if (const Json& contact = metadata_.at("contact_surface"); contact.is_number()) {
      const auto skin = contact.get<std::size_t>();
      if (skin >= body_->structures.size()) throw std::runtime_error("its skin is missing");
      contact_ = jobs_[skin];
    } else {
      contact_.offset = offset;
      contact_.header = take_range(contact, offset);
    }
    if (contact_.header.index_count == 0) throw std::runtime_error("it has no surface to touch");
    segment_offset_ = offset;
    if (buffers_.size() - offset != segment_count_ * sizeof(PackedSegment)) {
      throw std::runtime_error("it has another length than it says");
    }
  }

  void make_arrays() {
    for (std::size_t lod = 0; lod < kLodCount; ++lod) {
      std::size_t vertices = 0;
      std::size_t indices = 0;
      for (const Structure& s : body_->structures) {
        vertices += s.lods[lod].vertex_count;
        indices += s.lods[lod].index_count;
      }
      LodMesh& mesh = body_->lods[lod];
      mesh.positions_m.resize(vertices);
      mesh.normals.resize(vertices);
      mesh.vertex_structure.resize(vertices);
      mesh.vertex_segment.resize(vertices);
      mesh.indices.resize(indices);
      if (metadata_.at("lods")[lod].at("fibre").get<bool>()) {
        mesh.fibre.assign(vertices, glm::vec3(0.0f));
      }
      if (metadata_.at("lods")[lod].at("tendon").get<bool>()) mesh.tendon.assign(vertices, 0.0f);
    }
    body_->contact_surface.positions_m.resize(contact_.header.vertex_count);
    body_->contact_surface.normals.resize(contact_.header.vertex_count);
    body_->contact_surface.indices.resize(contact_.header.index_count);
  }

  void decode() {
    std::atomic<bool> damaged{false};
    base::parallel_for(jobs_.size() + 1, [&](std::size_t i) {
      const bool good = i == 0 ? decode_contact_surface() : decode_job(jobs_[i - 1]);
      if (!good) damaged = true;
    });
    if (damaged) throw std::runtime_error("a mesh in it cannot be decoded");
    read_segments();
  }

  std::string_view bytes_of(const Job& job) const {
    const RangeHeader& h = job.header;
    return buffers_.substr(job.offset, std::size_t{h.vertex_bytes} + h.index_bytes + h.extra_bytes);
  }

  bool decode_contact_surface() {
    geom::Mesh& mesh = body_->contact_surface;
    if (!decode_range(contact_.header, bytes_of(contact_),
                      {mesh.positions_m, {}, {}, {}, mesh.indices})) {
      return false;
    }
    geom::smooth_normals(mesh.positions_m, mesh.indices, mesh.normals);
    return true;
  }

  // Boxes are those of the finest level, whether it is kept or not.
  bool decode_job(const Job& job) {
    geom::Aabb& bounds = body_->structures[job.structure].bounds_m;
    if (job.lod < finest_lod_) {
      return job.lod > 0 || decode_bounds(job.header, bytes_of(job), bounds);
    }
    if (!decode_structure(job)) return false;
    const MeshRange& range = body_->structures[job.structure].lods[0];
    if (job.lod == 0) {
      bounds = geom::bounds_of(
          std::span(body_->lods[0].positions_m).subspan(range.first_vertex, range.vertex_count));
    }
    return true;
  }

  bool decode_structure(const Job& job) {
    LodMesh& mesh = body_->lods[static_cast<std::size_t>(job.lod)];
    const Structure& structure = body_->structures[job.structure];
    const MeshRange& range = structure.lods[static_cast<std::size_t>(job.lod)];
    const auto slice = [&](auto& array) {
      return std::span(array).subspan(array.empty() ? 0 : range.first_vertex,
                                      array.empty() ? 0 : range.vertex_count);
    };
    const auto positions = slice(mesh.positions_m);
    const auto segments = slice(mesh.vertex_segment);
    const auto indices = std::span(mesh.indices).subspan(range.first_index, range.index_count);
    if (!decode_range(job.header, bytes_of(job),
                      {positions, segments, slice(mesh.fibre), slice(mesh.tendon), indices})) {
      return false;
    }
    for (SegmentIndex& segment : segments) {
      if (segment > structure.segment_count) return false;
      segment =
          segment == 0 ? kNone : static_cast<SegmentIndex>(structure.first_segment + segment - 1);
    }
    geom::smooth_normals(positions, indices, slice(mesh.normals));
    for (std::uint32_t& index : indices) index += range.first_vertex;
    std::ranges::fill(slice(mesh.vertex_structure), static_cast<StructureIndex>(job.structure));
    return true;
  }

  void read_segments() {
    for (std::size_t i = 0; i < segment_count_; ++i) {
      PackedSegment packed;
      std::memcpy(&packed, buffers_.data() + segment_offset_ + i * sizeof(packed), sizeof(packed));
      const glm::vec3 centre(packed.centre_m[0], packed.centre_m[1], packed.centre_m[2]);
      const glm::vec3 fibre(packed.fibre[0], packed.fibre[1], packed.fibre[2]);
      if (packed.structure >= body_->structures.size() || !is_sane(centre) || !is_sane(fibre) ||
          !(packed.length_m >= 0.0f && packed.length_m < kMaxCoordinate)) {
        throw std::runtime_error("a segment in it is not possible");
      }
      body_->segments.push_back(
          {static_cast<StructureIndex>(packed.structure), centre, fibre, packed.length_m});
    }
  }

  Json metadata_;
  std::string_view buffers_;
  std::uint32_t version_;
  int finest_lod_;
  std::shared_ptr<Body> body_ = std::make_shared<Body>();
  std::vector<Job> jobs_;
  Job contact_;
  std::size_t segment_count_ = 0;
  std::size_t segment_offset_ = 0;
  std::uint64_t vertices_ = 0;
  std::uint64_t indices_ = 0;
};

Json describe_words(const Body& body) {
  Json metadata = {{"id", body.id},
                   {"source", body.source},
                   {"contact_surface_estimated", body.contact_surface_estimated},
                   {"segment_count", body.segments.size()},
                   {"unrecognised", body.unrecognised}};
  metadata["groups"] = Json::array();
  for (const Group& group : body.groups) {
    metadata["groups"].push_back(
        {{"id", group.id}, {"name", group.name}, {"above", group.above}, {"below", group.below}});
  }
  metadata["structures"] = Json::array();
  for (const Structure& s : body.structures) metadata["structures"].push_back(describe(s));
  metadata["landmarks"] = Json::array();
  for (const Landmark& l : body.landmarks) {
    metadata["landmarks"].push_back({{"id", l.id}, {"position_m", to_json(l.position_m)}});
  }
  metadata["suspicious"] = Json::array();
  for (const Finding& f : body.suspicious) {
    metadata["suspicious"].push_back({{"id", f.structure_id}, {"what", f.what}});
  }
  return metadata;
}

// The structure whose finest level the touched surface is, bit for bit.
std::optional<std::size_t> find_touched_skin(const Body& body) {
  const geom::Mesh& touched = body.contact_surface;
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const MeshRange& range = body.structures[i].lods[0];
    if (body.structures[i].kind != Kind::kSkin ||
        range.vertex_count != touched.positions_m.size() ||
        range.index_count != touched.indices.size()) {
      continue;
    }
    const auto position = body.lods[0].positions_m.begin() + range.first_vertex;
    const auto index = body.lods[0].indices.begin() + range.first_index;
    const bool same =
        std::equal(touched.positions_m.begin(), touched.positions_m.end(), position) &&
        std::equal(touched.indices.begin(), touched.indices.end(), index,
                   [&](std::uint32_t a, std::uint32_t b) { return a + range.first_vertex == b; });
    if (same) return i;
  }
  return std::nullopt;
}

std::string pack_segments(const Body& body) {
  std::string bytes(body.segments.size() * sizeof(PackedSegment), '\0');
  for (std::size_t i = 0; i < body.segments.size(); ++i) {
    const Segment& s = body.segments[i];
    const PackedSegment packed{s.structure,
                               {s.centre_m.x, s.centre_m.y, s.centre_m.z},
                               {s.fibre.x, s.fibre.y, s.fibre.z},
                               s.length_m};
    std::memcpy(bytes.data() + i * sizeof(packed), &packed, sizeof(packed));
  }
  return bytes;
}

}  // namespace

base::Status save_pack(const Body& body, const std::filesystem::path& path) {
  BACKMATE_CHECK(body.structures.size() < kNone && body.segments.size() < kNone);
  const std::size_t count = body.structures.size();
  std::vector<base::Result<EncodedRange>> ranges(kLodCount * count);
  base::parallel_for(ranges.size(), [&](std::size_t i) {
    ranges[i] = encode_structure(body, static_cast<int>(i / count), i % count);
  });
  const std::optional<std::size_t> skin = find_touched_skin(body);
  base::Result<EncodedRange> contact;
  if (!skin) {
    contact =
        encode_range({body.contact_surface.positions_m, {}, {}, {}, body.contact_surface.indices});
  }
  if (!contact) {
    return base::fail("The touched surface cannot be saved: " + contact.error().message + ".");
  }

  Json metadata = describe_words(body);
  std::string buffers;
  metadata["lods"] = Json::array();
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    Json list = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      const auto& range = ranges[lod * count + i];
      if (!range) return tl::unexpected(range.error());
      list.push_back(to_json(range->header));
      buffers += range->bytes;
    }
    metadata["lods"].push_back({{"fibre", !body.lods[lod].fibre.empty()},
                                {"tendon", !body.lods[lod].tendon.empty()},
                                {"ranges", std::move(list)}});
  }
  metadata["contact_surface"] = skin ? Json(*skin) : to_json(contact->header);
  buffers += contact->bytes;
  buffers += pack_segments(body);

  // Names come from files of any encoding: what is not UTF-8 is replaced, not thrown at anybody.
  const std::string words = metadata.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string file(sizeof(FileHeader), '\0');
  file.reserve(file.size() + words.size() + buffers.size());
  file += words;
  file += buffers;
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kPackVersion;
  header.metadata_bytes = words.size();
  header.buffer_bytes = buffers.size();
  header.checksum = pack_checksum(std::string_view(file).substr(sizeof(FileHeader)));
  std::memcpy(file.data(), &header, sizeof(header));
  return data::write_file_atomic(path, file);
}

bool is_pack(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  char magic[sizeof(kMagic)];
  return in.read(magic, sizeof(magic)) && std::memcmp(magic, kMagic, sizeof(kMagic)) == 0;
}

base::Result<std::shared_ptr<const Body>> load_pack(const std::filesystem::path& path,
                                                    int finest_lod) {
  BACKMATE_CHECK(finest_lod >= 0 && finest_lod < kLodCount);
  const auto refuse = [&](const std::string& why) {
    return base::fail("'" + path.string() + "' cannot be opened as a body: " + why);
  };
  auto file = read_pack_file(path);
  if (!file) return tl::unexpected(file.error());
  const std::string_view bytes = *file;
  FileHeader header{};
  if (bytes.empty()) return refuse("it is empty. Import the atlas again.");
  if (bytes.size() >= sizeof(kMagic) && std::memcmp(bytes.data(), kMagic, sizeof(kMagic)) != 0) {
    return refuse("it is not a body pack. Make one with 'backmate import'.");
  }
  if (bytes.size() < sizeof(header)) {
    return refuse("it is too short for a body pack. Import the atlas again.");
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.version == 0) {
    return refuse("its format is version 0, which never was. Import the atlas again.");
  }
  if (header.version > kPackVersion) {
    return refuse("its format is version " + std::to_string(header.version) +
                  ", made by a newer program; this one reads up to version " +
                  std::to_string(kPackVersion) +
                  ". Open it with that program, or import the atlas again with this one.");
  }
  const std::uint64_t rest = bytes.size() - sizeof(header);
  if (header.metadata_bytes > rest || header.buffer_bytes != rest - header.metadata_bytes) {
    return refuse("it is not complete (" + std::to_string(bytes.size()) +
                  " bytes). Copy or import it again.");
  }
  if (header.checksum != pack_checksum(bytes.substr(sizeof(header)))) {
    return refuse("it is damaged (its checksum does not fit). Copy or import it again.");
  }
  try {
    return Reader(header.version, bytes.substr(sizeof(header), header.metadata_bytes),
                  bytes.substr(sizeof(header) + header.metadata_bytes), finest_lod)
        .read();
  } catch (const std::exception& e) {
    return refuse(std::string("it is damaged (") + e.what() + "). Import the atlas again.");
  }
}

}  // namespace anatomy
