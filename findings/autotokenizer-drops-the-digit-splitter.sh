#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 builds tokenizers of some classes anew from vocabulary and merges and leaves out the pre-tokenizer that
# tokenizer.json states. A folder whose tokenizer_config.json says GPT2Tokenizer, as SmolLM2's does, loses the step that splits
# digits one by one: AutoTokenizer and `tokenizers` 0.23.3 then give different ids for the same file and the same text.
#
# Seen on 2026-11-28: "in 2024" is [in, Ġ2024] from AutoTokenizer and [in, Ġ, 2, 0, 2, 4] from `tokenizers`.
# What it means for us: ids are judged by `tokenizers` on tokenizer.json, never by AutoTokenizer; folders that `lori` writes name
# PreTrainedTokenizerFast, with which both agree.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q transformers==5.24.0 tokenizers==0.23.3
"$work/venv/bin/python" - "$work/model" 2>/dev/null <<'PY'
import json, os, sys
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

folder = sys.argv[1]
os.makedirs(folder)
made = Tokenizer(models.BPE())
made.decoder = decoders.ByteLevel()
made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)  # merges of whole numbers are learned …
made.train_from_iterator(["in 2024 and 2025 there were 20 or 24 of them in 2024"] * 20,
                         trainers.BpeTrainer(vocab_size=300, special_tokens=["<|endoftext|>"],
                                             initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),  # … and never used
                                              pre_tokenizers.ByteLevel(add_prefix_space=False)])
made.save(folder + "/tokenizer.json")

def folder_says(kind):
    json.dump({"tokenizer_class": kind, "eos_token": "<|endoftext|>"}, open(folder + "/tokenizer_config.json", "w"))
    return AutoTokenizer.from_pretrained(folder).tokenize("in 2024")

right = Tokenizer.from_file(folder + "/tokenizer.json").encode("in 2024").tokens
rebuilt, kept = folder_says("GPT2Tokenizer"), folder_says("PreTrainedTokenizerFast")
print("tokenizers:                              ", right)
print("AutoTokenizer, GPT2Tokenizer:            ", rebuilt)
print("AutoTokenizer, PreTrainedTokenizerFast:  ", kept)
if rebuilt == right or kept != right:
    print("CHANGED: GPT2Tokenizer now keeps what the file says, or PreTrainedTokenizerFast does not")
    sys.exit(1)
print("still so: the class name decides, not the file")
PY
