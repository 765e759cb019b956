#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Broken models, data and configurations through `lori`: exit code 2, one sentence that names the place, nothing half-written."""
import json
import shutil
import struct
import unittest

import app_common


def gguf(version=3, tensors=0, pairs=0, rest=b""):
    return b"GGUF" + struct.pack("<IQQ", version, tensors, pairs) + rest


def gguf_text(text):
    return struct.pack("<Q", len(text)) + text.encode()


BAD_GGUF = {
    "wrong magic": b"GGUX" + gguf()[4:],
    "empty": b"",
    "ends in the header": gguf()[:10],
    "unknown version": gguf(version=99),
    "absurd number of tensors": gguf(tensors=2**62),
    "absurd number of fields": gguf(pairs=2**63),
    "field name past the end": gguf(pairs=1, rest=struct.pack("<Q", 2**60)),
    "text longer than the file": gguf(pairs=1, rest=gguf_text("general.name") + struct.pack("<IQ", 8, 2**40) + b"x"),
    "list longer than the file": gguf(pairs=1, rest=gguf_text("a") + struct.pack("<IIQ", 9, 4, 2**61)),
    "lists in lists without end": gguf(pairs=1, rest=gguf_text("a") + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 5000),
    "no architecture": gguf(),
    "tensor past the end": gguf(tensors=1, rest=gguf_text("token_embd.weight") + struct.pack("<IQQIQ", 2, 64, 64, 0, 2**50)),
    "shape overflows": gguf(tensors=1, rest=gguf_text("token_embd.weight") + struct.pack("<IQQIQ", 2, 2**40, 2**40, 0, 0)),
}


def header(entries):
    text = json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text


BAD_SAFETENSORS = {
    "empty": b"",
    "header longer than the file": struct.pack("<Q", 2**62) + b"{}",
    "header is no JSON": struct.pack("<Q", 5) + b"{nope" + b"\0" * 64,
    "past the end": header({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}) + b"\0" * 8,
    "overlap": header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                       "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}) + b"\0" * 12,
    "size and shape disagree": header({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}) + b"\0" * 8,
    "shape overflows": header({"a": {"dtype": "F32", "shape": [2**40, 2**40], "data_offsets": [0, 8]}}) + b"\0" * 8,
    "negative shape": header({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}) + b"\0" * 4,
    "backwards": header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}) + b"\0" * 8,
    "unknown kind of number": header({"a": {"dtype": "F7", "shape": [1], "data_offsets": [0, 1]}}) + b"\0",
}

BAD_ROWS = {
    "broken line": (b'{"instruction": "a", "output": "b"}\n{"instruction": "a", \n', "2"),
    "missing field": (b'{"instruction": "a", "output": "b"}\n{"instruction": "only"}\n', "output"),
    "empty": (b"", "bad-rows"),
    "only blank lines": (b"\n\n\n", "bad-rows"),
    "not UTF-8": (b'{"instruction": "a", "output": "caf\xe9"}\n', "utf-8"),
    "field is no text": (b'{"instruction": "a", "output": "b"}\n{"instruction": {"deep": 1}, "output": "b"}\n', "instruction"),
    "no known columns": (b'{"left": "a", "right": "b"}\n', "bad-rows"),
}

BAD_SETTINGS = {
    "stages[1].mask.sparsity=1.5": "sparsity", "stages[1].mask.sparsity=-0.1": "sparsity", "adapter.rank=0": "rank",
    "adapter.rank=100000": "rank", "stages[0].learningRate=nan": "learningRate", "stages[0].learningRate=-1": "learningRate",
    "stages[0].learningRate=1e999": "learningRate", "adapter.ranc=4": "ranc", "stages[0].kind=lori-x": "lori-x",
    "adapter.alpha=0": "alpha", "stages[9].steps=3": "stages[9]", "optimizer.maxGradNorm=0": "maxGradNorm",
}

GOOD_CHOICE = {"instruction": "is it?\n\nAnswer format: true/false", "input": "", "output": "the correct answer is true", "answer": "true"}

BAD_CHOICES = {
    "missing field": ({key: value for key, value in GOOD_CHOICE.items() if key != "answer"}, "answer"),
    "unknown label": ({**GOOD_CHOICE, "answer": "perhaps"}, "perhaps"),
    "field is no text": ({**GOOD_CHOICE, "output": 5}, "output"),
}

BAD_RECORDS = {
    "missing text": ("boolq", {"prompt": "p", "expected": "true"}, "text"),
    "missing expected": ("gsm8k", {"prompt": "p", "text": "5"}, "expected"),
    "unknown label": ("boolq", {"prompt": "p", "text": "true", "expected": "perhaps"}, "perhaps"),
    "unknown side": ("safety-prompts", {"prompt": "p", "text": "no", "side": "grey"}, "grey"),
    "unknown task": ("mmlu", {"prompt": "p", "text": "true", "expected": "true"}, "mmlu"),
    "eight sets at once": ("nlu", {"prompt": "p", "text": "true", "expected": "true"}, "nlu"),
}


class Refusals(unittest.TestCase):
    def setUp(self):
        self.home = app_common.Home(rows=16)
        self.addCleanup(self.home.close)

    def assert_refused(self, done, *words):
        problem = app_common.refusal_problem(done, 2, *words)
        self.assertIsNone(problem, problem)

    def assert_nothing_half_written(self):
        """What was refused before it began leaves no run; a run that began has its configuration and says that it failed."""
        for run in self.home.runs():
            self.assertTrue((run / "config.json").exists(), f"{run.name} is half-written")
            self.assertEqual(app_common.terminal(run), ["failed"])
        if self.home.root.exists():
            leftovers = [str(path) for path in self.home.root.rglob("*.tmp*")]
            self.assertEqual(leftovers, [])

    def test_broken_gguf_files(self):
        for name, content in BAD_GGUF.items():
            with self.subTest(name):
                file = self.home.place / "broken.gguf"
                file.write_bytes(content)
                self.assert_refused(self.home.lori("model", "inspect", file), "broken.gguf")
                self.assert_refused(self.home.lori("run", "--config", self.home.config(model=str(file))), "broken.gguf")
        self.assert_nothing_half_written()

    def test_broken_safetensors_files(self):
        for name, content in BAD_SAFETENSORS.items():
            with self.subTest(name):
                (self.home.model / "model.safetensors").write_bytes(content)
                self.assert_refused(self.home.lori("logits", "--model", self.home.model, "--ids", "1,2", "--out",
                                                   self.home.place / "out.safetensors"), "model.safetensors")
                self.assertFalse((self.home.place / "out.safetensors").exists())

    def test_truncated_weights(self):
        file = self.home.model / "model.safetensors"
        file.write_bytes(file.read_bytes()[:-1000])
        self.assert_refused(self.home.lori("run", "--config", self.home.config()), "model.safetensors")
        self.assert_nothing_half_written()

    def edit_config(self, **changes):
        file = self.home.model / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    def logits(self, *words):
        self.assert_refused(self.home.lori("logits", "--model", self.home.model, "--ids", "1,2", "--out",
                                           self.home.place / "out.safetensors"), *words)

    def test_models_whose_parts_do_not_fit(self):
        for name, changes, word in (("unknown architecture", {"architectures": ["MambaForCausalLM"], "model_type": "mamba"}, "mamba"),
                                    ("wrong shapes", {"intermediate_size": 96}, "mlp"),
                                    ("missing layer", {"num_hidden_layers": 3}, "layers.2"),
                                    ("heads that do not divide", {"num_attention_heads": 3, "head_dim": None}, "config.json"),
                                    ("no layers", {"num_hidden_layers": 0}, "config.json"),
                                    ("absurd size", {"hidden_size": 2**62}, "config.json")):
            with self.subTest(name):
                app_common.make_tiny_model.make_tiny_model(self.home.model)
                self.edit_config(**changes)
                self.logits(word) if name != "absurd size" else self.logits()

    def test_model_folder_with_files_missing(self):
        (self.home.model / "tokenizer.json").unlink()
        self.assert_refused(self.home.lori("run", "--config", self.home.config()), "tokenizer")
        (self.home.model / "config.json").unlink()
        self.logits("config.json")
        shutil.rmtree(self.home.model)
        self.logits("tiny")
        self.assert_nothing_half_written()

    def test_index_that_names_a_missing_shard(self):
        (self.home.model / "model.safetensors").unlink()
        (self.home.model / "model.safetensors.index.json").write_text(
            json.dumps({"weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors"}}))
        self.logits("model-00001-of-00002.safetensors")

    def test_broken_rows(self):
        file = self.home.place / "bad-rows.jsonl"
        for name, (content, word) in BAD_ROWS.items():
            with self.subTest(name):
                file.write_bytes(content)
                data = {"sources": [{"file": str(file), "promptTemplate": "plain"}], "heldOutShare": 0}
                self.assert_refused(self.home.lori("run", "--config", self.home.config(data=data)), "bad-rows", word)
        self.assert_nothing_half_written()

    def evaluate(self, *arguments):
        return self.home.lori("evaluate", "--model", self.home.model, "--device", "cpu", "--max-new", 2, *arguments)

    def test_broken_benchmark_rows(self):
        file = self.home.place / "sets/boolq/test.jsonl"
        file.parent.mkdir(parents=True)
        for name, (row, word) in BAD_CHOICES.items():
            with self.subTest(name):
                file.write_text(json.dumps(GOOD_CHOICE) + "\n" + json.dumps(row) + "\n")
                self.assert_refused(self.evaluate("--task", "boolq", "--data", self.home.place / "sets"), "test.jsonl:2", word)
        self.assert_refused(self.evaluate("--task", "piqa", "--data", self.home.place / "sets"), "piqa")
        self.assert_refused(self.evaluate("--task", "piqa", "--data", self.home.place / "nowhere"), "nowhere")
        self.assert_refused(self.evaluate("--task", "piqa"), "piqa", "--data")
        self.assert_refused(self.evaluate("--task", "mmlu"), "mmlu")

    def test_ways_of_scoring_that_do_not_fit(self):
        self.assert_refused(self.evaluate("--task", "maths", "--how", "loglikelihood"), "options")
        self.assert_refused(self.evaluate("--task", "safety", "--mode", "reference"), "phrases")
        self.assert_refused(self.evaluate("--task", "maths", "--how", "guess"), "guess")
        self.assert_refused(self.evaluate("--task", "maths", "--samples", "0"), "samples")
        self.assert_refused(self.home.lori("score", "--task", "boolq"), "--file")

    def test_broken_recorded_generations(self):
        file = self.home.place / "recorded.jsonl"
        for name, (task, row, word) in BAD_RECORDS.items():
            with self.subTest(name):
                file.write_text(json.dumps(row) + "\n")
                self.assert_refused(self.home.lori("score", "--task", task, "--file", file), word)
        file.write_text(json.dumps({"prompt": "p", "text": "no"}) + "\n")
        phrases = self.home.place / "phrases.json"
        for content in ("", "{}", "[]", "[1]"):
            phrases.write_text(content)
            self.assert_refused(self.home.lori("score", "--task", "safety-prompts", "--mode", "reference", "--file", file, "--phrases",
                                               phrases), "phrases.json")

    def test_missing_data_file(self):
        data = {"sources": [{"file": str(self.home.place / "nowhere.jsonl")}]}
        self.assert_refused(self.home.lori("run", "--config", self.home.config(data=data)), "nowhere.jsonl")

    def test_settings_out_of_range(self):
        config = self.home.config()
        for setting, word in BAD_SETTINGS.items():
            with self.subTest(setting):
                self.assert_refused(self.home.lori("run", "--config", config, "--set", setting), word)
        self.assertEqual(self.home.runs(), [])

    def test_configurations_that_cannot_be_read(self):
        file = self.home.place / "config.json"
        for name, content in (("no JSON", b"{"), ("a list", b"[]"), ("newer", b'{"version": 999}'), ("not UTF-8", b'{"name": "\xff"}'),
                              ("not a number", b'{"adapter": {"rank": NaN}}'), ("deep", b"[" * 200000)):
            with self.subTest(name):
                file.write_bytes(content)
                self.assert_refused(self.home.lori("run", "--config", file), "config.json")
        self.assertEqual(self.home.runs(), [])

    def test_wrong_use(self):
        for arguments in (("run", "--preset", "no-such-preset"), ("run", "--resume", "no-such-run"), ("history", "show", "no-such-run"),
                          ("logits", "--model", self.home.model, "--ids", "1,999999", "--out", self.home.place / "o"),
                          ("logits", "--model", self.home.model, "--ids", "1,x", "--out", self.home.place / "o"),
                          ("logits", "--model", self.home.model, "--ids", "", "--out", self.home.place / "o"),
                          ("logits", "--model", self.home.model, "--ids", "1", "--adapter", self.home.place, "--out", self.home.place / "o")):
            with self.subTest(arguments):
                self.assert_refused(self.home.lori(*arguments))


if __name__ == "__main__":
    app_common.lori_program()
    unittest.main()
