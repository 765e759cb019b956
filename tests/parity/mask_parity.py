#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Masks of `lori mask` against an independent statement of the reference rules, bit for bit.

Five scopes, ten sparsities (without LORI_FULL_PARITY=1 four), with and without masks to avoid, on random B (with ties and zeros)
and on the B of a short LoRI-D run; mask files that torch.save writes here; adapters that PEFT saves here, also with resized
embeddings. Passes when no bit differs.
"""
import collections
import json
import sys
from pathlib import Path

import common

SPARSITIES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99] if common.FULL else [0.1, 0.5, 0.9, 0.99]
FEWER = [0.1, 0.5, 0.9, 0.99] if common.FULL else [0.5, 0.99]
SCOPES = ["model", "module", "projection", "layer", "matrix"]
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
PREFIX = "base_model.model.model.layers."


def module_key(layer, projection):
    return f"{PREFIX}{layer}.{'self_attn' if projection in ATTENTION else 'mlp'}.{projection}"


# The reference, from its description: pools of modules, k-th largest as threshold, ties stay.

def pool_of(name, scope):
    parts = name.split(".")
    layer, projection = parts[4], parts[6]
    return {"model": "all", "module": projection in ATTENTION, "projection": projection, "layer": layer, "matrix": name}[scope]


def reference_mask(torch, b_by_name, sparsity, scope, used=None):
    """`used`: True where an earlier task has an entry; those count with value 0 and are never chosen."""
    masks = {}
    for pool in dict.fromkeys(pool_of(name, scope) for name in b_by_name):
        names = [name for name in b_by_name if pool_of(name, scope) == pool]
        values = {name: b_by_name[name].clone().abs() for name in names}
        if used:
            for name in names:
                values[name][used[name]] = 0
        flat = torch.cat([value.flatten() for value in values.values()])
        threshold = torch.topk(flat, int((1 - sparsity) * flat.numel())).values[-1]
        for name in names:
            masks[name] = b_by_name[name].abs() >= threshold
            if used:
                masks[name] = (values[name] >= threshold) & ~used[name]
    return masks


# Files.

def write_adapter(torch, folder, b_by_name, method=None):
    """A plain LoRA folder around these B, written without PEFT."""
    from safetensors.torch import save_file
    folder.mkdir()
    rank = next(iter(b_by_name.values())).shape[1]
    tensors = {}
    for name, b in b_by_name.items():
        tensors[f"{name}.lora_B.weight"] = b.contiguous()
        tensors[f"{name}.lora_A.weight"] = torch.randn(rank, 24)
    save_file(tensors, str(folder / "adapter_model.safetensors"), metadata={"format": "pt"})
    config = {"peft_type": "LORA", "r": rank, "lora_alpha": 2 * rank, "target_modules": common.PROJECTIONS, "bias": "none"}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    if method:
        (folder / "lori.json").write_text(json.dumps({"version": 1, "method": method}))
    return folder


def published(masks, adapter=".default"):
    return {f"{name}.lora_B{adapter}.weight": mask for name, mask in masks.items()}


def stored_mask(torch, file):
    """name -> bool [out, rank] of a mask.safetensors, least significant bit first."""
    from safetensors import safe_open
    with safe_open(str(file), "pt") as opened:
        shapes = json.loads(opened.metadata()["settings"])["shapes"]
        packed = {name: opened.get_tensor(name) for name in opened.keys()}
    masks = {}
    for name, (out, rank) in shapes.items():
        bits = torch.stack([(packed[name] >> bit) & 1 for bit in range(8)], dim=1).flatten()
        masks["base_model.model." + name] = bits[:out * rank].reshape(out, rank).bool()
    return masks


def differing(ours, theirs):
    if set(ours) != set(theirs):
        common.finish(False, f"the modules differ: {sorted(set(ours) ^ set(theirs))[:3]}")
    return sum(int((ours[name] != theirs[name]).sum()) for name in theirs)


class Tally:
    """Rows of the table: masks, entries and differing bits of each kind of comparison."""

    def __init__(self):
        self.rows = collections.OrderedDict()

    def add(self, kind, ours, theirs):
        row = self.rows.setdefault(kind, [0, 0, 0])
        row[0] += 1
        row[1] += sum(mask.numel() for mask in theirs.values())
        row[2] += differing(ours, theirs)


def extract(torch, place, adapter, sparsity, scope, avoid=()):
    options = [word for file in avoid for word in ("--avoid", file)]
    answer = common.lori_json("mask", "extract", adapter, "--sparsity", sparsity, "--scope", scope, "--out", place / "out", *options)
    return stored_mask(torch, answer["file"]), answer


def random_b(torch, seed, kind):
    """Four layers of unequal sizes; `ties` draws from few values, a third of them zero."""
    generator = torch.Generator().manual_seed(seed)
    outs = {"q_proj": 48, "k_proj": 16, "v_proj": 16, "o_proj": 48, "gate_proj": 96, "up_proj": 96, "down_proj": 48}
    found = {}
    for layer in range(4):
        for projection, out in outs.items():
            b = torch.randn(out, 8, generator=generator) * (1 + layer) * 0.01
            if kind == "ties":
                b = (b * 100).round() / 100
                b[torch.rand(out, 8, generator=generator) < 0.33] = 0
            found[module_key(layer, projection)] = b
    return found


def random_cases(torch, place, tally):
    for kind in ("random", "ties"):
        b = random_b(torch, 1, kind)
        adapter = write_adapter(torch, place / kind, b)
        earlier = [reference_mask(torch, random_b(torch, seed, "random"), 0.7, "model") for seed in (2, 3)]
        used = {name: earlier[0][name] | earlier[1][name] for name in b}
        torch.save(published(earlier[0]), place / "0.7_mask.pt")
        earlier_b = {name: mask * torch.randn(mask.shape).abs().clamp(min=0.1) for name, mask in earlier[1].items()}
        sparse = write_adapter(torch, place / f"{kind}-lori-s", earlier_b, "lori-s")
        for sparsity in SPARSITIES:
            for scope in SCOPES:
                tally.add(f"{kind} B", extract(torch, place, adapter, sparsity, scope)[0], reference_mask(torch, b, sparsity, scope))
                ours, answer = extract(torch, place, adapter, sparsity, scope, [place / "0.7_mask.pt", sparse])
                tally.add(f"{kind} B, avoiding two tasks", ours, reference_mask(torch, b, sparsity, scope, used))
                taken = sum(int((ours[name] & used[name]).sum()) for name in ours)
                if taken or answer["avoided"]["used"] != sum(int(mask.sum()) for mask in used.values()):
                    common.finish(False, f"{taken} entries in use were taken at sparsity {sparsity}, scope {scope}")
                if bool(answer.get("warning")) != (answer["avoided"]["missing"] > 0):
                    common.finish(False, "the warning and the numbers disagree")


def trained_b(torch, place):
    """B of a three-step LoRI-D run on the embedded model."""
    import make_tiny_model
    from safetensors.torch import load_file
    data = make_tiny_model.write_rows(place / "rows.jsonl", 16)
    config = {"name": "Mask parity", "model": str(common.MODEL),
              "data": {"sources": [{"file": str(data), "promptTemplate": "plain"}], "heldOutShare": 0},
              "adapter": {"rank": 8, "alpha": 16}, "stages": [{"kind": "lori-d", "learningRate": 5e-4, "steps": 3, "batchRows": 4}],
              "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False}}
    (place / "config.json").write_text(json.dumps(config))
    folder = common.lori_json("run", "--config", place / "config.json", home=place / "home")["folder"]
    adapter = Path(folder) / "adapter/0-lori-d"
    tensors = load_file(str(adapter / "adapter_model.safetensors"))
    end = ".lora_B.weight"
    return adapter, {name.removesuffix(end): tensor for name, tensor in tensors.items() if name.endswith(end)}


def trained_cases(torch, place, tally):
    adapter, b = trained_b(torch, place)
    # As bf16 stores it, which makes thousands of ties, and with a tenth of the values zero.
    coarse = {name: value.bfloat16().float() * (torch.rand(value.shape) > 0.1) for name, value in b.items()}
    coarse_adapter = write_adapter(torch, place / "coarse", coarse)
    earlier = reference_mask(torch, coarse, 0.8, "layer")
    torch.save(published(earlier), place / "0.8_mask.pt")
    for sparsity in FEWER:
        for scope in SCOPES:
            tally.add("trained B", extract(torch, place, adapter, sparsity, scope)[0], reference_mask(torch, b, sparsity, scope))
            tally.add("trained B with ties and zeros", extract(torch, place, coarse_adapter, sparsity, scope)[0],
                      reference_mask(torch, coarse, sparsity, scope))
            tally.add("trained B, avoiding a task", extract(torch, place, adapter, sparsity, scope, [place / "0.8_mask.pt"])[0],
                      reference_mask(torch, b, sparsity, scope, earlier))


def published_cases(torch, place, tally):
    """torch.save in both forms, dictionaries of both kinds, transposed and shared storages."""
    b = random_b(torch, 5, "random")
    for scope in SCOPES:
        for sparsity in FEWER:
            masks = reference_mask(torch, b, sparsity, scope)
            one = torch.cat([mask.flatten() for mask in masks.values()])
            parts = torch.split(one, [mask.numel() for mask in masks.values()])
            forms = {"new form": (published(masks), {}), "old form": (published(masks), {"_use_new_zipfile_serialization": False}),
                     "ordered, no adapter's name": (collections.OrderedDict(published(masks, "")), {}),
                     "transposed": ({name: mask.t().contiguous().t() for name, mask in published(masks).items()}, {}),
                     "one storage": (dict(zip(published(masks), (p.view(m.shape) for p, m in zip(parts, masks.values())))), {}),
                     "protocol 4": (published(masks), {"pickle_protocol": 4})}
            for form, (content, options) in forms.items():
                file = place / f"{sparsity}_mask.pt"
                torch.save(content, file, **options)
                answer = common.lori_json("mask", "import", file, "--out", place / "imported")
                tally.add(f"torch.save, {form}", stored_mask(torch, answer["file"]), masks)
                if (answer["scope"], answer["sparsity"]) != (scope, sparsity):
                    common.finish(False, f"a {scope} mask of sparsity {sparsity} was read as {answer['scope']} {answer['sparsity']}")


def peft_cases(torch, place, tally):
    """Adapters as PEFT saves them, with and without embeddings, both containers, three types."""
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM
    torch.manual_seed(3)
    config = LlamaConfig(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                         vocab_size=96)
    plain = None
    for number, (dtype, safe, embeddings, targets) in enumerate([
            (torch.float32, True, False, common.PROJECTIONS), (torch.float32, True, True, common.PROJECTIONS),
            (torch.float32, False, True, common.PROJECTIONS), (torch.bfloat16, True, True, common.PROJECTIONS),
            (torch.float16, False, False, r".*\.(self_attn|mlp)\.(q|k|v|o|gate|up|down)_proj")]):
        base = LlamaForCausalLM(config)
        if embeddings:
            base.resize_token_embeddings(97)
        wrapped = get_peft_model(base, LoraConfig(r=8, lora_alpha=16, lora_dropout=0.05, target_modules=targets, task_type="CAUSAL_LM"))
        generator = torch.Generator().manual_seed(17)
        b = {}
        for name, parameter in wrapped.named_parameters():
            if "lora_" in name:
                parameter.data = (torch.randn(parameter.shape, generator=generator) * 0.02).to(dtype)
            if "lora_B" in name:
                b[name.removesuffix(".lora_B.default.weight")] = parameter.data.float()
        folder = place / f"peft-{number}"
        wrapped.save_pretrained(folder, safe_serialization=safe, save_embedding_layers=embeddings)
        ours, answer = extract(torch, place, folder, 0.5, "projection")
        kind = f"PEFT, {str(dtype).removeprefix('torch.')}, {'safetensors' if safe else 'bin'}{', embeddings' if embeddings else ''}"
        tally.add(kind, ours, reference_mask(torch, b, 0.5, "projection"))
        if ("ignoredTensors" in answer) != embeddings:
            common.finish(False, f"{kind}: embeddings saved along: {embeddings}, said: {answer.get('ignoredTensors')}")
        plain = plain or folder
        if dtype == torch.float32 and folder != plain:
            meeting = common.lori_json("interference", plain, folder)
            norms = [adapter["norm"] for adapter in meeting["adapters"]]
            if norms[0] != norms[1] or abs(meeting["total"]["pairs"][0]["cosine"] - 1) > 1e-12:
                common.finish(False, f"{kind}: the same A and B were read differently: {norms}")


def main():
    common.need("torch", "transformers", "peft", "safetensors")
    common.lori_program()
    common.need_model()
    import torch
    folder, place = common.scratch()
    tally = Tally()
    with folder, torch.no_grad():
        random_cases(torch, place, tally)
        published_cases(torch, place, tally)
        peft_cases(torch, place, tally)
        trained_cases(torch, place, tally)
    common.table(["B and files", "masks", "entries", "differing bits"], [(kind, *row) for kind, row in tally.rows.items()])
    wrong = sum(row[2] for row in tally.rows.values())
    common.finish(wrong == 0, f"{wrong} of {sum(row[1] for row in tally.rows.values())} bits differ")


if __name__ == "__main__":
    sys.exit(main())
