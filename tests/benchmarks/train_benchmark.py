#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training speed and memory, side by side with transformers + PEFT on the same rows, in one run.

    train_benchmark.py [--steps 4] [--rows 8] [--threads 2] [--modes] [--require]

With --modes every mode of both: PEFT in f32, under bf16 autocast and on a bf16 model, lori with products in f32 and in bf16; the
best of one is set beside the best of the other. Without it both in f32. Each side runs in a process of its own; memory is that process's peak resident size. Only real tokens count: padding is work
that nobody asked for. With --require the targets (3 times the speed, a third of the memory) decide the exit code.
"""
import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parity"))
import common  # noqa: E402

SPEED_TARGET, MEMORY_TARGET = 3.0, 1 / 3
PEFT_MODES = {"f32": "transformers + PEFT, f32", "autocast": "transformers + PEFT, bf16 autocast", "bf16": "transformers + PEFT, bf16 model"}
LORI_MODES = {"f32": "lori, f32", "bf16": "lori, bf16 products"}


def rows_of(count):
    """(question, answer) of the first GSM8K training rows; own additions where the data pack is absent."""
    file = common.DATA / "math/gsm8k/train.jsonl"
    if file.exists():
        return [(row["question"], row["answer"]) for row in common.read_jsonl(file, count)]
    return [(f"{common.OWN_QUESTIONS[n % 8]} (row {n})", "I will think about it step by step. " * (n % 7 + 2)) for n in range(count)]


def rendered(row):
    """Prompt and response of the reference's GSM8K template, as `lori bench train` uses it."""
    prompt = f"{row['question']}\nAnswer the above question. First think step by step and then answer the final number.\n"
    return prompt, row["answer"].replace("####", "The final answer is: ")


def peft_side(data, rows_per_step, steps, threads, mode):
    """The usual stack: padded batch, autograd through everything; only B is trained, and in f32."""
    import torch
    from peft import LoraConfig, get_peft_model
    torch.set_num_threads(threads)
    tokenizer, eos = common.reference_tokenizer()
    base = common.reference_model(torch)
    model = get_peft_model(base.to(torch.bfloat16) if mode == "bf16" else base, LoraConfig(
        r=32, lora_alpha=64, lora_dropout=0.0, target_modules=common.PROJECTIONS, task_type="CAUSAL_LM"))
    for name, parameter in model.named_parameters():
        parameter.requires_grad_("lora_B" in name)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=5e-5, weight_decay=0.0)
    model.config.use_cache = False
    model.train()
    pairs = []
    for row in common.read_jsonl(data):
        prompt, response = (tokenizer.encode(text, add_special_tokens=False).ids for text in rendered(row))
        pairs.append((prompt, response + [eos]))
    seconds, tokens, padded, losses = [], [], 0, []
    for step in range(steps):
        batch = pairs[step * rows_per_step:(step + 1) * rows_per_step]
        start = time.perf_counter()
        length = max(len(p) + len(r) for p, r in batch)
        ids = torch.full((len(batch), length), eos)
        attention = torch.zeros_like(ids)
        labels = torch.full_like(ids, -100)
        for n, (prompt, response) in enumerate(batch):
            end = len(prompt) + len(response)
            ids[n, :end] = torch.tensor(prompt + response)
            attention[n, :end] = 1
            labels[n, len(prompt):end] = torch.tensor(response)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=mode == "autocast"):
            logits = model(input_ids=ids, attention_mask=attention).logits.float()
        loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), reduction="sum") / len(batch)
        loss.backward()
        for parameter in trained:
            torch.nn.utils.clip_grad_norm_([parameter], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seconds.append(time.perf_counter() - start)
        tokens.append(int(attention.sum()))
        padded += ids.numel() - tokens[-1]
        losses.append(loss.item())
    best = sum(tokens) / sum(seconds)
    if steps > 1:  # the usual stack is given the benefit of the doubt: its first, cold step may be left out
        best = max(best, sum(tokens[1:]) / sum(seconds[1:]))
    return {"tokens_per_second": best, "tokens": sum(tokens), "padded_tokens": padded, "losses": losses}


def measured(command, environment):
    """(JSON on standard output, peak resident bytes) of one process of its own."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        print(f"{' '.join(command)}\nended with {process.returncode}:\n{errors[-3000:]}")
        sys.exit(1)
    return json.loads(output), usage.ru_maxrss * 1024


def compare(sides, require):
    common.table(["side", "real tokens/s", "padded tokens", "peak memory", "first loss", "last loss"],
                 [[name, f"{result['tokens_per_second']:.1f}", result["padded_tokens"], f"{peak / 2**30:.2f} GiB",
                   f"{result['losses'][0]:.4f}", f"{result['losses'][-1]:.4f}"] for name, (result, peak) in sides.items()])
    def best(modes):
        return max((name for name in modes.values() if name in sides), key=lambda name: sides[name][0]["tokens_per_second"])
    (peft, peft_peak), (ours, our_peak) = sides[best(PEFT_MODES)], sides[best(LORI_MODES)]
    print(f"best modes: {best(PEFT_MODES)}; {best(LORI_MODES)}")
    speed, memory = ours["tokens_per_second"] / peft["tokens_per_second"], our_peak / peft_peak
    print(f"speed: {speed:.2f} times (target {SPEED_TARGET:.0f}); peak memory: {memory:.3f} of it (target {MEMORY_TARGET:.3f})")
    first = [sides[modes["f32"]][0]["losses"][0] for modes in (PEFT_MODES, LORI_MODES)]
    if abs(first[0] - first[1]) > 1e-4 * abs(first[0]):  # B is zero at the first step, so the loss depends on the rows alone
        print("FAIL: the first losses differ, so the two sides did not see the same tokens")
        return 1
    if require and (speed < SPEED_TARGET or memory > MEMORY_TARGET):
        print("FAIL: the targets are not met")
        return 1
    return 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--steps", type=int, default=4)
    arguments.add_argument("--rows", type=int, default=8)
    arguments.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    arguments.add_argument("--modes", action="store_true")
    arguments.add_argument("--require", action="store_true")
    arguments.add_argument("--peft-side", nargs=2, metavar=("DATA", "MODE"), help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.peft_side:
        print(json.dumps(peft_side(given.peft_side[0], given.rows, given.steps, given.threads, given.peft_side[1])))
        return 0
    common.need("torch", "transformers", "peft", "tokenizers", "gguf")
    common.need_model()
    folder, place = common.scratch()
    with folder:
        data = place / "rows.jsonl"
        data.write_text("".join(json.dumps({"question": q, "answer": a}) + "\n" for q, a in rows_of(given.rows * given.steps)))
        environment = dict(os.environ, OMP_NUM_THREADS=str(given.threads), LORI_HOME=str(place / "home"))
        sides = {}
        size = ["--rows", str(given.rows), "--steps", str(given.steps), "--threads", str(given.threads)]
        for mode, name in PEFT_MODES.items():
            if given.modes or mode == "f32":
                sides[name] = measured([sys.executable, __file__, "--peft-side", str(data), mode, *size], environment)
        for mode, name in LORI_MODES.items():
            if given.modes or mode == "f32":
                sides[name] = measured(
                    [common.lori_program(), "bench", "train", "--model", str(common.MODEL), "--data", str(data), "--threads",
                     str(given.threads), "--rows-per-step", str(given.rows), "--steps", str(given.steps), "--rank", "32", "--method",
                     "lori-d", "--json", *(["--bf16"] if mode == "bf16" else [])], environment)
        return compare(sides, given.require)


if __name__ == "__main__":
    sys.exit(main())
