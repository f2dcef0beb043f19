#!/usr/bin/env bash
# The real window on a virtual display, with a real pointer: the head is dragged down the back, the
# program is told to stop, and what it wrote says where the head went.
#   window_smoke.sh BACKMATE     exits 77 (skipped) where Xvfb or xdotool is missing
set -euo pipefail

backmate=$1
for tool in Xvfb xdotool; do
  if ! command -v "$tool" >/dev/null; then
    echo "skipped: $tool is not installed"
    exit 77
  fi
done

work=$(mktemp -d)
display_pid=
window_pid=
cleanup() {
  if [ -n "$window_pid" ]; then kill -KILL "$window_pid" 2>/dev/null || true; fi
  if [ -n "$display_pid" ]; then kill "$display_pid" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  echo "FAILED: $*"
  echo "--- what the program said:"
  cat "$work/log" 2>/dev/null || true
  exit 1
}

# wait_for SECONDS COMMAND...
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then return 1; fi
    sleep 0.1
  done
}

# numbers FILE KEY COUNT: the array that stands under this key, one number a line
numbers() { grep -A"$3" "\"$2\":" "$1" | tail -n "$3" | tr -d ' ,'; }

# Where to press, from the same frame without a window.
printf '{"format":"backmate-play","version":1,"size":[1024,600],"events":[],"end":0}' >"$work/still.json"
"$backmate" play "$work/still.json" --out "$work/still" >"$work/log" 2>&1 || fail "play"
mapfile -t grab < <(numbers "$work/still/state.json" screen_px 2)
mapfile -t from < <(numbers "$work/still/state.json" position_m 3)
x=${grab[0]%.*}
y=${grab[1]%.*}

# The server picks a free number and says which.
Xvfb -displayfd 4 -screen 0 1024x600x24 -nolisten tcp 4>"$work/display" 2>/dev/null &
display_pid=$!
wait_for 10 test -s "$work/display" || fail "no virtual display"
DISPLAY=:$(tr -d '\n' <"$work/display")
export DISPLAY

"$backmate" --size 1024x600 --state-on-exit "$work/state.json" >"$work/log" 2>&1 &
window_pid=$!
wait_for 20 xdotool search --onlyvisible --name 'Backmate Anatomy' || fail "no window"
sleep 1

xdotool mousemove "$x" "$y" sleep 0.3 mousedown 1
for step in 1 2 3 4 5 6 7 8; do
  xdotool mousemove "$x" $((y + 12 * step)) sleep 0.06
done
xdotool mouseup 1 sleep 0.2 key e sleep 0.5

kill -TERM "$window_pid"
stopped() { ! kill -0 "$window_pid"; }
wait_for 10 stopped || fail "the window does not close"
status=0
wait "$window_pid" || status=$?
window_pid=
[ "$status" -eq 0 ] || fail "exit code $status"
[ -s "$work/state.json" ] || fail "no state file"

mapfile -t to < <(numbers "$work/state.json" position_m 3)
awk -v a="${from[1]}" -v b="${to[1]}" 'BEGIN { exit !(b < a - 0.05) }' ||
  fail "the head did not follow the pointer: from ${from[1]} m to ${to[1]} m above the floor"
grep -q '"head_angle_rad": -' "$work/state.json" || fail "E did not turn the head"
grep -q '"force_n": 60.0' "$work/state.json" || fail "the force changed"
echo "the head went from ${from[1]} m to ${to[1]} m above the floor"
