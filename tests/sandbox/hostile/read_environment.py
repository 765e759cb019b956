# SPDX-License-Identifier: Apache-2.0
# Looks for a variable of the caller's environment, also in the sandbox's first process.
# Verdict: failed
# Test: assert f()
import glob
import os


def f():
    text = repr(dict(os.environ)).encode()
    for file in glob.glob("/proc/*/environ") + glob.glob("/proc/*/task/*/environ"):
        try:
            text += open(file, "rb").read()
        except OSError:
            pass
    return b"LORI_HOSTILE_SECRET" in text
