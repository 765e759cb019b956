# SPDX-License-Identifier: Apache-2.0
# Takes memory without end.
# Verdict: out_of_memory
# Test: assert f() == 1
def f():
    kept = []
    while True:
        kept.append(bytearray(16 << 20))
