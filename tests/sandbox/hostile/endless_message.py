# SPDX-License-Identifier: Apache-2.0
# A message without an end.
# Verdict: any
# Test: assert f() == 1
import os


def f():
    while True:
        os.write(3, b"x" * 65536)
