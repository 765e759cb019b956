# SPDX-License-Identifier: Apache-2.0
# Memory that belongs to no process: memfd.
# Verdict: failed
# Test: assert f() > 0
import os


def f():
    number = os.memfd_create("x")
    return os.write(number, b"x" * (1 << 20))
