# SPDX-License-Identifier: Apache-2.0
# Looks for home folders.
# Verdict: failed
# Test: assert f()
import os


def f():
    found = []
    for place in ("/root", "/home", os.path.expanduser("~root"), "/mnt", "/srv", "/opt", "/var"):
        if os.path.exists(place):
            found.append(place)
    return found
