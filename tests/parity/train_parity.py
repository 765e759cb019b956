#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Twenty LoRI-D and twenty LoRI-S steps of `lori run` against a PEFT loop with the reference optimizer.

Same A (read from the adapter that lori wrote), same batches (the reference's row order, rebuilt here), f32. Passes when every
step's loss differs by at most 1e-4 relative, the mask is the reference rule's bit for bit, A and the entries outside the mask
are untouched, and both programs counted the same tokens.
"""
import argparse
import json
import random
import sys

import common

SPARSITY = 0.9
TOLERANCE = 1e-4
RATES = {"lori-d": 5e-4, "lori-s": 5e-4}
# Adam divides each gradient by its own size: an entry whose gradient is all rounding steps either way. Below this share of its
# matrix's largest gradient, in any step, the judge's f32 itself does not know the sign.
ROUNDING = 1e-5


def short_rows(count):
    """Real maths rows short enough that both sides are done in minutes."""
    file = common.DATA / "math/gsm8k/train.jsonl"
    if not file.exists():
        return [{"question": f"{common.OWN_QUESTIONS[n % 8]} ({n})", "answer": f"The answer to number {n} takes a moment. " * (n % 4 + 1)}
                for n in range(count)]
    rows = [row for row in common.read_jsonl(file) if len(row["question"]) + len(row["answer"]) < 330]
    return rows[:count]


def reference_order(count, seed=0):
    """The reference's first epoch: NumPy draws the epoch's seed, Python shuffles with it."""
    import numpy
    epoch_seed = int(numpy.random.RandomState(seed).randint(0, 2**32, size=1_000_000)[0])
    order = list(range(count))
    random.Random(epoch_seed).shuffle(order)
    return order


def run_config(data, steps, batch):
    def train(kind):
        return {"kind": kind, "learningRate": RATES[kind], "steps": steps, "batchRows": batch}
    return {"name": "Training parity", "model": str(common.MODEL), "seed": 0,
            "data": {"sources": [{"file": str(data), "promptTemplate": "chat",
                                  "columns": {"instruction": "question", "output": "answer"}}],
                     "heldOutShare": 0, "order": "reference"},
            "adapter": {"rank": 32, "alpha": 64},
            "stages": [train("lori-d"), {"kind": "mask", "mask": {"sparsity": SPARSITY, "rule": "reference"}}, train("lori-s")],
            "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0}}


def lori_steps(folder, stage):
    """step -> (loss, tokens) of one stage; the newest line counts."""
    found = {}
    for event in common.read_jsonl(f"{folder}/events.jsonl"):
        if event["type"] == "step" and event["stage"] == stage:
            found[event["step"]] = (event["loss"], event.get("tokens"))
    return [found[step] for step in sorted(found)]


def reference_mask(torch, b_by_key):
    """The reference rule over the whole model: |b| >= the k-th largest, k = int((1 - s) · N); ties are kept."""
    values = torch.cat([b.abs().flatten() for b in b_by_key.values()])
    k = int((1 - SPARSITY) * values.numel())
    threshold = torch.topk(values, k).values[-1]
    return {key: b.abs() >= threshold for key, b in b_by_key.items()}


def stored_mask(torch, folder, shapes):
    """key of B -> bool [out, rank] from masks/*.safetensors, least significant bit first."""
    from pathlib import Path
    from safetensors.torch import load_file
    files = sorted(Path(folder, "masks").glob("*.safetensors"))
    if len(files) != 1:
        common.finish(False, f"{folder}/masks holds {len(files)} masks, expected one")
    packed = load_file(str(files[0]))
    masks = {}
    for key, shape in shapes.items():
        module = key.removeprefix("base_model.model.").removesuffix(".lora_B.weight")
        names = [name for name in packed if module in name]
        if len(names) != 1:
            common.finish(False, f"{files[0].name} has {len(names)} tensors for {module}; it has e.g. {list(packed)[:3]}")
        bits = torch.stack([(packed[names[0]] >> bit) & 1 for bit in range(8)], dim=1).flatten()
        masks[key] = bits[:shape[0] * shape[1]].reshape(shape).bool()
    return masks


def clip(torch, b, blocks):
    """Scales the gradient of each block of B to a norm of 1 at most; what lies outside the blocks is not trained."""
    if not blocks:
        torch.nn.utils.clip_grad_norm_([b], 1.0)
        return
    kept = torch.zeros_like(b.grad)
    for rows, columns in blocks:
        part = b.grad[rows, columns]
        kept[rows, columns] = part * (1.0 / (part.norm() + 1e-6)).clamp(max=1.0)
    b.grad.copy_(kept)


def peft_losses(torch, base, adapter, batches, rate, masks, final, blocks=None):
    """The reference loop: per parameter mask, clip by its own norm, AdamW without decay. Returns losses, how far the B it ends with
    is from `final` (of B's norm, the worst matrix, entries that rounding decided left out), and the share of those entries.
    `blocks`: of a B that several adapters of a fused layer share, by key: the (rows, columns) of each."""
    from peft import PeftModel
    model = PeftModel.from_pretrained(base, adapter, is_trainable=True)
    model.config.use_cache = False
    model.eval()  # no dropout anywhere, as in the reference
    trained = {}
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("lora_B" in name)
        if "lora_B" in name:
            parameter.data.zero_()
            trained[name.replace(".default", "")] = parameter
    optimizers = {key: torch.optim.AdamW([b], lr=rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0) for key, b in trained.items()}
    losses = []
    clear = {key: torch.ones_like(b, dtype=torch.bool) for key, b in trained.items()}
    for batch in batches:
        total = 0.0
        for prompt, response in batch:  # row by row, unpadded: the same sums with little memory
            ids = torch.tensor([prompt + response])
            logits = model(input_ids=ids).logits[0, len(prompt) - 1:-1]
            loss = torch.nn.functional.cross_entropy(logits, ids[0, len(prompt):], reduction="sum") / len(batch)
            loss.backward()
            total += loss.item()
        losses.append(total)
        for key, b in trained.items():
            if masks:
                b.grad[~masks[key]] = 0
            clip(torch, b, (blocks or {}).get(key))
            size = b.grad.abs()
            clear[key] &= (size == 0) | (size >= ROUNDING * size.max())
            optimizers[key].step()
            optimizers[key].zero_grad(set_to_none=True)
    apart = max((((trained[key].detach() - final[key]) * clear[key]).norm() / trained[key].norm()).item() for key in final)
    undecided = sum(int((~clear[key]).sum()) for key in final) / sum(clear[key].numel() for key in final)
    common.without_adapter(model)
    return losses, apart, undecided


def tokenized(rows):
    tokenizer, eos = common.reference_tokenizer()

    def encode(text):
        return tokenizer.encode(text, add_special_tokens=False).ids
    return [(encode(common.chat(row["question"])), encode(row["answer"]) + [eos]) for row in rows]


def frozen(torch, d, s, masks):
    """What must not have moved: A from D to S, and B outside the mask."""
    a_same = all(torch.equal(d[key], s[key]) for key in d if "lora_A" in key)
    outside = all(not s[key][~mask].any() for key, mask in masks.items())
    return a_same, outside


def compare_stage(name, ours, theirs, batches, rows):
    worst = 0.0
    for step, ((mine, tokens), other, batch) in enumerate(zip(ours, theirs, batches), 1):
        apart = abs(mine - other) / abs(other)
        worst = max(worst, apart)
        count = sum(len(p) + len(r) for p, r in batch)
        rows.append((name, step, count, tokens, f"{mine:.6f}", f"{other:.6f}", f"{apart:.1e}"))
        if tokens is not None and tokens != count:
            worst = float("inf")
    return worst if len(ours) == len(theirs) else float("inf")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--steps", type=int, default=20)
    arguments.add_argument("--rows", type=int, default=4, help="rows of one step")
    given = arguments.parse_args()
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers", "gguf", "numpy")
    common.lori_program()
    common.need_model()
    import torch
    from safetensors.torch import load_file
    scratch, place = common.scratch()
    with scratch:
        rows = short_rows(given.steps * given.rows)
        data, config = place / "rows.jsonl", place / "config.json"
        data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        config.write_text(json.dumps(run_config(data, given.steps, given.rows)), encoding="utf-8")
        folder = common.lori_json("run", "--config", config, home=place / "home")["folder"]
        encoded = tokenized(rows)
        pairs = [encoded[n] for n in reference_order(len(rows))]
        batches = [pairs[n:n + given.rows] for n in range(0, len(pairs), given.rows)]
        adapters = {kind: load_file(f"{folder}/adapter/{kind}/adapter_model.safetensors") for kind in ("0-lori-d", "2-lori-s")}
        d, s = adapters["0-lori-d"], adapters["2-lori-s"]
        b_of_d = {key: value for key, value in d.items() if "lora_B" in key}
        wanted = reference_mask(torch, b_of_d)
        masks = stored_mask(torch, folder, {key: value.shape for key, value in b_of_d.items()})
        wrong_bits = sum(int((masks[key] != wanted[key]).sum()) for key in wanted)
        kept = sum(int(mask.sum()) for mask in masks.values())
        a_same, outside = frozen(torch, d, s, masks)
        base = common.reference_model(torch)
        base.requires_grad_(False)
        table, worst = [], {}
        for name, stage, adapter, used in (("lori-d", 0, "0-lori-d", None), ("lori-s", 2, "2-lori-s", masks)):
            final = {key: value for key, value in adapters[adapter].items() if "lora_B" in key}
            theirs, apart, undecided = peft_losses(torch, base, f"{folder}/adapter/{adapter}", batches, RATES[name], used, final)
            worst[name] = compare_stage(name, lori_steps(folder, stage), theirs, batches, table)
            print(f"{name}: largest relative difference of a loss {worst[name]:.1e}, of a final B {apart:.1e} "
                  f"({undecided:.2%} of its entries decided by rounding)")
    common.table(["stage", "step", "tokens", "lori's", "loss, lori", "loss, PEFT", "relative"], table)
    print(f"mask: {kept} of {sum(m.numel() for m in masks.values())} kept, {wrong_bits} bits differ from the reference rule")
    print(f"A unchanged from LoRI-D to LoRI-S: {a_same}; B outside the mask exactly 0: {outside}")
    common.finish(max(worst.values()) <= TOLERANCE and wrong_bits == 0 and a_same and outside,
                  f"losses within {max(worst.values()):.1e} (allowed {TOLERANCE:.0e}), mask equal, frozen stays frozen"
                  if wrong_bits == 0 and a_same and outside else "the mask or what is frozen differs")


if __name__ == "__main__":
    sys.exit(main())
