#include "app/commands/commands.h"

#include <memory>

#include "anatomy/figure.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace app {

void report_failure(const base::Error& error, Exit& exit) {
  std::fprintf(stderr, "backmate: %s\n", error.message.c_str());
  exit.code = 1;
}

base::Status check_place(const std::filesystem::path& out, const std::string& what,
                         const std::string& example) {
  std::error_code error;
  const std::filesystem::path folder =
      out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, error)) {
    return base::fail("'" + out.string() + "' cannot be written: the folder '" + folder.string() +
                      "' does not exist. Create it or choose another.");
  }
  if (std::filesystem::is_directory(out, error)) {
    return base::fail("'" + out.string() + "' is a folder. Give the name of the " + what +
                      " to write, for example " + example + ".");
  }
  if (::access(folder.c_str(), W_OK) != 0) {
    return base::fail("'" + out.string() + "' cannot be written: no permission to write to '" +
                      folder.string() + "'. Choose a folder you may write to.");
  }
  return {};
}

void add_body_options(CLI::App& command, std::string& body, float* person_height_m) {
  struct Choice {
    std::string sex;
    std::string build;
    float height_m = 0.0f;
  };
  auto choice = std::make_shared<Choice>();
  command.add_option("--body", body, "builtin, or a pack made by 'backmate import'")
      ->capture_default_str();
  command.add_option("--sex", choice->sex, "Of the built-in body")
      ->check(CLI::IsMember({"neutral", "female", "male"}))
      ->option_text("neutral|female|male");
  command.add_option("--build", choice->build, "Of the built-in body")
      ->check(CLI::IsMember({"light", "medium", "heavy"}))
      ->option_text("light|medium|heavy");
  auto* height = command.add_option(
      "--height", choice->height_m,
      person_height_m != nullptr ? "Of the person, in metres" : "Of the built-in body, in metres");
  height->option_text("METRES");
  // A person's height has a sentence of its own.
  if (person_height_m == nullptr)
    height->check(CLI::Range(anatomy::kLeastStature_m, anatomy::kMostStature_m));
  command.parse_complete_callback([choice, &body, person_height_m] {
    const bool of_person = person_height_m != nullptr && choice->height_m != 0.0f;
    if (of_person) {
      *person_height_m = choice->height_m;
      const bool other_body = !anatomy::parse_body_name(body);
      const bool absurd = !(choice->height_m >= anatomy::kLeastStature_m &&
                            choice->height_m <= anatomy::kMostStature_m);
      if (other_body || absurd) choice->height_m = 0.0f;
    }
    if (choice->sex.empty() && choice->build.empty() && choice->height_m == 0.0f) return;
    auto figure = anatomy::parse_body_name(body);
    if (!figure) {
      throw CLI::ValidationError("--sex, --build, --height",
                                 "only the built-in body has them; '" + body + "' stays as it is");
    }
    anatomy::from_string(choice->sex, figure->sex);
    anatomy::from_string(choice->build, figure->build);
    if (choice->height_m > 0.0f) figure->stature_m = choice->height_m;
    body = anatomy::body_name(*figure);
  });
}

void add_condition_options(CLI::App& command, sim::ConditionChoice& choice) {
  command.add_option("--condition", choice.id, "Who is simulated, like stiff_neck or healthy");
  command
      .add_option_function<std::string>(
          "--side", [&choice](const std::string& side) { anatomy::from_string(side, choice.side); },
          "Of a one-sided condition and of a placement (right, where nothing is said)")
      ->check(CLI::IsMember({"left", "right"}));
}

void add_look_options(CLI::App& command, LookChoice& look) {
  command
      .add_option_function<std::string>(
          "--theme", [&look](const std::string& word) { look.look = ui::look_from_string(word); },
          "Colours of interface and studio")
      ->check(CLI::IsMember({"light", "dark", "contrast"}))
      ->option_text("light|dark|contrast");
  command
      .add_option("--ui-size", look.size_percent,
                  "Of words and controls, 100 to 200 percent of what suits the window")
      ->check(CLI::Range(100, 200));
  command
      .add_option_function<std::string>(
          "--quality",
          [&look](const std::string& word) { look.quality = ui::quality_from_string(word); },
          "Of the picture; default: as measured in the window, low in `play`")
      ->check(CLI::IsMember({"low", "medium", "high", "best"}))
      ->option_text("low|medium|high|best");
}

void add_place_option(CLI::App& command, std::string& place) {
  command.add_option("--place", place,
                     "Placement to start with, like neck_base; --side says on which side");
}

}  // namespace app
