# SPDX-License-Identifier: Apache-2.0
# A System V segment, which no limit of a process counts.
# Verdict: failed
# Test: assert f()
import ctypes


def f():
    return ctypes.CDLL(None).shmget(0, 1 << 28, 0o1600) >= 0
