#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hundreds of inputs spoiled from valid ones (data files, model folders, GGUF files, adapters), each through `lori run` of one step:
it works (exit code 0), or one sentence and exit code 2 – or 1 where the work itself failed (a loss that is no number, memory).
Never a stack, "please report", more than a minute, a crash, or something half-written.

    malformed_inputs_test.py [--count 500] [--seed 1] [--only N] [--keep FOLDER] [--list]
"""
import argparse
import collections
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import app_common
import malformed_bases
import malformed_mutations as spoil

SECONDS = 60  # of the processor: on a busy machine the clock says nothing
MOST_SECONDS = 900  # by the clock: one that sleeps for ever uses no processor
MEMORY = 12 << 30  # address space: an absurd size must end in a sentence, not in this machine's swap
FOR_NOBODY = (*app_common.NOT_FOR_PEOPLE, "frame #", "please report", "INTERNAL ASSERT", "enforce fail")
WORK_FAILED = ("non_finite", "out_of_memory")  # what exit code 1 may mean here


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


def spoil_json_file(draw, file):
    what, text = spoil.spoil_json(draw, json.loads(file.read_text(encoding="utf-8")))
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    return what


def spoil_with(way):
    def act(draw, file):
        what, data = way(draw, file.read_bytes())
        file.write_bytes(data)
        return what
    return act


def replace_file(draw, file):
    """The file is something else altogether."""
    kind = draw.choice(["missing", "a folder", "another file", "a dangling link"])
    other = draw.choice(sorted(path for path in file.parent.iterdir() if path != file) or [file])
    data = other.read_bytes() if other.is_file() else b""
    file.unlink()
    if kind == "a folder":
        file.mkdir()
    elif kind == "another file":
        file.write_bytes(data)
    elif kind == "a dangling link":
        file.symlink_to("nowhere")
    return kind


BYTES = spoil_with(spoil.spoil_bytes)
# (what is spoiled, file below the inputs, how), drawn evenly: bytes are tried on everything.
TARGETS = [
    *(("data", f"data/{name}", act) for name in ("rows.jsonl", "table.csv", "chat.jsonl")
      for act in (spoil_with(spoil.spoil_lines), spoil_with(spoil.spoil_lines), BYTES)),
    ("data", "data/list.json", spoil_json_file), ("data", "data/list.json", BYTES), ("data", "data/rows.jsonl", replace_file),
    *(("model", "model/config.json", spoil_json_file),) * 5,
    *(("model", "model/model.safetensors", spoil_with(spoil.spoil_safetensors)),) * 4,
    *(("model", "model/tokenizer.json", spoil_json_file),) * 4,
    ("model", "model/tokenizer_config.json", spoil_json_file), ("model", "model/config.json", BYTES), ("model", "model/tokenizer.json", BYTES),
    ("model", "model/model.safetensors", BYTES), ("model", "model/config.json", replace_file), ("model", "model/model.safetensors", replace_file),
    ("model", "model/tokenizer.json", replace_file),
    *(("gguf", "gguf/tiny.gguf", spoil_with(spoil.spoil_gguf)),) * 5, *(("gguf", "gguf/tiny.gguf", BYTES),) * 3,
    *(("adapter", "adapter/adapter_config.json", spoil_json_file),) * 5,
    *(("adapter", "adapter/adapter_model.safetensors", spoil_with(spoil.spoil_safetensors)),) * 4,
    ("adapter", "adapter/adapter_config.json", BYTES), ("adapter", "adapter/adapter_model.safetensors", BYTES),
    ("adapter", "adapter/adapter_model.safetensors", replace_file), ("adapter", "adapter/adapter_config.json", replace_file),
]


class Variant:
    """One spoiled input, made from its number alone."""

    def __init__(self, bases, seed, number, place):
        draw = random.Random(seed * 1_000_003 + number)
        self.number, self.place = number, Path(place)
        self.kind, file, act = draw.choice(TARGETS)
        self.place.mkdir(parents=True)
        spoiled = self.place / file
        shutil.copytree(bases.place / spoiled.relative_to(self.place).parts[0], self.place / file.split("/")[0])
        self.name = f"{number}: {file}, {act(draw, spoiled)}"
        own = {"data": bases.data[0].parent / "rows.jsonl", "model": bases.model, "adapter": None}
        if self.kind == "gguf":
            own["model"] = spoiled
        elif self.kind == "data":
            own["data"] = spoiled
        elif self.kind in own:
            own[self.kind] = spoiled.parent
        self.config = bases.config(self.place / "run.json", own["model"], own["data"], own["adapter"])

    def run(self):
        """(outcome, problem or None)"""
        before = sorted(path.relative_to(self.place) for path in self.place.rglob("*"))
        environment = dict(os.environ, LORI_HOME=str(self.place / "home"), OMP_NUM_THREADS="1")
        try:
            done = subprocess.run([app_common.lori_program(), "run", "--config", str(self.config), "--json"], capture_output=True,
                                  timeout=MOST_SECONDS, env=environment, check=False, stdin=subprocess.DEVNULL, preexec_fn=limit)
        except subprocess.TimeoutExpired:
            return "hangs", f"no answer within {MOST_SECONDS} s"
        return self.judged(done, before)

    def judged(self, done, before):
        error = done.stderr.decode("utf-8", "replace").strip()
        output = done.stdout.decode("utf-8", "replace")
        said = error.split("\n")[-1]
        ugly = [word for word in FOR_NOBODY if word in error + output]
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return "hangs", f"worked for {SECONDS} s without an answer"
        if done.returncode < 0 or done.returncode not in (0, 1, 2):
            return "crashes", f"ended with {done.returncode}: {error[-500:]!r}"
        if ugly:
            return "ugly", f"shows {ugly[0]!r}: {error[-500:]!r}"
        if done.returncode == 1:
            code = json.loads(output)["error"]["code"] if output.strip() else ""
            if code not in WORK_FAILED:
                return "failed", f"exit code 1 ({code}): {said[-400:]!r}"
        if done.returncode != 0 and (not said.startswith("lori: ") or sum(line.startswith("lori: ") for line in error.split("\n")) != 1):
            return "no sentence", repr(error[-500:])
        if done.returncode != 0 and len(said) > 1500:
            return "long", f"a sentence of {len(said)} letters: {said[:200]!r}"
        left = self.leftovers(before, finished=done.returncode == 0)
        if left:
            return "half-written", left
        return f"exit code {done.returncode}", None

    def leftovers(self, before, finished):
        for path in self.place.rglob("*"):
            below = path.relative_to(self.place)
            if below not in before and (below.parts[0] != "home" or ".tmp" in path.name or ".old" in path.name):
                return f"{below} was left behind"
        runs = self.place / "home" / "runs"
        for run in runs.iterdir() if runs.exists() else ():
            ended = app_common.terminal(run)
            if not (run / "config.json").exists() or ended != (["finished"] if finished else ["failed"]):
                return f"{run.name} ended with {ended}"
        return None


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="one variant alone, with what it said")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", help="folder for the inputs that were not refused well")
    options.add_argument("--list", action="store_true", help="say of each variant what came of it")
    given = options.parse_args()
    app_common.lori_program()
    with tempfile.TemporaryDirectory(prefix="lori-malformed-") as folder:
        bases = malformed_bases.Bases(Path(folder) / "valid")
        for model, data, adapter in [(bases.model, file, bases.adapter) for file in bases.data] + [(bases.gguf, bases.data[0], None)]:
            whole = Path(folder) / "whole"
            config = bases.config(Path(folder) / "whole.json", model, data, adapter)
            done = subprocess.run([app_common.lori_program(), "run", "--config", str(config)], capture_output=True, text=True, check=False,
                                  env=dict(os.environ, LORI_HOME=str(whole), OMP_NUM_THREADS="1"))
            if done.returncode != 0:
                sys.exit(f"the valid input does not work: {model.name}, {data.name}: {done.stderr[-600:]}")
        counts, bad = collections.Counter(), []

        def work(number):
            variant = Variant(bases, given.seed, number, Path(folder) / str(number))
            outcome, problem = variant.run()
            if problem and given.keep:
                shutil.copytree(variant.place, Path(given.keep) / str(number), symlinks=True, dirs_exist_ok=True)
            shutil.rmtree(variant.place, ignore_errors=True)
            return variant, outcome, problem

        numbers = [given.only] if given.only is not None else range(given.count)
        with ThreadPoolExecutor(given.jobs) as pool:
            for variant, outcome, problem in pool.map(work, numbers):
                counts[variant.kind, outcome] += 1
                if problem:
                    bad.append(f"{variant.name}\n    {outcome}: {problem}")
                    print(bad[-1], flush=True)
                elif given.list:
                    print(f"{variant.name}: {outcome}", flush=True)
    for (kind, outcome), count in sorted(counts.items()):
        print(f"{kind:8} {outcome:14} {count}")
    print(f"{sum(counts.values())} variants, {len(bad)} not as they must be")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
