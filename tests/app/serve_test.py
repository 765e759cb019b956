#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`lori serve` and `lori chat` from outside: the texts of `lori generate`, cancelling, bad lines, every way to end."""
import json
import signal
import subprocess
import time
import unittest

import app_common
from serve_common import Serve

LONG = {"maxNewTokens": 100000, "temperature": 1, "topP": 1}


class ServeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = app_common.Home()
        cls.addClassCleanup(cls.home.close)
        config = cls.home.config(steps=4)
        done = cls.home.lori("run", "--config", config, "--json")
        assert done.returncode == 0, done.stderr
        cls.run_folder = cls.home.runs()[0]
        cls.adapters = sorted((cls.run_folder / "adapter").iterdir())

    def serve(self, *arguments):
        served = Serve(self.home.model, *arguments, environment=self.home.environment())
        self.addCleanup(served.close)
        return served

    def generated(self, prompt, *arguments):
        done = self.home.lori("generate", "--model", self.home.model, "--prompt", prompt, "--greedy", "--max-new", 24, "--json",
                              *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["results"][0]

    def chat(self, text, *arguments):
        return subprocess.run([app_common.lori_program(), "chat", "--model", str(self.home.model), *map(str, arguments)], input=text,
                              capture_output=True, text=True, timeout=120, env=self.home.environment(), check=False)

    def test_it_writes_the_texts_of_generate(self):
        served = self.serve("--adapter", self.adapters[0])
        self.assertEqual(served.ready["type"], "ready")
        self.assertEqual(served.ready["mix"], [{"handle": 1, "weight": 1.0}])
        greedy = {"greedy": True, "maxNewTokens": 24}
        for arguments, mix in ((["--adapter", self.adapters[0]], None), ([], [])):
            if mix is not None:
                self.assertEqual(served.ask("mix", mix=mix)["type"], "weights")
            expected = self.generated("Tell me of the sea", *arguments)
            done = served.ask("generate", prompt="Tell me of the sea", options=greedy)
            self.assertEqual((done["text"], done["ids"]), (expected["text"], expected["ids"]))
            self.assertEqual("".join(done["pieces"]), done["text"])
        attached = served.ask("attach", run=self.run_folder.name)
        self.assertEqual((attached["type"], attached["adapter"]["handle"]), ("attached", 2))
        self.assertEqual(served.end(), (0, "", ""))

    def test_a_running_text_is_cancelled_at_once(self):
        served = self.serve()
        found = [served.cancel_seconds({**LONG, "seed": seed}, prompt="Write on") for seed in range(20)]
        seconds = sorted(each for each in found if each is not None)  # some end by themselves before
        self.assertTrue(seconds)
        print(f"cancelled after {1e3 * seconds[len(seconds) // 2]:.1f} ms (largest {1e3 * seconds[-1]:.1f} ms)", flush=True)
        self.assertLess(seconds[-1], 2)
        self.assertEqual(served.ask("hash")["type"], "weights")

    def test_bad_lines_are_answered_and_the_next_one_works(self):
        served = self.serve()
        served.raw(b"nonsense\n\xff\xfe\n[1]\n" + b"[" * 100000 + b"\n" + b'{"id":5}\n' + b"x" * (17 << 20) + b"\n")
        answers = [served.next() for _ in range(6)]
        for answer in answers:
            self.assertEqual((answer["type"], answer["error"]["code"]), ("error", "invalid_argument"))
        self.assertEqual([answer["id"] for answer in answers], [None] * 4 + [5, None])
        self.assertEqual(served.ask("hash")["type"], "weights")
        served.raw(json.dumps({"id": "last", "type": "hash"}))  # without a line feed
        code, output, _ = served.end()
        self.assertEqual((code, json.loads(output)["id"]), (0, "last"))

    def test_every_way_to_end(self):
        for how in ("quit", "SIGINT", "SIGTERM"):
            served = self.serve()
            running = served.send("generate", prompt="Write on", options=LONG)
            if how == "quit":
                served.raw('{"type":"quit"}\n')
            else:
                served.process.send_signal(getattr(signal, how))
            begin = time.monotonic()
            self.assertEqual(served.process.wait(20), 0, how)
            rest = [json.loads(line) for line in served.process.stdout.read().splitlines()]
            self.assertTrue(all(answer["id"] in (running, None) for answer in rest), rest)
            print(f"{how}: ended after {1e3 * (time.monotonic() - begin):.0f} ms")
        served = self.serve()
        served.process.stdout.close()
        self.assertEqual(served.process.wait(20), 1)

    def test_what_cannot_be_served_is_refused(self):
        for arguments in (["--model", "/nowhere"], ["--model", self.home.model, "--adapter", "no-such-thing"]):
            done = self.home.lori("serve", *arguments)
            self.assertIsNone(app_common.refusal_problem(done, 2))
            self.assertEqual(json.loads(done.stdout)["type"], "error")
            done = self.chat("hello\n", *arguments[2:]) if len(arguments) > 2 else self.home.lori("chat", *arguments)
            self.assertIsNone(app_common.refusal_problem(done, 2))

    def test_chat_answers_turns(self):
        options = ["--greedy", "--max-new", 12, "--json"]
        done = self.chat("Hello\nAnd then?\n/clear\n/nonsense\n/seed x\nHello\n", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        turns = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([turn["user"] for turn in turns], ["Hello", "And then?", "Hello"])
        first, second, third = (turn["answers"][0] for turn in turns)
        self.assertGreater(second["promptTokens"], first["promptTokens"])
        self.assertGreater(second["reusedTokens"], 0)
        self.assertEqual((third["text"], third["promptTokens"], third["reusedTokens"]), (first["text"], first["promptTokens"], 0))
        self.assertIn("there is no /nonsense", done.stderr)
        self.assertIn("a seed is a whole number", done.stderr)
        plain = self.chat("Hello\n/quit\nnot asked\n", *options[:-1])
        self.assertEqual(plain.stdout, first["text"] + "\n")
        system = self.chat("/system Be brief\nHello\n", *options)
        self.assertGreater(json.loads(system.stdout)["answers"][0]["promptTokens"], first["promptTokens"])

    def test_chat_with_adapters_answers_in_columns(self):
        names = [str(folder) for folder in self.adapters]
        arguments = ["--greedy", "--max-new", 12, "--adapter", names[0], "--adapter", names[1]]
        done = self.chat("Hello\nMore\n", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        for turn in map(json.loads, done.stdout.splitlines()):
            self.assertEqual([answer["adapter"] for answer in turn["answers"]], names)
            self.assertEqual(len({answer["weightsHash"] for answer in turn["answers"]}), 2)
        alone = self.chat("Hello\n", "--json", *arguments[:5])
        first = json.loads(done.stdout.splitlines()[0])["answers"][0]
        self.assertEqual(json.loads(alone.stdout)["answers"][0]["text"], first["text"])
        plain = self.chat("Hello\n", *arguments)
        self.assertTrue(plain.stdout.startswith(f"[{names[0]}]\n{first['text']}\n[{names[1]}]\n"), plain.stdout)

    def test_an_interrupt_cancels_the_answer_and_another_one_quits(self):
        with subprocess.Popen([app_common.lori_program(), "chat", "--model", str(self.home.model), "--max-new", "100000"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=self.home.environment()) as process:
            self.addCleanup(process.kill)
            process.stdin.write("Write on\n")
            process.stdin.flush()
            process.stdout.read(1)  # it is writing, or has ended
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(20), 130)


if __name__ == "__main__":
    unittest.main()
