#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Wall time and peak memory of `lori merge` for adapters of Llama-3-8B's shape.

    LORI_PROGRAM=…/lori merge_benchmark.py [--adapters 4] [--rank 32] [--layers 32] [--types concat,linear,svd] [--folder DIR] [--require]

Makes random adapters (a tenth of B kept, 1.3 GB for the default), merges them and prints one line a type. `--require` fails above 10 s
or 1.5 GB.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parity"))
import common  # noqa: E402

WIDTHS = {"self_attn.q_proj": (4096, 4096), "self_attn.k_proj": (4096, 1024), "self_attn.v_proj": (4096, 1024),
          "self_attn.o_proj": (4096, 4096), "mlp.gate_proj": (4096, 14336), "mlp.up_proj": (4096, 14336),
          "mlp.down_proj": (14336, 4096)}


def make_adapter(folder, rank, layers, seed):
    import torch
    from safetensors.torch import save_file
    generator = torch.Generator().manual_seed(seed)
    values = {}
    for layer in range(layers):
        for name, (into, out) in WIDTHS.items():
            key = f"base_model.model.model.layers.{layer}.{name}"
            bound = into ** -0.5
            values[f"{key}.lora_A.weight"] = torch.empty(rank, into).uniform_(-bound, bound, generator=generator)
            kept = torch.rand(out, rank, generator=generator) < 0.1
            values[f"{key}.lora_B.weight"] = torch.randn(out, rank, generator=generator) * 0.01 * kept
    folder.mkdir(parents=True)
    save_file(values, str(folder / "adapter_model.safetensors"), metadata={"format": "pt"})
    (folder / "adapter_config.json").write_text(json.dumps({
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": 2 * rank,
        "target_modules": [name.split(".")[1] for name in WIDTHS]}))


def measure(arguments, folder):
    """Seconds and peak bytes of one call; what it wrote is removed."""
    begin = time.monotonic()
    child = subprocess.Popen([common.lori_program(), "merge", *arguments, "--out", str(folder / "merged"), "--json"],
                             stdout=subprocess.PIPE, text=True)
    answer = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        common.finish(False, f"lori merge ended with {child.returncode}")
    subprocess.run(["rm", "-r", str(folder / "merged")], check=True)
    return seconds, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime, json.loads(answer)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--adapters", type=int, default=4)
    parser.add_argument("--rank", type=int, default=32)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--types", default="concat,linear,svd")
    parser.add_argument("--mode", default="exact")
    parser.add_argument("--folder", help="where the adapters are made and merged; by default the temporary folder")
    parser.add_argument("--require", action="store_true")
    chosen = parser.parse_args()
    common.need("torch", "safetensors")
    with tempfile.TemporaryDirectory(prefix="lori-merge-", dir=chosen.folder) as name:
        place = Path(name)
        for number in range(chosen.adapters):
            make_adapter(place / str(number), chosen.rank, chosen.layers, number)
        adapters = [f"{place / str(number)}=0.4" for number in range(chosen.adapters)]
        rows, good = [], True
        for kind in chosen.types.split(","):
            seconds, peak, processor, answer = measure([*adapters, "--method", kind, "--mode", chosen.mode], place)
            rows.append((kind, f"{seconds:.1f}", f"{processor:.1f}", f"{peak / 1e9:.2f}", answer["plan"]["rank"],
                         f"{answer['loss']['total']:.1e}", f"{answer['self']['total']:.1e}"))
            good = good and seconds <= 10 and peak <= 1.5e9
    common.table(["type", "seconds", "processor s", "peak GB", "rank", "loss", "self-check"], rows)
    if chosen.require:
        common.finish(good, "every merge within 10 s and 1.5 GB" if good else "a merge took more than 10 s or 1.5 GB")


if __name__ == "__main__":
    sys.exit(main())
