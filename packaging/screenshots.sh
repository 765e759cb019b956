#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Saves pictures of every page, light, dark and Chinese, from the runs in $LORI_HOME.
#   packaging/screenshots.sh [FOLDER] [RUN] [PROGRAM]
# RUN: the run that is shown, as `lori history list` names it; without it, or with "", the newest one.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/screenshots}
run=${2:-}
program=${3:-$root/build/release/bin/lori-workbench}
if [ ! -x "$program" ]; then
    echo "$program: not built yet; run packaging/run.sh first, or name the program as third argument" >&2
    exit 2
fi
if [ -z "$run" ]; then
    runs=${LORI_HOME:-$HOME/.local/share/lori-workbench}/runs
    for each in "$runs"/*/; do # names begin with the date, so the last one is the newest
        if [ -d "$each" ]; then run=$(basename "$each"); fi
    done
    if [ -z "$run" ]; then
        echo "$runs: there is no run to show; train one first with packaging/run.sh" >&2
        exit 4
    fi
fi
# A fresh set of preferences: column widths and window of whoever runs this do not belong in the pictures.
XDG_CONFIG_HOME=$(mktemp -d)
export XDG_CONFIG_HOME
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
"$program" --light --language en --run "$run" --screenshots "$folder/light"
"$program" --dark --language en --run "$run" --screenshots "$folder/dark"
"$program" --light --language zh_CN --run "$run" --screenshots "$folder/chinese"
echo "pictures are in $folder"
