#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`lori data get` against a local server: whole, resumed, changed, cut, wrong, stopped. Nothing of the internet is asked."""
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import app_common
import data_server

BOOLQ = Path("nlu/boolq/test.jsonl")
HOST = "https://raw.githubusercontent.com"
GSM8K = Path("math/gsm8k/test.jsonl")


class DownloadTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = data_server.Server()
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()

    def setUp(self):
        self.server.requests.clear()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name) / "data"

    def tearDown(self):
        self._folder.cleanup()

    def command(self, behaviour, *arguments):
        return [app_common.lori_program(), "data", "get", *arguments, "--from", f"{self.server.address}/{behaviour}",
                "--folder", str(self.folder), "--json"]

    def environment(self):
        # A proxy of the machine must not come between this test and its own server.
        return dict(os.environ, LORI_HOME=str(self.folder.parent / "home"), no_proxy=data_server.HERE, NO_PROXY=data_server.HERE)

    def get(self, behaviour, *arguments):
        return subprocess.run(self.command(behaviour, *arguments), capture_output=True, text=True, timeout=120,
                              env=self.environment(), check=False, stdin=subprocess.DEVNULL)

    def succeeds(self, behaviour, *arguments):
        done = self.get(behaviour, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["files"]

    def refused(self, behaviour, code, *words, arguments=("boolq",)):
        done = self.get(behaviour, *arguments)
        problem = app_common.refusal_problem(done, code, *words)
        self.assertIsNone(problem, f"{behaviour}: {problem}")
        self.assertFalse((self.folder / BOOLQ).exists(), "a final file although it was refused")
        return done

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())

    def rows(self, target=BOOLQ):
        return [json.loads(line) for line in (self.folder / target).read_text(encoding="utf-8").split("\n")[:-1]]

    def published(self, version=1, url="boolq/test.json"):
        path = next(entry[0] for entry in self.server.requests if entry[0].endswith(url)).split("/", 2)[2]
        return json.loads(data_server.content(path, version))

    def test_a_set_comes_whole_in_the_layout_of_the_benchmarks(self):
        files = self.succeeds("plain", "boolq")
        self.assertEqual(self.files(), ["nlu/boolq/test.jsonl", "nlu/boolq/train.jsonl"])
        self.assertEqual(self.rows(), self.published())
        self.assertEqual([file["rows"] for file in files], [data_server.ROWS] * 2)
        self.assertEqual({file["verified"] for file in files}, {False})  # no hash is known, and that is said
        again = self.succeeds("plain", "boolq")
        self.assertEqual({file["status"] for file in again}, {"already there"})
        self.assertEqual(len(self.server.requests), 2)

    def test_every_way_of_serving_gives_the_same_rows(self):
        for behaviour in ("plain", "dated", "weak", "bare", "norange", "refuse", "redirect"):
            with self.subTest(behaviour):
                self.folder = Path(self._folder.name) / behaviour
                self.succeeds(behaviour, "boolq")
                self.assertEqual(self.rows(), self.published())

    def test_a_cut_download_goes_on_where_it_stopped(self):
        self.refused("cut", 1, "broke off", "again")
        left = (self.folder / BOOLQ).with_suffix(".jsonl.part").stat().st_size
        self.assertGreater(left, 1000)
        done = self.get("cut", "boolq")  # the test file ends well; the train file is cut now
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.rows(), self.published())
        resumed = [entry for entry in self.server.requests if entry[1]]
        self.assertEqual(resumed[0][1], f"bytes={left}-")
        self.assertEqual(resumed[0][3], 206)
        self.assertTrue(resumed[0][2], "the rest must be asked for on condition that the version is the same")
        files = self.succeeds("cut", "boolq")
        self.assertGreater(files[1]["resumed_from"], 1000)
        self.assertEqual(self.files(), ["nlu/boolq/test.jsonl", "nlu/boolq/train.jsonl"])

    def test_a_file_that_changed_meanwhile_is_fetched_anew(self):
        for behaviour in ("changing", "changingweak"):
            with self.subTest(behaviour):
                self.folder = Path(self._folder.name) / behaviour
                self.server.requests.clear()
                self.refused(behaviour, 1, "broke off")
                self.get(behaviour, "boolq")
                self.assertEqual(self.rows(), self.published(version=2))

    def test_a_part_that_cannot_be_continued_is_fetched_anew(self):
        for behaviour in ("liar", "refuse", "norange", "bare"):
            with self.subTest(behaviour):
                self.folder = Path(self._folder.name) / behaviour
                part = (self.folder / BOOLQ).with_suffix(".jsonl.part")
                part.parent.mkdir(parents=True)
                part.write_bytes(b"garbage of an earlier attempt")
                url = self.url_of(behaviour)
                part.with_suffix(".part.json").write_text(json.dumps({"url": url, "etag": "", "lastModified": ""}))
                self.get(behaviour, "boolq")
                self.assertEqual(self.rows(), self.published())
                self.assertFalse(part.exists())

    def url_of(self, behaviour):
        listed = subprocess.run([app_common.lori_program(), "data", "get", "--list", "--json"], capture_output=True, text=True, check=True,
                                env=self.environment())
        sets = {one["name"]: one for one in json.loads(listed.stdout)["sets"]}
        path = sets["boolq"]["files"][0]["url"].split("/", 3)[3]
        return f"{self.server.address}/{behaviour}/{path}"

    def test_a_part_of_another_address_is_not_continued(self):
        self.refused("cut", 1, "broke off")
        self.succeeds("plain", "boolq")
        self.assertEqual([entry[1] for entry in self.server.requests if entry[0].startswith("/plain")], [None, None])
        self.assertEqual(self.rows(), self.published())

    def test_a_wrong_hash_is_refused_and_nothing_is_left(self):
        done = self.get("damaged", "gsm8k")
        self.assertIsNone(app_common.refusal_problem(done, 2, "published"), done.stderr)
        self.assertEqual(self.files(), [])

    def test_what_is_no_data_is_refused_and_nothing_is_left(self):
        for behaviour, code, words in (("html", 2, ("list",)), ("damaged", 2, ("list",)), ("missing", 2, ("404",)),
                                       ("busy", 1, ("503", "later")), ("loop", 1, ("redirect",))):
            with self.subTest(behaviour):
                self.folder = Path(self._folder.name) / behaviour
                self.refused(behaviour, code, *words)
                self.assertEqual([name for name in self.files() if not name.endswith(".part.json")], [])

    def test_a_server_that_sends_too_much_is_refused(self):
        done = self.get("long", "gsm8k")
        self.assertIsNone(app_common.refusal_problem(done, 2, "expected"), done.stderr)
        self.assertFalse((self.folder / GSM8K).exists())

    def test_a_server_that_falls_silent_is_given_up(self):
        begin = time.monotonic()
        self.refused("stall", 1, "broke off", arguments=("boolq", "--timeout", "2"))
        self.assertLess(time.monotonic() - begin, 30)
        self.assertTrue((self.folder / BOOLQ).with_suffix(".jsonl.part").exists())

    def test_stopping_keeps_the_part(self):
        running = subprocess.Popen(self.command("slow", "boolq"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=self.environment(), stdin=subprocess.DEVNULL)
        part = (self.folder / BOOLQ).with_suffix(".jsonl.part")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (part.exists() and part.stat().st_size > 20_000):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        self.assertEqual(running.returncode, 3, said)
        self.assertEqual(said.count("\n"), 1, said)
        left = part.stat().st_size
        self.assertGreater(left, 20_000)
        self.assertFalse((self.folder / BOOLQ).exists())

    def test_a_killed_download_goes_on(self):
        running = subprocess.Popen(self.command("slow", "boolq"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=self.environment(), stdin=subprocess.DEVNULL)
        part = (self.folder / BOOLQ).with_suffix(".jsonl.part")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (part.exists() and part.stat().st_size > 20_000):
            time.sleep(0.05)
        running.kill()
        running.wait()
        left = part.stat().st_size
        self.succeeds("slow", "boolq")
        self.assertEqual(self.rows(), self.published())
        self.assertIn(f"bytes={left}-", [entry[1] for entry in self.server.requests])

    def test_wrong_use_is_one_sentence(self):
        for arguments, words in ((("nothing-like-this",), ("boolq",)), ((), ("--list",))):
            done = self.get("plain", *arguments)
            self.assertIsNone(app_common.refusal_problem(done, 2, *words), done.stderr)
        done = subprocess.run([app_common.lori_program(), "data", "get", "boolq", "--from", "ftp://" + data_server.HERE, "--folder", str(self.folder)],
                              capture_output=True, text=True, env=self.environment(), check=False)
        self.assertIsNone(app_common.refusal_problem(done, 2, "https"), done.stderr)

    def test_no_server_at_all_is_one_sentence(self):
        done = subprocess.run([app_common.lori_program(), "data", "get", "boolq", "--from", f"http://{data_server.HERE}:1", "--folder", str(self.folder)],
                              capture_output=True, text=True, env=self.environment(), check=False)
        self.assertIsNone(app_common.refusal_problem(done, 1, "connect"), done.stderr)

    def test_the_proxy_of_the_environment_is_used(self):
        environment = dict(self.environment(), **{"no_proxy": "", "NO_PROXY": "", "http_proxy": self.server.address})
        done = subprocess.run([app_common.lori_program(), "data", "get", "boolq", "--from", "http://data.example.com/plain", "--folder",
                               str(self.folder)], capture_output=True, text=True, env=environment, check=False)
        self.assertIsNone(app_common.refusal_problem(done, 2, "404"), done.stderr)  # the proxy was asked, and knows no such file
        self.assertTrue(self.server.requests[0][0].startswith("http://data.example.com/plain/"), self.server.requests)

    def test_the_list_says_where_from_and_under_which_licence(self):
        listed = subprocess.run([app_common.lori_program(), "data", "get", "--list", "--json"], capture_output=True, text=True, check=True,
                                env=self.environment())
        sets = json.loads(listed.stdout)["sets"]
        self.assertEqual(len({one["name"] for one in sets}), len(sets))
        targets = [file["file"] for one in sets for file in one["files"]]
        self.assertEqual(len(set(targets)), len(targets))
        for one in sets:
            self.assertTrue(one["licence"] and one["what"])
            for file in one["files"]:
                self.assertRegex(file["url"], "^" + HOST + r"/[^/]+/[^/]+/[0-9a-f]{40}/.+")
                self.assertEqual(one["verified"] and file["sha256"] is None, False)
                if file["sha256"]:
                    self.assertRegex(file["sha256"], r"^[0-9a-f]{64}$")


if __name__ == "__main__":
    unittest.main()
