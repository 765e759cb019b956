#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Broken masks and adapters through `lori mask` and `lori interference`: one sentence that names the place, nothing written, and
nothing of a pickle run."""
import json
import os
import pickle
import struct
import tempfile
import unittest
import zipfile
from pathlib import Path

import app_common

MODULES = [f"model.layers.{layer}.self_attn.{name}" for layer in range(2) for name in ("q_proj", "v_proj")]
OUT, IN = 12, 10


def safetensors(tensors):
    """name -> (shape, f32 values)."""
    entries, data = {}, b""
    for name, (shape, values) in tensors.items():
        piece = struct.pack(f"<{len(values)}f", *values)
        entries[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(piece)]}
        data += piece
    text = json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text + data


def write_adapter(folder, rank=4, bad=None, share=1.0):
    """A LoRA folder; `bad` replaces one value of B, `share` of the entries of B are not 0."""
    folder.mkdir()
    tensors = {}
    for number, module in enumerate(MODULES):
        b = [0.01 * (i % 7 - 3.5) if i < share * OUT * rank else 0.0 for i in range(OUT * rank)]
        if bad is not None and number == 1:
            b[5] = bad
        tensors[f"base_model.model.{module}.lora_A.weight"] = ([rank, IN], [0.1 * (i % 5 + number) for i in range(rank * IN)])
        tensors[f"base_model.model.{module}.lora_B.weight"] = ([OUT, rank], b)
    (folder / "adapter_model.safetensors").write_bytes(safetensors(tensors))
    config = {"peft_type": "LORA", "r": rank, "lora_alpha": 8, "target_modules": ["q_proj", "v_proj"]}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    return folder


class Command:
    """Pickles as a call of os.system."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def torch_zip(file, content, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("archive/data.pkl", content)
        archive.writestr("archive/data/0", b"\0" * 64)
    return file


class Refusals(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lori-test-")
        self.addCleanup(folder.cleanup)
        self.place = Path(folder.name)
        self.out = self.place / "out"
        self.good = write_adapter(self.place / "good")

    def lori(self, *arguments):
        return app_common.Home.lori(self, *arguments)

    def environment(self, root=None):
        return dict(os.environ, LORI_HOME=str(root or self.place / "home"))

    def assert_refused(self, done, *words, code=2):
        problem = app_common.refusal_problem(done, code, *words)
        self.assertIsNone(problem, problem)
        self.assertFalse(self.out.exists(), "something was written")

    def extract(self, adapter, *options):
        return self.lori("mask", "extract", adapter, "--out", self.out, *options)

    def test_what_is_right_is_done(self):
        done = self.extract(self.good, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["total"], len(MODULES) * OUT * 4)

    def test_weights_that_are_not_numbers(self):
        for name, value in (("nan", float("nan")), ("infinity", float("inf"))):
            with self.subTest(name):
                adapter = write_adapter(self.place / name, bad=value)
                self.assert_refused(self.extract(adapter), "layers.0.self_attn.v_proj", "NaN")
                self.assert_refused(self.lori("interference", adapter, self.good), "layers.0.self_attn.v_proj", "NaN")

    def test_sparsities_out_of_range(self):
        for value in ("1", "1.5", "-0.1", "nan", "inf"):
            with self.subTest(value):
                self.assert_refused(self.extract(self.good, f"--sparsity={value}"), "sparsity")
        self.assert_refused(self.extract(self.good, "--sparsity", "0.99", "--scope", "matrix"), "0.99")

    def test_masks_that_do_not_fit(self):
        other = write_adapter(self.place / "other", rank=2)
        self.assert_refused(self.extract(self.good, "--avoid", other), "[12, 2]", "[12, 4]")
        self.assert_refused(self.lori("mask", "compare", self.good, other), "[12, 2]", "[12, 4]")
        self.assert_refused(self.lori("mask", "compare", self.good), "two")
        self.assert_refused(self.extract(self.good, "--avoid", self.good), "free")

    def test_too_few_free_entries_are_taken_and_said(self):
        used = write_adapter(self.place / "used", share=0.75)
        done = self.extract(self.good, "--avoid", used, "--sparsity", "0.5", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["kept"], len(MODULES) * OUT)
        self.assertEqual(answer["avoided"]["missing"], len(MODULES) * OUT)
        self.assertIn("144 of 192", answer["warning"])

    def test_no_pickle_is_run(self):
        marker = self.place / "marker"
        content = pickle.dumps({"x": Command(f"touch {marker}")}, protocol=2)
        bare = self.place / "bare_mask.pt"
        bare.write_bytes(content)
        packed = torch_zip(self.place / "packed_mask.pt", content)
        unnamed = torch_zip(self.place / "packed", content)
        adapter = write_adapter(self.place / "pickled")
        (adapter / "adapter_model.safetensors").unlink()
        torch_zip(adapter / "adapter_model.bin", content)
        for arguments in (("stats", bare), ("stats", packed), ("stats", unnamed), ("import", packed, "--out", self.out),
                          ("compare", self.good, packed), ("extract", self.good, "--avoid", packed, "--out", self.out),
                          ("extract", adapter, "--out", self.out)):
            with self.subTest([str(word) for word in arguments]):
                self.assert_refused(self.lori("mask", *arguments), "system")
        self.assert_refused(self.lori("interference", self.good, adapter), "system")
        self.assertFalse(marker.exists(), "the pickle was run")

    def test_mask_files_that_cannot_be_read(self):
        whole = torch_zip(self.place / "whole.pt", pickle.dumps({"step": 3}, protocol=2)).read_bytes()
        contents = {"empty": b"", "nonsense": b"this is no mask", "cut off": whole[:-40], "holds a number": whole,
                    "no dictionary": torch_zip(self.place / "list.pt", pickle.dumps([1, 2], protocol=2)).read_bytes(),
                    "compressed": torch_zip(self.place / "deflated.pt", pickle.dumps({}, protocol=2),
                                            zipfile.ZIP_DEFLATED).read_bytes()}
        for name, content in contents.items():
            with self.subTest(name):
                file = self.place / "broken_mask.pt"
                file.write_bytes(content)
                self.assert_refused(self.lori("mask", "import", file, "--out", self.out), "broken_mask.pt")
        self.assert_refused(self.lori("mask", "import", self.place / "none.pt", "--out", self.out), "none.pt")

    def test_adapters_of_other_kinds(self):
        for changes, word in (({"r": 3}, "rank 3"), ({"rank_pattern": {"q_proj": 2}}, "rank 2"),
                              ({"modules_to_save": ["lm_head"]}, "modules_to_save"), ({"use_dora": True}, "DoRA"),
                              ({"peft_type": "IA3"}, "IA3")):
            with self.subTest(word):
                adapter = write_adapter(self.place / word.replace(" ", "-"))
                file = adapter / "adapter_config.json"
                file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
                self.assert_refused(self.extract(adapter), word)


if __name__ == "__main__":
    app_common.lori_program()
    unittest.main()
