#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""LoRA, rsLoRA, DoRA, IA3 and full fine-tuning: forward passes and twenty training steps against PEFT and transformers.

Forward: an adapter that PEFT made and disturbed is opened by `lori logits`; the judge is PEFT in f64, whose own f32 is 1.0e-4 to
1.4e-4 from that on logits of 35 to 40 (printed beside). Training: both begin from the same folder and take the same batches (the
reference's row order, per-tensor clipping, AdamW without decay), f32. Passes when logits differ by at most 2e-4 and every step's
loss by at most 1e-4 relative.
"""
import argparse
import copy
import json
import sys

import common
from train_parity import lori_steps, reference_order, short_rows, tokenized

TOLERANCE = 1e-4
RATES = {"lora": 5e-4, "rslora": 2e-4, "dora": 5e-4, "ia3": 5e-3, "full": 1e-5}


def peft_config(name):
    from peft import IA3Config, LoraConfig
    if name == "ia3":
        return IA3Config(task_type="CAUSAL_LM", target_modules=["k_proj", "v_proj", "down_proj"], feedforward_modules=["down_proj"])
    return LoraConfig(task_type="CAUSAL_LM", r=16, lora_alpha=32, lora_dropout=0.0, target_modules=common.PROJECTIONS,
                      use_dora=name == "dora", use_rslora=name == "rslora")


def make_adapters(torch, base, name, place):
    """Two folders: one as PEFT begins, one with every trained value moved: ΔW = scaling · B A by as much for each scaling."""
    from peft import get_peft_model
    torch.manual_seed(5)
    model = get_peft_model(base, peft_config(name))
    model.save_pretrained(place / f"{name}-begin")
    b_moves = 0.005 if name == "rslora" else 0.02  # alpha/√r = 8 where LoRA has alpha/r = 2
    for parameter_name, parameter in model.named_parameters():
        if "lora_" in parameter_name or "ia3_" in parameter_name:
            parameter.data.add_(torch.randn_like(parameter) * (b_moves if "lora_B" in parameter_name else 0.05))
    model.save_pretrained(place / f"{name}-moved")
    common.without_adapter(model)


def forward_difference(torch, base, folder, place):
    """Largest distance of a logit from PEFT in f64: lori's, and that of PEFT in f32."""
    from peft import PeftModel
    from safetensors.torch import load_file
    model = PeftModel.from_pretrained(base, str(folder)).eval()
    wide = copy.deepcopy(model).double()
    tokenizer, _ = common.reference_tokenizer()
    worst = own = 0.0
    for text in common.questions(4):
        ids = tokenizer.encode(common.chat(text), add_special_tokens=False).ids[:160]
        out = place / "logits.safetensors"
        common.lori("logits", "--model", common.MODEL, "--adapter", folder, "--ids", ",".join(map(str, ids)), "--out", out)
        with torch.no_grad():
            expected = wide(input_ids=torch.tensor([ids])).logits[0]
            own = max(own, (model(input_ids=torch.tensor([ids])).logits[0] - expected).abs().max().item())
        worst = max(worst, (load_file(str(out))["logits"] - expected).abs().max().item())
    common.without_adapter(model)
    return worst, own


def reference_losses(torch, model, batches, rate):
    """Per tensor: clip by its own norm, AdamW without decay; tied weights are one tensor."""
    model.config.use_cache = False
    model.eval()  # no dropout anywhere
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizers = [torch.optim.AdamW([p], lr=rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0) for p in trained]
    losses = []
    for batch in batches:
        total = 0.0
        for prompt, response in batch:
            ids = torch.tensor([prompt + response])
            logits = model(input_ids=ids).logits[0, len(prompt) - 1:-1]
            loss = torch.nn.functional.cross_entropy(logits, ids[0, len(prompt):], reduction="sum") / len(batch)
            loss.backward()
            total += loss.item()
        losses.append(total)
        for parameter, optimizer in zip(trained, optimizers):
            torch.nn.utils.clip_grad_norm_([parameter], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
    return losses


def lori_run(name, data, place, steps, rows):
    stage = {"kind": "lora" if name == "rslora" else name, "learningRate": RATES[name], "steps": steps, "batchRows": rows}
    if name != "full":
        stage["fromAdapter"] = str(place / f"{name}-begin")
    config = {"name": f"Parity {name}", "model": str(common.MODEL), "seed": 0,
              "data": {"sources": [{"file": str(data), "promptTemplate": "chat",
                                    "columns": {"instruction": "question", "output": "answer"}}],
                       "heldOutShare": 0, "order": "reference"},
              "stages": [stage], "checkpoint": {"everySteps": 0},
              "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0}}
    file = place / f"{name}.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    return common.lori_json("run", "--config", file, home=place / "home")["folder"]


def trained_difference(torch, model, folder, stage):
    """Largest relative distance of a trained tensor from the one lori saved."""
    from peft import get_peft_model_state_dict
    from safetensors.torch import load_file
    saved = load_file(f"{folder}/adapter/{stage}/adapter_model.safetensors")
    theirs = {key: value for key, value in get_peft_model_state_dict(model).items() if key in saved}
    if set(theirs) != set(saved):
        common.finish(False, f"the saved tensors differ: {sorted(set(saved) ^ set(theirs))[:3]}")
    return max(((saved[key] - value).norm() / value.norm()).item() for key, value in theirs.items())


def train_one(torch, base, name, data, batches, place, given):
    from peft import PeftModel
    folder = lori_run(name, data, place, given.steps, given.rows)
    stage = f"0-{'lora' if name == 'rslora' else name}"
    if name == "full":
        base.requires_grad_(True)
        theirs = reference_losses(torch, base, batches, RATES[name])
        apart = None
    else:
        model = PeftModel.from_pretrained(base, str(place / f"{name}-begin"), is_trainable=True)
        theirs = reference_losses(torch, model, batches, RATES[name])
        apart = trained_difference(torch, model, folder, stage)
        common.without_adapter(model)
    ours = [loss for loss, _ in lori_steps(folder, 0)]
    worst = max(abs(a - b) / abs(b) for a, b in zip(ours, theirs)) if len(ours) == len(theirs) else float("inf")
    return worst, apart, ours[0], ours[-1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--steps", type=int, default=20)
    arguments.add_argument("--rows", type=int, default=2, help="rows of one step")
    arguments.add_argument("--methods", default="lora,rslora,dora,ia3,full")
    given = arguments.parse_args()
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers", "gguf", "numpy")
    common.lori_program()
    common.need_model()
    import torch
    scratch, place = common.scratch()
    with scratch:
        rows = short_rows(given.steps * given.rows)
        data = place / "rows.jsonl"
        data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        encoded = tokenized(rows)
        pairs = [encoded[n] for n in reference_order(len(rows))]
        batches = [pairs[n:n + given.rows] for n in range(0, len(pairs), given.rows)]
        base = common.reference_model(torch)
        base.requires_grad_(False)
        table, good = [], True
        for name in given.methods.split(","):
            forward = ("-", "-")  # a full fine-tuning has no adapter that PEFT could make
            if name != "full":
                make_adapters(torch, base, name, place)
                logits, own = forward_difference(torch, base, place / f"{name}-moved", place)
                good = good and logits <= common.LOGIT_TOLERANCE
                forward = (f"{logits:.1e}", f"{own:.1e}")
            worst, apart, first, last = train_one(torch, base, name, data, batches, place, given)
            good = good and worst <= TOLERANCE
            table.append((name, *forward, f"{worst:.1e}", "-" if apart is None else f"{apart:.1e}", f"{first:.4f}", f"{last:.4f}"))
        common.table(["method", "logits", "PEFT's f32", "loss, relative", "trained values, relative", "first loss", "last loss"], table)
        common.finish(good, f"allowed: logits {common.LOGIT_TOLERANCE:.0e}, losses {TOLERANCE:.0e} relative")


if __name__ == "__main__":
    sys.exit(main())
