# SPDX-License-Identifier: Apache-2.0
# Opens files until none can be opened, and wants 1,000.
# Verdict: failed
# Test: assert f() >= 1000
import os


def f():
    kept = []
    try:
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        for number in kept:
            os.close(number)
        return len(kept)
