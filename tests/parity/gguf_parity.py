#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""GGUF files against the `gguf` package and transformers: every quantization value for value and by its logits, models in several
parts, end tokens by their text, and LoRA adapters as llama.cpp's converter writes them."""
import itertools
import sys

from common import LOGIT_TOLERANCE, finish, lori, lori_json, need, need_model, scratch, skip, table

need("gguf", "numpy", "torch", "transformers", "safetensors")
import gguf
import numpy as np
import torch
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig, LlamaForCausalLM

HIDDEN, FORWARD, LAYERS, HEADS, KEYS, VOCABULARY = 256, 512, 2, 4, 2, 49152
IDS = [1, 520, 9531, 198, 330, 17, 2042, 338, 40000, 7]
# Where in a block its f16 (Q8_K: f32) scales and minima stand; all other bytes may be anything.
SCALES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "IQ4_NL": [0], "IQ4_XS": [0], "Q2_K": [80, 82],
          "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "Q8_K": [0]}
MATRICES = {"attn_q": (HIDDEN, HIDDEN, "self_attn.q_proj"), "attn_k": (HIDDEN // 2, HIDDEN, "self_attn.k_proj"),
            "attn_v": (HIDDEN // 2, HIDDEN, "self_attn.v_proj"), "attn_output": (HIDDEN, HIDDEN, "self_attn.o_proj"),
            "ffn_gate": (FORWARD, HIDDEN, "mlp.gate_proj"), "ffn_up": (FORWARD, HIDDEN, "mlp.up_proj"),
            "ffn_down": (HIDDEN, FORWARD, "mlp.down_proj")}


def values_of(blocks, name):
    """What the blocks stand for; Q8_K, which the package does not read, by its definition."""
    if name == "Q8_K":
        flat = blocks.reshape(-1, 292)
        return flat[:, :4].copy().view(np.float32) * flat[:, 4:260].copy().view(np.int8).astype(np.float32)
    return dequantize(blocks, GGMLQuantizationType[name])


def random_blocks(rows, columns, name, random, spread):
    """Blocks of any bytes with scales such that the values have about this standard deviation."""
    entries, size = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (rows * columns // entries, size), dtype=np.uint8)

    def set_scales(factor):
        for at in SCALES[name]:
            scales = (random.uniform(0.5, 1.5, len(blocks)) * factor).astype(np.float32 if name == "Q8_K" else np.float16)
            blocks[:, at:at + scales.itemsize] = scales.view(np.uint8).reshape(len(blocks), -1)
    set_scales(1.0)
    set_scales(spread / values_of(blocks, name).std())
    return blocks.reshape(rows, -1)


def source_fields():
    return gguf.GGUFReader(str(need_model())).fields


def writer_for(path, architecture="llama", **options):
    """A writer with the small model's numbers and the embedded model's tokenizer."""
    writer = gguf.GGUFWriter(str(path), architecture, **options)
    fields = source_fields()
    writer.add_name("Quantized")
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEYS)
    writer.add_rope_dimension_count(HIDDEN // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(fields["tokenizer.ggml.tokens"].contents())
    writer.add_token_types(fields["tokenizer.ggml.token_type"].contents())
    writer.add_token_merges(fields["tokenizer.ggml.merges"].contents())
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    return writer


def put_away(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def unpermuted(weight, heads):
    """llama.cpp's order of rows in q and k → Hugging Face's."""
    return weight.reshape(heads, weight.shape[0] // heads // 2, 2, -1).swapaxes(1, 2).reshape(weight.shape)


def permuted(weight, heads):
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def quantized_model(path, name, random, **options):
    """Writes a model whose matrices are random blocks of this type; returns its weights under Hugging Face names."""
    writer = writer_for(path, **options)
    kind = GGMLQuantizationType[name]
    state = {}

    def matrix(rows, columns, ggufName, key, spread, heads=0):
        blocks = random_blocks(rows, columns, name, random, spread)
        writer.add_tensor(ggufName, blocks, raw_dtype=kind)
        values = values_of(blocks, name).reshape(rows, columns)
        state[key] = torch.from_numpy((unpermuted(values, heads) if heads else values).copy())

    def norm(ggufName, key):
        weight = random.uniform(0.5, 1.5, HIDDEN).astype(np.float32)
        writer.add_tensor(ggufName, weight)
        state[key] = torch.from_numpy(weight.copy())
    matrix(VOCABULARY, HIDDEN, "token_embd.weight", "model.embed_tokens.weight", 0.5)
    norm("output_norm.weight", "model.norm.weight")
    for layer in range(LAYERS):
        place, prefix = f"blk.{layer}.", f"model.layers.{layer}."
        norm(place + "attn_norm.weight", prefix + "input_layernorm.weight")
        norm(place + "ffn_norm.weight", prefix + "post_attention_layernorm.weight")
        for short, (rows, columns, long) in MATRICES.items():
            heads = {"attn_q": HEADS, "attn_k": KEYS}.get(short, 0)
            matrix(rows, columns, place + short + ".weight", prefix + long + ".weight", 0.06, heads)
    put_away(writer)
    return state


def reference(state):
    config = LlamaConfig(vocab_size=VOCABULARY, hidden_size=HIDDEN, intermediate_size=FORWARD, num_hidden_layers=LAYERS,
                         num_attention_heads=HEADS, num_key_value_heads=KEYS, max_position_embeddings=512, rms_norm_eps=1e-5,
                         rope_theta=10000.0, tie_word_embeddings=True)
    model = LlamaForCausalLM(config)
    model.load_state_dict(state, strict=False)
    model.tie_weights()
    return model.eval()


def our_logits(path, folder, *more):
    out = folder / "logits.safetensors"
    lori("logits", "--model", path, "--ids", ",".join(map(str, IDS)), "--out", out, "--threads", 1, *more)
    return load_file(out)["logits"]


def their_logits(model):
    with torch.no_grad():
        return model(input_ids=torch.tensor([IDS])).logits[0].float()


def write_adapter(folder, random, rank=4, alpha=8.0, **config):
    """A PEFT adapter on all projections; returns its tensors."""
    import json
    folder.mkdir()
    tensors = {}
    for layer in range(LAYERS):
        for rows, columns, long in MATRICES.values():
            stem = f"base_model.model.model.layers.{layer}.{long}.lora_"
            tensors[stem + "A.weight"] = torch.from_numpy(random.normal(0, 0.1, (rank, columns)).astype(np.float32))
            tensors[stem + "B.weight"] = torch.from_numpy(random.normal(0, 0.1, (rows, rank)).astype(np.float32))
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    settings = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": alpha, "bias": "none",
                "base_model_name_or_path": "quantized", "target_modules": [m[2].split(".")[1] for m in MATRICES.values()]}
    (folder / "adapter_config.json").write_text(json.dumps(settings | config))
    return tensors


def converted_adapter(path, tensors, alpha, dtype=np.float32):
    """The same as llama.cpp's convert_lora_to_gguf.py writes it: its names, and B of q and k in llama.cpp's order of rows."""
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
    for layer, (short, (_, _, long)) in itertools.product(range(LAYERS), MATRICES.items()):
        stem = f"base_model.model.model.layers.{layer}.{long}.lora_"
        a, b = tensors[stem + "A.weight"].numpy(), tensors[stem + "B.weight"].numpy()
        heads = {"attn_q": HEADS, "attn_k": KEYS}.get(short, 0)
        writer.add_tensor(f"blk.{layer}.{short}.weight.lora_a", a.astype(dtype))
        writer.add_tensor(f"blk.{layer}.{short}.weight.lora_b", np.ascontiguousarray(permuted(b, heads) if heads else b).astype(dtype))
    put_away(writer)


def check_quantizations(folder, random, add):
    for name in SCALES:
        path = folder / f"{name}.gguf"
        state = quantized_model(path, name, random)
        difference = (our_logits(path, folder) - their_logits(reference(state))).abs().max().item()
        zero = folder / f"zero-{name}"
        tensors = {key: torch.zeros_like(value) if ".lora_B." in key else value
                   for key, value in write_adapter(zero, random).items()}
        save_file(tensors, zero / "adapter_model.safetensors", metadata={"format": "pt"})
        lori("export", "--model", path, "--adapter", zero, "--dtype", "f32", "--out", folder / "out")
        written = load_file(folder / "out/model.safetensors")
        equal = all(torch.equal(written[key], value) for key, value in state.items())
        add(name, "equal" if equal else "DIFFERENT", f"{difference:.3g}", equal and difference <= LOGIT_TOLERANCE)
        path.unlink()


def check_parts(folder, random, add):
    whole, part = folder / "whole.gguf", folder / "part.gguf"
    seed = random.integers(1 << 30)
    quantized_model(whole, "Q4_K", np.random.default_rng(seed))
    quantized_model(part, "Q4_K", np.random.default_rng(seed), split_max_tensors=6)
    parts = sorted(folder.glob("part-*.gguf"))
    wanted = our_logits(whole, folder)
    equal = len(parts) > 2 and all(torch.equal(our_logits(path, folder), wanted) for path in parts)
    add("split", f"{len(parts)} parts", "0" if equal else "DIFFERENT", equal)
    parts[1].unlink()
    lori("logits", "--model", parts[0], "--ids", "1,2", "--out", folder / "x", expect=2)


def check_adapters(folder, random, add):
    base = folder / "base.gguf"
    quantized_model(base, "Q8_0", random)
    shapes = [("lora", {}, 8.0), ("rslora", {"use_rslora": True}, 8.0)]
    for name, config, alpha in shapes:
        own = folder / name
        tensors = write_adapter(own, random, alpha=alpha, **config)
        wanted = our_logits(base, folder, "--adapter", own)
        lori("export", "--model", base, "--adapter", own, "--format", "gguf-lora", "--out", folder / f"{name}.gguf")
        ours = (our_logits(base, folder, "--adapter", folder / f"{name}.gguf") - wanted).abs().max().item()
        effective = alpha * 2 if config else alpha  # √4
        converted_adapter(folder / f"{name}-theirs.gguf", tensors, effective)
        theirs = (our_logits(base, folder, "--adapter", folder / f"{name}-theirs.gguf") - wanted).abs().max().item()
        effect = (wanted - our_logits(base, folder)).abs().max().item()
        add(name, f"moves logits by {effect:.3g}", f"{max(ours, theirs):.3g}", max(ours, theirs) <= 1e-5 < 0.1 < effect)
        reader = gguf.GGUFReader(str(folder / f"{name}.gguf"))
        judge = {t.name: t.data for t in gguf.GGUFReader(str(folder / f"{name}-theirs.gguf")).tensors}
        same = {t.name for t in reader.tensors} == set(judge) and all(np.array_equal(t.data, judge[t.name]) for t in reader.tensors)
        add(name, "tensors as the converter's", "0" if same else "DIFFERENT", same)


def families():
    """Architecture, small model of the family with its true shape, what its files say beside the shape."""
    from transformers import (Ernie4_5Config, Ernie4_5ForCausalLM, Exaone4Config, Exaone4ForCausalLM, Gemma2Config, Gemma2ForCausalLM,
                              Gemma3ForCausalLM, Gemma3TextConfig, GraniteConfig, GraniteForCausalLM, Olmo2Config, Olmo2ForCausalLM,
                              Qwen3Config, Qwen3ForCausalLM)
    common = {"vocab_size": VOCABULARY, "hidden_size": 64, "intermediate_size": 128, "num_attention_heads": 4, "num_key_value_heads": 2,
              "max_position_embeddings": 512, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "head_dim": 16}
    gemma = common | {"num_hidden_layers": 7, "sliding_window": 4, "query_pre_attn_scalar": 16, "tie_word_embeddings": True}
    plain = common | {"num_hidden_layers": 3, "tie_word_embeddings": False}
    yield "gemma2", Gemma2ForCausalLM(Gemma2Config(**gemma)), lambda w: (
        w.add_attn_logit_softcapping(50.0), w.add_final_logit_softcapping(30.0), w.add_sliding_window(4))
    yield "gemma3", Gemma3ForCausalLM(Gemma3TextConfig(**gemma)), lambda w: (w.add_rope_freq_base(1e6), w.add_sliding_window(4))
    yield "granite", GraniteForCausalLM(GraniteConfig(**plain, attention_multiplier=0.05, embedding_multiplier=6.0,
                                                      residual_multiplier=0.3, logits_scaling=4.0)), lambda w: (
        w.add_attention_scale(0.05), w.add_embedding_scale(6.0), w.add_residual_scale(0.3), w.add_logit_scale(4.0),
        w.add_rope_dimension_count(16))
    yield "olmo2", Olmo2ForCausalLM(Olmo2Config(**plain)), lambda w: None
    yield "exaone4", Exaone4ForCausalLM(Exaone4Config(**plain, sliding_window=None, layer_types=["full_attention"] * 3)), lambda w: None
    yield "ernie4_5", Ernie4_5ForCausalLM(Ernie4_5Config(**(plain | {"tie_word_embeddings": True}))), lambda w: w.add_rope_freq_base(5e5)
    yield "qwen3", Qwen3ForCausalLM(Qwen3Config(**plain)), lambda w: None


def check_families(folder, add):
    fields = source_fields()
    for name, model, more in families():
        generator = torch.Generator().manual_seed(5)
        for key, value in model.named_parameters():
            spread = 0.3 if key.endswith("norm.weight") else 0.5 if "embed" in key else 0.08
            center = 0.0 if "gemma" in name or not key.endswith("norm.weight") else 1.0
            value.data = center + spread * torch.randn(value.shape, generator=generator)
        model.tie_weights()
        path = folder / f"{name}.gguf"
        writer = gguf.GGUFWriter(str(path), name)
        config = model.config
        writer.add_block_count(config.num_hidden_layers)
        writer.add_context_length(512)
        writer.add_embedding_length(64)
        writer.add_feed_forward_length(128)
        writer.add_head_count(4)
        writer.add_head_count_kv(2)
        writer.add_key_length(16)
        writer.add_value_length(16)
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("smollm")
        for kind, put in (("tokens", writer.add_token_list), ("token_type", writer.add_token_types), ("merges", writer.add_token_merges)):
            put(fields[f"tokenizer.ggml.{kind}"].contents())
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
        more(writer)
        arch = next(key for key, value in gguf.MODEL_ARCH_NAMES.items() if value == name)
        names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
        for key, value in model.state_dict().items():
            if key == "lm_head.weight" and config.tie_word_embeddings:
                continue
            values = value.float().numpy()
            if "gemma" in name and key.endswith("norm.weight"):
                values = values + 1
            if name == "granite" and (".q_proj." in key or ".k_proj." in key):
                values = np.ascontiguousarray(permuted(values, 4 if ".q_proj." in key else 2))
            writer.add_tensor(names.get_name(key, try_suffixes=(".weight", ".bias")), values.astype(np.float32))
        put_away(writer)
        ours, theirs = our_logits(path, folder), their_logits(model.eval())
        difference = (ours - theirs).abs().max().item()
        add(f"family {name}", f"logits up to {theirs.abs().max().item():.3g}", f"{difference:.3g}", difference <= LOGIT_TOLERANCE)
        path.unlink()


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    keep, folder = scratch()
    rows, good = [], []

    def add(name, what, difference, is_good):
        rows.append([name, what, difference, "ok" if is_good else "WRONG"])
        good.append(is_good)
    random = np.random.default_rng(7)
    with keep:
        check_families(folder, add)
        check_quantizations(folder, random, add)
        check_parts(folder, random, add)
        check_adapters(folder, random, add)
    table(["type", "values", "largest difference of logits", ""], rows)
    finish(all(good), f"{sum(good)} of {len(good)} checks; logits within {LOGIT_TOLERANCE:g} of transformers on the weights that gguf "
                      "dequantizes")


if __name__ == "__main__":
    main()
