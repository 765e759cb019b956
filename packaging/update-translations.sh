#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Collects the texts of the window into resources/translations. Run it after changing texts, then translate what is new.
set -eu
cd "$(dirname "$0")/.."
lupdate=${LUPDATE:-$(command -v lupdate || echo /usr/lib/qt6/bin/lupdate)}
"$lupdate" ui app/workbench -I . -extensions cpp,h -locations none -no-obsolete -source-language en -target-language zh_CN \
    -ts resources/translations/lori_zh_CN.ts
"$lupdate" ui app/workbench -I . -extensions cpp,h -locations none -no-obsolete -pluralonly -source-language en -target-language en \
    -ts resources/translations/lori_en.ts
