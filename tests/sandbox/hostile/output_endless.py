# SPDX-License-Identifier: Apache-2.0
# Prints without end.
# Verdict: too_much_output
# Test: assert f() == 1
def f():
    while True:
        print("x" * 1000)
