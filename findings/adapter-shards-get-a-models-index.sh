#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 4.57.6 with peft 0.18.1: save_pretrained of a model that has an adapter writes the adapter, and with max_shard_size
# it writes it in shards, adapter_model-00001-of-….safetensors. Their index is called model.safetensors.index.json, as a base
# model's is, and nothing reads the folder again: neither transformers, which wrote it, nor PEFT looks for anything but one whole
# file.
#
# Seen on 2026-11-28: the folder written in one file loads in all three ways; the sharded one in none (HFValidationError, because
# the folder is then taken for the name of a repository).
# What it means for us: `lori` reads such folders, under this index and under adapter_model.safetensors.index.json; adapters that it
# writes are one file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==4.57.6 peft==0.18.1
HF_HUB_OFFLINE=1 "$work/venv/bin/python" - "$work" 2>/dev/null <<'PY'
import os, sys
from peft import LoraConfig, PeftModel
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

base, whole, sharded = (f"{sys.argv[1]}/{name}" for name in ("base", "whole", "sharded"))
LlamaForCausalLM(LlamaConfig(hidden_size=64, num_attention_heads=2, num_hidden_layers=2, intermediate_size=64,
                             vocab_size=64)).save_pretrained(base)

def written(folder, **options):
    model = AutoModelForCausalLM.from_pretrained(base)
    model.add_adapter(LoraConfig(r=16, target_modules=["q_proj", "v_proj"], base_model_name_or_path=base))
    model.save_pretrained(folder, **options)
    return sorted(name for name in os.listdir(folder) if "model" in name)

def outcome(load):
    try:
        load()
        return "loaded"
    except Exception as error:
        return type(error).__name__

def read(folder):
    return {"AutoModelForCausalLM": outcome(lambda: AutoModelForCausalLM.from_pretrained(folder)),
            "load_adapter": outcome(lambda: AutoModelForCausalLM.from_pretrained(base).load_adapter(folder)),
            "PeftModel": outcome(lambda: PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), folder))}

files = {whole: written(whole), sharded: written(sharded, max_shard_size="20KB")}
results = {folder: read(folder) for folder in files}
for folder in files:
    print(*files[folder])
    print("   ", results[folder])
if set(results[whole].values()) != {"loaded"}:
    print("CHANGED: the adapter in one file no longer loads")
    sys.exit(1)
if "model.safetensors.index.json" not in files[sharded] or "loaded" in results[sharded].values():
    print("CHANGED: the index has another name now, or something reads the folder")
    sys.exit(1)
print("still so: what was written in shards cannot be read again")
PY
