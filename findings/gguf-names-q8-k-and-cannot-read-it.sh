#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The `gguf` package knows the type Q8_K by name and by the size of its blocks (256 values in 292 bytes), writes and lists tensors of
# it, and cannot turn one into numbers: gguf.quants.dequantize raises NotImplementedError, alone among the K-quants.
#
# Seen on 2026-11-28 with gguf 0.19.0.
# What it means for us: Q8_K has no live judge; our reader is tested against values worked out by hand from the block's definition.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q gguf==0.19.0
"$work/venv/bin/python" - <<'PY'
import sys
import numpy
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType as Type
from gguf.quants import dequantize

outcome = {}
for kind in (Type.Q2_K, Type.Q3_K, Type.Q4_K, Type.Q5_K, Type.Q6_K, Type.Q8_K):
    values, size = GGML_QUANT_SIZES[kind]
    try:
        outcome[kind.name] = f"{dequantize(numpy.zeros((1, size), numpy.uint8), kind).size} values"
    except NotImplementedError as error:
        outcome[kind.name] = f"NotImplementedError ({error})"
    print(f"{kind.name}: block of {size} bytes, {values} values -> {outcome[kind.name]}")
refused = [name for name, what in outcome.items() if what.startswith("NotImplemented")]
if refused != ["Q8_K"]:
    print("CHANGED: refused are now", refused)
    sys.exit(1)
print("still so: Q8_K alone is refused")
PY
