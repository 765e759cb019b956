# SPDX-License-Identifier: Apache-2.0
# Changes the interpreter and its library.
# Verdict: failed
# Test: assert f()
import json
import os
import sys


def f():
    done = 0
    for path in (json.__file__, sys.executable, "/usr/bin/python3", "/lib64/ld-linux-x86-64.so.2"):
        for attack in (lambda: open(path, "ab").write(b"x"), lambda: os.chmod(path, 0o777), lambda: os.remove(path),
                       lambda: os.rename(path, path + "x"), lambda: os.utime(path)):
            try:
                attack()
                done += 1
            except OSError:
                pass
    return done
