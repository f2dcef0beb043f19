// `backmate press`: one ball on a stack of layers, for engineers and checks.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/commands/commands.h"
#include "app/quantity_text.h"
#include "sim/press.h"

namespace app {
namespace {

struct PressArguments {
  std::string layers;
  std::string ball;
  std::string force;
  bool json = false;
};

base::Result<sim::PressLayer> read_layer(std::string_view text) {
  const auto first = text.find(':');
  const auto second = first == text.npos ? text.npos : text.find(':', first + 1);
  const auto wrong = [&](const char* what) {
    return base::fail("--layers: '" + std::string(text) + "' " + what +
                      ". Write a layer as name:thickness:modulus, like fat:6mm:6.7kPa.");
  };
  if (second == text.npos || first == 0) return wrong("is not a layer");
  const auto thickness_m = read_length_m(text.substr(first + 1, second - first - 1));
  if (!thickness_m) return wrong("has no thickness in mm, cm or m");
  const auto modulus_pa = read_pressure_pa(text.substr(second + 1));
  if (!modulus_pa) return wrong("has no shear modulus in Pa, kPa or MPa");
  return sim::PressLayer{std::string(text.substr(0, first)), *thickness_m, *modulus_pa};
}

base::Result<sim::Press> compute_press(const PressArguments& arguments) {
  std::vector<sim::PressLayer> layers;
  std::string_view rest = arguments.layers;
  while (true) {
    const auto comma = rest.find(',');
    auto layer = read_layer(rest.substr(0, comma));
    if (!layer) return tl::unexpected(layer.error());
    layers.push_back(std::move(*layer));
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
  }
  const auto ball_m = read_length_m(arguments.ball);
  if (!ball_m)
    return base::fail("--ball: '" + arguments.ball + "' is no diameter in mm, cm or m, like 63mm.");
  const auto force_n = read_force_n(arguments.force);
  if (!force_n)
    return base::fail("--force: '" + arguments.force + "' is no force in N, like 100N.");
  return sim::press_stack(layers, *ball_m, *force_n);
}

void print_press(const sim::Press& press, bool as_json) {
  if (!as_json) {
    std::printf("dent %.1f mm, contact radius %.1f mm, pressure at the skin %.1f kPa, mean %.1f\n",
                1e3 * static_cast<double>(press.indentation_m),
                1e3 * static_cast<double>(press.contact_radius_m),
                1e-3 * static_cast<double>(press.peak_pa),
                1e-3 * static_cast<double>(press.mean_pa));
    for (const sim::PressedLayer& layer : press.layers) {
      std::printf("%-20s middle %7.1f kPa, bottom %7.1f kPa\n", layer.name.c_str(),
                  1e-3 * static_cast<double>(layer.middle_pa),
                  1e-3 * static_cast<double>(layer.bottom_pa));
    }
    return;
  }
  nlohmann::json layers = nlohmann::json::array();
  for (const sim::PressedLayer& layer : press.layers) {
    layers.push_back(
        {{"name", layer.name}, {"middle_pa", layer.middle_pa}, {"bottom_pa", layer.bottom_pa}});
  }
  const nlohmann::json report = {{"indentation_m", press.indentation_m},
                                 {"contact_radius_m", press.contact_radius_m},
                                 {"peak_pa", press.peak_pa},
                                 {"mean_pa", press.mean_pa},
                                 {"layers", layers}};
  std::printf("%s\n", report.dump(1).c_str());
}

}  // namespace

void add_press_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<PressArguments>();
  CLI::App* command =
      cli.add_subcommand("press", "Press a ball onto a stack of layers: the laws by themselves");
  command
      ->add_option("--layers", arguments->layers,
                   "from the skin inward, name:thickness:shear modulus, with commas between: "
                   "skin:2mm:40kPa,fat:6mm:6.7kPa")
      ->required();
  command->add_option("--ball", arguments->ball, "diameter, like 63mm")->required();
  command->add_option("--force", arguments->force, "like 100N")->required();
  command->add_flag("--json", arguments->json, "JSON on standard output");
  command->callback([arguments, &exit] {
    const auto press = compute_press(*arguments);
    if (!press) return report_failure(press.error(), exit);
    print_press(*press, arguments->json);
  });
}

}  // namespace app
