#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Saves pictures of every page, light, dark and Chinese, from the runs in $LORI_HOME.
#   packaging/screenshots.sh [FOLDER] [PROGRAM]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/screenshots}
program=${2:-$root/build/release/bin/lori-workbench}
if [ ! -x "$program" ]; then
    echo "$program: not built yet; run packaging/run.sh first, or name the program as second argument" >&2
    exit 2
fi
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
"$program" --light --language en --screenshots "$folder/light"
"$program" --dark --language en --screenshots "$folder/dark"
"$program" --light --language zh_CN --screenshots "$folder/chinese"
echo "pictures are in $folder"
