#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that is tested, from a fresh clone: installs what is missing, builds all, and runs the whole suite.
#
#   packaging/test.sh [--help]
#
# Parts, each with its time at the end:
#   set-up      packages, LibTorch, the embedded model, and the judges of the parity tests (transformers, PEFT)
#   format      every source file as clang-format 14 (Debian 12's) writes it; elsewhere said and left out
#   build       everything, Release
#   lint        clang-tidy on the sources that were committed last (LORI_LINT_SOURCES, 6)
#   sanitizers  history and Torch-free rooms with address and undefined-behaviour sanitizers; LORI_SANITIZED_WINDOW=ON the window too
#   tests       the whole suite: units, window, parity with transformers and PEFT, journeys, kills, a short benchmark
# Fails when any part fails. LORI_BUILD_JOBS sets the number of compilers at once. Works on Debian 12, Debian 13 and
# Ubuntu 24.04, with or without a display.
set -uo pipefail
case "${1:-}" in
    '') ;;
    -h|--help) sed -n '3,16s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "test.sh: takes no '$1'; see packaging/test.sh --help" >&2; exit 2 ;;
esac
# shellcheck source=packaging/common.sh
. "$(dirname "$0")/common.sh"

report=()
failed=0
part() { # name command…
    local name=$1 start=$SECONDS status=0
    shift
    say "$name"
    "$@" || status=$?
    local word="done"
    [ "$status" -eq 0 ] || { word="FAILED ($status)"; failed=1; }
    report+=("$(printf '%-11s %4d:%02d min  %s' "$name" $(((SECONDS - start) / 60)) $(((SECONDS - start) % 60)) "$word")")
    return "$status"
}
finish() {
    say "time and result of each part"
    printf '   %s\n' "${report[@]}"
    [ "$failed" -eq 0 ] && say "everything passed" || say "something FAILED, see above"
    exit "$failed"
}

format() {
    if clang-format --version | grep -q 'version 14\.'; then
        "$root/packaging/lint.sh" --all --no-tidy
    else
        say "left out: the format is judged by clang-format 14, here is another"
    fi
}
lint() { # the sources committed last; all of them: packaging/lint.sh --all
    if clang-tidy --version | grep -q 'version 14\.'; then
        "$root/packaging/lint.sh" --latest "${LORI_LINT_SOURCES:-6}"
    else
        say "left out: the sources are judged by clang-tidy 14, here is another"
    fi
}
build_release() { configure release && ninja -C "$build" -j "$jobs"; }
with_display() { # the window's tests run offscreen; what drives a real window needs a display
    if [ -z "${DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then
        xvfb-run -a -s '-screen 0 1600x1000x24' "$@"
    else
        "$@"
    fi
}
sanitizers() {
    configure asan "-DLORI_SANITIZED_WINDOW=${LORI_SANITIZED_WINDOW:-OFF}" && ninja -C "$root/build/asan" -j "$jobs" sanitized &&
        ctest --test-dir "$root/build/asan" -L sanitized --output-on-failure -j "$jobs"
}
tests() { with_display ctest --test-dir "$build" --output-on-failure -j "$jobs"; }

part set-up "$root/packaging/install-deps.sh" --with test || finish
jobs=$(build_jobs)
part format format
part build build_release || finish
part lint lint
part sanitizers sanitizers
part tests tests
finish
