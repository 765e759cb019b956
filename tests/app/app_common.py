# SPDX-License-Identifier: Apache-2.0
"""What the tests of the `lori` program share: a home of their own, small runs, and how a refusal must look."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
SKIP = 77
sys.path.insert(0, str(SOURCE / "tests/support"))
import make_tiny_model  # noqa: E402

NOT_FOR_PEOPLE = ("terminate called", "what():", "Traceback", "c10::", "nlohmann", "json.exception", "std::", "Exception raised from",
                  "core dumped", "Segmentation", "AddressSanitizer")


def lori_program():
    program = os.environ.get("LORI_PROGRAM", "")
    if not program or not Path(program).exists():
        print("SKIPPED: LORI_PROGRAM names no built lori")
        sys.exit(SKIP)
    return program


def same_products(root, like):
    """Makes `root` use the matrix products that the home `like` has found faster here: measured anew beside other work it may come
    out otherwise, and bits are only equal with the same ones."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(like / "products.json", root / "products.json")


def empty_home(root, like=None):
    """Empties a home but for its choice of matrix products. `like`: the home that has measured, when it is another one."""
    measured = (like or root) / "products.json"
    kept = measured.read_bytes() if measured.exists() else None
    shutil.rmtree(root, ignore_errors=True)
    if kept is not None:
        root.mkdir(parents=True)
        (root / "products.json").write_bytes(kept)


class Home:
    """A temporary LORI_HOME with a tiny model and rows beside it."""

    def __init__(self, rows=60):
        self._folder = tempfile.TemporaryDirectory(prefix="lori-test-")
        self.place = Path(self._folder.name)
        self.model = make_tiny_model.make_tiny_model(self.place / "tiny")
        self.rows = make_tiny_model.write_rows(self.place / "rows.jsonl", rows)
        self.root = self.place / "home"

    def close(self):
        self._folder.cleanup()

    def environment(self, root=None):
        return dict(os.environ, LORI_HOME=str(root or self.root), OMP_NUM_THREADS="1")

    def lori(self, *arguments, root=None, timeout=120):
        return subprocess.run([lori_program(), *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                              env=self.environment(root), check=False, stdin=subprocess.DEVNULL)

    def start(self, *arguments, root=None):
        return subprocess.Popen([lori_program(), *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                stdin=subprocess.DEVNULL, env=self.environment(root))

    def config(self, file="config.json", steps=30, rank=4, **changes):
        """Writes a run of LoRI-D, mask and LoRI-S on the tiny model; `changes` replace whole top-level fields."""
        train = {"learningRate": 2e-3, "steps": steps, "batchRows": 4}
        config = {"name": "Small run", "model": str(self.model), "device": "cpu", "seed": 5, "threads": 1,
                  "data": {"sources": [{"file": str(self.rows), "promptTemplate": "plain"}], "heldOutShare": 0.1},
                  "adapter": {"rank": rank, "alpha": 2 * rank},
                  "stages": [{"kind": "lori-d", **train}, {"kind": "mask", "mask": {"sparsity": 0.8}}, {"kind": "lori-s", **train}],
                  "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 10},
                  "checkpoint": {"everySteps": 5, "keep": 2}, **changes}
        path = self.place / file
        path.write_text(json.dumps(config), encoding="utf-8")
        return path

    def runs(self, root=None):
        """Every run folder, also half-made ones."""
        folder = Path(root or self.root) / "runs"
        return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.exists() else []


def events(run):
    """The complete lines of a run's events.jsonl."""
    file = Path(run) / "events.jsonl"
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1] if line.strip()]


def outcome(run):
    """What a run computed and nothing of when: the newest line of each (stage, step), and the files' hashes."""
    found = {}
    for event in events(run):
        if event["type"] in ("step", "heldout"):
            found[event["type"], event["stage"], event["step"]] = (repr(event["loss"]), repr(event.get("gradNorm")))
        elif event["type"] == "adapter":
            found["adapter", event["stage"]] = event["sha256"]
        elif event["type"] == "mask":
            found["mask", event["stage"]] = (event["kept"], event["total"], repr(event["threshold"]))
        elif event["type"] == "seal":
            found["seal", event["stage"]] = (event["aUnchanged"], event["baseUnchanged"], event["outsideMaskZero"], event["aHash"])
    return found


def terminal(run):
    """The terminal events after the newest `started`."""
    last = []
    for event in events(run):
        if event["type"] == "started":
            last = []
        elif event["type"] in ("finished", "stopped", "failed"):
            last.append(event["type"])
    return last


def refusal_problem(done, code, *words):
    """None when a call was refused well: the exit code, and one sentence that ends standard error (progress may stand before it)."""
    lines = done.stderr.strip().split("\n")
    text = lines[-1]
    if done.returncode != code:
        return f"exit code {done.returncode}, expected {code}; it said: {text[-400:] or done.stdout[-400:]!r}"
    if not text.startswith("lori: ") or sum(line.startswith("lori: ") for line in lines) != 1:
        return f"expected one sentence at the end of standard error, got {done.stderr[-600:]!r}"
    ugly = [word for word in NOT_FOR_PEOPLE if word in done.stderr]
    if ugly:
        return f"the sentence shows the program's insides ({ugly[0]}): {text[:400]!r}"
    missing = [word for word in words if word.lower() not in text.lower()]
    if missing:
        return f"the sentence does not name {missing[0]!r}: {text[:400]!r}"
    return None
