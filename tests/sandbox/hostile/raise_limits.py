# SPDX-License-Identifier: Apache-2.0
# Raises its own limits and those of the first process.
# Verdict: failed
# Test: assert f()
import resource


def f():
    for number in range(16):
        for limits in ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (1 << 40, 1 << 40)):
            if resource.getrlimit(number)[1] in (resource.RLIM_INFINITY, 1 << 40):
                continue  # not one of ours
            try:
                resource.setrlimit(number, limits)
                return number + 1
            except (OSError, ValueError):
                pass
    return 0
