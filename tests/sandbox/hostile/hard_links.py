# SPDX-License-Identifier: Apache-2.0
# Links system files into /tmp to change them there.
# Verdict: failed
# Test: assert f()
import json
import os


def f():
    for path in (json.__file__, "/usr/bin/python3", "/proc/self/exe", "/proc/self/environ"):
        try:
            os.link(path, "/tmp/link")
            return True
        except OSError:
            pass
    return False
