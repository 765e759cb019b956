#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trouble around a run: full disk, killed worker, two programs on one history, a database that is locked, damaged or newer, a
model that has gone. One sentence each, nothing lost, and a way on from there."""
import os
import shutil
import sqlite3
import subprocess
import time
import unittest

import app_common


class Trouble(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home()
        self.addCleanup(self.home.close)

    def assert_refused(self, done, code, *words):
        problem = app_common.refusal_problem(done, code, *words)
        self.assertIsNone(problem, problem)

    def assert_done(self, done):
        self.assertEqual(done.returncode, 0, done.stderr[-600:] or done.stdout[-600:])

    def run_whole(self, root=None, **options):
        """An uninterrupted run; returns its folder."""
        before = set(self.home.runs(root))
        self.assert_done(self.home.lori("run", "--config", self.home.config(**options), root=root))
        return (set(self.home.runs(root)) - before).pop()

    def run_killed(self, **options):
        """A run whose worker was killed after some steps; returns its folder."""
        worker = self.home.start("run", "--config", self.home.config(steps=400, **options))
        limit = time.monotonic() + 60
        while time.monotonic() < limit and worker.poll() is None:
            if any(event["type"] == "checkpoint" for run in self.home.runs() for event in app_common.events(run)):
                break
            time.sleep(0.002)
        self.assertIsNone(worker.poll(), "the worker ended before it could be killed")
        worker.kill()
        worker.wait()
        return self.home.runs()[0]

    def test_a_killed_worker_is_seen_and_its_run_resumes(self):
        run = self.run_killed()
        self.assertEqual(app_common.terminal(run), [])
        listed = self.home.lori("history", "list", "--json")
        self.assert_done(listed)
        self.assertIn(run.name, listed.stdout)
        self.assertNotIn('"running"', listed.stdout)
        self.assert_done(self.home.lori("run", "--resume", run.name))
        self.assertEqual(app_common.terminal(run), ["finished"])
        self.assert_done(self.home.lori("history", "check"))

    def test_a_second_worker_on_one_run_is_refused(self):
        run = self.run_killed()
        first = self.home.start("run", "--resume", run.name)
        limit = time.monotonic() + 60
        while time.monotonic() < limit and sum(event["type"] == "started" for event in app_common.events(run)) < 2:
            time.sleep(0.002)
        second = self.home.lori("run", "--resume", run.name)
        alive = first.poll() is None
        first.wait()
        self.assertTrue(alive, "the first worker ended too early for this test")
        self.assert_refused(second, 1, str(first.pid))
        self.assertEqual(app_common.terminal(run), ["finished"])

    def test_two_programs_on_one_history(self):
        workers = [self.home.start("run", "--config", self.home.config(f"{n}.json", name=f"Program {n}")) for n in (1, 2)]
        self.assertEqual([worker.wait(120) for worker in workers], [0, 0])
        self.assertEqual(len(self.home.runs()), 2)
        self.assertEqual(*[app_common.outcome(run) for run in self.home.runs()])
        self.assert_done(self.home.lori("history", "check"))

    def test_a_model_that_has_gone(self):
        run = self.run_killed()
        away = self.home.place / "away"
        self.home.model.rename(away)
        self.assert_refused(self.home.lori("run", "--resume", run.name), 2, "tiny")
        away.rename(self.home.model)
        self.assert_done(self.home.lori("run", "--resume", run.name))
        self.assertEqual(app_common.terminal(run), ["finished"])

    def test_a_model_that_was_exchanged(self):
        run = self.run_killed()
        app_common.make_tiny_model.make_tiny_model(self.home.model, seed=8)
        self.assert_refused(self.home.lori("run", "--resume", run.name), 2)

    def test_a_locked_history_loses_nothing(self):
        self.run_whole()
        lock = sqlite3.connect(self.home.root / "history.sqlite", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        locked = self.home.lori("run", "--config", self.home.config("second.json"))
        lock.rollback()
        lock.close()
        self.assertIn(locked.returncode, (0, 1))
        if locked.returncode == 1:
            self.assert_refused(locked, 1)
        for run in self.home.runs():
            self.assertEqual(app_common.terminal(run), ["finished"])
        self.assert_done(self.home.lori("history", "import"))
        self.assert_done(self.home.lori("history", "check"))

    def test_a_damaged_history_is_refused_and_rebuilt(self):
        run = self.run_whole()
        file = self.home.root / "history.sqlite"
        for name in ("history.sqlite-wal", "history.sqlite-shm"):
            (self.home.root / name).unlink(missing_ok=True)
        file.write_bytes(b"not a database at all " * 400)
        self.assert_refused(self.home.lori("history", "list"), 2, "history.sqlite", "rebuild")
        self.assert_done(self.home.lori("history", "rebuild"))
        self.assertIn(run.name, self.home.lori("history", "list", "--json").stdout)
        self.assert_done(self.home.lori("history", "check"))

    def test_a_newer_history_is_left_alone(self):
        self.run_whole()
        file = self.home.root / "history.sqlite"
        with sqlite3.connect(file) as newer:
            newer.execute("PRAGMA user_version = 9999")
        newer.close()
        before = file.read_bytes()
        self.assert_refused(self.home.lori("history", "list"), 2, "newer")
        self.assertEqual(file.read_bytes(), before)

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small disk needs root")
    def test_a_full_disk_stops_the_run_and_nothing_is_lost(self):
        expected = app_common.outcome(self.run_whole(steps=40, rank=32))
        disk = self.home.place / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("this machine does not allow mounting a small disk")
        self.addCleanup(subprocess.run, ["umount", "-l", str(disk)], check=False)
        app_common.same_products(disk, like=self.home.root)
        full = self.home.lori("run", "--config", self.home.config(steps=40, rank=32), root=disk)
        self.assert_refused(full, 1, "space")
        run = self.home.runs(disk)[0]
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        self.assert_done(self.home.lori("run", "--resume", run.name, root=disk))
        self.assertEqual(app_common.outcome(run), expected)
        self.assertEqual(app_common.terminal(run), ["finished"])
        self.assert_done(self.home.lori("history", "import", root=disk))
        self.assert_done(self.home.lori("history", "check", root=disk))

    def test_a_home_that_cannot_be_written(self):
        shutil.rmtree(self.home.root, ignore_errors=True)
        self.home.root.write_text("a file where the folder should be")
        done = self.home.lori("run", "--config", self.home.config())
        self.assertIn(done.returncode, (1, 2))
        self.assert_refused(done, done.returncode, "home")


if __name__ == "__main__":
    app_common.lori_program()
    unittest.main()
