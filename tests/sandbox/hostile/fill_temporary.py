# SPDX-License-Identifier: Apache-2.0
# Fills /tmp, and wants room for more than its limit.
# Verdict: failed
# Test: assert f() > 64 << 20
def f():
    written = 0
    try:
        for number in range(1000):
            with open(f"/tmp/{number}", "wb", buffering=0) as file:
                for _ in range(16):
                    written += file.write(b"x" * (1 << 20))
    except OSError:
        pass
    return written
