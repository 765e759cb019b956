# SPDX-License-Identifier: Apache-2.0
# Forks without end when it is called, each child in a session of its own.
# Verdict: any
# Test: assert f() == 1
import os


def f():
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            pass
