# SPDX-License-Identifier: Apache-2.0
# An answer of 100 MB.
# Verdict: any
# Test: assert f() == 1
def f():
    return "x" * 100_000_000
