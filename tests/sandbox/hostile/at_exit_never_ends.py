# SPDX-License-Identifier: Apache-2.0
# Right answers, but an exit handler that never ends.
# Verdict: timed_out
# Test: assert f() == 1
import atexit
import time

atexit.register(time.sleep, 3600)


def f():
    return 1
