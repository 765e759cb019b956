# SPDX-License-Identifier: Apache-2.0
# One line of 100 MB.
# Verdict: too_much_output
# Test: assert f() == 1
import sys


def f():
    sys.stdout.write("z" * 100_000_000)
    sys.stdout.flush()
    return 1
