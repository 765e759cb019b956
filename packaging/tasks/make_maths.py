#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the starter task "maths": word problems drawn from seeded templates (maths_templates_*.py), each with its
worked solution. Running it again gives the same bytes.
"""
import random

import maths_templates_easy
import maths_templates_hard
import maths_templates_middle
from task_files import writeRows, writeTask

SEED = 407
TRAIN_ROWS = 2400
EVALUATION_ROWS = 200
TEMPLATES = maths_templates_easy.TEMPLATES + maths_templates_middle.TEMPLATES + maths_templates_hard.TEMPLATES
TASK = {
    "name": "maths",
    "title": "Maths word problems",
    "description": "Solve short word problems with whole numbers in one to four steps and end with the final number.",
    "shows": "Whether a model picks up step-by-step answers, their closing line, and arithmetic with small whole numbers.",
    "doesNotShow": "General mathematical ability: training and evaluation problems come from the same templates with other "
                   "names and numbers, so a good score means the patterns were learned. It is a starter set and says "
                   "nothing about published benchmarks such as GSM8K.",
    "evaluation": [{"metric": "accuracy", "higherIsBetter": True, "judge": "final_number", "file": "eval.jsonl"}],
    "train": ["train.jsonl"],
}


def problems():
    """Distinct problems, every template in turn, so that all appear equally often in any prefix."""
    rng = random.Random(SEED)
    seen = set()
    turn = 0
    while True:
        template, difficulty = TEMPLATES[turn % len(TEMPLATES)]
        turn += 1
        question, steps, answer = template(rng)
        if question in seen or answer < 0:
            continue
        seen.add(question)
        yield question, " ".join(steps) + f"\nThe final answer is: {answer}", answer, difficulty


def main():
    source = problems()
    evaluation = [next(source) for _ in range(EVALUATION_ROWS)]
    train = [next(source) for _ in range(TRAIN_ROWS)]
    random.Random(SEED + 1).shuffle(train)
    writeTask(TASK)
    writeRows("maths/train.jsonl", [{"instruction": question, "input": "", "output": output}
                                    for question, output, _, _ in train])
    writeRows("maths/eval.jsonl", [{"id": f"maths/{number:03d}", "instruction": question, "expected": str(answer),
                                    "category": difficulty}
                                   for number, (question, _, answer, difficulty) in enumerate(evaluation, start=1)])
    print(f"maths: {len(TEMPLATES)} templates, {len(train)} training rows, {len(evaluation)} evaluation rows")


if __name__ == "__main__":
    main()
