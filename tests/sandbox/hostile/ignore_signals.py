# SPDX-License-Identifier: Apache-2.0
# Ignores every signal and goes on for ever.
# Verdict: timed_out
# Test: assert f() == 1
import signal


def f():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
