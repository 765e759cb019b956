#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every function of the starter task "code" against its tests, each in its own process with a time limit.

The training functions are read from the shipped train.jsonl; those of the evaluation rows, whose answers are not shipped,
from packaging/tasks/code. Exit code 1 when one fails.
"""
import json
import subprocess
import sys

import make_code
from task_files import TARGET

TIME_LIMIT_SECONDS = 20


def failure(program, tests):
    """What went wrong, or "" when all tests hold."""
    try:
        done = subprocess.run([sys.executable, "-I", "-S", "-c", program + "\n" + tests + "\n"], capture_output=True, text=True,
                              timeout=TIME_LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "ran past the time limit"
    return "" if done.returncode == 0 else (done.stderr.strip().split("\n") or ["failed"])[-1]


def shippedPrograms():
    """Pairs of program and tests of the training rows, then those of the evaluation rows' reference functions."""
    for line in (TARGET / "code" / "train.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            yield row["output"], row["tests"]
    for one in make_code.functions(make_code.EVALUATION_FILE):
        yield one["program"], one["tests"]


def failures():
    """Number of programs run, and a sentence for each that failed."""
    count, found = 0, []
    for program, tests in shippedPrograms():
        count += 1
        problem = failure(program, tests)
        if problem:
            found.append(program.split("\n")[0] + " " + problem)
    return count, found


def main():
    count, found = failures()
    for sentence in found:
        print("code: " + sentence)
    print(f"code: {count - len(found)} of {count} functions pass their tests")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
