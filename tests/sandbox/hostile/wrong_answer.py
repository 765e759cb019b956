# SPDX-License-Identifier: Apache-2.0
# Is merely wrong.
# Verdict: failed
# Test: assert f() == 1
def f():
    return 2
