#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# transformers 5.24.0: a model read with from_pretrained(…, gguf_file=…) has plain f32 weights in plain Linear modules, and
# save_pretrained refuses it as quantized and not serializable — also when the file held F32 and nothing was quantized at any time.
# model.dequantize() does not help ("no implementation"). Only a model read with quantization_config=GgufConfig(dequantize=True),
# which computes the same, can be written.
#
# Seen on 2026-11-28 with gguf 0.19.0, a llama file in F32 and one in Q8_0: "The model is quantized with gguf and is not
# serializable".
# What it means for us: whoever wants a Hugging Face folder of a GGUF model for a comparison with `lori export` must ask for
# dequantize=True; reading alone, as our parity tests do, works either way.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q torch==2.11.0 transformers==5.24.0 accelerate==1.15.0 gguf==0.19.0
"$work/venv/bin/python" - "$work" 2>/dev/null <<'PY'
import sys
import gguf, numpy, torch
from transformers import AutoModelForCausalLM, GgufConfig

folder, random = sys.argv[1], numpy.random.default_rng(0)

def write(path, kind):
    out = gguf.GGUFWriter(path, "llama")
    out.add_context_length(64)
    out.add_embedding_length(32)
    out.add_block_count(1)
    out.add_feed_forward_length(64)
    out.add_head_count(2)
    out.add_head_count_kv(2)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_dimension_count(16)
    out.add_vocab_size(32)
    matrices = {"token_embd": (32, 32), "output": (32, 32), "blk.0.attn_q": (32, 32), "blk.0.attn_k": (32, 32),
                "blk.0.attn_v": (32, 32), "blk.0.attn_output": (32, 32), "blk.0.ffn_gate": (64, 32), "blk.0.ffn_up": (64, 32),
                "blk.0.ffn_down": (32, 64)}
    for name, shape in matrices.items():
        values = random.standard_normal(shape).astype(numpy.float32)
        out.add_tensor(name + ".weight", gguf.quantize(values, kind), raw_dtype=kind)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        out.add_tensor(name + ".weight", numpy.ones(32, numpy.float32))
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()

def saved(model):
    try:
        model.save_pretrained(folder + "/written")
        return "written"
    except ValueError as error:
        return str(error).split(" - ")[0]

def dequantized(model):
    try:
        model.dequantize()
        return "works"
    except NotImplementedError:
        return "not implemented"

def same(one, other):
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))

seen = []
for kind in (gguf.GGMLQuantizationType.F32, gguf.GGMLQuantizationType.Q8_0):
    write(f"{folder}/{kind.name}.gguf", kind)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=kind.name + ".gguf")
    asked = AutoModelForCausalLM.from_pretrained(folder, gguf_file=kind.name + ".gguf",
                                                 quantization_config=GgufConfig(dequantize=True))
    types = sorted({str(weight.dtype) for weight in model.parameters()})
    linear = sorted({type(module).__name__ for module in model.modules() if "Linear" in type(module).__name__})
    seen.append((types, linear, same(model, asked), saved(model).startswith("The model is quantized"), dequantized(model), saved(asked)))
    print(f"{kind.name}: {types} in {linear}: {saved(model)}; dequantize(): {dequantized(model)}")
    print(f"{kind.name}, GgufConfig(dequantize=True): weights equal: {same(model, asked)}; {saved(asked)}")
if any(one != (["torch.float32"], ["Linear"], True, True, "not implemented", "written") for one in seen):
    print("CHANGED: it can be written now, or the weights are no longer plain floats")
    sys.exit(1)
print("still so: plain floats, refused as quantized")
PY
