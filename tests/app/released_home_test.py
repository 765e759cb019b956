#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A home that an earlier version of the program left (tests/app/released, made by the program of 2026-11-28, schema 2): its history opens
with the same content, can be checked and rebuilt, and its stopped and killed runs go on."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import app_common

RELEASED = Path(__file__).resolve().parent / "released"
OLD_PLACE = "/".join(("", "home", "someone", "small"))  # where the home was made


class ReleasedHome(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="lori-released-")
        self.addCleanup(self._folder.cleanup)
        self.place = Path(self._folder.name).resolve()
        for name in ("home", "model"):
            shutil.copytree(RELEASED / name, self.place / name)
        shutil.copy(RELEASED / "rows.jsonl", self.place)

    def lori(self, *arguments, code=0):
        done = subprocess.run([app_common.lori_program(), *arguments], capture_output=True, text=True, timeout=200, check=False,
                              cwd=self.place, env=dict(os.environ, LORI_HOME=str(self.place / "home"), OMP_NUM_THREADS="1"))
        self.assertEqual(done.returncode, code, done.stderr[-800:] or done.stdout[-800:])
        return done.stdout

    def run_named(self, word):
        return next(run for run in (self.place / "home/runs").iterdir() if f"-{word}-" in run.name)

    def assert_contains(self, now, then, where=""):
        """Whatever the older version said is said again; newer versions may say more."""
        if isinstance(then, dict):
            self.assertIsInstance(now, dict, where)
            for key, value in then.items():
                self.assertIn(key, now, where)
                self.assert_contains(now[key], value, f"{where}.{key}")
        elif isinstance(then, list):
            self.assertEqual(len(now), len(then), where)
            for index, (left, right) in enumerate(zip(now, then)):
                self.assert_contains(left, right, f"{where}[{index}]")
        elif isinstance(then, str):
            self.assertEqual(now.replace(str(self.place), OLD_PLACE), then, where)
        else:
            self.assertEqual(now, then, where)

    def assert_same_content(self):
        self.assert_contains(json.loads(self.lori("history", "list", "--json")),
                             json.loads((RELEASED / "expected/list.json").read_text()))
        for run in (self.place / "home/runs").iterdir():
            self.assert_contains(json.loads(self.lori("history", "show", run.name, "--json")),
                                 json.loads((RELEASED / f"expected/show-{run.name}.json").read_text()), run.name)

    def steps(self, run):
        return {(e["stage"], e["step"]): e["loss"] for e in app_common.events(run) if e["type"] == "step"}

    def test_the_history_opens_and_is_rebuilt_with_the_same_content(self):
        for run in (self.place / "home/runs").iterdir():  # the folders have moved
            self.lori("history", "import", str(run))
        self.assert_same_content()
        self.lori("history", "check")
        self.lori("history", "rebuild")
        self.assert_same_content()
        self.lori("history", "check")

    def test_a_finished_run_and_a_finished_sequence_say_their_results_again(self):
        for word, command in (("finished", "run"), ("tasks", "sequence")):
            run = self.run_named(word)
            before = (run / "events.jsonl").read_bytes()
            result = json.loads(self.lori(command, "--resume", run.name, "--json"))
            self.assert_contains(result["stages"], json.loads((run / "result.json").read_text())["stages"])
            self.assertEqual((run / "events.jsonl").read_bytes(), before)

    def test_a_stopped_and_a_killed_run_go_on(self):
        for word in ("stopped", "killed"):
            run = self.run_named(word)
            before = self.steps(run)
            self.lori("run", "--resume", run.name, "--json")
            after = self.steps(run)
            self.assertEqual(len(after), 200, word)
            for place, loss in before.items():  # on the machine that made them even the bits are equal
                self.assertAlmostEqual(after[place], loss, delta=1e-4 * max(1, abs(loss)), msg=f"{word} {place}")
        self.lori("history", "check")


if __name__ == "__main__":
    unittest.main()
