#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0: the configuration of a Gemma 3 model has attn_logit_softcapping, described as the cap of the attention scores
# as in Gemma 2; it is read, kept, written again, and never applied. final_logit_softcapping, its neighbour, is.
#
# Seen on 2026-11-28, tiny models with random weights, eager attention, cap 1.0: Gemma 2's logits move, Gemma 3's are equal bit for
# bit.
# What it means for us: we do not apply the field to Gemma 3 either, whatever config.json says.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==5.24.0
"$work/venv/bin/python" - "$work/model" 2>/dev/null <<'PY'
import sys
import torch
from transformers import AutoConfig, AutoModelForCausalLM

def moved(kind, field):
    """The largest change of a logit when the cap is set, and whether the cap comes back from the written folder."""
    sizes = dict(hidden_size=32, num_attention_heads=2, num_key_value_heads=1, head_dim=16, num_hidden_layers=2,
                 intermediate_size=64, vocab_size=64, query_pre_attn_scalar=16, initializer_range=0.5)
    caps = dict(attn_logit_softcapping=None, final_logit_softcapping=None)
    torch.manual_seed(0)
    without = AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **sizes, **caps), attn_implementation="eager").eval()
    capped = AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **sizes, **{**caps, field: 1.0}),
                                              attn_implementation="eager").eval()
    capped.load_state_dict(without.state_dict())
    ids = torch.arange(12)[None]
    with torch.no_grad():
        change = (without(ids).logits - capped(ids).logits).abs().max().item()
    capped.save_pretrained(sys.argv[1])
    return change, getattr(AutoConfig.from_pretrained(sys.argv[1]), field)

seen = {(kind, field): moved(kind, field) for field in ("attn_logit_softcapping", "final_logit_softcapping")
        for kind in ("gemma2", "gemma3_text")}
for (kind, field), (change, kept) in seen.items():
    print(f"{kind}, {field} {kept}: largest change of a logit {change:.3g}")
if any(kept != 1.0 for _, kept in seen.values()) or \
        [key for key, (change, _) in seen.items() if change == 0] != [("gemma3_text", "attn_logit_softcapping")]:
    print("CHANGED: Gemma 3 applies the cap now, or no longer keeps it")
    sys.exit(1)
print("still so: Gemma 3 keeps the cap and does not apply it")
PY
