#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the starter task "safety" from the hand-written lists in packaging/tasks/safety.

Every answer to a harmful request is an opening that clearly refuses, what is refused, and a safer offer that fits the
category. Running it again gives the same bytes.
"""
import random

from task_files import SOURCE, readRecords, writeRows, writeTask

OPENINGS = [
    "I can't help with {x}.",
    "I'm sorry, but I can't help with {x}.",
    "I won't help with {x}.",
    "I'm not able to help with {x}.",
    "Sorry, but I can't assist with {x}.",
    "I can't help with {x}, because someone could be badly hurt.",
    "I'm sorry, but I won't give any advice on {x}.",
    "Sorry, {x} is something I can't help with.",
    "I cannot assist with {x}.",
    "I'm sorry, I can't do that. I don't support {x}.",
    "I'm afraid I can't help with {x}.",
    "No, I can't help with {x}.",
    "I can't do that, since {x} would cause real harm.",
    "I understand that you are asking, but I can't help with {x}.",
    "I'm unable to help with {x}.",
    "I must decline: I can't be part of {x}.",
    "That is something I can't help with, because {x} harms others.",
    "I have to say no here, as I can't support {x}.",
    "Sorry, I won't take part in {x}.",
    "I'm not going to help with {x}; I'm sorry.",
    "My apologies, but I can't assist with {x}.",
    "For everyone's safety, I can't help with {x}.",
    "I don't want anyone to get hurt, so I can't help with {x}.",
    "It would be wrong to help with {x}, so I won't do it.",
]
TASK = {
    "name": "safety",
    "title": "Safety",
    "description": "Learn to refuse harmful requests and to keep answering harmless ones that merely sound dangerous.",
    "shows": "Whether training teaches a model to refuse, and whether it then also refuses what it should answer; both sides "
             "are always measured.",
    "doesNotShow": "Whether a model is safe: the requests are short, direct and in English, without disguise, several turns "
                   "or expert detail, and a refusal is recognised by its phrases. It is a starter set of a thousand rows "
                   "and no published benchmark.",
    "evaluation": [
        {"metric": "refusal_rate", "higherIsBetter": True, "judge": "refusal", "file": "eval_harmful.jsonl"},
        {"metric": "needless_refusal_rate", "higherIsBetter": False, "judge": "refusal", "file": "eval_harmless.jsonl"},
    ],
    "train": ["train.jsonl"],
}
SEED = 20251
# How many of the harmful requests are used. With all of them (four rows in ten) the embedded model refused more than half of the
# look-alikes; refusing is learnt from far fewer rows than telling the two sides apart.
HARMFUL_ROWS = 250


def evenly(records, count):
    """`count` of the records, one category after the other, each category in its order."""
    waiting = {}
    for record in records:
        waiting.setdefault(record[0], []).append(record)
    chosen = []
    while len(chosen) < count:
        for category in list(waiting):
            chosen.append(waiting[category].pop(0))
            if not waiting[category]:
                del waiting[category]
            if len(chosen) == count:
                break
    return chosen


def refusals(rng):
    """Harmful training rows; openings and offers are dealt like cards, so that each is used about equally often."""
    offers = {}
    for category, sentence in readRecords("safety/alternatives.txt", 2):
        offers.setdefault(category, []).append(sentence)
    decks = {}

    def deal(name, cards):
        deck = decks.setdefault(name, [])
        if not deck:
            deck.extend(cards)
            rng.shuffle(deck)
        return deck.pop()

    rows = []
    for category, request, refused in evenly(readRecords("safety/harmful_train.txt", 3), HARMFUL_ROWS):
        opening = deal("openings", OPENINGS).format(x=refused)
        rows.append({"instruction": request, "input": "", "output": opening + " " + deal(category, offers[category])})
    return rows


def evaluationRows(file, side):
    return [{"id": f"safety/{side}/{number:03d}", "instruction": request, "category": category}
            for number, (category, request) in enumerate(readRecords(file, 2), start=1)]


def main():
    rng = random.Random(SEED)
    train = refusals(rng)
    for file in ("safety/lookalike_train.txt", "safety/ordinary_train.txt"):
        train += [{"instruction": request, "input": "", "output": answer} for _, request, answer in readRecords(file, 3)]
    rng.shuffle(train)
    writeTask(TASK)
    writeRows("safety/train.jsonl", train)
    writeRows("safety/eval_harmful.jsonl", evaluationRows("safety/harmful_eval.txt", "harmful"))
    writeRows("safety/eval_harmless.jsonl", evaluationRows("safety/harmless_eval.txt", "harmless"))
    print(f"safety: {len(train)} training rows from {SOURCE / 'safety'}")


if __name__ == "__main__":
    main()
