# SPDX-License-Identifier: Apache-2.0
# Sleeps.
# Verdict: timed_out
# Test: assert f() == 1
import time


def f():
    time.sleep(3600)
    return 1
