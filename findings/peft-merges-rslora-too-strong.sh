#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# peft 0.21.2: add_weighted_adapter multiplies the scaling of its parts into the merged matrices and sets lora_alpha to the rank,
# which makes the scaling of the result 1 — unless the first part was rank-stabilized. use_rslora is kept, so the result is scaled
# by the root of its rank once more: merging one adapter alone, with weight 1, already gives another adapter. linear, cat and svd
# all do.
#
# Seen on 2026-11-28, rank 16: without rsLoRA the result is 1.00 times the sum of its parts; with it 4.00 times (linear, one part)
# and 5.66 times (cat and svd, two parts, rank 32).
# What it means for us: the scaling of an adapter that `lori` merges is 1, and the plan of a merge says where this differs from
# PEFT's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==5.24.0 peft==0.21.2
"$work/venv/bin/python" - 2>/dev/null <<'PY'
import sys
import torch
from peft import LoraConfig, get_peft_model

def times_too_strong(rslora, kind, parts, **options):
    torch.manual_seed(0)
    config = LoraConfig(r=16, lora_alpha=16, target_modules=["proj"], use_rslora=rslora, init_lora_weights=False)
    model = get_peft_model(torch.nn.ModuleDict({"proj": torch.nn.Linear(64, 64)}), config, adapter_name="first")
    model.add_adapter("second", config)
    model.base_model.add_weighted_adapter(parts, [1.0] * len(parts), "merged", combination_type=kind, **options)
    layer = model.base_model.model["proj"]
    merged, meant = layer.get_delta_weight("merged"), sum(layer.get_delta_weight(part) for part in parts)
    factor = (merged.norm() / meant.norm()).item()
    assert torch.allclose(merged, factor * meant, atol=1e-3 * merged.abs().max().item()), "not the same direction"
    return factor

cases = [("linear", ["first"], {}), ("cat", ["first", "second"], {}), ("svd", ["first", "second"], {"svd_rank": 32})]
plain = [times_too_strong(False, kind, parts, **options) for kind, parts, options in cases]
rslora = [times_too_strong(True, kind, parts, **options) for kind, parts, options in cases]
for (kind, parts, _), without, with_it in zip(cases, plain, rslora):
    print(f"{kind} of {len(parts)}: merged / sum of the parts: {without:.2f} without rsLoRA, {with_it:.2f} with it")
if any(abs(x - 1) > 1e-3 for x in plain) or any(abs(x - y ** 0.5) > 1e-2 for x, y in zip(rslora, (16, 32, 32))):
    print("CHANGED: these are no longer 1 and the root of the result's rank")
    sys.exit(1)
print("still so: the root of the rank is counted twice")
PY
