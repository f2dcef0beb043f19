#include "import/guarded_read.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <system_error>
#include <type_traits>

#include "import/guarded_jobs.h"

namespace atlas {
namespace {

// Published meshes are read at 10 to 100 MB a second; the slowest, text on an old machine, at 2.
constexpr double kLeastMbPerSecond = 1.0;
constexpr double kLeastCpuS = 3.0;

// A parser's own structures are 10 to 20 times a binary file.
constexpr std::size_t kLeastMemoryBytes = std::size_t{4} << 30;
constexpr std::size_t kMemoryPerByte = 16;

// 25 million triangles in one file, three times that in all: far beyond any atlas.
constexpr std::size_t kMostBytesPerFile = std::size_t{512} << 20;
constexpr std::size_t kMostBytes = 3 * kMostBytesPerFile;

JobLimits find_limits(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  const double megabytes = error ? 0.0 : 1e-6 * static_cast<double>(size);
  JobLimits limits;
  limits.cpu_s = kLeastCpuS + megabytes / kLeastMbPerSecond;
  limits.wall_s = 30.0 + 4.0 * limits.cpu_s;  // a busy machine, a slow disk
  limits.memory_bytes =
      kLeastMemoryBytes + (error ? 0 : kMemoryPerByte * static_cast<std::size_t>(size));
  limits.output_bytes = kMostBytesPerFile;
  return limits;
}

std::string describe(const std::filesystem::path& file, JobEnd end) {
  const std::string where = "'" + file.string() + "' could not be read: ";
  const std::string then = " It is left out; it is probably damaged, get it again.";
  switch (end) {
    case JobEnd::kTooSlow:
      return where + "the reader did not finish within " +
             std::to_string(static_cast<long>(std::ceil(find_limits(file).cpu_s))) + " s." + then;
    case JobEnd::kTooMuchOutput:
      return where + "it holds more triangles than a body can have." + then;
    case JobEnd::kCrashed:
    case JobEnd::kDone:
      break;
  }
  return where + "the reader crashed on it." + then;
}

class Writer {
 public:
  template <typename T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  template <typename Container>
  void put_all(const Container& values) {
    using T = typename Container::value_type;
    static_assert(std::is_trivially_copyable_v<T>);
    put<std::uint64_t>(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Past the end, everything is zero and empty, and `good` is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <typename T>
  T get() {
    T value{};
    if (!enough(sizeof(T))) return value;
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  template <typename Container>
  void get_all(Container& values) {
    using T = typename Container::value_type;
    const auto count = get<std::uint64_t>();
    if (count > rest_.size() / sizeof(T)) good_ = false;
    if (!good_ || count == 0) return;
    values.resize(count);
    std::memcpy(values.data(), rest_.data(), count * sizeof(T));
    rest_.remove_prefix(count * sizeof(T));
  }
  bool good() const { return good_; }
  bool at_end() const { return good_ && rest_.empty(); }

 private:
  bool enough(std::size_t bytes) {
    good_ = good_ && bytes <= rest_.size();
    return good_;
  }

  std::string_view rest_;
  bool good_ = true;
};

bool is_sound(const RawStructure& s) {
  const std::size_t count = s.mesh.positions_m.size();
  return !s.label.empty() && s.mesh.indices.size() % 3 == 0 && !s.mesh.indices.empty() &&
         std::all_of(s.mesh.indices.begin(), s.mesh.indices.end(),
                     [count](std::uint32_t i) { return i < count; }) &&
         std::all_of(s.mesh.positions_m.begin(), s.mesh.positions_m.end(), [](glm::vec3 p) {
           return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
         });
}

}  // namespace

std::string encode_raw_file(const base::Result<RawFile>& file) {
  Writer out;
  out.put<std::uint8_t>(file ? 1 : 0);
  if (!file) {
    out.put_all(file.error().message);
    return out.take();
  }
  std::size_t bytes = 4096;
  for (const RawStructure& s : file->structures) {
    bytes += 12 * s.mesh.positions_m.size() + 4 * s.mesh.indices.size() + 1024;
  }
  out.reserve(bytes);
  out.put_all(file->copyright);
  out.put<std::uint64_t>(file->empty.size());
  for (const std::string& name : file->empty) out.put_all(name);
  out.put<std::uint64_t>(file->structures.size());
  for (const RawStructure& s : file->structures) {
    out.put_all(s.label);
    out.put<std::uint64_t>(s.names.size());
    for (const std::string& name : s.names) out.put_all(name);
    out.put<std::uint64_t>(s.dropped_triangles);
    out.put_all(s.mesh.positions_m);
    out.put_all(s.mesh.indices);
  }
  return out.take();
}

std::optional<base::Result<RawFile>> decode_raw_file(std::string_view bytes) {
  Reader in(bytes);
  if (in.get<std::uint8_t>() == 0) {
    std::string message;
    in.get_all(message);
    if (!in.at_end() || message.empty()) return std::nullopt;
    return base::Result<RawFile>(base::fail(std::move(message)));
  }
  RawFile file;
  in.get_all(file.copyright);
  const auto empty = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; in.good() && i < empty; ++i) in.get_all(file.empty.emplace_back());
  const auto structures = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; in.good() && i < structures; ++i) {
    RawStructure s;
    in.get_all(s.label);
    const auto names = in.get<std::uint64_t>();
    for (std::uint64_t k = 0; in.good() && k < names; ++k) in.get_all(s.names.emplace_back());
    s.dropped_triangles = in.get<std::uint64_t>();
    in.get_all(s.mesh.positions_m);
    in.get_all(s.mesh.indices);
    if (!in.good() || !is_sound(s)) return std::nullopt;
    file.structures.push_back(std::move(s));
  }
  if (!in.at_end() || file.structures.empty()) return std::nullopt;
  return base::Result<RawFile>(std::move(file));
}

base::Result<std::vector<base::Result<RawFile>>> read_mesh_files(
    std::span<const std::filesystem::path> files, const base::Progress& progress,
    const std::function<void(std::size_t)>& on_file) {
  std::vector<base::Result<RawFile>> read(files.size());
  std::size_t done = 0;
  std::size_t bytes = 0;
  GuardedJobs jobs;
  jobs.count = files.size();
  jobs.run = [&](std::size_t i) { return encode_raw_file(read_mesh_file(files[i])); };
  jobs.find_limits = [&](std::size_t i) { return find_limits(files[i]); };
  jobs.finish = [&](std::size_t i, JobEnd end, std::string&& output) {
    if (bytes + output.size() > kMostBytes) end = JobEnd::kTooMuchOutput;
    bytes += output.size();
    auto file = end == JobEnd::kDone ? decode_raw_file(output) : std::nullopt;
    if (end == JobEnd::kDone && !file) end = JobEnd::kCrashed;  // it only looked as if it had not
    read[i] = file ? std::move(*file) : base::fail(describe(files[i], end));
    on_file(++done);
  };
  if (auto ran = run_guarded(jobs, progress); !ran) return tl::unexpected(ran.error());
  return read;
}

}  // namespace atlas
