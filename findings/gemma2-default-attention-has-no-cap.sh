#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 4.57.6 opens a Gemma 2 model with the attention of the "sdpa" kind unless told otherwise, and that one leaves out
# attn_logit_softcapping, without a word: the same folder gives other logits than with "eager", and than with transformers 5.24.0,
# whose default applies the cap.
#
# Seen on 2026-11-28 on a tiny model with random weights and a cap of 1.0: see the printed differences.
# What it means for us: `lori` applies the cap; where Gemma 2 is compared with 4.57 the judge is opened with eager attention.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 4.57.6 5.24.0; do
    python3 -m venv "$work/$version"
    "$work/$version/bin/pip" install -q torch==2.11.0 numpy "transformers==$version"
done
cat >"$work/logits.py" <<'PY'
import sys
import torch
from transformers import AutoModelForCausalLM, Gemma2Config, Gemma2ForCausalLM
folder, out, how, make = sys.argv[1:5]
if make == "make":
    torch.manual_seed(0)
    config = Gemma2Config(hidden_size=32, num_attention_heads=2, num_key_value_heads=1, head_dim=16, num_hidden_layers=2,
                          intermediate_size=64, vocab_size=64, query_pre_attn_scalar=16, initializer_range=0.5,
                          attn_logit_softcapping=1.0, final_logit_softcapping=None)
    Gemma2ForCausalLM(config).save_pretrained(folder)
more = {} if how == "default" else {"attn_implementation": how}
model = AutoModelForCausalLM.from_pretrained(folder, **more).eval()
with torch.no_grad():
    torch.save(model(torch.arange(12)[None]).logits, out)
print(f"{how}: attention of the kind {model.config._attn_implementation}")
PY
run() { "$work/$1/bin/python" "$work/logits.py" "$work/model" "$work/$1-$2.pt" "$2" "${3:-read}" 2>/dev/null; }
run 4.57.6 default make
run 4.57.6 eager
run 5.24.0 default
"$work/5.24.0/bin/python" - "$work" <<'PY'
import sys
import torch
read = lambda name: torch.load(f"{sys.argv[1]}/{name}.pt")
apart = lambda a, b: (read(a) - read(b)).abs().max().item()
old = apart("4.57.6-default", "4.57.6-eager")
new = apart("5.24.0-default", "4.57.6-eager")
print(f"4.57.6: its default and eager differ by {old:.3g}; 5.24.0's default and 4.57.6's eager by {new:.3g}")
if old < 1e-3 or new > 1e-4:
    print("CHANGED")
    sys.exit(1)
print("still so: 4.57.6 leaves the cap out unless asked for eager attention")
PY
