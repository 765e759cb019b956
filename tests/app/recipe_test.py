#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`lori recipe` from outside: a recipe that is killed goes on and ends as one that never was; refusals; what is left to do."""
import json
import signal
import time
import unittest

import app_common


class Recipes(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home()
        self.addCleanup(self.home.close)

    def recipe(self, steps=30, **changes):
        """LoRI-D and LoRI-S on two seeds, one merge, one measurement."""
        source = {"file": str(self.home.rows), "promptTemplate": "plain"}
        run = {"model": str(self.home.model), "device": "cpu", "threads": 1, "data": {"sources": [source], "heldOutShare": 0.1},
               "adapter": {"rank": 4, "alpha": 8, "projectionSeed": "{seed}"}, "checkpoint": {"everySteps": 5},
               "evaluation": {"beforeTraining": False, "afterEachStage": False, "heldOutEverySteps": 0}}
        train = {"learningRate": 2e-3, "steps": steps, "batchRows": 4}
        recipe = {"id": "outside", "title": "From outside", "values": {"run": run}, "steps": [
            {"for": {"seed": [1, 2]}, "id": "dense-{seed}", "train": {"use": "run", "stages": [{"kind": "lori-d", **train}]}},
            {"for": {"seed": [1, 2]}, "id": "sparse-{seed}", "train": {"use": "run", "stages": [
                {"kind": "mask", "fromAdapter": "@dense-{seed}", "mask": {"sparsity": 0.8}},
                {"kind": "lori-s", "fromAdapter": "@dense-{seed}", **train}]}},
            {"id": "merged", "merge": {"adapters": ["@sparse-1", "@sparse-2"], "weights": [0.5, 0.5]}},
            {"id": "loss", "measure": {"model": str(self.home.model), "device": "cpu", "adapter": "@merged", "heldOutShare": 0.1,
                                       "losses": [{"name": "rows", "sources": [source], "rows": 8}]}}],
            "tables": [{"title": "Loss", "columns": [{"title": "rows", "score": "loss.rows"}],
                        "rows": [{"title": "merged", "step": "loss"}]}], **changes}
        file = self.home.place / "recipe.json"
        file.write_text(json.dumps(recipe), encoding="utf-8")
        return file

    def run_recipe(self, *arguments, root=None, **changes):
        done = self.home.lori("recipe", "run", self.recipe(**changes), "--json", *arguments, root=root)
        self.assertEqual(done.returncode, 0, done.stderr[-600:])
        return json.loads(done.stdout)

    def kill_in_training(self, which):
        """SIGKILL once the run of a step has a checkpoint."""
        worker = self.home.start("recipe", "run", self.recipe())
        limit = time.monotonic() + 60
        while time.monotonic() < limit and worker.poll() is None:
            if any(event["type"] == "checkpoint" for run in self.home.runs() if which in run.name for event in app_common.events(run)):
                break
            time.sleep(0.002)
        self.assertIsNone(worker.poll(), "the recipe ended before it could be killed")
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def test_a_killed_recipe_goes_on_to_the_same_numbers(self):
        whole = self.home.place / "whole"
        expected = self.run_recipe(root=whole)["tables"]
        app_common.same_products(self.home.root, like=whole)
        for which in ("dense-1", "sparse-1", "sparse-2"):
            self.kill_in_training(which)
        self.assertEqual(self.run_recipe()["tables"], expected)
        self.assertEqual([run.name for run in self.home.runs()], [run.name for run in self.home.runs(whole)])
        for mine, other in zip(self.home.runs(), self.home.runs(whole)):
            self.assertEqual(app_common.outcome(mine), app_common.outcome(other), mine.name)
            self.assertEqual(app_common.terminal(mine), ["finished"])

    def test_the_plan_says_what_is_done(self):
        self.run_recipe()
        plan = self.run_recipe("--plan")
        self.assertEqual([step["done"] for step in plan["steps"]], [True] * 6)
        self.assertEqual(plan["secondsLeft"], 0)

    def test_refusals_are_one_sentence(self):
        nobody = self.home.lori("recipe", "run", "nobody")
        self.assertIsNone(app_common.refusal_problem(nobody, 2, "small-story"))
        without = self.home.lori("recipe", "run", "small-story")
        self.assertIsNone(app_common.refusal_problem(without, 2, "--data"))
        broken = self.home.place / "broken.json"
        broken.write_text("{\n\"id\": ", encoding="utf-8")
        self.assertIsNone(app_common.refusal_problem(self.home.lori("recipe", "run", broken), 2, "line 2"))
        ring = json.loads(self.recipe().read_text(encoding="utf-8"))
        ring["steps"][2]["merge"]["adapters"] = ["@merged", "@sparse-1"]
        broken.write_text(json.dumps(ring), encoding="utf-8")
        self.assertIsNone(app_common.refusal_problem(self.home.lori("recipe", "run", broken), 2, "@merged", "earlier"))
        ring["steps"][2]["merge"] = {"adapters": ["@sparse-1", "@sparse-2"], "weights": [1]}
        broken.write_text(json.dumps(ring), encoding="utf-8")
        self.assertIsNone(app_common.refusal_problem(self.home.lori("recipe", "run", broken), 2, "step merged", "1 weights"))
        self.assertEqual(self.home.runs(), [], "something was begun")

    def test_a_damaged_result_is_done_again(self):
        first = self.run_recipe()["tables"]
        results = [folder / "result.json" for folder in (self.home.root / "jobs").iterdir()
                   if json.loads((folder / "job.json").read_text(encoding="utf-8"))["kind"] == "measure"]
        self.assertEqual(len(results), 1)
        results[0].write_text("{", encoding="utf-8")
        self.assertEqual(self.run_recipe()["tables"], first)


if __name__ == "__main__":
    unittest.main()
