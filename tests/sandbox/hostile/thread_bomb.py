# SPDX-License-Identifier: Apache-2.0
# Starts threads without end.
# Verdict: any
# Test: assert f() == 1
import threading
import time


def f():
    while True:
        threading.Thread(target=time.sleep, args=(60,)).start()
