#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What this program writes, opened by llama.cpp itself (as `xllamacpp` carries it): an adapter and merged models of the embedded
model as GGUF files give the same greedy texts there and here. llama.cpp multiplies bf16 weights by activations that it rounds to
bf16 (ggml's vec_dot_type), this program by f32: of bf16 files every token must be equal whose choice is clear, by 0.5 in logits."""
import json
import os

from common import chat, finish, reference_tokenizer, lori, lori_json, need, need_model, scratch, skip, table

need("gguf", "numpy", "xllamacpp", "torch", "safetensors")
import numpy as np
import torch
import xllamacpp
from gguf import GGUFReader
from safetensors.torch import load_file, save_file

NEW = 24
CLEAR = 0.5  # of two logits, where llama.cpp rounds activations to bf16
PROMPTS = [chat("What is the capital of Portugal?"), chat("Name three animals that can fly."),
           chat("Write one sentence about the sea."), chat("Translate 'good morning' into French.")]
SHAPES = {"self_attn.q_proj": (576, 576), "self_attn.k_proj": (192, 576), "self_attn.v_proj": (192, 576),
          "self_attn.o_proj": (576, 576), "mlp.gate_proj": (1536, 576), "mlp.up_proj": (1536, 576), "mlp.down_proj": (576, 1536)}


def write_adapter(folder, size):
    """A random adapter on every projection that visibly changes what the model says; with size 0 it changes nothing."""
    folder.mkdir()
    random = np.random.default_rng(11)
    tensors = {}
    for layer in range(30):
        for name, (rows, columns) in SHAPES.items():
            stem = f"base_model.model.model.layers.{layer}.{name}.lora_"
            tensors[stem + "A.weight"] = torch.from_numpy(random.normal(0, 0.05, (8, columns)).astype(np.float32))
            tensors[stem + "B.weight"] = torch.from_numpy(random.normal(0, size, (rows, 8)).astype(np.float32))
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    (folder / "adapter_config.json").write_text(json.dumps(
        {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 8, "lora_alpha": 16, "bias": "none", "base_model_name_or_path": "smollm2",
         "target_modules": [name.split(".")[1] for name in SHAPES]}))


def their_texts(model, adapter=None):
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = 1024
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, min(2, os.cpu_count() or 1))
    if adapter:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
    server = xllamacpp.Server(params)
    texts = []
    for prompt in PROMPTS:
        answer = server.handle_completions({"prompt": prompt, "n_predict": NEW, "temperature": 0, "cache_prompt": False})
        answer = json.loads(answer) if isinstance(answer, (str, bytes)) else answer
        texts.append(answer["choices"][0]["text"])
    return texts


def our_texts(model, prompts, adapter=None):
    more = ["--adapter", adapter] if adapter else []
    done = lori_json("generate", "--model", model, "--prompt-file", prompts, "--greedy", "--max-new", NEW, *more)
    return [result["text"] for result in done["results"]]


def gap_where_they_part(folder, model, prompt, theirs):
    """Difference of our two best logits at the first token of ours that their text does not begin with."""
    tokenizer, _ = reference_tokenizer()
    (folder / "one.json").write_text(json.dumps([prompt]))
    ids = lori_json("generate", "--model", model, "--prompt-file", folder / "one.json", "--greedy", "--max-new", NEW)["results"][0]["ids"]
    same = next(n for n in range(len(ids) + 1) if n == len(ids) or not theirs.startswith(tokenizer.decode(ids[:n + 1])))
    sequence = tokenizer.encode(prompt, add_special_tokens=False).ids + ids[:same]
    out = folder / "logits.safetensors"
    lori("logits", "--model", model, "--ids", ",".join(map(str, sequence)), "--out", out)
    best = torch.topk(load_file(str(out))["logits"][-1], 2).values
    return (best[0] - best[1]).item()


def main():
    base = need_model()
    keep, folder = scratch()
    rows, good = [], []

    def compare(name, ours, theirs, rounding=None):
        """`rounding`: the model whose activations llama.cpp rounds; a text may then differ after a choice that is not clear."""
        equal = sum(a == b for a, b in zip(ours, theirs))
        rows.append([name, f"{equal} of {len(ours)}", repr(ours[0])[:60]])
        for prompt, a, b in zip(PROMPTS, ours, theirs):
            gap = 0.0 if a == b else gap_where_they_part(folder, rounding, prompt, b) if rounding else float("inf")
            good.append(gap < CLEAR)
            if a != b:
                print(f"{name}, parted by {gap:.3f}\n  here:  {a!r}\n  there: {b!r}")
    with keep:
        prompts = folder / "prompts.json"
        prompts.write_text(json.dumps(PROMPTS))
        write_adapter(folder / "none", 0.0)
        write_adapter(folder / "adapter", 0.03)
        plain, lora = folder / "plain.gguf", folder / "lora.gguf"
        lori("export", "--model", base, "--adapter", folder / "none", "--format", "gguf", "--dtype", "f32", "--out", plain)
        lori("export", "--model", base, "--adapter", folder / "adapter", "--format", "gguf-lora", "--out", lora)
        before = our_texts(plain, prompts)
        compare("base model as GGUF f32", before, their_texts(plain))
        changed = our_texts(base, prompts, folder / "adapter")
        compare("the adapter as GGUF LoRA on it", changed, their_texts(plain, lora))
        compare("the same file opened here", changed, our_texts(base, prompts, lora))
        good.append(changed != before)
        for dtype in ("f32", "bf16", "f16"):
            merged = folder / f"{dtype}.gguf"
            lori("export", "--model", base, "--adapter", folder / "adapter", "--format", "gguf", "--dtype", dtype, "--out", merged)
            compare(f"merged, {dtype}", our_texts(merged, prompts), their_texts(merged), merged if dtype == "bf16" else None)
            merged.unlink()
        merged = folder / "q8_0.gguf"
        lori("export", "--model", base, "--adapter", folder / "adapter", "--format", "gguf", "--dtype", "q8_0", "--out", merged)
        types = {tensor.tensor_type.name for tensor in GGUFReader(str(merged)).tensors}
        theirs = their_texts(merged)  # llama.cpp rounds activations to 8 bits there, so texts may differ
        rows.append(["merged, q8_0", "opens: " + ", ".join(sorted(types)), repr(theirs[0])[:60]])
        good.append(types == {"F32", "Q8_0"} and all(theirs))
    table(["file", "equal greedy texts", "the first"], rows)
    finish(all(good), f"{len(PROMPTS)} prompts, {NEW} tokens each, in llama.cpp (xllamacpp {xllamacpp.__version__}) and here")


if __name__ == "__main__":
    main()
