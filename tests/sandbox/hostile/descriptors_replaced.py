# SPDX-License-Identifier: Apache-2.0
# Puts /dev/null in the place of every descriptor.
# Verdict: any
# Test: assert f() == 1
import os


def f():
    for number in range(10):
        os.dup2(os.open("/dev/null", os.O_RDWR), number)
    return 1
