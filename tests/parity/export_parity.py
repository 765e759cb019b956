#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exports of `lori export` opened by both generations of transformers: the newest, and the one of a year ago in an environment of
its own. Base models are small and random, of each family's true configuration; the adapter is one of PEFT with a random B.

Passes when every |difference| of a logit from PEFT's own merge is at most 2e-4 and greedy continuations are equal, in both. The
older transformers lacks some families; those are named.
"""
import json
import subprocess
import sys

import common
import families

NEW = 12
OPEN = """
import json, sys, torch, transformers, warnings
warnings.filterwarnings("ignore"); transformers.logging.set_verbosity_error()
folder, out, ids, new = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4])
more = {"attn_implementation": sys.argv[5]} if len(sys.argv) > 5 else {}
model, report = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True, **more)
from safetensors.torch import save_file
tokens = torch.tensor([ids])
with torch.no_grad():
    save_file({"logits": model.eval()(tokens).logits[0].contiguous()}, out)
    made = model.generate(tokens, max_new_tokens=new, do_sample=False, pad_token_id=0, attention_mask=torch.ones_like(tokens))
tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
print(json.dumps({"greedy": made[0, len(ids):].tolist(), "missing": sorted(report["missing_keys"]), "dtype": str(model.config.dtype),
                  "unexpected": sorted(report["unexpected_keys"]), "tokenizer": tokenizer.encode("a test", add_special_tokens=False)}))
"""
# Families that transformers 4.57 does not have.
NEWER_ONLY = ("Ministral 3",)
# transformers 4.57's default attention (sdpa) leaves out Gemma 2's soft cap of the scores; its eager one has it.
NEEDS_EAGER = ("Gemma 2",)


def older_python():
    python = common.DEPS / "venv-older/bin/python"
    return python if python.exists() else None


def opened(python, folder, place, ids, *attention):
    """(logits, report) of a folder in another Python; (None, the last line of what went wrong) when it does not open."""
    from safetensors.torch import load_file
    out = place / "logits.safetensors"
    out.unlink(missing_ok=True)
    done = subprocess.run([python, "-c", OPEN, folder, out, json.dumps(ids), str(NEW), *attention], capture_output=True, text=True, check=False)
    if done.returncode:
        return None, (done.stderr.strip().splitlines() or ["nothing said"])[-1][:200]
    return load_file(str(out))["logits"], json.loads(done.stdout.strip().splitlines()[-1])


def adapter(torch, model, place):
    """A PEFT adapter with a random B; returns (folder, the model with it merged)."""
    from peft import LoraConfig, get_peft_model
    wrapped = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, task_type="CAUSAL_LM",
                                               target_modules=r"(?!.*vision).*layers\.\d+\..*(proj|linear)"))
    generator = torch.Generator().manual_seed(4)
    for name, parameter in wrapped.named_parameters():
        if "lora_B" in name:
            parameter.data = torch.randn(parameter.shape, generator=generator) * 0.05
    wrapped.save_pretrained(place / "adapter")
    return place / "adapter", wrapped.merge_and_unload()


def main():
    common.need("torch", "transformers", "peft", "safetensors", "tokenizers")
    common.lori_program()
    import torch
    scratch, place = common.scratch()
    names = sys.argv[1:] or list(families.FAMILIES)
    older = older_python()
    rows, good = [], True
    with scratch:
        for number, name in enumerate(names):
            here = place / str(number)
            here.mkdir()
            folder, model = families.save(torch, here, name)
            base, merged = adapter(torch, model, here)
            ids = torch.randint(3, 280, (60,), generator=torch.Generator().manual_seed(2)).tolist()
            with torch.no_grad():
                wanted = merged.eval()(torch.tensor([ids])).logits[0]
            common.lori("export", "--model", folder, "--adapter", base, "--out", here / "out", "--dtype", "f32", home=here / "home")
            results = []
            for which, python in (("newest", sys.executable), ("older", older)):
                if python is None or (which == "older" and name.startswith(NEWER_ONLY)):
                    results.append(("not there", None))
                    continue
                attention = ["eager"] if which == "older" and name.startswith(NEEDS_EAGER) else []
                logits, report = opened(python, here / "out", here, ids, *attention)
                if logits is None:
                    results.append((report, None))
                    good = False
                    continue
                apart = (logits - wanted).abs().max().item()
                clean = not report["missing"] and not report["unexpected"] and report["dtype"] == "torch.float32"
                good = good and apart <= common.LOGIT_TOLERANCE and clean
                results.append((f"{apart:.1e}" + ("" if clean else f" {report}"), report))
            same = len({json.dumps([report["greedy"], report["tokenizer"]]) for _, report in results if report}) <= 1
            good = good and same
            rows.append((name, *[text for text, _ in results], "yes" if same else "no"))
    common.table(["family", "newest transformers", "transformers of a year ago", "greedy and tokens equal"], rows)
    common.finish(good, "exports open in both" if good else "an export differs or does not open")


if __name__ == "__main__":
    sys.exit(main())
