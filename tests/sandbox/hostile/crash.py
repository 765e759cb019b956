# SPDX-License-Identifier: Apache-2.0
# Reads from address zero.
# Verdict: ended
# Test: assert f() == 1
import ctypes


def f():
    ctypes.string_at(0)
    return 1
