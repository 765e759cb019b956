# SPDX-License-Identifier: Apache-2.0
# Mounts a file system.
# Verdict: failed
# Test: assert f()
import ctypes


def f():
    libc = ctypes.CDLL(None)
    return 0 in (libc.mount(b"x", b"/tmp", b"tmpfs", 0, None), libc.mount(b"proc", b"/proc", b"proc", 0, None),
                 libc.umount2(b"/tmp", 2), libc.mount(None, b"/", None, 32 | 4096, None))
