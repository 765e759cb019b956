#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# peft 0.12.0 looks for one key over rank_pattern and alpha_pattern together and then takes that key from each; later versions look
# in each on its own. An adapter whose two patterns reach a module under different keys is therefore scaled differently by the
# version that wrote it and by those that read it now, without a word; the tensors are the same.
#
# Seen on 2026-11-28, r 4, lora_alpha 8, rank_pattern {"q_proj": 2}, alpha_pattern {"layers.0.self_attn.q_proj": 3}: layer 0 has
# scaling 4.0 in 0.12.0, which wrote it, and 1.5 in 0.18.1 and 0.21.2.
# What it means for us: adapters are read as 0.21.2 reads them; in those that `lori` writes for its own modules both patterns name a
# module by the same whole name, which every version finds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==4.57.6
for version in 0.12.0 0.18.1 0.21.2; do
    "$work/venv/bin/pip" install -q "peft==$version"
    "$work/venv/bin/python" - "$work/adapter" 2>/dev/null <<'PY' | tee -a "$work/seen"
import os, sys
import peft
from transformers import LlamaConfig, LlamaForCausalLM

model = LlamaForCausalLM(LlamaConfig(hidden_size=32, num_attention_heads=2, num_hidden_layers=2, intermediate_size=32,
                                     vocab_size=16))
if os.path.exists(sys.argv[1]):
    model = peft.PeftModel.from_pretrained(model, sys.argv[1])
else:
    model = peft.get_peft_model(model, peft.LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj"], rank_pattern={"q_proj": 2},
                                                       alpha_pattern={"layers.0.self_attn.q_proj": 3}))
    model.save_pretrained(sys.argv[1])
layers = [layer.self_attn.q_proj for layer in model.base_model.model.model.layers]
print(peft.__version__, *(f"layer {number}: rank {layer.r['default']}, scaling {layer.scaling['default']}"
                          for number, layer in enumerate(layers)), sep=" · ")
PY
done
[ "$(cut -d ' ' -f 3- "$work/seen")" = "layer 0: rank 2, scaling 4.0 · layer 1: rank 2, scaling 4.0
layer 0: rank 2, scaling 1.5 · layer 1: rank 2, scaling 4.0
layer 0: rank 2, scaling 1.5 · layer 1: rank 2, scaling 4.0" ] || { echo "CHANGED: they no longer differ in this way"; exit 1; }
echo "still so: one file, two scalings"
