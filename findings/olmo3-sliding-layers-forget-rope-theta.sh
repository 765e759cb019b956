#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0 reads an OLMo 3 config.json in the spelling of 4.x (one rope_theta for the whole model) and gives that base to
# the layers with full attention only; the layers with a sliding window get the default of the class, 500000, without a word.
# transformers 4.57.6 has one base and uses it in every layer. A model trained with another base than 500000 is run with the wrong
# positions in three layers of four.
#
# Seen on 2026-11-28: rope_theta 10000 is 10000.0 in 4.57.6; in 5.24.0 it is 10000.0 (full_attention) and 500000.0
# (sliding_attention).
# What it means for us: we run such a file as 5.24.0 does, because its logits are the judge; models that `lori` writes say
# rope_parameters for both kinds of layer, which leaves nothing to guess.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 5.24.0 4.57.6; do
    python3 -m venv "$work/$version"
    "$work/$version/bin/pip" install -q "transformers==$version"
done

mkdir "$work/model"
echo '{"model_type": "olmo3", "architectures": ["Olmo3ForCausalLM"], "num_hidden_layers": 4, "rope_theta": 10000.0}' \
    >"$work/model/config.json"
older=$("$work/4.57.6/bin/python" - "$work/model" 2>/dev/null <<'PY'
import sys
from transformers import AutoConfig
config = AutoConfig.from_pretrained(sys.argv[1])
print(config.rope_theta, getattr(config, "rope_parameters", None))
PY
)
newer=$("$work/5.24.0/bin/python" - "$work/model" 2>"$work/warnings" <<'PY'
import sys
from transformers import AutoConfig
parameters = AutoConfig.from_pretrained(sys.argv[1]).rope_parameters
print(parameters["full_attention"]["rope_theta"], parameters["sliding_attention"]["rope_theta"])
PY
)
echo "4.57.6 reads: rope_theta, rope_parameters:     $older"
echo "5.24.0 reads: full_attention, sliding_attention: $newer"
grep -iE "rope|theta" "$work/warnings" && { echo "CHANGED: 5.24.0 says something about it now"; exit 1; }
[ "$older" = "10000.0 None" ] || { echo "CHANGED: 4.57.6 no longer has one base for all layers"; exit 1; }
[ "$newer" = "10000.0 500000.0" ] || { echo "CHANGED: 5.24.0 no longer forgets the base in sliding layers"; exit 1; }
echo "still so: the sliding layers get 500000, whatever the file says"
