// Opening bodies, atlases and sessions, saving sessions, and what is remembered of it.
#include <filesystem>

#include "anatomy/figure.h"
#include "anatomy/stature.h"
#include "app/app_impl.h"
#include "app/load_body.h"
#include "base/log.h"
#include "data/folder_listing.h"
#include "ui/format.h"

namespace app {
namespace {

namespace fs = std::filesystem;

// More sentences than this nobody reads in a dialog.
constexpr std::size_t kMostSentences = 3;

std::string name_of(const fs::path& path) {
  const fs::path name = path.filename().empty() ? path.parent_path().filename() : path.filename();
  return name.string();
}

}  // namespace

void App::Impl::load_user_settings() {
  auto loaded = load_settings(setup.user_dirs, setup.resources.schemas());
  if (loaded) {
    settings = std::move(*loaded);
  } else {
    base::log_warning(loaded.error().message);
  }
  // Without a place to remember it the notice would come at every start of a script.
  view.notice_open = !setup.user_dirs.empty() && !settings.notice_read;
  list_recent();
}

void App::Impl::keep_settings() {
  if (auto status = save_settings(settings, setup.user_dirs); !status)
    base::log_warning(status.error().message);
}

void App::Impl::list_recent() {
  std::error_code ignored;
  view.recent.clear();
  for (const std::string& path : settings.recent)
    view.recent.push_back({path, fs::exists(path, ignored)});
  const fs::path last = setup.user_dirs.empty() ? fs::path() : setup.user_dirs.last_session();
  view.last_session = !last.empty() && fs::exists(last, ignored) ? last.string() : std::string();
}

void App::Impl::browse(bool saving) {
  list_recent();
  std::string name;
  fs::path folder = settings.folder.empty() ? data::find_home() : fs::path(settings.folder);
  if (saving) {
    const bool named = !session_path.empty();
    name = named ? name_of(session_path) : "backmate" + std::string(data::kSessionSuffix);
    if (named) folder = fs::path(session_path).parent_path();
  }
  ui_state.browser = ui::open_browser(saving, folder, std::move(name));
  ui_state.sheet = ui::Sheet::kNone;
  ui_state.cover = ui::Cover::kBrowser;
}

void App::Impl::open(const std::string& path) {
  ui_state.cover = ui::Cover::kNone;
  OpenSetup how;
  // Another figure of the same person: what is set up stays.
  if (body_ref.is_builtin() && anatomy::parse_body_name(path)) {
    how.carried = CarriedOver{{}, body};
    how.carried->session.json =
        session::make_session_json(session->snapshot(), body_ref, to_saved(camera.camera()));
    how.carried->session.view = to_saved(camera.camera());
    how.carried->session.time_rate = session->snapshot().time_rate;
  }
  how.resources = setup.resources;
  how.tool = tool;
  how.condition = session->snapshot().document->condition;
  if (!setup.user_dirs.empty()) how.bodies_dir = setup.user_dirs.bodies();
  opener.start(path, how);
  settle_frames = kSettleFrames;
}

void App::Impl::take_drop(const std::string& paths) {
  if (paths.find('\n') != std::string::npos) {
    complain((*tr)("open.one"));
    return;
  }
  if (!paths.empty()) open(paths);
}

void App::Impl::poll_opener() {
  view.opening.clear();
  if (!opener.is_busy()) return;
  const fs::path path = opener.path();
  if (auto result = opener.take()) {
    settle_frames = kSettleFrames;
    if (*result) {
      take_over(std::move(**result));
    } else {
      base::log_warning(result->error().message);
      complain(result->error().message);
    }
    return;
  }
  if (!opener.is_busy() || opener.is_cancelled()) return;
  view.opening = anatomy::parse_body_name(path.string()) ? (*tr)("open.builtin") : name_of(path);
  view.opening_fraction = opener.fraction();
  // The bar moves although nothing else does.
  settle_frames = std::max(settle_frames, 1);
}

void App::Impl::note_figure() {
  view.figure = anatomy::parse_body_name(body_ref.path.empty() ? kBuiltinBody
                                                               : std::string_view(body_ref.path));
  view.stature_m = anatomy::find_stature_m(body->body());
}

void App::Impl::take_over(Opened opened) {
  keep_last_session();
  body = opened.body;
  session = std::move(opened.session);
  body_ref = opened.ref;
  note_figure();
  know_body();
  painter->show_body(body);
  pointer = Pointer();
  view.hovered = anatomy::kNone;
  view.picked_m.reset();
  if (!opened.carried) ui_state.forget_body();
  ui_version = 0;
  lay_out();
  camera.jump_to_standard(draw::StandardView::kBack, body_box());
  if (!opened.carried) session_path.clear();
  if (opened.file) {
    if (!opened.carried) session_path = opened.path.string();
    if (opened.file->view) camera.jump_to(from_saved(*opened.file->view, camera.camera()));
  }
  const bool builtin = anatomy::parse_body_name(opened.path.string()).has_value();
  if (!builtin && opened.path != view.last_session) {
    settings.remember(opened.path);
    settings.folder = fs::path(settings.recent.front()).parent_path().string();
    keep_settings();
  }
  if (opened.path == view.last_session) session_path.clear();
  list_recent();

  std::string words;
  const auto add = [&words](const std::string& sentence) {
    words += (words.empty() ? "" : "\n\n") + sentence;
  };
  if (opened.other_body) add((*tr)("open.other_body"));
  if (opened.lost > 0) add(ui::fill_in((*tr)("open.lost"), std::to_string(opened.lost)));
  const std::size_t count = opened.findings.size();
  if (count > 0)
    add(ui::fill_in((*tr)("open.findings"), name_of(opened.path), std::to_string(count)));
  for (std::size_t i = 0; i < std::min(count, kMostSentences); ++i) add(opened.findings[i]);
  view.dialog = words;
  view.dialog_is_note = true;
}

base::Status App::Impl::write_session(const fs::path& file) {
  if (body_ref.hash.empty()) {
    auto hash = session::hash_file(find_pack(
        body_ref.path.empty() ? kBuiltinBody : std::string_view(body_ref.path), setup.resources));
    if (!hash) return tl::unexpected(hash.error());
    body_ref.hash = *hash;
  }
  return session::save_session(
      session::make_session_json(session->snapshot(), body_ref, to_saved(camera.camera())), file);
}

void App::Impl::save_session(std::string path) {
  if (path.empty()) return browse(true);
  if (!path.ends_with(data::kSessionSuffix)) path += data::kSessionSuffix;
  if (auto status = write_session(path); !status) {
    base::log_warning(status.error().message);
    complain(status.error().message);
    return;
  }
  ui_state.cover = ui::Cover::kNone;
  session_path = path;
  settings.remember(path);
  settings.folder = fs::path(settings.recent.front()).parent_path().string();
  keep_settings();
  list_recent();
  say(ui::fill_in((*tr)("save.done"), name_of(path)));
}

void App::Impl::keep_last_session() {
  if (setup.user_dirs.empty()) return;
  std::error_code error;
  fs::create_directories(setup.user_dirs.data, error);
  if (auto status = write_session(setup.user_dirs.last_session()); !status)
    base::log_warning(status.error().message);
}

void App::Impl::print_plan(bool condition, const std::string& goal) {
  if (plan_job.is_busy()) return;
  const session::Document& document = *session->snapshot().document;
  const auto figure = [](float value) { return std::to_string(value); };
  const fs::path folder = settings.folder.empty() ? data::find_home() : fs::path(settings.folder);
  const std::string body_name = body_ref.path.empty() ? std::string(kBuiltinBody) : body_ref.path;
  std::vector<std::string> arguments{condition ? "--condition" : "--place",
                                     goal,
                                     "--body",
                                     body_name,
                                     "--height",
                                     figure(document.size.height_m),
                                     "--weight",
                                     figure(document.size.weight_kg),
                                     "--door",
                                     figure(document.size.doorway_m),
                                     "--side",
                                     std::string(anatomy::to_string(ui_state.door.side))};
  if (!condition && ui_state.door.force_n > 0.0f) {
    arguments.emplace_back("--force-kg");
    arguments.push_back(figure(ui_state.door.force_n / guide::kGravity));
  }
  if (auto status = plan_job.start(find_free_name(folder, "backmate-" + goal, ".pdf"), arguments);
      !status)
    return complain(status.error().message);
  settle_frames = kSettleFrames;
}

void App::Impl::poll_plan() {
  view.planning = plan_job.is_busy();
  if (!view.planning) return;
  settle_frames = std::max(settle_frames, 1);
  const auto done = plan_job.take();
  if (!done) return;
  view.planning = false;
  settle_frames = kSettleFrames;
  if (!*done) return complain((*done).error().message);
  say(ui::fill_in((*tr)("door.saved"), plan_job.out().string()));
}

void App::Impl::serve(const ui::FileRequest& request) {
  using Kind = ui::FileRequest::Kind;
  switch (request.kind) {
    case Kind::kOpen:
      return open(request.path);
    case Kind::kSave:
      return save_session(request.path);
    case Kind::kForget:
      std::erase(settings.recent, request.path);
      keep_settings();
      return list_recent();
    case Kind::kCancel:
      return opener.cancel();
    case Kind::kPlanPlace:
      return print_plan(false, request.path);
    case Kind::kPlanCondition:
      return print_plan(true, request.path);
  }
}

}  // namespace app
