# SPDX-License-Identifier: Apache-2.0
# Twelve processes, each below its own limit, together above it.
# Verdict: out_of_memory
# Test: assert f() == 1
import os
import time


def f():
    for _ in range(12):
        if os.fork() == 0:
            kept = bytearray(b"x") * (150 << 20)
            time.sleep(60)
            os._exit(len(kept) & 1)
    time.sleep(60)
    return 1
