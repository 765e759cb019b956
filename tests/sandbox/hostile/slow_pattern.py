# SPDX-License-Identifier: Apache-2.0
# A regular expression that needs for ever and cannot be interrupted.
# Verdict: timed_out
# Test: assert f() == 1
import re


def f():
    re.match(r"(a+)+$", "a" * 60 + "b")
    return 1
