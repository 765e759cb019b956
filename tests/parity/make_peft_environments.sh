#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a small environment for each version in peft_versions.txt that has none yet, below $LORI_DEPS_DIR/peft. They look into the
# judges' environment (packaging/install-deps.sh --with test) for torch, so each takes about 60 MB.
set -eu
deps=${LORI_DEPS_DIR:-$HOME/.cache/lori-workbench/deps}
here=$(dirname "$0")
grep -v '^#' "$here/peft_versions.txt" | while read -r version pins; do
    place=$deps/peft/$version
    if [ -x "$place/bin/python" ] && "$place/bin/python" -c "import peft; assert peft.__version__ == '$version'" 2>/dev/null; then
        continue
    fi
    echo "making an environment with PEFT $version"
    "$deps/venv/bin/python" -m venv --without-pip "$place"
    for folder in "$place"/lib/python3.*/site-packages; do
        printf '%s\n' "$deps"/venv/lib/python3.*/site-packages >"$folder/shared-torch.pth"
        # shellcheck disable=SC2086 — the pins are words
        "$deps/venv/bin/python" -m pip install -q --no-deps --target "$folder" $pins
    done
done
