# SPDX-License-Identifier: Apache-2.0
# os._exit(0) in the middle of the tests.
# Verdict: ended
# Test: assert f() == 1
import os


def f():
    os._exit(0)
