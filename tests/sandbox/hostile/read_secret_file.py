# SPDX-License-Identifier: Apache-2.0
# Reads a file of the person who runs the tests.
# Verdict: failed
# Test: assert "secret" in f(r"@SECRET@")
def f(path):
    return open(path).read()
