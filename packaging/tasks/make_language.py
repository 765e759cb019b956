#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the starter task "language" from hand-written passages, questions and word relations in packaging/tasks/language.

Two formats: reading questions answered with true or false, and four-way choices. Running it again gives the same bytes.
"""
import random

from task_files import SOURCE, readRecords, writeRows, writeTask

SEED = 1812
EVALUATION_PASSAGES = 13  # with four questions each
EVALUATION_CHOICES = 60
OPTIONS = ["answer1", "answer2", "answer3", "answer4"]
TASK = {
    "name": "language",
    "title": "Language understanding",
    "description": "Answer reading questions with true or false, and choose one of four answers about words and everyday life.",
    "shows": "Whether a model learns two answer formats and reads short passages and simple questions correctly; guessing gives "
             "about one half and one quarter.",
    "doesNotShow": "Deep understanding or knowledge: the texts are short and plain, and there are only about a hundred evaluation "
                   "rows, so a few rows move the score. It is a starter set, in no way comparable with BoolQ, ARC and the like.",
    "evaluation": [{"metric": "accuracy", "higherIsBetter": True, "judge": "choice", "file": "eval.jsonl"}],
    "train": ["train.jsonl"],
}


def passages():
    """Lists of (prompt, answer, options, kind), one list per passage, so that a passage never lies on both sides."""
    groups = []
    for line in (SOURCE / "language/passages.txt").read_text(encoding="utf-8").split("\n"):
        mark, _, text = line.partition(": ")
        if mark == "P":
            passage = text
            groups.append([])
        elif mark in ("T", "F"):
            prompt = (f"Read the passage and answer the question with true or false.\n\nPassage: {passage}\n\n"
                      f"Question: {text}\n\nAnswer format: true or false")
            groups[-1].append((prompt, "true" if mark == "T" else "false", ["true", "false"], "reading"))
    return groups


def layOut(rng, items):
    """Four-way rows; the right answers are dealt evenly over the four positions."""
    deck = []
    for kind, question, right, wrong in items:
        if not deck:
            deck = list(range(len(OPTIONS)))
            rng.shuffle(deck)
        position = deck.pop()
        texts = list(wrong)
        rng.shuffle(texts)
        texts.insert(position, right)
        lines = "\n".join(f"{name}: {text}" for name, text in zip(OPTIONS, texts))
        prompt = (f"Choose the correct answer to the question.\n\nQuestion: {question}\n\n{lines}\n\n"
                  "Answer format: answer1, answer2, answer3 or answer4")
        yield prompt, OPTIONS[position], OPTIONS, kind


def relations():
    """The word relations, by sort."""
    table = {}
    for line in (SOURCE / "language/relations.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            sort, *fields = line.split(" | ")
            table.setdefault(sort, []).append(fields)
    return table


def wordChoices(rng):
    """Questions made from the word relations; wrong answers come from other entries of the same sort."""
    table = relations()
    confusing = [set(words.split(", ")) for (words,) in table["confuse"]]

    def wrong(right, words):
        fitting = [word for word in words if word != right and not any({word, right} <= group for group in confusing)]
        return rng.sample(fitting, 3)

    for first, second in table["opposite"]:
        others = [word for pair in table["opposite"] for word in pair if first not in pair]
        yield "opposites", f"Which word means the opposite of \"{first}\"?", second, wrong(second, others)
    for category, members in table["kind"]:
        members = members.split(", ")
        alike = {category, {"tree": "fruit", "fruit": "tree"}.get(category)}
        strangers = [member for name, list_ in table["kind"] if name not in alike for member in list_.split(", ")]
        article = "an" if category[0] in "aeiou" else "a"
        picked = rng.sample(members, 4)
        yield "categories", f"Which of these is {article} {category}?", picked[0], wrong(picked[0], strangers)
        yield ("categories", f"Three of these words name {article} {category}. Which one does not?", rng.choice(strangers),
               picked[1:])
    for tool, purpose in table["tool"]:
        yield "tools", f"What do you need in order to {purpose}?", tool, wrong(tool, [name for name, _ in table["tool"]])
    for (steps,) in table["order"]:
        steps = steps.split("; ")
        yield "sequences", "Which of these steps comes first?", steps[0], steps[1:]
        yield "sequences", "Which of these steps comes last?", steps[3], steps[:3]
    for sort, kind, form in (("home", "places", "Where would you expect to find {}?"), ("part", "parts", "What is a {} a part of?")):
        for thing, place in table[sort]:
            yield kind, form.format(thing), place, wrong(place, [name for _, name in table[sort]])


def main():
    rng = random.Random(SEED)
    reading = passages()
    rng.shuffle(reading)
    items = [(kind, question, right, wrong) for kind, question, right, *wrong in readRecords("language/choices.txt", 6)]
    items += wordChoices(rng)
    rng.shuffle(items)
    evaluation = [row for group in reading[:EVALUATION_PASSAGES] for row in group]
    evaluation += layOut(rng, items[:EVALUATION_CHOICES])
    train = [row for group in reading[EVALUATION_PASSAGES:] for row in group]
    train += layOut(rng, items[EVALUATION_CHOICES:])
    rng.shuffle(evaluation)
    rng.shuffle(train)
    writeTask(TASK)
    writeRows("language/train.jsonl", [{"instruction": prompt, "input": "", "output": f"the correct answer is {answer}"}
                                       for prompt, answer, _, _ in train])
    writeRows("language/eval.jsonl", [{"id": f"language/{number:03d}", "instruction": prompt, "expected": answer,
                                       "options": options, "category": kind}
                                      for number, (prompt, answer, options, kind) in enumerate(evaluation, start=1)])
    print(f"language: {len(train)} training rows, {len(evaluation)} evaluation rows")


if __name__ == "__main__":
    main()
