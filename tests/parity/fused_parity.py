#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adapters on models that fuse their layers (Phi's qkv_proj, Granite 4's input_linear) or lie inside another (Gemma 3, Mistral 3).

PEFT's adapters open here and ours open in PEFT: every method, some projections only, and a merge of two. Passes when the logits
of both programs agree within 2e-4 and an adapter changes them by more than ten times that.
"""
import json
import sys

import common
import families

BASES = ["Phi-3 mini 4k", "Phi-4 mini", "Granite 4 Micro", "Gemma 3 4B, inside gemma3", "Ministral 3 3B, inside mistral3"]
IDS = [5, 71, 9, 33, 120, 64, 17, 8, 99, 42, 3, 50]
TEXT_LAYERS = r"(?!.*vision).*layers\.\d+\.(self_attn|mlp|shared_mlp)\.\w+(proj|linear)$"


def logits(torch, model):
    with torch.no_grad():
        return model.eval()(input_ids=torch.tensor([IDS])).logits[0].float()


def ours(place, base, adapter):
    from safetensors.torch import load_file
    out = place / "ours.safetensors"
    common.lori("logits", "--model", base, "--adapter", adapter, "--ids", ",".join(map(str, IDS)), "--out", out, home=place / "home")
    return load_file(str(out))["logits"]


def of_peft(torch, place, model):
    """(name, folder, logits) of what PEFT writes on the language layers."""
    from peft import IA3Config, LoraConfig, get_peft_model
    from interop_peft import stirred
    layers = {"target_modules": TEXT_LAYERS}
    configs = {"PEFT's LoRA": LoraConfig(r=4, lora_alpha=8, task_type="CAUSAL_LM", **layers),
               "PEFT's rsLoRA": LoraConfig(r=6, lora_alpha=8, use_rslora=True, task_type="CAUSAL_LM", **layers),
               "PEFT's DoRA": LoraConfig(r=4, lora_alpha=8, use_dora=True, task_type="CAUSAL_LM", **layers),
               "PEFT's IA3": IA3Config(feedforward_modules=[], task_type="CAUSAL_LM", **layers)}
    for name, config in configs.items():
        torch.manual_seed(3)
        wrapped = stirred(get_peft_model(model, config))
        folder = place / name.replace(" ", "-")
        wrapped.save_pretrained(folder)
        yield name, folder, logits(torch, wrapped)
        model = common.without_adapter(wrapped)


def of_lori(place, base):
    """(name, folder) of what this program writes: methods, some projections only, masks, and a merge."""
    import make_tiny_model
    data = make_tiny_model.write_rows(place / "rows.jsonl", 12)
    train = {"learningRate": 5e-2, "steps": 2, "batchRows": 4}
    mask = {"kind": "mask", "mask": {"sparsity": 0.8}}
    plans = {"LoRI": ([{"kind": "lori-d", **train}, mask, {"kind": "lori-s", **train}], {}),
             "LoRA": ([{"kind": "lora", **train}], {}), "rsLoRA": ([{"kind": "lora", **train}], {"rslora": True}),
             "LoRA on q, v, up": ([{"kind": "lora", **train}], {"targets": ["q_proj", "v_proj", "up_proj"]}),
             "DoRA": ([{"kind": "dora", **train}], {}), "IA3": ([{"kind": "ia3", **train}], {"ia3FeedForward": []})}
    for number, (name, (stages, adapter)) in enumerate(plans.items()):
        config = {"name": name, "model": str(base), "seed": number,
                  "data": {"sources": [{"file": str(data), "promptTemplate": "plain"}], "heldOutShare": 0},
                  "adapter": {"rank": 4, "alpha": 8, **adapter}, "stages": stages,
                  "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False}}
        file = place / "config.json"
        file.write_text(json.dumps(config))
        folder = common.lori_json("run", "--config", file, home=place / "home")["folder"]
        kept = sorted((path for path in place.glob(f"home/runs/*/adapter/*") if str(path).startswith(folder)))
        for path in kept:
            if (path / "adapter_model.safetensors").exists():
                yield f"{name}, {path.name}", path


def judge(torch, place, name, table):
    from peft import PeftModel
    base, model = families.save(torch, place, name)
    plain = logits(torch, model)
    made = list(of_lori(place, base))
    dense = [path for _, path in made if path.name.endswith(("lora", "lori-d"))][:2]
    for method in ("concat", "linear", "svd"):
        merged = place / f"merged-{method}"
        common.lori("merge", *[f"{path}=0.5" for path in dense], "--method", method, "--out", merged, home=place / "home")
        made.append((f"merged, {method}", merged))
    good = True
    for label, folder, wanted in [*of_peft(torch, place, model), *((label, folder, None) for label, folder in made)]:
        if wanted is None:
            wrapped = PeftModel.from_pretrained(model, folder)
            wanted = logits(torch, wrapped)
            common.without_adapter(wrapped)
        apart = (ours(place, base, folder) - wanted).abs().max().item()
        moved = (wanted - plain).abs().max().item()
        good = good and apart <= common.LOGIT_TOLERANCE and moved > 10 * common.LOGIT_TOLERANCE
        table.append((name, label, f"{apart:.1e}", f"{moved:.1e}"))
    return good


def main():
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers")
    common.lori_program()
    import torch
    table, good = [], True
    for name in sys.argv[1:] or (BASES if common.FULL else BASES[::2]):
        folder, place = common.scratch()
        with folder:
            good = judge(torch, place, name, table) and good
    common.table(["base", "adapter", "logits, largest difference", "the adapter moves them by"], table)
    common.finish(good, f"{len(table)} adapters: logits within {common.LOGIT_TOLERANCE:.0e}" if good else "an adapter differs")


if __name__ == "__main__":
    sys.exit(main())
