#include "session/session.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "anatomy/figure.h"
#include "anatomy/stature.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "session/readouts.h"
#include "session/rolling.h"
#include "session/start_pose.h"
#include "session/undo_history.h"
#include "sim/relief.h"

namespace session {
namespace {

constexpr float kStartForceN = 60.0f;
// A point farther off than this is a mistake of the caller, not a place on a body.
constexpr float kFarM = 10.0f;
// Faster than a hand: an undo or a jump to the other side, not a stroke.
constexpr float kFastestStrokeMps = 0.5f;
// A frame that took longer (a sleeping machine) is not made up for.
constexpr float kLongestFrameS = 0.25f;
constexpr std::uint64_t kCurveTicks = 30;
// The first picture comes first; then, in a fraction of a second and before a hand can reach the
// head, the layers under the whole skin are looked up beside the next ones.
constexpr std::uint64_t kPrepareAfterTicks = 1;
constexpr float kDriftIntervalS = 0.5f;

bool is_finite(glm::vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

std::string in_words(float value) { return std::to_string(std::lround(value)); }

// Looks under the skin on a thread of its own; ends it when the session ends.
class Preparation {
 public:
  explicit Preparation(std::shared_ptr<const sim::SimModel> model)
      : thread_([this, kept = std::move(model)] { sim::prepare_columns(*kept, progress_); }) {}
  ~Preparation() {
    progress_.cancel();
    thread_.join();
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

 private:
  base::Progress progress_;
  std::thread thread_;
};

}  // namespace

struct Session::Impl {
  SessionSetup setup;
  Document document;
  // While a command is applied: what it asks for, and what was there before.
  Document proposed, previous;
  UndoHistory history;

  std::map<sim::ConditionChoice, std::shared_ptr<const sim::SimModel>> models;
  std::vector<sim::Condition> conditions;
  std::vector<PlacementReadout> placements;
  std::optional<PlacementSpots> spots;
  std::optional<PlacementTarget> placement_target;
  std::vector<guide::TenderSpot> tender_spots;
  std::optional<guide::TenderMap> tender;  // of `tender_laid`
  std::pair<int, anatomy::Side> tender_laid{-1, anatomy::Side::kRight};
  std::shared_ptr<const sim::SimModel> model;
  sim::SimState state;
  sim::SimState untreated;  // the same person, whom nobody touches

  std::optional<guide::SafetyWatch> watch;

  StrokePath stroke;
  double stroke_s = 0.0;
  double attachment_s = 0.0;
  tool::HeadPose head_now;
  tool::HeadPose head_last_tick;
  double accumulator_s = 0.0;
  // Where the head was settled before and after the last tick; nothing while it was lifted.
  std::optional<ShownHead> settled_before, settled_now;
  float time_rate = 1.0f;

  std::vector<sim::SegmentInput> segment_inputs;  // of the last tick
  std::vector<sim::MuscleReadout> muscles;
  std::vector<GroupReadout> groups;
  std::optional<Section> section;
  PersonReadout person;
  LimitReadout limit_here;
  std::optional<guide::Nearing> approach;
  std::uint64_t approach_hash = 0;
  float pain_at_start = 0.0f;
  double untreated_s = 0.0;  // that the untreated person has lived through
  CurveRecorder curves;
  std::uint64_t version = 1;
  std::uint64_t body_version = 1;
  std::uint64_t picture_hash = 0;
  std::int64_t shown_second = 0;
  std::unique_ptr<Preparation> preparation;
  float since_drift_s = 0.0f;  // real time since numbers that only drift were shown anew

  const anatomy::BodyIndex& body() const { return *setup.body; }
  const tool::AttachmentSpec& attachment() const {
    return setup.tool->attachments[static_cast<std::size_t>(document.attachment)];
  }
  std::size_t structure_count() const { return body().body().structures.size(); }
  double time_s() const { return static_cast<double>(state.tick) * kTickSeconds; }

  base::Result<std::shared_ptr<const sim::SimModel>> find_model(
      const sim::ConditionChoice& condition) {
    const auto known = models.find(condition);
    if (known != models.end()) return known->second;
    auto loaded = sim::load_sim_model(setup.body, setup.assets_dir, condition, model.get());
    if (loaded) models.emplace(condition, *loaded);
    return loaded;
  }

  base::Status use_condition(const sim::ConditionChoice& condition) {
    auto found = find_model(condition);
    if (!found) return tl::unexpected(found.error());
    model = std::move(*found);
    watch.emplace(model);
    start_over();
    return {};
  }

  void start_over() {
    state = sim::make_start_state(*model);
    untreated = state;
    untreated_s = 0.0;
    pain_at_start = read_person(*model, state).pain;
    curves.clear();
    watch->start_over();
    attachment_s = 0.0;
    accumulator_s = 0.0;
    settle();
  }

  sim::ToolInput tool_input(glm::vec3 velocity_m_s) const {
    return {head_now, &attachment(), document.force, velocity_m_s};
  }

  // Contact at once, before the next tick, so that a moved head never floats for a frame.
  void settle() {
    sim::place_head(*model, state, tool_input(glm::vec3(0.0f)));
    settled_now = settled_before = find_settled();
    read_out();
  }

  std::optional<ShownHead> find_settled() const {
    const sim::ContactPatch& patch = state.patch;
    if (patch.contacts.empty()) return std::nullopt;
    return ShownHead{patch.head_centre_m, patch.bar_axis, patch.outward};
  }

  // Always one tick late, so that it is late evenly.
  std::optional<ShownHead> shown_head() const {
    const auto share = static_cast<float>(accumulator_s / static_cast<double>(kTickSeconds));
    if (!settled_before || !settled_now) return settled_now;
    return ShownHead{glm::mix(settled_before->centre_m, settled_now->centre_m, share),
                     glm::mix(settled_before->bar_axis, settled_now->bar_axis, share),
                     glm::mix(settled_before->outward, settled_now->outward, share)};
  }

  void read_out() {
    sim::read_muscles(*model, state, muscles);
    read_groups(*model, state, muscles, groups);
    read_section(state.patch, section);
    person = read_person(*model, state);
    person.pain_at_start = pain_at_start;
    limit_here = read_limit(*model, state.patch, head_now);
    read_approach();
  }

  // Looks around the contacts; only where one has moved by what an eye can tell.
  void read_approach() {
    constexpr float kGrainM = 1e-3f;
    base::Hash hash;
    for (const sim::Contact& contact : state.patch.contacts) {
      for (int axis = 0; axis < 3; ++axis) hash.add(std::lround(contact.point_m[axis] / kGrainM));
      hash.add(std::lround(contact.force.value));
    }
    if (hash.value() == approach_hash) return;
    approach_hash = hash.value();
    const auto now = guide::find_approach(*model->safety, body(), state.patch);
    if (now == approach) return;
    approach = now;
    ++version;
    ++body_version;
  }

  // Layers, hiding and selection leave the contact alone.
  void follow_document(bool tool_changed) {
    ++version;
    ++body_version;
    placement_target.reset();
    if (document.placement >= 0) {
      placement_target = find_target(spots->at(document.placement), document, body(), *setup.tool);
    }
    lay_tender();
    if (!tool_changed) return;
    stroke = document.motion == Motion::kRoll
                 ? StrokePath(body(), document.head, attachment(), find_reach())
                 : StrokePath();
    place_head();
    settle();
  }

  // A placement has a stroke of its own.
  guide::StrokeReach find_reach() const {
    if (document.placement < 0) return {};
    return spots->find_reach(document.placement, document.head, attachment());
  }

  // Anew only where it is another one.
  void lay_tender() {
    const std::pair<int, anatomy::Side> wanted{document.tender, document.tender_side};
    if (wanted == tender_laid) return;
    tender_laid = wanted;
    tender.reset();
    if (document.tender < 0) return;
    auto map = guide::lay_tender_spot(tender_spots[static_cast<std::size_t>(document.tender)],
                                      document.tender_side, body());
    if (map) tender = std::move(*map);
  }

  void place_head() { head_now = stroke.empty() ? document.head : stroke.pose_after(stroke_s); }

  tool::HeadPose pose_at(glm::vec3 target_m, base::Radians angle, base::Radians pitch) const {
    return tool::pose_on_skin(body(), target_m, angle, pitch, attachment());
  }

  base::Status check_structures(const std::vector<anatomy::StructureIndex>& structures) const {
    for (const anatomy::StructureIndex s : structures) {
      if (s >= structure_count())
        return base::fail("structure " + std::to_string(s) + " is unknown: this body has " +
                          std::to_string(structure_count()) + " structures");
    }
    return {};
  }
  std::vector<std::uint8_t> flags_of(const std::vector<anatomy::StructureIndex>& structures) const {
    std::vector<std::uint8_t> flags(structure_count(), 0);
    for (const anatomy::StructureIndex s : structures) flags[s] = 1;
    return flags;
  }
  // Whether a document from outside fits this body and tool.
  base::Status check_document(const Document* given) const {
    const auto in_range = [](int i, std::size_t count) {
      return i >= 0 && static_cast<std::size_t>(i) < count;
    };
    const auto& tool = *setup.tool;
    const bool fits =
        given != nullptr && given->hidden.size() == structure_count() &&
        given->isolated.size() == structure_count() &&
        given->selected.size() == structure_count() &&
        in_range(given->attachment, tool.attachments.size()) &&
        (given->placement == -1 || in_range(given->placement, placements.size())) &&
        (given->tender == -1 || in_range(given->tender, tender_spots.size())) &&
        is_finite(given->head.position_m) && is_finite(given->head.normal) &&
        given->head.angle >= tool.angle_min && given->head.angle <= tool.angle_max &&
        given->head.pitch >= tool.pitch_min && given->head.pitch <= tool.pitch_max &&
        given->force >= base::Newtons{0.0f} &&
        given->force <= tool.attachments[static_cast<std::size_t>(given->attachment)].force_limit &&
        guide::check_size(given->size).has_value();
    if (fits) return {};
    return base::fail(
        "this session does not fit the body and the tool that are here; open the body "
        "that it was saved with");
  }
  std::uint64_t hash_picture() const;

  // One overload per command: checks it and changes `next`. `preview` is set for live gestures.
  base::Status change(Document& next, const SetLayer& c, bool&) const {
    if (static_cast<int>(c.layer) >= anatomy::kLayerCount)
      return base::fail("layer " + std::to_string(static_cast<int>(c.layer)) +
                        " is unknown: use skin, superficial, intermediate, deep or skeleton");
    next.layer = c.layer;
    return {};
  }
  base::Status change(Document& next, const SetXray& c, bool&) const {
    next.xray = c.on;
    return {};
  }
  base::Status change(Document& next, const SetNerves& c, bool&) const {
    next.nerves = c.on;
    return {};
  }
  base::Status change(Document& next, const SetField& c, bool&) const {
    if (static_cast<int>(c.field) >= kFieldCount)
      return base::fail("field " + std::to_string(static_cast<int>(c.field)) +
                        " is unknown: use natural, pressure, dose, tension, comfort or flow");
    next.field = c.field;
    // Whole skin and bare bones show nothing of it.
    const bool covered = next.layer == anatomy::Layer::kSkin && !next.xray;
    if (c.field != Field::kNatural && (covered || next.layer == anatomy::Layer::kSkeleton))
      next.layer = anatomy::Layer::kSuperficial;
    return {};
  }
  base::Status change(Document& next, const SetLimits& c, bool&) const {
    if (c.on && !body().body().has_skin())
      return base::fail(
          "this body has no skin to paint limits on; they still count, and what should not be done "
          "is said beside the body");
    next.limits = c.on;
    if (c.on) next.layer = anatomy::Layer::kSkin;
    return {};
  }
  base::Status change(Document& next, const Hide& c, bool&) const {
    if (auto status = check_structures(c.structures); !status) return status;
    for (const anatomy::StructureIndex s : c.structures) {
      next.hidden[s] = 1;
      next.selected[s] = 0;
    }
    return {};
  }
  base::Status change(Document& next, const Isolate& c, bool&) const {
    if (auto status = check_structures(c.structures); !status) return status;
    next.isolated = flags_of(c.structures);
    return {};
  }
  base::Status change(Document& next, const UnhideAll&, bool&) const {
    next.hidden.assign(structure_count(), 0);
    next.isolated.assign(structure_count(), 0);
    return {};
  }
  base::Status change(Document& next, const Select& c, bool&) const {
    if (auto status = check_structures(c.structures); !status) return status;
    if (!c.add) {
      next.selected = flags_of(c.structures);
      return {};
    }
    // Adding what is already selected takes it out again, as file managers do.
    for (const anatomy::StructureIndex s : c.structures) next.selected[s] ^= 1;
    return {};
  }
  base::Status change(Document& next, const Reveal& c, bool&) const {
    if (auto status = check_structures(c.structures); !status) return status;
    next.selected = flags_of(c.structures);
    auto outermost = anatomy::Layer::kSkeleton;
    bool isolated = true;
    for (const anatomy::StructureIndex s : c.structures) {
      next.hidden[s] = 0;
      isolated = isolated && next.isolated[s] != 0;
      // Nerves and vessels show in every layer, but not through the skin.
      const anatomy::Structure& structure = body().body().structures[s];
      const bool strand = anatomy::is_strand(structure.kind);
      next.nerves = next.nerves || strand;
      const auto covered = std::max(next.layer, anatomy::Layer::kSuperficial);
      outermost = std::min(outermost, strand ? covered : structure.layer);
    }
    if (!isolated) next.isolated.assign(structure_count(), 0);
    if (!c.structures.empty() && !isolated) next.layer = outermost;
    return {};
  }
  base::Status change(Document& next, const Unhide& c, bool&) const {
    if (auto status = check_structures(c.structures); !status) return status;
    for (const anatomy::StructureIndex s : c.structures) next.hidden[s] = 0;
    return {};
  }
  base::Status change(Document& next, const MoveHead& c, bool& preview) const {
    if (!is_finite(c.target_m) || glm::length(c.target_m) > kFarM)
      return base::fail(
          "the head cannot be moved there: a position is three finite numbers in "
          "metres, at most 10 m from the origin");
    preview = c.preview;
    next.head = pose_at(c.target_m, next.head.angle, next.head.pitch);
    return {};
  }
  base::Status change(Document& next, const SetHeadAngle& c, bool& preview) const {
    const auto& tool = *setup.tool;
    if (!(c.angle >= tool.angle_min && c.angle <= tool.angle_max))
      return base::fail("the head cannot be turned there: angles go from " +
                        in_words(base::to_degrees(tool.angle_min)) + " to " +
                        in_words(base::to_degrees(tool.angle_max)) + " degrees");
    preview = c.preview;
    next.head = pose_at(next.head.position_m, c.angle, next.head.pitch);
    return {};
  }
  base::Status change(Document& next, const SetPitch& c, bool& preview) const {
    const auto& tool = *setup.tool;
    if (!(c.pitch >= tool.pitch_min && c.pitch <= tool.pitch_max))
      return base::fail("the head cannot be pitched there: pitch goes from " +
                        in_words(base::to_degrees(tool.pitch_min)) + " to " +
                        in_words(base::to_degrees(tool.pitch_max)) + " degrees");
    preview = c.preview;
    next.head.pitch = c.pitch;
    return {};
  }
  base::Status change(Document& next, const Place& c, bool&) const {
    if (c.placement < -1 || c.placement >= static_cast<int>(placements.size()))
      return base::fail("placement " + std::to_string(c.placement) + " is unknown: there are " +
                        std::to_string(placements.size()));
    next.placement = c.placement;
    if (c.placement < 0) return {};
    const auto placed =
        guide::place_head(spots->at(c.placement).placement, c.side, body(), *setup.tool);
    if (!placed) return tl::unexpected(placed.error());
    next.placement_side = c.side;
    next.head = placed->pose;
    next.attachment = placed->attachment;
    next.force = std::min(placed->force, c.force.value_or(placed->force));
    if (!(next.force >= base::Newtons{0.0f}))
      return base::fail("a force cannot be below zero; choose one in the placement's range");
    next.motion = Motion::kHold;
    next.condition = c.condition.value_or(next.condition);
    return {};
  }
  base::Status change(Document& next, const Restore& c, bool&) const {
    if (auto status = check_document(c.document.get()); !status) return status;
    next = *c.document;
    return {};
  }
  base::Status change(Document& next, const ShowTender& c, bool&) const {
    if (c.spot < -1 || c.spot >= static_cast<int>(tender_spots.size()))
      return base::fail("tender spot " + std::to_string(c.spot) + " is unknown: there are " +
                        std::to_string(tender_spots.size()));
    if (c.spot >= 0) {
      const auto map =
          guide::lay_tender_spot(tender_spots[static_cast<std::size_t>(c.spot)], c.side, body());
      if (!map) return tl::unexpected(map.error());
    }
    next.tender = c.spot;
    next.tender_side = c.side;
    return {};
  }
  base::Status change(Document& next, const SetMySize& c, bool& preview) const {
    if (auto status = guide::check_size(c.size); !status) return status;
    preview = c.preview;
    next.size = c.size;
    return {};
  }
  base::Status change(Document& next, const MirrorHead&, bool&) const {
    const glm::vec3 p = next.head.position_m;
    next.placement_side =
        next.placement_side == anatomy::Side::kLeft ? anatomy::Side::kRight : anatomy::Side::kLeft;
    next.head = pose_at(
        {-p.x, p.y, p.z},
        -next.head.angle.value == 0.0f ? base::Radians{} : base::Radians{-next.head.angle.value},
        next.head.pitch);
    return {};
  }
  base::Status change(Document& next, const SetAttachment& c, bool&) const {
    const auto& attachments = setup.tool->attachments;
    if (c.attachment < 0 || c.attachment >= static_cast<int>(attachments.size()))
      return base::fail("attachment " + std::to_string(c.attachment) +
                        " is unknown: this tool has " + std::to_string(attachments.size()));
    next.attachment = c.attachment;
    const auto& spec = attachments[static_cast<std::size_t>(c.attachment)];
    next.force = std::min(next.force, spec.force_limit);
    next.head =
        tool::pose_on_skin(body(), next.head.position_m, next.head.angle, next.head.pitch, spec);
    return {};
  }
  base::Status change(Document& next, const SetForce& c, bool& preview) const {
    const base::Newtons limit = attachment().force_limit;
    if (!(c.force >= base::Newtons{0.0f} && c.force <= limit))
      return base::fail("the force cannot be set: this attachment takes 0 to " +
                        in_words(limit.value) + " N");
    preview = c.preview;
    next.force = c.force;
    return {};
  }
  base::Status change(Document& next, const SetMotion& c, bool&) const {
    // A stroke ends where it is: a head that jumped back would look like a slip.
    if (c.motion == Motion::kHold && next.motion == Motion::kRoll) next.head = head_now;
    next.motion = c.motion;
    return {};
  }
  base::Status change(Document& next, const SetCondition& c, bool&) const {
    next.condition = c.condition;
    return {};
  }

  // Puts a checked document in place; only a condition can still fail to load.
  base::Status replace_document(const Document& next) {
    const bool other_condition = next.condition != document.condition;
    const bool starts_rolling = next.motion == Motion::kRoll && document.motion != Motion::kRoll;
    previous = document;
    document = next;
    if (other_condition) {
      if (auto status = use_condition(document.condition); !status) {
        document = previous;
        return status;
      }
    }
    if (starts_rolling) stroke_s = 0.0;
    if (document.attachment != previous.attachment) attachment_s = 0.0;
    follow_document(!is_same_tool(previous, document));
    return {};
  }

  template <typename Change>
  base::Status apply_change(const Change& command) {
    proposed = document;
    bool preview = false;
    if (auto status = change(proposed, command, preview); !status) return status;
    if (auto status = replace_document(proposed); !status) return status;
    if (preview) {
      history.begin_preview(previous);
    } else {
      history.commit(previous, document);
    }
    return {};
  }

  base::Status apply_command(const SetTimeRate& c) {
    if (!(c.rate == 1.0f || c.rate == 10.0f || c.rate == 60.0f))
      return base::fail("time-lapse can be 1, 10 or 60 times");
    time_rate = c.rate;
    ++version;
    return {};
  }
  base::Status apply_command(const StartOver&) {
    stroke_s = 0.0;
    place_head();
    start_over();
    ++version;
    ++body_version;
    return {};
  }
  base::Status apply_command(const Undo&) {
    if (auto back = history.undo(document)) return replace_document(*back);
    return {};
  }
  base::Status apply_command(const Redo&) {
    if (auto forward = history.redo(document)) return replace_document(*forward);
    return {};
  }
  template <typename Change>
  base::Status apply_command(const Change& command) {
    return apply_change(command);
  }

  // A point of every curve, where one is due; the untreated person catches up for it.
  void record_curves() {
    if (!curves.is_due(time_s())) return;
    sim::read_muscles(*model, state, muscles);
    if (const double behind = time_s() - untreated_s; behind > 0.0) {
      sim::pass_untreated(*model, untreated, base::Seconds{static_cast<float>(behind)});
      untreated_s = time_s();
    }
    curves.record(time_s(), muscles, [this](anatomy::StructureIndex muscle) {
      return read_relief_beside(*model, state, untreated, muscle);
    });
  }

  void tick(glm::vec3 velocity_m_s) {
    const sim::ToolInput input = tool_input(velocity_m_s);
    sim::step(*model, state, input, base::Seconds{kTickSeconds}, segment_inputs);
    settled_before = std::exchange(settled_now, find_settled());
    watch->observe(state, input, base::Seconds{kTickSeconds});
    if (!state.patch.contacts.empty()) attachment_s += static_cast<double>(kTickSeconds);
    if (!preparation && state.tick >= kPrepareAfterTicks) {
      preparation = std::make_unique<Preparation>(model);
    }
  }
};

// What a picture of the body shows, rounded to what an eye or a label can tell apart: as long as
// this stays the same nothing needs to be drawn again.
std::uint64_t Session::Impl::hash_picture() const {
  base::Hash hash;
  const auto add = [&hash](float value, float grain) {
    hash.add(static_cast<std::int64_t>(std::lround(value / grain)));
  };
  for (int axis = 0; axis < 3; ++axis) add(state.patch.head_centre_m[axis], 2e-4f);
  for (const sim::Contact& contact : state.patch.contacts) add(contact.indentation.value, 2e-4f);
  for (const sim::MuscleReadout& muscle : muscles) {
    add(muscle.load_pa, 500.0f);
    add(muscle.relief, 0.002f);
    hash.add(muscle.structure);
  }
  if (document.field != Field::kNatural) {
    const FieldScale& scale = scale_of(document.field);
    for (const sim::SegmentState& segment : state.segments)
      add(place_of(scale, value_of(document.field, segment)), 1.0f / 64.0f);
  }
  return hash.value();
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;

base::Result<std::unique_ptr<Session>> Session::make(const SessionSetup& setup) {
  BACKMATE_CHECK(setup.body != nullptr && setup.tool != nullptr);
  BACKMATE_CHECK(!setup.tool->attachments.empty());
  if (setup.body->surface_bvh().empty())
    return base::fail(
        "this body has no surface that the head could rest on; import it again from "
        "meshes with at least one usable structure");
  auto impl = std::make_unique<Impl>();
  impl->setup = setup;
  std::vector<std::string> refused;
  auto conditions = sim::load_conditions(setup.assets_dir, &refused);
  for (const std::string& sentence : refused) base::log_warning(sentence);
  if (!conditions) return tl::unexpected(conditions.error());
  impl->conditions = std::move(*conditions);
  guide::TenderFile tender = guide::load_tender_spots(setup.assets_dir);
  for (const std::string& sentence : tender.refused) base::log_warning(sentence);
  impl->tender_spots = std::move(tender.spots);
  impl->placements = load_placements(setup.assets_dir, *setup.tool, setup.body->body());
  Document& document = impl->document;
  const std::size_t count = impl->structure_count();
  document.hidden.assign(count, 0);
  document.isolated.assign(count, 0);
  document.selected.assign(count, 0);
  document.attachment = std::max(0, setup.tool->find_attachment("balls_std"));
  document.force = std::min(base::Newtons{kStartForceN}, impl->attachment().force_limit);
  document.condition = setup.condition;
  document.size.height_m = std::clamp(anatomy::find_stature_m(setup.body->body()),
                                      anatomy::kLeastStature_m, anatomy::kMostStature_m);
  document.head =
      impl->pose_at(find_start_target(*setup.body), base::Radians{0.0f}, base::Radians{0.0f});
  impl->place_head();
  impl->head_last_tick = impl->head_now;
  if (auto status = impl->use_condition(setup.condition); !status)
    return tl::unexpected(status.error());
  const auto usual = impl->find_model(sim::ConditionChoice{});
  impl->spots.emplace(impl->placements, usual ? *usual : impl->model, setup.tool);
  return std::unique_ptr<Session>(new Session(std::move(impl)));
}

base::Status Session::apply(const Command& command) {
  return std::visit([this](const auto& c) { return impl_->apply_command(c); }, command);
}

void Session::advance(float frame_seconds) {
  Impl& s = *impl_;
  if (!(frame_seconds > 0.0f)) return;
  s.accumulator_s += static_cast<double>(std::min(frame_seconds, kLongestFrameS)) * s.time_rate;
  // A hair of tolerance: sixty frames of 1/60 s are sixty ticks.
  const int ticks = static_cast<int>(s.accumulator_s / kTickSeconds + 1e-4);
  if (ticks <= 0) {
    // Between ticks only what moves looks different.
    if (!s.stroke.empty()) {
      ++s.version;
      ++s.body_version;
    }
    return;
  }
  s.accumulator_s -= ticks * static_cast<double>(kTickSeconds);

  // A dragged head moves once a frame: its speed is the way since the last tick over this frame.
  const bool rolls = !s.stroke.empty();
  glm::vec3 velocity = (s.head_now.position_m - s.head_last_tick.position_m) /
                       (static_cast<float>(ticks) * kTickSeconds / s.time_rate);
  if (glm::length(velocity) > kFastestStrokeMps) velocity = glm::vec3(0.0f);
  for (int i = 0; i < ticks; ++i) {
    if (rolls) {
      const glm::vec3 before = s.head_now.position_m;
      s.stroke_s += kTickSeconds;
      s.place_head();
      velocity = (s.head_now.position_m - before) / kTickSeconds;
    }
    s.tick(velocity);
    // Under time-lapse many ticks pass in a frame; curves still get their points.
    if (i + 1 == ticks || s.state.tick % kCurveTicks == 0) {
      s.record_curves();
    }
  }
  const bool moved = rolls || s.head_now.position_m != s.head_last_tick.position_m;
  s.head_last_tick = s.head_now;
  s.read_out();
  // Under a resting head colours drift for minutes: a few pictures a second are enough. The clock
  // and the curves go on beside them.
  s.since_drift_s += frame_seconds;
  const bool due = moved || s.since_drift_s >= kDriftIntervalS;
  if (const std::uint64_t hash = s.hash_picture(); due && hash != s.picture_hash) {
    s.picture_hash = hash;
    s.since_drift_s = 0.0f;
    ++s.body_version;
    ++s.version;
  }
  if (const auto second = static_cast<std::int64_t>(s.time_s()); second != s.shown_second) {
    s.shown_second = second;
    ++s.version;
  }
}

Snapshot Session::snapshot() const {
  const Impl& s = *impl_;
  Snapshot snapshot;
  snapshot.index = s.setup.body.get();
  snapshot.tool = s.setup.tool.get();
  snapshot.document = &s.document;
  snapshot.sim = &s.state;
  snapshot.head_now = s.head_now;
  snapshot.head_shown = s.shown_head();
  snapshot.muscles = &s.muscles;
  snapshot.groups = &s.groups;
  snapshot.curves = &s.curves.curves();
  snapshot.conditions = &s.conditions;
  snapshot.placements = &s.placements;
  snapshot.spots = &*s.spots;
  snapshot.tender_spots = &s.tender_spots;
  snapshot.tender = s.tender ? &*s.tender : nullptr;
  snapshot.placement = s.placement_target;
  snapshot.safety = &s.watch->now();
  snapshot.model = s.model.get();
  snapshot.section = &s.section;
  snapshot.person = s.person;
  snapshot.limit = s.limit_here;
  snapshot.approach = s.approach;
  snapshot.time_s = s.time_s();
  snapshot.attachment_s = s.attachment_s;
  snapshot.time_rate = s.time_rate;
  snapshot.can_undo = s.history.can_undo(s.document);
  snapshot.can_redo = s.history.can_redo();
  snapshot.version = s.version;
  snapshot.body_version = s.body_version;
  return snapshot;
}

}  // namespace session
