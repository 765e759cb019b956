# SPDX-License-Identifier: Apache-2.0
# Right answers, but a thread that never ends.
# Verdict: timed_out
# Test: assert f() == 1
import threading
import time

threading.Thread(target=time.sleep, args=(3600,)).start()


def f():
    return 1
