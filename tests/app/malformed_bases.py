# SPDX-License-Identifier: Apache-2.0
"""Valid small inputs that malformed_inputs_test.py starts from: a model as folder and as GGUF, an adapter as PEFT writes it, rows
in several kinds of file. Standard library only."""
import csv
import json
import random
import struct
from pathlib import Path

import app_common  # noqa: F401: puts tests/support on the path
from app_common import make_tiny_model

RANK = 4
PROJECTIONS = {"q_proj": ("self_attn", 64, 64), "k_proj": ("self_attn", 32, 64), "v_proj": ("self_attn", 32, 64),
               "o_proj": ("self_attn", 64, 64), "gate_proj": ("mlp", 128, 64), "up_proj": ("mlp", 128, 64), "down_proj": ("mlp", 64, 128)}


def rows(count=12):
    draw = random.Random(2)
    return [{"instruction": f"Add {a} and {b}", "input": "", "output": f"The sum is {a + b}"}
            for a, b in ((draw.randint(1, 99), draw.randint(1, 99)) for _ in range(count))]


def conversations():
    return [{"messages": [{"role": "user", "content": row["instruction"]}, {"role": "assistant", "content": row["output"]}]} for row in rows()]


def write_data(folder):
    """One file of each kind; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows())
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    (folder / "list.json").write_text(json.dumps(rows(), indent=1), encoding="utf-8")
    with open(folder / "table.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["instruction", "input", "output"])
        table.writeheader()
        table.writerows(rows())
    (folder / "chat.jsonl").write_text("".join(json.dumps(row) + "\n" for row in conversations()), encoding="utf-8")
    return sorted(folder.iterdir())


def write_adapter(folder, base):
    """A LoRA adapter with the fields that PEFT 0.21 writes."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(4)
    tensors = []
    for layer in range(make_tiny_model.LAYERS):
        for name, (block, out, into) in PROJECTIONS.items():
            stem = f"base_model.model.model.layers.{layer}.{block}.{name}"
            for part, shape in (("lora_A", [RANK, into]), ("lora_B", [out, RANK])):
                values = [draw.gauss(0, 0.05) for _ in range(shape[0] * shape[1])]
                tensors.append((f"{stem}.{part}.weight", shape, values))
    make_tiny_model.write_safetensors(folder / "adapter_model.safetensors", tensors)
    config = {"alora_invocation_tokens": None, "alpha_pattern": {}, "auto_mapping": None, "base_model_name_or_path": str(base),
              "bias": "none", "corda_config": None, "eva_config": None, "exclude_modules": None, "fan_in_fan_out": False,
              "inference_mode": True, "init_lora_weights": True, "layer_replication": None, "layers_pattern": None,
              "layers_to_transform": None, "loftq_config": {}, "lora_alpha": 2 * RANK, "lora_bias": False, "lora_dropout": 0.0,
              "megatron_config": None, "megatron_core": "megatron.core", "modules_to_save": None, "peft_type": "LORA",
              "peft_version": "0.21.2", "qalora_group_size": 16, "r": RANK, "rank_pattern": {}, "revision": None,
              "target_modules": sorted(PROJECTIONS), "target_parameters": None, "task_type": "CAUSAL_LM", "trainable_token_indices": None,
              "use_dora": False, "use_qalora": False, "use_rslora": False}
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    return folder


def _text(value):
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _value(value):
    """(type, bytes) of a GGUF value."""
    if isinstance(value, bool):
        return 7, struct.pack("<?", value)
    if isinstance(value, int):
        return 4, struct.pack("<I", value)
    if isinstance(value, float):
        return 6, struct.pack("<f", value)
    if isinstance(value, str):
        return 8, _text(value)
    kind = _value(value[0])[0]
    return 9, struct.pack("<IQ", kind, len(value)) + b"".join(_value(item)[1] for item in value)


GGUF_NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
              "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm",
              "post_attention_layernorm": "ffn_norm"}


def gguf_name(name):
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{GGUF_NAMES[rest.removesuffix('.weight')]}.weight"


def write_gguf(path):
    """The tiny model as one GGUF file of f32."""
    m = make_tiny_model
    text, vocabulary = m.tokenizer()
    tokens = list(text["model"]["vocab"])
    fields = {"general.architecture": "llama", "general.name": "tiny", "llama.block_count": m.LAYERS, "llama.context_length": 1024,
              "llama.embedding_length": m.HIDDEN, "llama.feed_forward_length": m.FEED_FORWARD, "llama.attention.head_count": m.HEADS,
              "llama.attention.head_count_kv": m.KV_HEADS, "llama.rope.dimension_count": m.HEAD, "llama.rope.freq_base": 10000.0,
              "llama.attention.layer_norm_rms_epsilon": 1e-5, "llama.vocab_size": vocabulary, "tokenizer.ggml.model": "gpt2",
              "tokenizer.ggml.pre": "smollm", "tokenizer.ggml.tokens": tokens,
              "tokenizer.ggml.token_type": [3 if t in m.SPECIAL else 1 for t in tokens], "tokenizer.ggml.merges": m.MERGES,
              "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2, "tokenizer.chat_template": m.CHATML}
    entries = list(m.tensors(vocabulary, 7))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(entries), len(fields))
    for name, value in fields.items():
        kind, data = _value(value)
        head += _text(name) + struct.pack("<I", kind) + data
    position, blocks = 0, b""
    for name, shape, values in entries:
        head += _text(gguf_name(name)) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *reversed(shape))
        head += struct.pack("<IQ", 0, position)
        block = struct.pack(f"<{len(values)}f", *values)
        block += b"\0" * (-len(block) % 32)
        blocks += block
        position += len(block)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + b"\0" * (-len(head) % 32) + blocks)
    return path


class Bases:
    """All valid inputs below one folder."""

    def __init__(self, place):
        self.place = Path(place)
        self.model = make_tiny_model.make_tiny_model(self.place / "model")
        self.adapter = write_adapter(self.place / "adapter", self.model)
        self.gguf = write_gguf(self.place / "gguf" / "tiny.gguf")
        self.data = write_data(self.place / "data")

    @staticmethod
    def config(path, model, data, adapter=None):
        stage = {"kind": "lora" if adapter else "lori-d", "learningRate": 1e-3, "steps": 1, "batchRows": 2}
        if adapter:
            stage["fromAdapter"] = str(adapter)
        config = {"name": "Malformed", "model": str(model), "device": "cpu", "threads": 1, "adapter": {"rank": RANK, "alpha": 2 * RANK},
                  "data": {"sources": [{"file": str(data)}], "heldOutShare": 0}, "stages": [stage],
                  "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0},
                  "checkpoint": {"everySteps": 0}}
        path.write_text(json.dumps(config), encoding="utf-8")
        return path


