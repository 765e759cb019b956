# SPDX-License-Identifier: Apache-2.0
# Becomes root, or another user.
# Verdict: failed
# Test: assert f()
import os


def f():
    for attack in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.setresuid(0, 0, 0), lambda: os.setgid(0),
                   lambda: os.chown("/tmp", 0, 0), lambda: os.nice(-10), lambda: os.mknod("/tmp/device", 0o60666, 0x800)):
        try:
            attack()
            return True
        except OSError:
            pass
    return False
