#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a very small Llama as a Hugging Face folder, with its own byte-level BPE tokenizer. Standard library only.

    make_tiny_model.py FOLDER [--seed 7]

The weights are random: it learns quickly and knows nothing, which is what tests of runs, kills and files need.
"""
import argparse
import json
import random
import struct
from pathlib import Path

HIDDEN, LAYERS, HEADS, KV_HEADS, FEED_FORWARD = 64, 2, 4, 2, 128
HEAD = HIDDEN // HEADS
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = ["Ġ t", "h e", "Ġt he", "i n", "Ġ a", "e r", "o n", "r e", "Ġ s", "a t", "e n", "Ġ w", "o r", "Ġ c", "i t", "e s", "a n",
          "in g", "Ġa n", "Ġan d", "Ġ o", "o u", "l l", "Ġ b", "Ġ m", "Ġt o", "s t", "a r", "e d", "Ġ i"]
CHATML = ("{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
          "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}")


def byte_letters():
    """The printable letter that byte-level BPE uses for each of the 256 bytes."""
    plain = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    letters = {byte: chr(byte) for byte in plain}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(plain))
    return [letters[byte] for byte in range(256)]


def tokenizer():
    tokens = SPECIAL + byte_letters() + [merge.replace(" ", "") for merge in MERGES]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    added = [{"id": number, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
              "special": True} for number, token in enumerate(SPECIAL)]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": byte_level, "post_processor": None, "decoder": byte_level,
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                      "vocab": {token: number for number, token in enumerate(tokens)}, "merges": MERGES}}, len(tokens)


def config(vocabulary):
    return {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": vocabulary, "hidden_size": HIDDEN,
            "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS, "head_dim": HEAD,
            "intermediate_size": FEED_FORWARD, "max_position_embeddings": 1024, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
            "rope_scaling": None, "hidden_act": "silu", "tie_word_embeddings": True, "attention_bias": False, "mlp_bias": False,
            "bos_token_id": 1, "eos_token_id": 2, "torch_dtype": "float32"}


def tensors(vocabulary, seed):
    """(name, shape, f32 values) in file order."""
    draw = random.Random(seed)

    def matrix(name, out, into):
        return name, [out, into], [draw.gauss(0, 0.08) for _ in range(out * into)]

    yield matrix("model.embed_tokens.weight", vocabulary, HIDDEN)
    for layer in range(LAYERS):
        at = f"model.layers.{layer}."
        yield at + "input_layernorm.weight", [HIDDEN], [1.0] * HIDDEN
        yield matrix(at + "self_attn.q_proj.weight", HEADS * HEAD, HIDDEN)
        yield matrix(at + "self_attn.k_proj.weight", KV_HEADS * HEAD, HIDDEN)
        yield matrix(at + "self_attn.v_proj.weight", KV_HEADS * HEAD, HIDDEN)
        yield matrix(at + "self_attn.o_proj.weight", HIDDEN, HEADS * HEAD)
        yield at + "post_attention_layernorm.weight", [HIDDEN], [1.0] * HIDDEN
        yield matrix(at + "mlp.gate_proj.weight", FEED_FORWARD, HIDDEN)
        yield matrix(at + "mlp.up_proj.weight", FEED_FORWARD, HIDDEN)
        yield matrix(at + "mlp.down_proj.weight", HIDDEN, FEED_FORWARD)
    yield "model.norm.weight", [HIDDEN], [1.0] * HIDDEN


def write_safetensors(path, entries):
    header, blocks, position = {"__metadata__": {"format": "pt"}}, [], 0
    for name, shape, values in entries:
        block = struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [position, position + len(block)]}
        position += len(block)
        blocks.append(block)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def make_tiny_model(folder, seed=7):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text, vocabulary = tokenizer()
    (folder / "tokenizer.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": SPECIAL[1], "eos_token": SPECIAL[2], "unk_token": SPECIAL[0],
        "add_bos_token": False, "clean_up_tokenization_spaces": False, "chat_template": CHATML}), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(config(vocabulary), indent=2), encoding="utf-8")
    write_safetensors(folder / "model.safetensors", tensors(vocabulary, seed))
    return folder


def write_rows(path, count, seed=3):
    """A small JSONL of additions, of rows with different lengths."""
    draw = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(count):
            numbers = [draw.randint(1, 99) for _ in range(draw.randint(2, 5))]
            file.write(json.dumps({"instruction": "Add " + " and ".join(map(str, numbers)), "input": "",
                                   "output": f"The sum is {sum(numbers)}"}) + "\n")
    return path


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder")
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    print(make_tiny_model(given.folder, given.seed))
