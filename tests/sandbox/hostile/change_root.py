# SPDX-License-Identifier: Apache-2.0
# Changes the root folder.
# Verdict: failed
# Test: assert f()
import os


def f():
    os.mkdir("/tmp/new")
    os.chroot("/tmp/new")
    return True
