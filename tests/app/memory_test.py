#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory that runs out: a real worker under a limit of its address space, in a step and a base model that need more.
One sentence that says so, exit code 1, the code out_of_memory in the run's last event, and a way on once there is memory."""
import json
import resource
import subprocess
import unittest

import app_common

LIMIT = 3 << 30  # bytes of address space: plenty for the program and its small model


def limited(bytes_):
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_))


class Memory(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home()
        self.addCleanup(self.home.close)

    def lori(self, *arguments, limit=LIMIT):
        return subprocess.run([app_common.lori_program(), *map(str, arguments)], capture_output=True, text=True, timeout=300,
                              env=self.home.environment(), check=False, stdin=subprocess.DEVNULL, preexec_fn=limited(limit))

    def large_step(self):
        """One step of 1,500 rows of some 900 tokens: the activations of its first layer alone pass the limit."""
        rows = self.home.place / "long.jsonl"
        text = "one and two and three and four " * 90
        with open(rows, "w", encoding="utf-8") as file:
            for number in range(1500):
                file.write(json.dumps({"instruction": f"{number} {text}", "output": "ten"}) + "\n")
        data = {"sources": [{"file": str(rows), "promptTemplate": "plain"}], "heldOutShare": 0, "maxTokens": 1000,
                "maxPromptTokens": 900}
        stages = [{"kind": "lori-d", "learningRate": 1e-3, "steps": 1, "batchRows": 1500}]
        return self.home.config("large.json", data=data, stages=stages)

    def assert_says_memory(self, done):
        problem = app_common.refusal_problem(done, 1, "not enough memory")
        self.assertIsNone(problem, problem)
        for word in ("frame #", "report", "alloc_cpu"):
            self.assertNotIn(word, done.stderr)

    def test_the_limit_is_enough_for_a_small_run(self):
        done = self.lori("run", "--config", self.home.config(steps=3))
        self.assertEqual(done.returncode, 0, done.stderr[-600:])

    def test_a_step_that_needs_too_much_fails_with_its_own_code(self):
        self.assert_says_memory(self.lori("run", "--config", self.large_step()))
        run = self.home.runs()[0]
        self.assertEqual(app_common.terminal(run), ["failed"])
        error = app_common.events(run)[-1]["error"]
        self.assertEqual(error["code"], "out_of_memory")
        self.assertNotIn("\n", error["what"])

    def test_a_model_larger_than_memory(self):
        """A sparse file of eight gigabytes: it takes no room on the disk, but its address space cannot be had."""
        weights = self.home.model / "model.safetensors"
        with open(weights, "r+b") as file:
            file.truncate(8 << 30)
        self.assert_says_memory(self.lori("run", "--config", self.home.config()))


if __name__ == "__main__":
    app_common.lori_program()
    unittest.main()
