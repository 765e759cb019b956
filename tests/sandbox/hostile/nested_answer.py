# SPDX-License-Identifier: Apache-2.0
# An answer that is nested too deeply.
# Verdict: failed
# Test: assert f() == 1
def f():
    answer = []
    for _ in range(100_000):
        answer = [answer]
    return answer
