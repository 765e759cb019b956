#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 carries PEFT's adapters itself: model.add_adapter(LoraConfig(…)). It asks for PEFT 0.22.0 or newer, and the
# newest on PyPI is 0.21.2: with the newest of both, adding an adapter (or setting one) raises, while load_adapter and PEFT's own
# get_peft_model work on the same model.
#
# Seen on 2026-11-28: "The version of PEFT you are using is not compatible, please use a version >= 0.22.0".
# What it means for us: comparisons and the hints we give use get_peft_model and PeftModel, never transformers' own methods.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
newest=$("$work/venv/bin/pip" index versions peft 2>/dev/null | sed -n '1s/.*(\(.*\)).*/\1/p')
echo "newest PEFT on PyPI: $newest"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==5.24.0 peft==0.21.2
HF_HUB_OFFLINE=1 "$work/venv/bin/python" - "$work/adapter" 2>/dev/null <<'PY'
import sys
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

def model():
    return LlamaForCausalLM(LlamaConfig(hidden_size=32, num_attention_heads=2, num_hidden_layers=1, intermediate_size=32,
                                        vocab_size=16))

def outcome(do):
    try:
        do()
        return "works"
    except ValueError as error:
        return str(error)

config, loaded = LoraConfig(target_modules=["q_proj"]), model()
seen = {"get_peft_model": outcome(lambda: get_peft_model(model(), config).save_pretrained(sys.argv[1])),
        "load_adapter": outcome(lambda: loaded.load_adapter(sys.argv[1])),
        "set_adapter": outcome(lambda: loaded.set_adapter("default")),
        "add_adapter": outcome(lambda: model().add_adapter(config))}
for name, what in seen.items():
    print(f"{name}: {what}")
if [name for name, what in seen.items() if "use a version >= 0.22.0" in what] != ["set_adapter", "add_adapter"] or \
        [name for name, what in seen.items() if what == "works"] != ["get_peft_model", "load_adapter"]:
    print("CHANGED: not the same methods are refused")
    sys.exit(1)
PY
if [ "$(printf '%s\n' "$newest" 0.22.0 | sort -V | head -1)" = 0.22.0 ]; then
    echo "CHANGED: PEFT 0.22.0 is out"
    exit 1
fi
echo "still so: the PEFT it asks for does not exist"
