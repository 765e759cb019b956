#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 writes the rotary base inside rope_parameters. Whoever stretches the context of such a folder by the usual
# recipe, a rope_scaling object added to config.json, loses the base: rope_scaling does not extend rope_parameters, it takes its
# place as a whole, and the base that it does not name falls back to the default of 10000.
#
# Seen on 2026-11-28: rope_theta 500000.0 becomes 10000.0 once {"rope_type": "linear", "factor": 4.0} stands beside it; no warning.
# With rope_theta at the top of the file as well, it stays 500000.0.
# What it means for us: we read such a file as it runs there (rope_scaling wins whole); models that `lori` writes have rope_theta at
# the top, too, so that the recipe keeps their base.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q transformers==5.24.0
"$work/venv/bin/python" - "$work/model" 2>"$work/warnings" <<'PY'
import json, sys
from transformers import AutoConfig, Qwen3Config

folder = sys.argv[1]
Qwen3Config(rope_parameters={"rope_type": "default", "rope_theta": 5e5}).save_pretrained(folder)
written = json.load(open(folder + "/config.json"))

def base_with(**more):
    json.dump({**written, **more}, open(folder + "/config.json", "w"))
    return AutoConfig.from_pretrained(folder).rope_parameters["rope_theta"]

recipe = {"rope_type": "linear", "factor": 4.0}
plain, stretched, both = base_with(), base_with(rope_scaling=recipe), base_with(rope_scaling=recipe, rope_theta=5e5)
print("as written, rope_parameters only:   rope_theta", plain)
print("rope_scaling added:                 rope_theta", stretched)
print("rope_scaling and rope_theta added:  rope_theta", both)
if (plain, stretched, both) != (5e5, 1e4, 5e5):
    print("CHANGED: rope_scaling no longer takes the place of rope_parameters")
    sys.exit(1)
PY
grep -iE "rope|theta" "$work/warnings" && { echo "CHANGED: it says something about it now"; exit 1; }
echo "still so: rope_scaling throws the base in rope_parameters away"
