# SPDX-License-Identifier: Apache-2.0
# Forks without end.
# Verdict: any
# Test: assert f() == 1
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
