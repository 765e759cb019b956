#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A run with products in bf16 against the same run in f32: 20 LoRI-D steps, mask, 20 LoRI-S steps on real rows.

f32 is judged by PEFT (train_parity.py); this says how far bf16 operands lead away from it. Passes when every step's loss differs by
at most 1 %, the held-out loss at the end by at most 0.5 %, and at least 97 % of the masks' entries are the same. Works on any
processor: one without instructions for bf16 takes the same products in plain code.
"""
import json
import sys

import common
import train_parity

LOSS_TOLERANCE, HELD_OUT_TOLERANCE, MASK_SHARE = 0.01, 0.005, 0.97


def config(data, products, steps, rows):
    made = train_parity.run_config(data, steps, rows)
    made["products"] = products
    made["data"]["heldOutShare"] = 0.1
    made["data"]["heldOutMaxRows"] = 16
    made["evaluation"]["heldOutEverySteps"] = steps
    return made


def run(place, data, products, steps, rows):
    """(losses of both trained stages, last held-out loss of each, folder)"""
    file = place / f"{products}.json"
    file.write_text(json.dumps(config(data, products, steps, rows)), encoding="utf-8")
    folder = common.lori_json("run", "--config", file, home=place / "home")["folder"]
    events = list(common.read_jsonl(f"{folder}/events.jsonl"))
    started = next(event for event in events if event["type"] == "started")
    if (started["gemm"] == "bf16") != (products == "bf16"):
        common.finish(False, f"products {products} were multiplied by {started['gemm']}")
    held_out = {event["stage"]: event["loss"] for event in events if event["type"] == "heldout"}
    return [loss for stage in (0, 2) for loss, _ in train_parity.lori_steps(folder, stage)], held_out, folder


def shared_mask(torch, folders):
    """Of the entries that the first run's mask keeps, the share that the second's keeps too; masks keep equally many."""
    from safetensors.torch import load_file
    masks = []
    for folder in folders:
        final = load_file(f"{folder}/adapter/0-lori-d/adapter_model.safetensors")
        masks.append(train_parity.stored_mask(torch, folder, {k: v.shape for k, v in final.items() if "lora_B" in k}))
    kept = sum(int(mask.sum()) for mask in masks[0].values())
    both = sum(int((masks[0][key] & masks[1][key]).sum()) for key in masks[0])
    equal = sum(int((masks[0][key] == masks[1][key]).sum()) for key in masks[0])
    return both / kept, equal / sum(mask.numel() for mask in masks[0].values())


def main():
    common.need("torch", "safetensors", "numpy")
    common.lori_program()
    common.need_model()
    import torch
    steps, rows = (20, 4) if common.FULL else (10, 2)
    scratch, place = common.scratch()
    with scratch:
        data = place / "rows.jsonl"
        data.write_text("".join(json.dumps(row) + "\n" for row in train_parity.short_rows(steps * rows + 32)), encoding="utf-8")
        losses, held_out, folders = {}, {}, {}
        for products in ("f32", "bf16"):
            losses[products], held_out[products], folders[products] = run(place, data, products, steps, rows)
        worst = max(abs(a - b) / b for a, b in zip(losses["bf16"], losses["f32"], strict=True))
        final = max(abs(held_out["bf16"][stage] - held_out["f32"][stage]) / held_out["f32"][stage] for stage in held_out["f32"])
        both, equal = shared_mask(torch, [folders["f32"], folders["bf16"]])
    common.table(["step", "loss, f32", "loss, bf16"],
                 [(n + 1, f"{a:.5f}", f"{b:.5f}") for n, (a, b) in enumerate(zip(losses["f32"], losses["bf16"]))])
    print(f"largest relative difference of a loss {worst:.1e}, of the last held-out loss {final:.1e}; "
          f"{equal:.2%} of the mask's entries equal, {both:.1%} of those kept")
    good = worst <= LOSS_TOLERANCE and final <= HELD_OUT_TOLERANCE and equal >= MASK_SHARE
    common.finish(good, f"losses within {LOSS_TOLERANCE:.0%}, held-out loss within {HELD_OUT_TOLERANCE:.1%}, masks {equal:.2%} equal")


if __name__ == "__main__":
    sys.exit(main())
