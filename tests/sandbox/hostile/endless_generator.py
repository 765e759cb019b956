# SPDX-License-Identifier: Apache-2.0
# A generator that never ends, which the tests turn into a list.
# Verdict: any
# Test: assert list(f()) == [1]
def f():
    while True:
        yield 1
