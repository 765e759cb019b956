#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Logits of `lori logits` against transformers in f32: the embedded model, small random Hugging Face folders, and each family's
true configuration (families.py).

Passes when every |difference| is at most 2e-4.
"""
import sys

import common
import families

PROMPTS = 8
HALF = ("Llama 3 8B", "Qwen2 0.5B", "Qwen3 8B", "SmolLM3 3B")  # also stored, and held in memory, in 16 bits


def difference(torch, model, folder, ids, place, weights="auto"):
    """(largest |difference|, largest |logit|, whether the best token agrees everywhere)."""
    from safetensors.torch import load_file
    out = place / "logits.safetensors"
    common.lori("logits", "--model", folder, "--ids", ",".join(map(str, ids)), "--out", out, "--weights", weights,
                home=place / "home")
    ours = load_file(str(out))["logits"]
    with torch.no_grad():
        theirs = model(torch.tensor([ids])).logits[0]
    if ours.shape != theirs.shape:
        common.finish(False, f"lori's logits are {list(ours.shape)}, transformers' are {list(theirs.shape)}")
    return ((ours - theirs).abs().max().item(), theirs.abs().max().item(),
            bool((ours.argmax(-1) == theirs.argmax(-1)).all()))


def variants():
    """(name, changes to the small configuration, keyword of save_pretrained)."""
    llama3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
              "original_max_position_embeddings": 64}
    return [
        ("tied head", {}, {}),
        ("untied head", {"tie_word_embeddings": False}, {}),
        ("no grouped heads", {"num_key_value_heads": 4}, {}),
        ("one key-value head", {"num_key_value_heads": 1}, {}),
        ("head size not hidden / heads", {"head_dim": 32}, {}),
        ("many shards with index", {"tie_word_embeddings": False, "num_hidden_layers": 4}, {"max_shard_size": "60KB"}),
        ("llama3 rope scaling", {"rope_scaling": llama3, "max_position_embeddings": 512}, {}),
        ("other theta and epsilon", {"rope_theta": 500000.0, "rms_norm_eps": 1e-3}, {}),
        ("bfloat16 file", {}, {"bfloat16": True}),
    ]


def small_model(torch, place, name, changes, saving):
    """A random Llama saved by transformers, with the tiny tokenizer beside it."""
    from transformers import LlamaConfig, LlamaForCausalLM
    import make_tiny_model
    tokenizer_home = make_tiny_model.make_tiny_model(place / "tokenizer")
    vocabulary = make_tiny_model.tokenizer()[1]
    settings = {"vocab_size": vocabulary, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
                "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": True, "bos_token_id": 1,
                "eos_token_id": 2, "initializer_range": 0.3, **changes}
    torch.manual_seed(len(name))
    model = LlamaForCausalLM(LlamaConfig(**settings)).eval()
    with torch.no_grad():  # norms that are not all one, so that a forgotten one shows
        for key, parameter in model.named_parameters():
            if "norm" in key:
                parameter.uniform_(0.5, 1.5)
    options = dict(saving)
    if options.pop("bfloat16", False):
        model = model.to(torch.bfloat16)
    folder = place / name.replace(" ", "-").replace("/", "by")
    model.save_pretrained(folder, **options)
    if "max_shard_size" in options and not (folder / "model.safetensors.index.json").exists():
        common.finish(False, "transformers wrote one shard only; the test needs several")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        (folder / file).write_bytes((tokenizer_home / file).read_bytes())
    if model.dtype != torch.float32:  # read back, because rounding the model in place also rounds its rotary frequencies
        model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    return folder, model


def main():
    common.need("torch", "transformers", "safetensors", "tokenizers", "gguf")
    common.lori_program()
    common.need_model()
    import torch
    folder, place = common.scratch()
    rows = []
    with folder:
        tokenizer, _ = common.reference_tokenizer()
        model = common.reference_model(torch)
        for number, question in enumerate(common.questions(PROMPTS)):
            ids = tokenizer.encode(common.chat(question), add_special_tokens=False).ids
            rows.append((f"SmolLM2, prompt {number + 1}", len(ids), *difference(torch, model, common.MODEL, ids, place)))
        del model
        for name, changes, saving in variants():
            saved, model = small_model(torch, place, name, changes, saving)
            ids = torch.randint(3, model.config.get_text_config().vocab_size, (150,), generator=torch.Generator().manual_seed(1)).tolist()
            rows.append((name, len(ids), *difference(torch, model, saved, ids, place)))
        chosen = list(families.FAMILIES) if common.FULL else list(families.FAMILIES)[1::2]  # family_train takes the others
        for name in [*chosen, *(half for half in HALF if half not in chosen)]:
            saved, model = families.save(torch, place, name)
            ids = torch.randint(3, model.config.get_text_config().vocab_size, (150,), generator=torch.Generator().manual_seed(1)).tolist()
            rows.append((name, len(ids), *difference(torch, model, saved, ids, place)))
            if name in HALF:
                for stored, dtype in (("bf16", torch.bfloat16), ("f16", torch.float16)):
                    saved, model = families.save(torch, place, name, dtype)
                    for held in ("f32", stored):
                        rows.append((f"{name}, {stored} file, {held} in memory", len(ids),
                                     *difference(torch, model, saved, ids, place, held)))
    common.table(["model", "tokens", "largest |difference|", "largest |logit|", "same best token"],
                 [(name, tokens, f"{far:.2e}", f"{big:.1f}", "yes" if best else "no") for name, tokens, far, big, best in rows])
    worst = max(row[2] for row in rows)
    common.finish(worst <= common.LOGIT_TOLERANCE, f"largest difference {worst:.2e}, allowed {common.LOGIT_TOLERANCE:.0e}")


if __name__ == "__main__":
    sys.exit(main())
