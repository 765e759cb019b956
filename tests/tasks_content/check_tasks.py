#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the starter tasks in resources/tasks: fields, counts, duplicates, overlap of training and evaluation, refusals on
the right side only, worked sums, working functions, and that the generators give exactly the committed bytes.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TASKS = ROOT / "resources" / "tasks"
GENERATORS = ROOT / "packaging" / "tasks"
sys.path.insert(0, str(GENERATORS))

import check_code  # noqa: E402

LEAST_ROWS = {  # task: (training rows, rows of each evaluation file)
    "safety": (1000, 70),
    "maths": (2000, 200),
    "language": (400, 100),
    "code": (150, 30),
}
REFUSAL = re.compile(r"\b(?:can't|cannot|won't|unable to|not able to|not going to|sorry|decline|apologies)", re.I)


def readRows(task, file):
    return [json.loads(line) for line in (TASKS / task / file).read_text(encoding="utf-8").split("\n") if line]


def readTask(task):
    return json.loads((TASKS / task / "task.json").read_text(encoding="utf-8"))


def trainingRows(task):
    return [row for file in readTask(task)["train"] for row in readRows(task, file)]


def evaluationRows(task):
    return [row for side in readTask(task)["evaluation"] for row in readRows(task, side["file"])]


def normalised(row):
    return " ".join(re.sub(r"[^\w\s]", " ", (row["instruction"] + " " + row.get("input", "")).lower()).split())


def similarity(one, other):
    """Share of common words, 0 to 1."""
    return len(one & other) / len(one | other)


def handWritten(file):
    """The requests of a list of the safety task."""
    lines = (GENERATORS / "safety" / file).read_text(encoding="utf-8").split("\n")
    return {line.split(" | ")[1].strip() for line in lines if line and not line.startswith("#")}


class EveryTask(unittest.TestCase):
    def testDescriptionsAreComplete(self):
        for task in LEAST_ROWS:
            info = readTask(task)
            self.assertEqual(info["name"], task)
            for field in ("title", "description", "shows", "doesNotShow"):
                self.assertGreater(len(info[field]), 4, (task, field))
            for side in info["evaluation"]:
                self.assertIn(side["judge"], ("refusal", "final_number", "choice", "unit_tests"))
                self.assertIsInstance(side["higherIsBetter"], bool)
                self.assertTrue(side["metric"])

    def testThereAreEnoughRows(self):
        for task, (train, evaluation) in LEAST_ROWS.items():
            self.assertGreaterEqual(len(trainingRows(task)), train, task)
            for side in readTask(task)["evaluation"]:
                self.assertGreaterEqual(len(readRows(task, side["file"])), evaluation, (task, side["file"]))

    def testTrainingRowsHaveTheirFields(self):
        for task in LEAST_ROWS:
            for row in trainingRows(task):
                self.assertEqual({"instruction", "input", "output"}, set(row) - {"tests"}, row)
                self.assertTrue(row["instruction"].strip() and row["output"].strip(), row)

    def testEvaluationRowsHaveTheirFields(self):
        needed = {"refusal": [], "final_number": ["expected"], "choice": ["expected", "options"], "unit_tests": ["tests", "entry_point"]}
        for task in LEAST_ROWS:
            for side in readTask(task)["evaluation"]:
                for row in readRows(task, side["file"]):
                    for field in ["id", "instruction", *needed[side["judge"]]]:
                        self.assertTrue(row.get(field), (task, field, row))

    def testIdsAreUnique(self):
        for task in LEAST_ROWS:
            counts = collections.Counter(row["id"] for row in evaluationRows(task))
            self.assertEqual([], [name for name, count in counts.items() if count > 1])

    def testNoRequestOccursTwiceOrOnBothSides(self):
        for task in LEAST_ROWS:
            counts = collections.Counter(normalised(row) for row in trainingRows(task) + evaluationRows(task))
            self.assertEqual([], [text for text, count in counts.items() if count > 1], task)

    def testGeneratorsGiveTheCommittedBytes(self):
        with tempfile.TemporaryDirectory() as folder:
            environment = dict(os.environ, LORI_TASKS_OUT=folder, PYTHONHASHSEED="random", PYTHONDONTWRITEBYTECODE="1")
            for task in LEAST_ROWS:
                subprocess.run([sys.executable, GENERATORS / f"make_{task}.py"], env=environment, check=True, stdout=subprocess.DEVNULL)
                made = sorted((pathlib.Path(folder) / task).iterdir())
                self.assertEqual([file.name for file in made], sorted(file.name for file in (TASKS / task).iterdir()))
                for file in made:
                    self.assertEqual(file.read_bytes(), (TASKS / task / file.name).read_bytes(), f"{task}/{file.name}")


class Safety(unittest.TestCase):
    def setUp(self):
        self.harmful = handWritten("harmful_train.txt")
        self.refused = [row for row in trainingRows("safety") if row["instruction"] in self.harmful]
        self.answered = [row for row in trainingRows("safety") if row["instruction"] not in self.harmful]

    def testBothSidesAreBroad(self):
        self.assertGreaterEqual(len(self.refused), 240)
        self.assertGreaterEqual(len(self.answered), 800)
        self.assertGreaterEqual(len(handWritten("lookalike_train.txt")), 700)
        written = {line.split(" | ")[0] for line in (GENERATORS / "safety/harmful_train.txt").read_text(encoding="utf-8").split("\n")
                   if line and not line.startswith("#")}
        used = {category for category, rows in self.refusedByCategory().items() if rows >= 10}
        self.assertEqual(used, written)
        self.assertEqual(written, {row["category"] for row in readRows("safety", "eval_harmful.jsonl")})

    def refusedByCategory(self):
        requests = {row["instruction"] for row in self.refused}
        lines = (GENERATORS / "safety/harmful_train.txt").read_text(encoding="utf-8").split("\n")
        return collections.Counter(line.split(" | ")[0] for line in lines
                                   if line and not line.startswith("#") and line.split(" | ")[1].strip() in requests)

    def testEveryHarmfulRequestIsRefused(self):
        for row in self.refused:
            self.assertRegex(row["output"], REFUSAL)
            self.assertTrue(12 <= len(row["output"].split()) <= 45, row)

    def testNoHarmlessRequestIsRefused(self):
        for row in self.answered:
            self.assertIsNone(REFUSAL.search(row["output"]), row)
            self.assertTrue(12 <= len(row["output"].split()) <= 60, row)

    def testEvaluationIsNoRewordingOfTraining(self):
        train = [set(normalised(row).split()) for row in trainingRows("safety")]
        near = [row["instruction"] for row in evaluationRows("safety")
                if max(similarity(set(normalised(row).split()), words) for words in train) > 0.6]
        self.assertEqual([], near)


class Maths(unittest.TestCase):
    def testWorkedSumsAreRight(self):
        for row in trainingRows("maths"):
            body, _, last = row["output"].rpartition("\nThe final answer is: ")
            self.assertRegex(last, r"^\d+$")
            sums = re.findall(r"((?:\d+ [-+*/] )+\d+) = (\d+)", body)
            self.assertTrue(sums, row)
            for left, right in sums:
                self.assertEqual(eval(left), int(right), row)  # digits and + - * / only, by the pattern above
            self.assertIn(last, re.findall(r"\d+", body))

    def testAnswersAreNumbers(self):
        for row in readRows("maths", "eval.jsonl"):
            self.assertRegex(row["expected"], r"^\d+$")

    def testAllStepsOfDifficultyAreEvaluated(self):
        counts = collections.Counter(row["category"] for row in readRows("maths", "eval.jsonl"))
        self.assertEqual(3, len(counts))
        self.assertGreaterEqual(min(counts.values()), 40)


class Language(unittest.TestCase):
    def testAnswersAreAmongTheOptionsAndBalanced(self):
        for rows, answer in ((trainingRows("language"), lambda row: row["output"].removeprefix("the correct answer is ")),
                             (readRows("language", "eval.jsonl"), lambda row: row["expected"])):
            counts = collections.Counter(map(answer, rows))
            self.assertEqual({"true", "false", "answer1", "answer2", "answer3", "answer4"}, set(counts))
            self.assertEqual(counts["true"], counts["false"])
            fours = [counts[f"answer{n}"] for n in range(1, 5)]
            self.assertLessEqual(max(fours) - min(fours), 1)
        for row in readRows("language", "eval.jsonl"):
            self.assertIn(row["expected"], row["options"])

    def testTheFourAnswersDiffer(self):
        for row in trainingRows("language") + readRows("language", "eval.jsonl"):
            answers = re.findall(r"^answer\d: (.+)$", row["instruction"], flags=re.M)
            self.assertEqual(len(answers), len(set(answers)), row)
            self.assertIn(len(answers), (0, 4), row)

    def testNoPassageLiesOnBothSides(self):
        passages = lambda rows: {match.group(1) for row in rows if (match := re.search(r"^Passage: (.+)$", row["instruction"], flags=re.M))}
        train, evaluation = passages(trainingRows("language")), passages(readRows("language", "eval.jsonl"))
        self.assertTrue(train and evaluation)
        self.assertFalse(train & evaluation)


class Code(unittest.TestCase):
    def testEveryFunctionPassesItsTests(self):
        count, failures = check_code.failures()
        self.assertGreaterEqual(count, 180)
        self.assertEqual([], failures)

    def testAWrongFunctionIsNoticed(self):
        self.assertTrue(check_code.failure("def larger(a, b):\n    return a", "assert larger(1, 2) == 2"))

    def testNoEvaluatedFunctionIsTrained(self):
        names = {re.search(r"^def (\w+)", row["output"]).group(1) for row in trainingRows("code")}
        self.assertEqual(len(trainingRows("code")), len(names))
        self.assertFalse(names & {row["entry_point"] for row in readRows("code", "eval.jsonl")})


if __name__ == "__main__":
    unittest.main()
