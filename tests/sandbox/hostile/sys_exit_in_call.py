# SPDX-License-Identifier: Apache-2.0
# sys.exit(0) in a call, where a test would catch any error.
# Verdict: ended
# Test: try: f()
# Test: except BaseException: pass
import sys


def f():
    sys.exit(0)
