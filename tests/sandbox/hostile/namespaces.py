# SPDX-License-Identifier: Apache-2.0
# Makes a user namespace, in which it would be root.
# Verdict: failed
# Test: assert f()
import ctypes


def f():
    libc = ctypes.CDLL(None)
    return libc.unshare(0x10000000) == 0 or libc.unshare(0x00020000) == 0 or libc.syscall(56, 0x10000011, 0, 0, 0, 0) > 0
