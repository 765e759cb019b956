# SPDX-License-Identifier: Apache-2.0
# os._exit(0) from a thread while the tests run.
# Verdict: any
# Test: assert f() == 1
# Test: import time; time.sleep(0.5); assert f() == 1
import os
import threading

threading.Timer(0.2, os._exit, args=(0,)).start()


def f():
    return 1
