# SPDX-License-Identifier: Apache-2.0
# Sends SIGKILL to everybody, group by group and number by number, from a child.
# Verdict: any
# Test: assert f() == 1
import os
import signal


def f():
    if os.fork() == 0:
        os.setsid()
        for pid in [-1, *range(2, 70000), *range(-70000, -1)]:
            if pid != os.getpid():
                try:
                    os.kill(pid, signal.SIGKILL)
                except OSError:
                    pass
    while True:
        pass
