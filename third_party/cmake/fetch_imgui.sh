#!/usr/bin/env bash
# Downloads the distribution's source package of Dear ImGui VERSION into the current folder. Works on
# Debian 12 and 13 without touching the system's package configuration: a private sources list names the
# release that carries this version, on the mirror that the system already uses.
set -euo pipefail
version=$1
apt_dir=$PWD/apt
mkdir -p "$apt_dir/lists/partial" "$apt_dir/cache/archives/partial"
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $codename" \
  'Origin: Debian' | sort -u | head -1)
if [ -z "$mirror" ]; then
  echo "No Debian mirror is configured for '$codename' (apt-get indextargets found none)." >&2
  exit 1
fi
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" \
  > "$apt_dir/sources.list"
options=(-o "Dir::Etc::sourcelist=$apt_dir/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$apt_dir/lists" -o "Dir::Cache=$apt_dir/cache" -o APT::Sandbox::User=)
apt-get "${options[@]}" update
apt-get "${options[@]}" source --download-only "imgui=$version*" || \
  apt-get "${options[@]}" source --download-only imgui
