#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills runs with SIGKILL at random moments and resumes them.

    kill_test.py [--kills 8] [--seed N]

Passes when every run ends with the uninterrupted run's losses bit for bit (each stage and step, held-out losses, adapters' and
masks' contents), with exactly one terminal event, and `lori history check` agrees each time.
"""
import argparse
import json
import random
import sys
import time

import app_common


class Failure(Exception):
    pass


def finished_well(home, run, expected, when):
    """Raises unless this run equals the uninterrupted one."""
    if app_common.terminal(run) != ["finished"]:
        raise Failure(f"{when}: terminal events are {app_common.terminal(run)}, expected exactly one 'finished'")
    got = app_common.outcome(run)
    for key in sorted(expected.keys() | got.keys(), key=str):
        if expected.get(key) != got.get(key):
            raise Failure(f"{when}: {key} is {got.get(key)}, the uninterrupted run has {expected.get(key)}")
    numbers = [event["seq"] for event in app_common.events(run)]
    if numbers != list(range(1, len(numbers) + 1)):
        raise Failure(f"{when}: the events' numbers are not 1, 2, 3 …")
    check = home.lori("history", "check")
    if check.returncode != 0:
        raise Failure(f"{when}: lori history check ended with {check.returncode}: {(check.stdout + check.stderr)[-600:]}")


def whole(home, when):
    """Raises when a kill left something half-made that is not plainly a temporary."""
    for run in home.runs():
        if run.name.startswith(".") or ".tmp" in run.name:
            continue
        try:
            json.loads((run / "config.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Failure(f"{when}: {run.name} has no whole config.json ({error})") from error


def kill_once(home, arguments, moment, by_events, draw):
    """Starts lori and kills it; False when it had ended before."""
    process = home.start(*arguments)
    limit = time.monotonic() + (60 if by_events else moment)
    while process.poll() is None and time.monotonic() < limit:
        if by_events:
            runs = home.runs()
            if runs and sum(len(app_common.events(run)) for run in runs) >= by_events:
                time.sleep(draw.random() * 0.02)
                break
        time.sleep(0.001)
    ended = process.poll() is not None
    if not ended:
        process.kill()
    process.wait()
    return not ended


def one_run(home, config, expected, span, count, draw, wanted):
    """Kills one run up to three times, resumes it to its end. Returns the number of kills."""
    app_common.empty_home(home.root)
    kills = 0
    for _ in range(min(wanted, draw.randint(1, 3))):
        runs = [run for run in home.runs() if (run / "config.json").exists()]
        arguments = ("run", "--resume", runs[0].name) if runs else ("run", "--config", config)
        already = sum(len(app_common.events(run)) for run in runs)
        by_events = already + draw.randint(1, max(2, count - already)) if draw.random() < 0.5 else 0
        if not kill_once(home, arguments, draw.random() * span, by_events, draw):
            break
        kills += 1
        whole(home, f"kill {kills}")
    runs = [run for run in home.runs() if (run / "config.json").exists()]
    if not runs or app_common.terminal(runs[0]) != ["finished"]:
        done = home.lori(*(("run", "--resume", runs[0].name) if runs else ("run", "--config", config)))
        if done.returncode != 0:
            raise Failure(f"resuming ended with {done.returncode}: {done.stderr[-600:]}")
    runs = [run for run in home.runs() if (run / "config.json").exists()]
    finished_well(home, runs[0], expected, f"after {kills} kills")
    return kills


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--kills", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=None)
    given = arguments.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    draw = random.Random(seed)
    print(f"seed {seed} (repeat with --seed {seed})", flush=True)
    app_common.lori_program()
    home = app_common.Home()
    try:
        config = home.config()
        started = time.monotonic()
        done = home.lori("run", "--config", config)
        span = (time.monotonic() - started) * 1.02
        if done.returncode != 0:
            raise Failure(f"the uninterrupted run ended with {done.returncode}: {done.stderr[-600:]}")
        run = home.runs()[0]
        expected = app_common.outcome(run)
        steps = sum(1 for key in expected if key[0] == "step")
        if steps != 60:
            raise Failure(f"the uninterrupted run shows {steps} steps, expected 60")
        count = len(app_common.events(run))
        finished_well(home, run, expected, "uninterrupted")
        kills = runs = idle = 0
        while kills < given.kills and idle < 20:
            got = one_run(home, config, expected, span, count, draw, given.kills - kills)
            kills, runs, idle = kills + got, runs + 1, 0 if got else idle + 1
            if runs % 10 == 0:
                print(f"{kills} kills over {runs} runs, all as the uninterrupted one", flush=True)
        if kills < given.kills:
            raise Failure(f"only {kills} of {given.kills} kills hit a living run")
        print(f"PASS: {kills} kills over {runs} runs; {steps} losses each equal bit for bit, history check agreed every time")
        return 0
    except Failure as failure:
        print(f"FAIL: {failure}")
        return 1
    finally:
        home.close()


if __name__ == "__main__":
    sys.exit(main())
