# SPDX-License-Identifier: Apache-2.0
# Raises an error that pretends to come from the tests.
# Verdict: failed
# Test: assert f() == 1
def f():
    raise AssertionError("passed")
