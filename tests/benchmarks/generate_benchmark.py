#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Speed of greedy generation, side by side with transformers and llama.cpp (as `xllamacpp` carries it) on the same prompts and the
same weights, in one run.

    generate_benchmark.py [--batch 1 16] [--new 64] [--threads 2] [--rounds 3] [--require]

Each side runs in a process of its own; exactly so many tokens are generated for each prompt, end tokens do not stop anybody. The
best round counts for everybody. transformers runs in f32 and bf16, llama.cpp on the GGUF file as it is, lori in f32 and on the file
as it is (--weights file). Two rates: new tokens a second after the prompts were read, and with the time for the prompts. llama.cpp
reads prompts between other rows' tokens, so the ratio that favours it counts.
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


def transformers_side(prompts, batch, new, threads, rounds, dtype):
    import torch
    torch.set_num_threads(threads)
    tokenizer, eos = common.reference_tokenizer()
    model = common.reference_model(torch).to(getattr(torch, dtype))
    rows = [tokenizer.encode(prompt, add_special_tokens=False).ids for prompt in prompts]
    best, whole = 0, 0
    for _ in range(rounds):
        made, seconds, start = 0, 0.0, time.perf_counter()
        for begin in range(0, len(rows), batch):
            some = rows[begin:begin + batch]
            length = max(map(len, some))
            ids = torch.full((len(some), length), eos)
            mask = torch.zeros_like(ids)
            for n, row in enumerate(some):  # padded on the left, as its own generate() wants it
                ids[n, length - len(row):] = torch.tensor(row)
                mask[n, length - len(row):] = 1
            stamps = []

            class Watch:
                def __call__(self, ids, scores, **_):
                    stamps.append(time.perf_counter())
                    return torch.zeros(ids.shape[0], dtype=torch.bool)
            with torch.inference_mode():
                model.generate(ids, attention_mask=mask, max_new_tokens=new, min_new_tokens=new, do_sample=False, pad_token_id=eos,
                               stopping_criteria=[Watch()])
            made += len(some) * (new - 1)
            seconds += stamps[new - 1] - stamps[0]
        best = max(best, made / seconds)
        whole = max(whole, len(rows) * new / (time.perf_counter() - start))
    return {"tokens_per_second": best, "whole": whole}


def llama_side(prompts, batch, new, threads, rounds):
    import threading
    import xllamacpp
    params = xllamacpp.CommonParams()
    params.model.path = str(common.MODEL)
    params.n_parallel = batch
    params.n_ctx = 1024 * batch
    params.warmup = True
    params.verbosity = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    best, whole = 0, 0
    for _ in range(rounds):
        made, seconds, start = 0, 0.0, time.perf_counter()
        for begin in range(0, len(prompts), batch):
            some = prompts[begin:begin + batch]
            answers = [None] * len(some)

            def ask(n):
                answer = server.handle_completions({"prompt": some[n], "n_predict": new, "temperature": 0, "ignore_eos": True,
                                                    "cache_prompt": False, "timings_per_token": False})
                answers[n] = json.loads(answer) if isinstance(answer, (str, bytes)) else answer
            workers = [threading.Thread(target=ask, args=(n,)) for n in range(len(some))]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            times = [answer["timings"] for answer in answers]
            made += sum(time["predicted_n"] for time in times)
            seconds += max(time["predicted_ms"] for time in times) / 1000  # rows that wait for each other are counted once
        best = max(best, made / seconds)
        whole = max(whole, len(prompts) * new / (time.perf_counter() - start))
    return {"tokens_per_second": best, "whole": whole}


def lori_side(prompts, batch, new, threads, rounds, weights, folder):
    file = folder / "prompts.json"
    file.write_text(json.dumps(prompts))
    best = None
    for _ in range(rounds):
        result = common.lori_json("bench", "generate", "--model", common.MODEL, "--prompts", file, "--batch", batch, "--new", new,
                                  "--threads", threads, "--weights", weights)
        result["whole"] = len(prompts) * new / result["seconds"]
        if best is None or result["tokens_per_second"] > best["tokens_per_second"]:
            best = result
    return best


def in_a_process(arguments):
    done = subprocess.run([sys.executable, "-B", __file__, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print(f"{arguments}\nended with {done.returncode}:\n{done.stderr[-2000:]}")
        sys.exit(1)
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--batch", type=int, nargs="+", default=[1, 16])
    arguments.add_argument("--new", type=int, default=64)
    arguments.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--require", action="store_true", help="the targets decide the exit code")
    arguments.add_argument("--side", help=argparse.SUPPRESS)
    a = arguments.parse_args()
    common.need("torch", "transformers", "gguf", "xllamacpp")
    common.need_model()
    prompts = [common.chat(question) for question in common.questions(16)[:16]]
    if a.side:
        some = prompts[:max(4, a.batch[0])] if a.batch[0] == 1 else prompts
        print(json.dumps(llama_side(some, a.batch[0], a.new, a.threads, a.rounds) if a.side == "llama" else
                         transformers_side(some, a.batch[0], a.new, a.threads, a.rounds, a.side)))
        return 0
    good = True
    keep, folder = common.scratch()
    with keep:
        for batch in a.batch:
            some = prompts[:max(4, batch)] if batch == 1 else prompts
            options = ["--batch", batch, "--new", a.new, "--threads", a.threads, "--rounds", a.rounds, "--side"]
            sides = {f"transformers {name}": in_a_process([*options, name]) for name in ("float32", "bfloat16")}
            sides["llama.cpp"] = in_a_process([*options, "llama"])
            for weights in ("f32", "file"):
                sides[f"lori {weights}"] = lori_side(some, batch, a.new, a.threads, a.rounds, weights, folder)
            print(f"batch {batch}, {len(some)} prompts, {a.new} tokens each, {a.threads} threads")
            common.table(["side", "new tokens/s", "with prompts", "peak memory"],
                         [[name, f"{result['tokens_per_second']:.1f}", f"{result['whole']:.1f}",
                           f"{result['peak_memory_bytes'] / 2**20:.0f} MiB" if "peak_memory_bytes" in result else ""]
                          for name, result in sides.items()])
            def times(*others):
                return min(sides["lori file"][rate] / max(sides[name][rate] for name in others) for rate in ("tokens_per_second", "whole"))
            usual, llama = times("transformers float32", "transformers bfloat16"), times("llama.cpp")
            wanted = 1 if batch == 1 else 2
            print(f"{usual:.2f} times transformers (target 4), {llama:.2f} times llama.cpp (target {wanted})\n")
            good = good and usual >= 4 and llama >= wanted
    return 0 if good or not a.require else 1


if __name__ == "__main__":
    sys.exit(main())
