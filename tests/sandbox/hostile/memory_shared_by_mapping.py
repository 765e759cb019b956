# SPDX-License-Identifier: Apache-2.0
# Many shared mappings, spread over processes.
# Verdict: out_of_memory
# Test: assert f() == 1
import mmap
import os
import time


def f():
    for _ in range(12):
        if os.fork() == 0:
            area = mmap.mmap(-1, 200 << 20)
            for at in range(0, 200 << 20, 4096):
                area[at] = 1
            time.sleep(60)
    time.sleep(60)
    return 1
