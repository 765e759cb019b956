# SPDX-License-Identifier: Apache-2.0
# Kills its parent and the sandbox's first process.
# Verdict: any
# Test: assert f() == 1
import os
import signal


def f():
    for pid in (os.getppid(), 1):
        for kind in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
            os.kill(pid, kind)
    os.kill(os.getpid(), signal.SIGKILL)
    return 1
