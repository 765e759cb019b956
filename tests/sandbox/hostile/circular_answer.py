# SPDX-License-Identifier: Apache-2.0
# An answer that holds itself.
# Verdict: failed
# Test: assert f() == 1
def f():
    answer = []
    answer.append(answer)
    return answer
