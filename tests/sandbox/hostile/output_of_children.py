# SPDX-License-Identifier: Apache-2.0
# Children print while the parent answers rightly.
# Verdict: too_much_output
# Test: assert f() == 1
# Test: import time; time.sleep(1); assert f() == 1
import os

for _ in range(3):
    if os.fork() == 0:
        while True:
            os.write(1, b"c" * 4096)


def f():
    return 1
