# SPDX-License-Identifier: Apache-2.0
# Never ends, before it is called.
# Verdict: timed_out
# Test: assert f() == 1
while True:
    pass
