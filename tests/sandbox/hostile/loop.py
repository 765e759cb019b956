# SPDX-License-Identifier: Apache-2.0
# Never ends.
# Verdict: timed_out
# Test: assert f() == 1
def f():
    while True:
        pass
