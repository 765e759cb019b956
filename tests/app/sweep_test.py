#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`lori sweep` from outside: its plan, its result, what is found, refusals, a failed point, and one that is killed."""
import json
import signal
import time
import unittest

import app_common


class Sweeps(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home()
        self.addCleanup(self.home.close)

    def lori(self, *arguments, code=0, root=None):
        done = self.home.lori(*arguments, root=root)
        self.assertEqual(done.returncode, code, done.stderr[-800:] or done.stdout[-800:])
        return done

    def sweep(self, *arguments, steps=6, code=0, root=None):
        command = ("sweep", "--config", self.home.config(steps=steps), "--over", "sparsity=0.5,0.9", "--over", "seed=1,2,3")
        return json.loads(self.lori(*command, *arguments, "--json", code=code, root=root).stdout)

    def test_the_plan_and_the_result(self):
        plan = self.sweep("--plan")
        self.assertEqual((plan["trainings"], plan["done"]), (6, 0))
        self.assertTrue(plan["seconds"] > 0 and plan["memoryBytes"] > 0 and plan["diskBytes"] > 0)
        self.assertEqual(self.home.runs(), [])
        result = self.sweep()
        self.assertEqual([point["values"] for point in result["points"]],
                         [{"sparsity": s, "seed": seed} for s in (0.5, 0.9) for seed in (1, 2, 3)])
        self.assertEqual(len(self.home.runs()), 6)
        for group in result["groups"]:
            losses = [point["scores"]["loss.heldout"]["value"] for point in result["points"]
                      if point["values"]["sparsity"] == group["values"]["sparsity"]]
            summary = group["scores"]["loss.heldout"]
            mean = sum(losses) / 3
            self.assertAlmostEqual(summary["mean"], mean)
            self.assertAlmostEqual(summary["sd"], (sum((loss - mean) ** 2 for loss in losses) / 2) ** 0.5)
        text = self.lori("job", "show", result["job"]).stdout
        self.assertIn("±", text)
        again = self.sweep("--plan")
        self.assertEqual((again["done"], again["seconds"]), (6, 0))
        self.assertEqual(self.sweep()["points"], result["points"])
        self.assertEqual(len(self.home.runs()), 6)
        listed = json.loads(self.lori("history", "list", "--json").stdout)["runs"]
        self.assertEqual(len(listed), 6)
        self.lori("history", "check")

    def test_a_point_that_fails_is_named(self):
        files = json.dumps([str(self.home.place / "nothing.jsonl"), str(self.home.rows)])
        command = ("sweep", "--config", self.home.config(steps=2), "--over", f"data.sources[0].file={files}", "--json")
        self.assertIn("nothing.jsonl", self.lori(*command, code=2).stderr)
        result = json.loads(self.lori(*command, "--continue-on-error", code=1).stdout)
        self.assertEqual([point["state"] for point in result["points"]], ["failed", "done"])
        self.assertIn("nothing.jsonl", result["points"][0]["error"])
        self.lori("history", "check")

    def test_refusals_are_one_sentence_and_leave_nothing(self):
        config = self.home.config()
        for words, arguments in ((("--over",), ("--over", "rank")), (("adapter.rank",), ("--over", "rank=0")),
                                 (("colour",), ("--over", "colour=1")), (("twice",), ("--over", "rank=4", "--over", "rank=8"))):
            refused = self.home.lori("sweep", "--config", config, *arguments)
            self.assertIsNone(app_common.refusal_problem(refused, 2, *words), arguments)
        self.assertEqual(self.home.runs(), [])
        self.assertFalse((self.home.root / "jobs").exists())

    def test_a_killed_sweep_goes_on_to_the_same_losses(self):
        whole = self.home.place / "whole"
        expected = self.sweep(steps=30, root=whole)["groups"]
        app_common.same_products(self.home.root, like=whole)
        for steps in (20, 100, 200):
            worker = self.home.start("sweep", "--config", self.home.config(steps=30), "--over", "sparsity=0.5,0.9", "--over",
                                     "seed=1,2,3")
            limit = time.monotonic() + 60
            while time.monotonic() < limit and worker.poll() is None:
                if sum(event["type"] == "step" for run in self.home.runs() for event in app_common.events(run)) >= steps:
                    break
                time.sleep(0.002)
            self.assertIsNone(worker.poll(), "the sweep ended before it could be killed")
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        self.assertEqual(self.sweep(steps=30)["groups"], expected)
        self.assertEqual([run.name for run in self.home.runs()], [run.name for run in self.home.runs(whole)])
        for mine, other in zip(self.home.runs(), self.home.runs(whole)):
            self.assertEqual(app_common.outcome(mine), app_common.outcome(other), mine.name)
            self.assertEqual(app_common.terminal(mine), ["finished"])
        jobs = list((self.home.root / "jobs").iterdir())
        self.assertEqual(len(jobs), 1, "the killed sweep was begun anew instead of gone on with")
        self.lori("history", "check")


if __name__ == "__main__":
    unittest.main()
