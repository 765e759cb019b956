#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the starter task "code" from the hand-written functions in packaging/tasks/code. Running it again gives the
same bytes; check_code.py proves that every function passes its tests.
"""
import random
import re

from task_files import SOURCE, writeRows, writeTask

SEED = 99
TRAIN_FILES = ["train_numbers.txt", "train_text.txt", "train_lists.txt", "train_more.txt"]
EVALUATION_FILE = "evaluation.txt"
TASK = {
    "name": "code",
    "title": "Python functions",
    "description": "Write short Python functions from a signature and one sentence; each comes with tests.",
    "shows": "Whether a model writes small correct functions for everyday requests about numbers, texts and lists.",
    "doesNotShow": "Real programming ability: the functions have one to fifteen lines and only thirty are evaluated, so one "
                   "function moves the score by more than three points. It is a starter set, not comparable with HumanEval. Scoring "
                   "runs generated programs and therefore needs a sandbox.",
    "evaluation": [{"metric": "pass_rate", "higherIsBetter": True, "judge": "unit_tests", "file": "eval.jsonl"}],
    "train": ["train.jsonl"],
}


def functions(name):
    """Dictionaries with request, name, prompt, program and tests, in the order of the file."""
    found = []
    for block in re.split(r"^D: ", (SOURCE / "code" / name).read_text(encoding="utf-8"), flags=re.M)[1:]:
        lines = block.rstrip("\n").split("\n")
        program = [line for line in lines[1:] if not line.startswith("T: ")]
        tests = ["assert " + line[3:] for line in lines[1:] if line.startswith("T: ")]
        found.append({
            "request": lines[0],
            "name": re.match(r"def (\w+)\(", program[0]).group(1),
            "prompt": f'Write this Python function.\n\n{program[0]}\n    """{lines[0]}"""',
            "program": "\n".join(program),
            "tests": "\n".join(tests),
        })
    return found


def trainingFunctions():
    found = [function for name in TRAIN_FILES for function in functions(name)]
    random.Random(SEED).shuffle(found)
    return found


def main():
    train = trainingFunctions()
    evaluation = functions(EVALUATION_FILE)
    writeTask(TASK)
    writeRows("code/train.jsonl", [{"instruction": one["prompt"], "input": "", "output": one["program"], "tests": one["tests"]}
                                   for one in train])
    writeRows("code/eval.jsonl", [{"id": f"code/{number:03d}", "instruction": one["prompt"], "entry_point": one["name"],
                                   "tests": one["tests"]} for number, one in enumerate(evaluation, start=1)])
    print(f"code: {len(train)} training functions, {len(evaluation)} evaluation functions")


if __name__ == "__main__":
    main()
