# SPDX-License-Identifier: Apache-2.0
# Prints bytes that are no text, and a wrong answer.
# Verdict: failed
# Test: assert f() == 1
import os


def f():
    os.write(1, bytes(range(256)) * 20)
    return 2
