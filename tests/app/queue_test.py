#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The queue from outside: order, refusals, failures, and ten mixed jobs whose worker and one of whose jobs are killed.

    queue_test.py [--seed N] [unittest's own arguments]

Passes when every job of the queue ends finished, in the queue's order and once (one attempt that finished, its artifacts once),
however often the worker is killed with SIGKILL, and `lori history check` agrees.
"""
import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
import unittest
from pathlib import Path

import app_common

DRAW = random.Random()


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def is_gone(pid):
    """Also true of a zombie that nobody has waited for yet."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True


class QueueTest(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home()
        self.addCleanup(self.home.close)
        self.addCleanup(self.end_what_works)

    def end_what_works(self):
        """Jobs live in sessions of their own: none may outlive the test."""
        for lock in self.home.root.glob("*/*/run.lock"):
            try:
                pid = read(lock)["pid"]
                if str(self.home.place) in Path(f"/proc/{pid}/environ").read_text(encoding="utf-8", errors="replace"):
                    os.kill(pid, signal.SIGKILL)
            except (OSError, ValueError):
                pass

    def lori(self, *arguments, code=0):
        done = self.home.lori(*arguments)
        self.assertEqual(done.returncode, code, (arguments, done.stderr[-800:] or done.stdout[-800:]))
        return done

    def answer(self, *arguments):
        return json.loads(self.lori(*arguments, "--json").stdout)

    def queue(self):
        return self.answer("queue", "list")

    def states(self):
        return [entry["state"] for entry in self.queue()["entries"]]

    def wait_for(self, condition, what, seconds=120):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            found = condition()
            if found:
                return found
            time.sleep(0.01)
        return self.fail(f"waited {seconds} s for {what}")

    def trained(self):
        """Two adapters and a mask of a run that was done before."""
        self.lori("run", "--config", self.home.config(steps=6))
        run = self.home.runs()[0]
        return run / "adapter/0-lori-d", run / "adapter/2-lori-s"

    def queue_ten(self):
        """Ten mixed jobs; their ids in the queue's order."""
        first, second = self.trained()
        out = self.home.place / "out"
        out.mkdir()
        evaluate = ("evaluate", "--model", self.home.model, "--device", "cpu", "--task", "maths", "--limit", 4, "--max-new", 4)
        commands = [
            ("run", "--config", self.home.config("one.json", steps=60, name="One")),
            evaluate,
            ("merge", first, second, "--method", "concat", "--preset", "equal", "--out", out / "merged"),
            ("interference", first, second),
            ("run", "--config", self.home.config("two.json", steps=60, name="Two", seed=9)),
            ("export", "--model", self.home.model, "--adapter", first, "--out", out / "whole", "--dtype", "f32"),
            ("mask", "compare", second, second),
            (*evaluate, "--adapter", first),
            ("merge", f"{first}=0.5", f"{second}=0.5", "--method", "linear", "--out", out / "mixed"),
            ("run", "--config", self.home.config("three.json", steps=300, name="Three", seed=11)),
        ]
        return [self.answer(*command, "--queue")["job"] for command in commands]

    def folder(self, job):
        return next(place / job for place in (self.home.root / "runs", self.home.root / "jobs") if (place / job).exists())

    def at_work(self):
        """Process ids of the jobs at work, by the locks they hold."""
        found = {}
        for entry in self.queue()["entries"]:
            if entry["state"] == "working":
                lock = self.folder(entry["job"]) / "run.lock"
                if lock.exists() and app_common.events(lock.parent):
                    found[entry["job"]] = read(lock)["pid"]
        return found

    def kill_the_worker(self, worker, seconds):
        """Lets it work for a moment; True when it was alive to be killed."""
        limit = time.monotonic() + seconds
        while worker.poll() is None and time.monotonic() < limit:
            time.sleep(0.005)
        if worker.poll() is None:
            worker.kill()
            worker.wait()
            return True
        return False

    def ended_once(self, jobs):
        began = []
        for job in jobs:
            events = app_common.events(self.folder(job))
            finished = [event for event in events if event["type"] == "finished"]
            self.assertEqual(len(finished), 1, job)
            self.assertEqual(app_common.terminal(self.folder(job)), ["finished"], job)
            self.assertEqual([event["seq"] for event in events], list(range(1, len(events) + 1)), job)
            began.append((events[0]["timeMs"], finished[0]["timeMs"]))
        for (_, before), (after, _) in zip(began, began[1:]):
            self.assertLessEqual(before, after, "a job began before the one ahead of it had finished")

    def test_ten_mixed_jobs_end_in_order_and_once_though_worker_and_job_are_killed(self):
        jobs = self.queue_ten()
        self.assertEqual([entry["job"] for entry in self.queue()["entries"]], jobs)
        kills = 0
        for _ in range(6):  # a worker that ended before it could be killed does not count
            if kills < 2 and "waiting" in self.states():
                kills += self.kill_the_worker(self.home.start("queue", "work"), DRAW.uniform(0.1, 1.5))
        self.assertEqual(kills, 2, "the worker was not killed twice")
        worker = self.home.start("queue", "work")
        # The last training is there to be killed; by now another job may be at work, which counts as well.
        job, pid = self.wait_for(lambda: next(iter(self.at_work().items()), None), "a job at work")
        time.sleep(DRAW.uniform(0, 0.2))
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it had just finished
        worker.wait(timeout=300)
        content = self.queue()
        self.assertEqual([entry["state"] for entry in content["entries"]], ["done"] * 10, (job, content))
        self.assertFalse(content["paused"])
        self.assertIsNone(content["worker"])
        self.ended_once(jobs)
        self.lori("history", "check")
        listed = {one["id"]: one["state"] for one in self.answer("history", "list", "--jobs")["jobs"]}
        self.assertEqual(listed, {job: "finished" for job in jobs if self.folder(job).parent.name == "jobs"})
        merges = self.answer("history", "artifacts", "--kind", "merge")["artifacts"]
        self.assertEqual(len(merges), 2)
        self.assertTrue(all(merge["present"] and all(parent["kind"] == "adapter" for parent in merge["parents"]) for merge in merges))
        self.lori("history", "rebuild")
        self.lori("history", "check")
        self.assertEqual(self.queue()["entries"], content["entries"])

    def test_a_job_that_is_lost_begins_again_three_times_at_most(self):
        job = self.answer("run", "--config", self.home.config(steps=3000), "--queue")["job"]
        worker = self.home.start("queue", "work")
        for attempt in (1, 2, 3):
            self.wait_for(lambda: sum(event["type"] == "started" for event in app_common.events(self.folder(job))) == attempt,
                          f"attempt {attempt}")
            os.kill(read(self.folder(job) / "run.lock")["pid"], signal.SIGKILL)
        worker.wait(timeout=60)
        content = self.queue()
        self.assertEqual((content["entries"][0]["state"], content["entries"][0]["attempts"]), ("failed", 3))
        self.assertIn("lost 3 times", content["entries"][0]["error"])
        self.assertTrue(content["paused"])

    def test_a_worker_that_was_killed_leaves_its_job_at_work_and_the_next_waits_for_it(self):
        job = self.answer("run", "--config", self.home.config(steps=200), "--queue")["job"]
        worker = self.home.start("queue", "work")
        self.wait_for(lambda: any(event["type"] == "step" for event in app_common.events(self.folder(job))), "a step")
        worker.kill()
        worker.wait()
        self.lori("queue", "work")
        self.assertEqual(self.states(), ["done"])
        self.assertEqual(sum(event["type"] == "started" for event in app_common.events(self.folder(job))), 1)
        self.ended_once([job])

    def test_a_failed_one_pauses_the_queue_or_not_as_it_was_told(self):
        first, second = self.trained()
        spare = self.home.place / "spare"
        shutil.copytree(first, spare)
        self.answer("interference", spare, second, "--queue", "--continue-on-error")
        self.answer("mask", "compare", second, second, "--queue")
        self.answer("interference", spare, second, "--queue")
        last = self.answer("interference", first, second, "--queue")["job"]
        shutil.rmtree(spare)
        self.lori("queue", "work", code=1)
        content = self.queue()
        self.assertEqual([entry["state"] for entry in content["entries"]], ["failed", "done", "failed", "waiting"])
        self.assertTrue(content["paused"] and content["entries"][0]["error"])
        self.lori("queue", "work")
        self.assertEqual(self.states()[3], "waiting")
        self.lori("queue", "continue")
        self.lori("queue", "work")
        self.assertEqual(self.states()[3], "done")
        self.assertEqual(self.answer("queue", "remove", "--ended")["removed"], 4)
        self.assertIn("finished already", self.lori("queue", "add", last, code=2).stderr)

    def test_order_times_and_refusals(self):
        first, second = self.trained()
        jobs = [self.answer("interference", first, second, "--queue")["job"] for _ in range(3)]
        self.lori("queue", "move", jobs[2], "--first")
        self.lori("queue", "move", jobs[0], "--last")
        self.assertEqual([entry["job"] for entry in self.queue()["entries"]], [jobs[2], jobs[1], jobs[0]])
        self.assertIn("already", self.lori("queue", "add", jobs[0], code=2).stderr)
        self.lori("queue", "remove", jobs[0])
        self.lori("queue", "add", jobs[0], "--at", "+2s", "--start")  # a worker begins with the others at once
        self.wait_for(lambda: self.states() == ["done"] * 3, "the started worker")
        began = app_common.events(self.folder(jobs[0]))[0]["timeMs"]
        self.assertGreaterEqual(began, self.queue()["entries"][2]["startAtMs"])
        folders = sorted((self.home.root / "jobs").iterdir())
        for time_ in ("soon", "24:00", "2026-13-01 22:00", "+2y"):
            self.assertIn("no time", self.lori("interference", first, second, "--queue", "--at", time_, code=2).stderr)
        self.assertEqual(sorted((self.home.root / "jobs").iterdir()), folders, "a refusal left a folder behind")
        self.assertIn("not in the queue", self.lori("queue", "move", "nothing", "--first", code=2).stderr)
        self.lori("queue", "pause")
        self.answer("interference", first, second, "--queue")
        self.assertTrue(self.answer("queue", "work")["paused"])

    def test_what_waits_can_be_changed_and_nothing_else(self):
        first, second = self.trained()
        job = self.answer("run", "--config", self.home.config(steps=4), "--queue")["job"]
        self.lori("queue", "edit", job, "--set", "adapter.rank=2", "--set", "seed=9", "--at", "+1h", "--continue-on-error")
        entry = self.queue()["entries"][0]
        self.assertTrue(entry["continueOnError"] and entry["startAtMs"] > time.time() * 1000)
        config = read(self.folder(job) / "config.json")
        self.assertEqual((config["adapter"]["rank"], config["seed"]), (2, 9))
        before = (self.folder(job) / "config.json").read_bytes()
        for setting, words in (("adapter.rank=0", "adapter.rank"), ("colour=1", "colour"), ("rank", "no '='")):
            refused = self.home.lori("queue", "edit", job, "--set", setting)
            self.assertIsNone(app_common.refusal_problem(refused, 2, words), setting)
        self.assertIsNone(app_common.refusal_problem(self.home.lori("queue", "edit", job), 2, "nothing to change"))
        self.assertEqual((self.folder(job) / "config.json").read_bytes(), before)
        self.lori("queue", "edit", job, "--at", "")
        merge = self.answer("merge", first, second, "--method", "magnitude", "--out", self.home.place / "merged", "--queue")["job"]
        self.lori("queue", "edit", merge, "--set", "density=0.25")
        self.assertEqual(read(self.folder(merge) / "job.json")["options"]["density"], 0.25)
        self.assertIsNone(app_common.refusal_problem(self.home.lori("queue", "edit", merge, "--set", "method=blend"), 2, "blend"))
        self.lori("queue", "work")
        self.assertEqual(self.states(), ["done", "done"])
        self.assertEqual(read(self.folder(job) / "adapter/0-lori-d/adapter_config.json")["r"], 2)
        self.assertIn("only what waits", self.lori("queue", "edit", job, "--set", "seed=1", code=2).stderr)

    def test_side_by_side_what_fits_and_alone_what_does_not_say(self):
        first, second = self.trained()
        runs = [self.answer("run", "--config", self.home.config(f"{seed}.json", steps=300, seed=seed), "--queue")["job"]
                for seed in (1, 2)]
        alone = self.answer("interference", first, second, "--queue")["job"]  # its plan says no memory
        self.lori("queue", "work", "--parallel", "auto")
        self.assertEqual(self.states(), ["done"] * 3)
        spans = []
        for job in (*runs, alone):
            events = app_common.events(self.folder(job))
            spans.append((events[0]["timeMs"], events[-1]["timeMs"]))
            self.assertEqual(app_common.terminal(self.folder(job)), ["finished"])
        if os.cpu_count() > 1:
            self.assertLess(spans[1][0], spans[0][1], "the second run waited for the first")
        self.assertGreaterEqual(spans[2][0], max(spans[0][1], spans[1][1]), "a job that must be alone was not")
        self.lori("history", "check")

    def test_a_killed_side_by_side_worker_loses_nothing(self):
        jobs = [self.answer("run", "--config", self.home.config(f"{seed}.json", steps=150, seed=seed), "--queue")["job"]
                for seed in (1, 2, 3)]
        for _ in range(2):
            self.kill_the_worker(self.home.start("queue", "work", "--parallel", "auto"), DRAW.uniform(0.3, 1.5))
        self.lori("queue", "work", "--parallel", "auto")
        self.assertEqual(self.states(), ["done"] * 3)
        for job in jobs:
            events = app_common.events(self.folder(job))
            self.assertEqual(sum(event["type"] == "finished" for event in events), 1)
            self.assertEqual(sum(event["type"] == "started" for event in events), 1, "a job that lived was begun again")
        self.lori("history", "check")

    def test_one_worker_and_no_queue_is_lost_with_the_database(self):
        job = self.answer("run", "--config", self.home.config(steps=200), "--queue")["job"]
        worker = self.home.start("queue", "work")
        self.wait_for(lambda: app_common.events(self.folder(job)), "an event")
        self.assertIn("another worker", self.lori("queue", "work", code=1).stderr)
        worker.kill()
        worker.wait()
        pid = read(self.folder(job) / "run.lock")["pid"]
        os.kill(pid, signal.SIGKILL)
        self.wait_for(lambda: is_gone(pid), "its end")
        for part in ("", "-wal", "-shm"):
            (self.home.root / f"history.sqlite{part}").unlink(missing_ok=True)
        self.assertEqual(self.states(), ["working"])
        self.lori("queue", "work")
        self.assertEqual(self.states(), ["done"])
        self.ended_once([job])
        self.lori("history", "check")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--seed", type=int, default=None)
    given, others = arguments.parse_known_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed} (repeat with --seed {seed})", flush=True)
    DRAW.seed(seed)
    app_common.lori_program()
    unittest.main(argv=[sys.argv[0], *others])
