#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adapters both ways through PEFT: ours loads there, theirs loads here, and the logits agree within 2e-4.

Ours is written by a short `lori run`; theirs is random A and B saved by PEFT, once with all projections and once with two.
"""
import json
import sys
import warnings

import common


def our_logits(place, model, adapter, ids):
    from safetensors.torch import load_file
    out = place / "logits.safetensors"
    common.lori("logits", "--model", model, "--adapter", adapter, "--ids", ",".join(map(str, ids)), "--out", out, home=place / "home")
    return load_file(str(out))["logits"]


def run_config(data, model, steps):
    """A short LoRI-D → mask → LoRI-S run, large learning rate so that B is far from zero."""
    train = {"learningRate": 5e-3, "steps": steps, "batchRows": 4}
    return {"name": "Adapter parity", "model": str(model),
            "data": {"sources": [{"file": str(data), "promptTemplate": "plain"}], "heldOutShare": 0},
            "adapter": {"rank": 8, "alpha": 16},
            "stages": [{"kind": "lori-d", **train}, {"kind": "mask", "mask": {"sparsity": 0.9}}, {"kind": "lori-s", **train}],
            "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False}}


def ours_in_peft(torch, base, model_path, place, ids):
    import make_tiny_model
    from peft import PeftModel
    data = make_tiny_model.write_rows(place / "rows.jsonl", 24)
    config = place / "config.json"
    config.write_text(json.dumps(run_config(data, model_path, 3)))
    folder = common.lori_json("run", "--config", config, home=place / "home")["folder"]
    plain = base(torch.tensor([ids])).logits[0]
    rows = []
    for name in ("0-lori-d", "2-lori-s"):
        adapter = f"{folder}/adapter/{name}"
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            loaded = PeftModel.from_pretrained(base, adapter).eval()
        missing = [str(w.message) for w in caught if "missing" in str(w.message).lower()]
        if missing:
            common.finish(False, f"PEFT misses keys in {name}: {missing[0][:300]}")
        theirs = loaded(torch.tensor([ids])).logits[0]
        ours = our_logits(place, model_path, adapter, ids)
        rows.append((f"ours in PEFT, {name}", (ours - theirs).abs().max().item(), (theirs - plain).abs().max().item()))
        base = common.without_adapter(loaded)
    return rows, base


def theirs_in_ours(torch, base, model_path, place, ids, name, options):
    from peft import LoraConfig, get_peft_model
    plain = base(torch.tensor([ids])).logits[0]
    wrapped = get_peft_model(base, LoraConfig(lora_dropout=0.0, task_type="CAUSAL_LM", **options)).eval()
    torch.manual_seed(11)
    for key, parameter in wrapped.named_parameters():
        if "lora_B" in key:
            parameter.data.normal_(0, 0.02)
    folder = place / "theirs"
    wrapped.save_pretrained(folder)
    theirs = wrapped(torch.tensor([ids])).logits[0]
    ours = our_logits(place, model_path, folder, ids)
    base = common.without_adapter(wrapped)
    return (f"PEFT's in lori, {name}", (ours - theirs).abs().max().item(), (theirs - plain).abs().max().item()), base


def main():
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers", "gguf")
    common.lori_program()
    common.need_model()
    import torch
    folder, place = common.scratch()
    with folder, torch.no_grad():
        tokenizer, _ = common.reference_tokenizer()
        ids = tokenizer.encode(common.chat(common.questions(1)[0]), add_special_tokens=False).ids
        base = common.reference_model(torch)
        rows, base = ours_in_peft(torch, base, common.MODEL, place, ids)
        for name, options in (("rank 16, all", {"r": 16, "lora_alpha": 32, "target_modules": common.PROJECTIONS}),
                              ("rank 4, q and v", {"r": 4, "lora_alpha": 4, "target_modules": ["q_proj", "v_proj"]}),
                              ("rsLoRA", {"r": 16, "lora_alpha": 16, "target_modules": common.PROJECTIONS, "use_rslora": True})):
            row, base = theirs_in_ours(torch, base, common.MODEL, place, ids, name, options)
            rows.append(row)
    common.table(["adapter", "largest |difference|", "the adapter's own effect"], [(n, f"{d:.2e}", f"{e:.2f}") for n, d, e in rows])
    worst = max(row[1] for row in rows)
    idle = [row[0] for row in rows if row[2] < 0.01]
    if idle:
        common.finish(False, f"the adapter '{idle[0]}' changes nothing, so the comparison would prove nothing")
    common.finish(worst <= common.LOGIT_TOLERANCE, f"largest difference {worst:.2e}, allowed {common.LOGIT_TOLERANCE:.0e}")


if __name__ == "__main__":
    sys.exit(main())
