# SPDX-License-Identifier: Apache-2.0
# Brings its own check, and metadata.
# Verdict: failed
# Test: def check(candidate): assert candidate() == 1
# Test: check(f)
METADATA = {"passed": True}


def check(candidate):
    return True


def f():
    return 2
