# SPDX-License-Identifier: Apache-2.0
# Leaves a child in a session of its own and answers rightly.
# Verdict: failed
# Test: assert f() == 1
import os
import signal
import time


def f():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(1, 65):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            os.closerange(0, 256)
            time.sleep(3600)
        os._exit(0)
    os.wait()
    return 1
