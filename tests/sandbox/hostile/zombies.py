# SPDX-License-Identifier: Apache-2.0
# Right answers, but children that nobody waits for.
# Verdict: failed
# Test: assert f() == 1
import os

for _ in range(8):
    if os.fork() == 0:
        os._exit(0)


def f():
    return 1
