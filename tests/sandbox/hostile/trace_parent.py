# SPDX-License-Identifier: Apache-2.0
# Traces the sandbox's first process, and a child of its own.
# Verdict: failed
# Test: assert f()
import ctypes
import os
import time


def f():
    libc = ctypes.CDLL(None, use_errno=True)
    child = os.fork()
    if child == 0:
        time.sleep(60)
    done = [libc.ptrace(16, pid, None, None) for pid in (1, os.getppid(), child)]
    os.kill(child, 9)
    os.wait()
    return 0 in done
