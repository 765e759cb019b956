#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training and cached generation of each family against PEFT and transformers, on small random models of its true configuration.

Training: LoRI-D steps of `lori run` against a PEFT loop from the same A; the hand-written backward pass of windows, biases, head
norms and layers without positions shows in B after the first step. Passes when losses differ by at most 1e-4 relative and the
final B by at most 2e-3 of its norm, without the entries whose gradient is all rounding (train_parity.ROUNDING; at most 1 in 100: a
single one of them, in a matrix of 8,000, is 2e-2). A wrong backward pass shows as 0.1 to 1.
Generation: greedy tokens from the key-value cache against transformers without one; they may part ways
only where the two best tokens are closer than 1e-3.
"""
import json
import os
import sys

import common
import families
import train_parity

STEPS, ROWS, RATE, NEW = int(os.environ.get("LORI_FAMILY_STEPS", "2")), 3, 2e-3, 16
B_TOLERANCE = 2e-3
MOST_UNDECIDED = 0.01
RANK = 4


def rows_of(count):
    return [{"instruction": text, "input": "", "output": " ".join(reversed(text.split()))[:60]} for text in families.texts(count)]


def run_config(data, model):
    stage = {"kind": "lori-d", "learningRate": RATE, "steps": STEPS, "batchRows": ROWS}
    return {"name": "Family parity", "model": str(model), "seed": 0,
            "data": {"sources": [{"file": str(data), "promptTemplate": "plain"}], "heldOutShare": 0, "order": "reference"},
            "adapter": {"rank": RANK, "alpha": 2 * RANK}, "stages": [stage],
            "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0}}


def fitting(rows, prompts, encode, context):
    """Rows and prompts cut to a small context; what is longer is not trained on and not continued."""
    def cut(text, limit):
        while len(encode(text)) > limit:
            text = text[:-1]
        return text
    shorter = [{**row, "instruction": cut(row["instruction"], context // 2), "output": cut(row["output"], context // 2 - 1)} for row in rows]
    return shorter, [cut(prompt, context - NEW) for prompt in prompts]


def fused_blocks(final, config):
    """{key: blocks} of the B that adapters of one fused layer share: q, k, v or gate, up, each with columns of its own."""
    config = config.get_text_config()
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    found = {}
    for key, b in final.items():
        parts = b.shape[1] // RANK
        if parts == 1:
            continue
        outs = [config.num_attention_heads * head, *[config.num_key_value_heads * head] * 2] if parts == 3 else [b.shape[0] // 2] * 2
        begins = [sum(outs[:n]) for n in range(parts)]
        if sum(outs) != b.shape[0]:
            common.finish(False, f"{key} has {b.shape[0]} rows, its parts have {outs}")
        found[key] = [(slice(begin, begin + out), slice(n * RANK, (n + 1) * RANK)) for n, (begin, out) in enumerate(zip(begins, outs))]
    return found


def trained(torch, place, folder, model, rows, encode):
    """(largest relative difference of a loss, relative difference of the final B, share of entries that rounding decided)."""
    from safetensors.torch import load_file
    data, config = place / "rows.jsonl", place / "config.json"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    config.write_text(json.dumps(run_config(data, folder)), encoding="utf-8")
    run = common.lori_json("run", "--config", config, home=place / "home")["folder"]
    pairs = [(encode(row["instruction"]), encode(row["output"]) + [2]) for row in rows]
    pairs = [pairs[n] for n in train_parity.reference_order(len(rows))]
    batches = [pairs[n:n + ROWS] for n in range(0, len(pairs), ROWS)][:STEPS]
    adapter = f"{run}/adapter/0-lori-d"
    final = {key: value for key, value in load_file(f"{adapter}/adapter_model.safetensors").items() if "lora_B" in key}
    losses, apart, undecided = train_parity.peft_losses(torch, model.requires_grad_(False), adapter, batches, RATE, None, final,
                                              fused_blocks(final, model.config))
    ours = [loss for loss, _ in train_parity.lori_steps(run, 0)]
    if len(ours) != len(losses):
        common.finish(False, f"lori took {len(ours)} steps, the judge {len(losses)}")
    return max(abs(a - b) / abs(b) for a, b in zip(ours, losses)), apart, undecided


def greedy(torch, model, prompt):
    """New ids without a cache, and the distance of the two best logits at each of them."""
    ids, gaps = list(prompt), []
    with torch.no_grad():
        while len(ids) < len(prompt) + NEW:
            best = torch.topk(model(torch.tensor([ids]), use_cache=False).logits[0, -1], 2)
            gaps.append((best.values[0] - best.values[1]).item())
            ids.append(best.indices[0].item())
            if ids[-1] == 2:
                break
    return ids[len(prompt):], gaps


def generated(torch, place, folder, model, prompts, encode):
    """Prompts on which the cached generation takes another token although the choice was clear."""
    file = place / "prompts.json"
    file.write_text(json.dumps(prompts), encoding="utf-8")
    answer = common.lori_json("generate", "--model", folder, "--prompt-file", file, "--greedy", "--max-new", NEW, home=place / "home")
    wrong = 0
    for prompt, result in zip(prompts, answer["results"], strict=True):
        theirs, gaps = greedy(torch, model, encode(prompt))
        ours = [id for id in result["ids"] if id != 2]
        parted = next((n for n, (a, b) in enumerate(zip(ours, theirs)) if a != b), None)
        wrong += parted is not None and gaps[parted] > 1e-3
    return wrong


def main():
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers", "numpy")
    common.lori_program()
    import torch
    folder, place = common.scratch()
    table, good = [], True
    with folder:
        tokenizer = families.tokenizer(place)

        def encode(text):
            return tokenizer.encode(text, add_special_tokens=False).ids
        rows, prompts = rows_of(STEPS * ROWS), families.texts(2)
        for number, name in enumerate(sys.argv[1:] or list(families.FAMILIES)[::1 if common.FULL else 2]):
            here = place / str(number)
            here.mkdir()
            saved, model = families.save(torch, here, name)
            fit, starts = fitting(rows, prompts, encode, model.config.get_text_config().max_position_embeddings)
            wrong = generated(torch, here, saved, model, starts, encode)
            loss, b, undecided = trained(torch, here, saved, model, fit, encode)
            good = good and loss <= train_parity.TOLERANCE and b <= B_TOLERANCE and undecided <= MOST_UNDECIDED and wrong == 0
            print(f"{name}: {loss:.1e} {b:.1e} {undecided:.2%} {wrong}", file=sys.stderr, flush=True)
            table.append((name, f"{loss:.1e}", f"{b:.1e}", f"{undecided:.2%}", f"{len(prompts) - wrong} of {len(prompts)}"))
    common.table(["family", "loss, relative", "final B, relative", "decided by rounding", "greedy continuations equal"], table)
    common.finish(good, f"losses within {train_parity.TOLERANCE:.0e}, B within {B_TOLERANCE:.0e}, every clear greedy token equal"
                  if good else "a family differs")


if __name__ == "__main__":
    sys.exit(main())
