# Sourced by scripts/run and scripts/test: installs what is missing, configures, builds.
# Only this file knows the list of system packages.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the program needs: compiler and tools, libraries, OpenGL (in software where there is no GPU).
program_packages=(
  g++ cmake ninja-build pkg-config git ca-certificates dpkg-dev xz-utils python3-glad
  libglfw3-dev libglm-dev libassimp-dev libmeshoptimizer-dev nlohmann-json3-dev libcli11-dev
  libspdlog-dev libexpected-dev libfreetype-dev libcairo2-dev zlib1g-dev libstb-dev fonts-inter
  libgl-dev libegl-dev libopengl-dev libgl1-mesa-dri
)
# What its tests and benchmarks need besides: checks of the real window among them.
test_packages=(libgtest-dev libbenchmark-dev xvfb xauth xdotool imagemagick poppler-utils)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "These packages need to be installed by an administrator: $*"
  fi
}

# install_missing PACKAGE...
install_missing() {
  local packages=("$@")
  command -v dpkg-query >/dev/null || fail "This script sets up Debian 12 and 13. Elsewhere, install the \
packages named in scripts/setup.sh and run: cmake -B build && cmake --build build"
  local missing=() package
  # dpkg-query fails when one of them is unknown; what it prints is what counts.
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >&2 || fail "The packages could not be installed. Check the network and run again."
}

# build PRESET TARGET [cmake options ...]: a folder that is configured already is only brought up to date.
build() {
  local preset=$1 target=$2
  shift 2
  local folder=$root/build/$preset
  if [ ! -f "$folder/build.ninja" ] || [ $# -gt 0 ]; then
    say "Configuring ($preset)"
    (cd "$root" && cmake --preset "$preset" "$@" >"$root/build-$preset.log" 2>&1) || {
      tail -n 25 "$root/build-$preset.log" >&2
      fail "Configuring failed; the whole log is build-$preset.log."
    }
    rm -f "$root/build-$preset.log"
  fi
  cmake --build "$folder" --target "$target" >&2 || fail "The build failed; the compiler's words are above."
}
