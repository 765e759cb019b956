# SPDX-License-Identifier: Apache-2.0
# Writes without end to both streams at once.
# Verdict: too_much_output
# Test: assert f() == 1
import os
import threading


def flood(number):
    while True:
        os.write(number, b"y" * 65536)


def f():
    threading.Thread(target=flood, args=(1,)).start()
    flood(2)
