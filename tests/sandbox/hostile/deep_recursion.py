# SPDX-License-Identifier: Apache-2.0
# Recursion without a limit, until the stack is gone.
# Verdict: any
# Test: assert f() == 1
import sys

sys.setrecursionlimit(1 << 30)


def f():
    return [f()]
