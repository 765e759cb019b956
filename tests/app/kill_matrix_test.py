#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every kind of job, and the queue's worker, killed with SIGKILL at random moments and gone on with.

    kill_matrix_test.py [--kills N] [--seed N] [--only KIND,KIND…]          N is also read from LORI_KILLS; 2 without either

Passes when each job ends as an undisturbed one: the same result (ids, places and times apart), the same trained losses bit for bit,
one `finished` at its end, its events numbered without a gap, every file that they name there and whole, and `lori history check`
agrees. A resume that is refused must be refused well: one sentence, and nothing half-written.
"""
import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import struct
import sys
import threading
import time
from pathlib import Path

import app_common
import data_server

OWN_TO_AN_ATTEMPT = {"job", "run", "folder", "seconds", "result", "adapter", "mask", "sha256OfConfig", "resumed_from", "etaSeconds", "status"}


class Failure(Exception):
    pass


def read_json(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def is_whole(path):
    """Whether a file can be opened as what its name says."""
    path = Path(path)
    if path.is_dir():
        return all(is_whole(inner) for inner in path.rglob("*") if inner.is_file())
    if path.suffix == ".safetensors":
        size = path.stat().st_size
        with path.open("rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(length))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        return size == 8 + length + max(ends, default=0)
    if path.suffix == ".json":
        read_json(path)
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line)
    return True


def named_files(folder):
    """Every file and folder that the events of a job name as made by it."""
    for event in app_common.events(folder):
        if event["type"] == "artifact":
            yield folder / event["path"]
        elif event["type"] == "adapter":
            yield folder / event["folder"]
        elif event["type"] == "mask":
            yield folder / event["file"]
        elif event["type"] == "score" and event.get("items"):
            yield folder / event["items"]


class Matrix:
    def __init__(self, kills, draw):
        self.kills = kills
        self.draw = draw
        self.home = app_common.Home(rows=40)
        os.environ.update(no_proxy=data_server.HERE, NO_PROXY=data_server.HERE)  # no proxy between us and our own server
        self.server = data_server.Server()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.place = self.home.place
        self.number = 0
        self.base = self.place / "base"  # a home in which two adapters were trained
        self.home.root = self.base
        self.need(self.home.lori("run", "--config", self.home.config("first.json", steps=4)))
        run = self.home.runs()[0]
        self.adapters = []
        for stage in ("0-lori-d", "2-lori-s"):
            shutil.copytree(run / "adapter" / stage, self.place / "adapters" / stage)
            self.adapters.append(self.place / "adapters" / stage)
        app_common.empty_home(self.base)  # what it measured of this machine stays for all homes that follow

    @staticmethod
    def need(done):
        if done.returncode != 0:
            raise Failure(f"{' '.join(map(str, done.args[1:]))[:160]} ended with {done.returncode}: {done.stderr[-600:]}")
        return done

    def fresh(self):
        """A new home, and nothing that an attempt before left elsewhere."""
        self.number += 1
        self.home.root = self.place / f"home-{self.number}"
        app_common.empty_home(self.home.root, like=self.base)
        shutil.rmtree(self.place / "out", ignore_errors=True)
        (self.place / "out").mkdir()

    # ---- what is killed

    def sequence(self):
        source = {"file": str(self.home.rows), "promptTemplate": "plain"}
        run = json.loads(self.home.config("base.json").read_text(encoding="utf-8"))
        run.pop("stages")
        run["name"] = "Tasks"
        run["data"].pop("sources")
        run["evaluation"] = {"beforeTraining": False, "heldOutEverySteps": 0, "maxNewTokens": 4,
                             "tasks": [{"task": "maths", "limit": 4}]}
        stage = {"method": "lori-d", "sources": [source], "learningRate": 2e-3, "steps": 12, "batchRows": 4}
        file = self.place / "sequence.json"
        file.write_text(json.dumps({"run": run, "stages": [{"name": "One", **stage}, {"name": "Two", **stage}]}), encoding="utf-8")
        return file

    def recipe(self):
        source = {"file": str(self.home.rows), "promptTemplate": "plain"}
        run = {"model": str(self.home.model), "device": "cpu", "threads": 1, "data": {"sources": [source], "heldOutShare": 0.1},
               "adapter": {"rank": 4, "alpha": 8, "projectionSeed": "{seed}"}, "checkpoint": {"everySteps": 3},
               "evaluation": {"beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0}}
        file = self.place / "recipe.json"
        file.write_text(json.dumps({"id": "matrix", "title": "Matrix", "values": {"run": run}, "steps": [
            {"for": {"seed": [1, 2]}, "id": "dense-{seed}", "train": {"use": "run", "stages": [
                {"kind": "lori-d", "learningRate": 2e-3, "steps": 10, "batchRows": 4}]}},
            {"id": "meeting", "interference": {"adapters": ["@dense-1", "@dense-2"]}},
            {"id": "merged", "merge": {"adapters": ["@dense-1", "@dense-2"], "weights": [0.5, 0.5]}},
            {"id": "loss", "measure": {"model": str(self.home.model), "device": "cpu", "adapter": "@merged", "heldOutShare": 0.1,
                                       "losses": [{"name": "rows", "sources": [source], "rows": 4}]}}],
            "tables": [{"title": "Loss", "columns": [{"title": "rows", "score": "loss.rows"}],
                        "rows": [{"title": "merged", "step": "loss"}]}]}), encoding="utf-8")
        return file

    def many_rows(self):
        file = self.place / "many.jsonl"
        if not file.exists():
            row = {"question": "x" * 60, "answer": "y" * 200}
            file.write_text("".join(json.dumps({**row, "number": i}) + "\n" for i in range(30000)), encoding="utf-8")
        return file

    def commands(self):
        """Command of each kind; those that are run again to go on, instead of resumed, are marked."""
        first, second = self.adapters
        small = self.home.config("small.json", steps=12)
        return {
            "train": ("run", "--config", small),
            "sequence": ("sequence", "--config", self.sequence()),
            "recipe": ("recipe", "run", self.recipe()),
            "sweep": ("sweep", "--config", self.home.config("swept.json", steps=6), "--over", "sparsity=0.5,0.9", "--over", "seed=1,2"),
            "evaluate": ("evaluate", "--model", self.home.model, "--device", "cpu", "--threads", 1, "--task", "maths", "--limit", 6,
                         "--max-new", 6, "--adapter", first),
            "merge": ("merge", first, second, "--method", "concat", "--preset", "equal", "--out", self.place / "out/merged"),
            "interference": ("interference", first, second),
            "compare-masks": ("mask", "compare", second, second),
            "import": ("data", "import", "--file", self.many_rows(), "--out", self.place / "out/rows.jsonl"),
            "download": ("data", "get", "boolq", "--from", f"{self.server.address}/steady", "--folder", self.place / "out/data"),
            "export": ("export", "--model", self.home.model, "--adapter", first, "--out", self.place / "out/whole", "--dtype", "f32"),
        }

    # ---- what became of it

    def jobs(self):
        """Folders of all jobs and runs, children of graphs too."""
        return sorted(folder for place in ("runs", "jobs") for folder in (self.home.root / place).glob("[!.]*") if folder.is_dir())

    def kind_of(self, folder):
        if (folder / "job.json").exists():
            return read_json(folder / "job.json")["kind"]
        return "sequence" if (folder / "sequence.json").exists() else "train"

    def made(self, kind):
        return [folder for folder in self.jobs() if self.kind_of(folder) == kind]

    def plain(self, value, key=""):
        """A result without what belongs to one attempt."""
        if key == "files" and isinstance(value, list):
            return len(value)  # of a download: a later attempt finds some there already; what they hold is compared as files
        if isinstance(value, dict):
            return {name: self.plain(inner, name) for name, inner in value.items() if name not in OWN_TO_AN_ATTEMPT}
        if isinstance(value, list):
            return [self.plain(inner) for inner in value]
        if isinstance(value, str):
            return re.sub(r"home-\d+", "home", value)
        return value

    def outcome(self):
        """All that the jobs of this home computed."""
        found = []
        for folder in self.jobs():
            result = self.plain(read_json(folder / "result.json"))
            result.pop("secondsBefore", None)
            found.append((self.kind_of(folder), result, sorted(map(str, app_common.outcome(folder).items()))))
        outside = sorted((str(path.relative_to(self.place)), hashlib.sha256(path.read_bytes()).hexdigest())
                         for path in (self.place / "out").rglob("*") if path.is_file())
        return sorted(found, key=lambda one: json.dumps(one, sort_keys=True)) + outside

    def ended_well(self, expected, when):
        for folder in self.jobs():
            if app_common.terminal(folder) != ["finished"]:
                raise Failure(f"{when}: {folder.name} ends with {app_common.terminal(folder)}, expected exactly one 'finished'")
            numbers = [event["seq"] for event in app_common.events(folder)]
            if numbers != list(range(1, len(numbers) + 1)):
                raise Failure(f"{when}: the events of {folder.name} are not numbered 1, 2, 3 …")
            for file in named_files(folder):
                if not file.exists() or not is_whole(file):
                    raise Failure(f"{when}: {file} is named by the events of {folder.name} and is not whole")
        check = self.home.lori("history", "check")
        if check.returncode != 0:
            raise Failure(f"{when}: lori history check ended with {check.returncode}: {(check.stdout + check.stderr)[-600:]}")
        got = self.outcome()
        if expected is not None and got != expected:
            for mine, other in zip(got, expected):
                if mine != other:
                    raise Failure(f"{when}: {json.dumps(mine)[:900]}\nis not the undisturbed {json.dumps(other)[:900]}")
            raise Failure(f"{when}: {len(got)} jobs, undisturbed {len(expected)}")
        return got

    def end_what_works(self):
        """Jobs of the queue live in sessions of their own."""
        for lock in self.home.root.glob("*/*/run.lock"):
            try:
                pid = read_json(lock)["pid"]
                if str(self.place) in Path(f"/proc/{pid}/environ").read_text(encoding="utf-8", errors="replace"):
                    os.kill(pid, signal.SIGKILL)
            except (OSError, ValueError):
                pass

    # ---- killing

    def kill_once(self, command, span):
        """Starts it and kills it at a random moment, half of the time counted in events; False when it had ended before."""
        process = self.home.start(*command)
        began = time.monotonic()
        by_events = self.draw.random() < 0.6
        wanted = self.draw.randint(1, 12) if by_events else 0
        moment = self.draw.random() * span
        while process.poll() is None and time.monotonic() - began < (60 if by_events else moment):
            if by_events and sum(len(app_common.events(folder)) for folder in self.jobs()) >= wanted:
                time.sleep(self.draw.random() * 0.03)
                break
            time.sleep(0.002)
        alive = process.poll() is None
        if alive:
            process.kill()
        process.wait()
        return alive

    def go_on(self, kind, command, when):
        """Resumes what was begun, else begins; True when it was refused, well."""
        begun = [folder for folder in self.made(kind) if app_common.terminal(folder) != ["finished"]]
        finished = [folder for folder in self.made(kind) if app_common.terminal(folder) == ["finished"]]
        if finished and not begun:
            return False
        done = self.home.lori(*(("job", "resume", begun[0].name) if begun else command))
        if done.returncode == 0:
            return False
        problem = app_common.refusal_problem(done, done.returncode)
        if problem or not begun or app_common.terminal(begun[0]) != ["failed"]:
            raise Failure(f"{when}: going on ended with {done.returncode}: {problem or done.stderr[-500:]}")
        return True

    def kind(self, kind, command):
        self.fresh()
        began = time.monotonic()
        self.need(self.home.lori(*command))
        span = (time.monotonic() - began) * 1.02
        expected = self.ended_well(None, "undisturbed")
        hits = refused = tries = 0
        while hits < self.kills and tries < 10 * self.kills + 20:
            tries += 1
            self.fresh()
            if not self.kill_once(command, span):
                continue
            hits += 1
            when = f"{kind}, kill {hits}"
            if self.go_on(kind, command, when):
                refused += 1
                self.refused_well(when)
            else:
                self.ended_well(expected, when)
        if hits < self.kills:
            raise Failure(f"{kind}: only {hits} of {self.kills} kills hit a living process")
        print(f"{kind}: {hits} kills" + (f", {refused} refused cleanly" if refused else ""), flush=True)

    def refused_well(self, when):
        """What was refused left nothing half-written, and the history knows it as failed."""
        for path in (self.place / "out").iterdir():
            if not path.name.startswith(".") and not is_whole(path):
                raise Failure(f"{when}: {path} is half-written")
        self.need(self.home.lori("history", "check"))

    def queue(self):
        """Three jobs and a worker that is killed; each ends once, in order."""
        first, second = self.adapters
        for kill in range(1, self.kills + 1):
            self.fresh()
            jobs = []
            for command in (("run", "--config", self.home.config("small.json", steps=20)), ("interference", first, second),
                            ("merge", first, second, "--out", self.place / "out/queued")):
                jobs.append(json.loads(self.need(self.home.lori(*command, "--queue", "--json")).stdout)["job"])
            worker = self.home.start("queue", "work")
            limit = time.monotonic() + self.draw.random() * 2
            while worker.poll() is None and time.monotonic() < limit:
                time.sleep(0.002)
            if worker.poll() is None:
                worker.kill()
            worker.wait()
            self.need(self.home.lori("queue", "work"))
            self.ended_well(None, f"queue, kill {kill}")
            if len(self.jobs()) != 3:
                raise Failure(f"queue, kill {kill}: {len(self.jobs())} jobs, expected 3")
            for folder in self.jobs():
                if sum(event["type"] == "finished" for event in app_common.events(folder)) != 1:
                    raise Failure(f"queue, kill {kill}: {folder.name} was done twice")
        print(f"queue: {self.kills} kills", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--kills", type=int, default=int(os.environ.get("LORI_KILLS", "2")))
    arguments.add_argument("--seed", type=int, default=None)
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed} (repeat with --seed {seed})", flush=True)
    app_common.lori_program()
    matrix = None
    try:
        matrix = Matrix(given.kills, random.Random(seed))
        chosen = set(given.only.split(",")) - {""}
        for kind, command in matrix.commands().items():
            if not chosen or kind in chosen:
                matrix.kind(kind, command)
        if not chosen or "queue" in chosen:
            matrix.queue()
        print("PASS: every kind went on, or was refused cleanly, after each kill")
        return 0
    except Failure as failure:
        print(f"FAIL: {failure}")
        return 1
    finally:
        if matrix:
            matrix.end_what_works()
            matrix.home.close()


if __name__ == "__main__":
    sys.exit(main())
