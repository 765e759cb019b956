#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 writes config.json with the rotary base only inside rope_parameters; transformers 4.57.6 reads that file
# without a word and takes its default of 10000 for a model that was trained with another base.
#
# Seen on 2026-11-28: written by 5.24.0 with rope_theta 100000, read by 4.57.6 as rope_theta 10000.0, no warning, no error.
# What it means for us: whatever `lori` writes carries both spellings (rope_theta and rope_parameters, torch_dtype and dtype).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 5.24.0 4.57.6; do
    python3 -m venv "$work/$version"
    "$work/$version/bin/pip" install -q "transformers==$version"
done

"$work/5.24.0/bin/python" - "$work/model" <<'PY'
import json, sys
from transformers import LlamaConfig
LlamaConfig(rope_parameters={"rope_type": "default", "rope_theta": 100000.0}).save_pretrained(sys.argv[1])
written = json.load(open(sys.argv[1] + "/config.json"))
print("5.24.0 writes: rope_theta", written.get("rope_theta"), "· rope_parameters", written.get("rope_parameters"))
PY
seen=$("$work/4.57.6/bin/python" - "$work/model" 2>"$work/warnings" <<'PY'
import sys
from transformers import AutoConfig
print(AutoConfig.from_pretrained(sys.argv[1]).rope_theta)
PY
)
echo "4.57.6 reads:  rope_theta $seen"
grep -i "rope" "$work/warnings" && { echo "CHANGED: 4.57.6 says something about it now"; exit 1; }
[ "$seen" = 10000.0 ] || { echo "CHANGED: it is not the silent default of 10000 any more"; exit 1; }
echo "still so: the base is lost in silence"
