# SPDX-License-Identifier: Apache-2.0
# Runs a shell and other programs of the system.
# Verdict: failed
# Test: assert f()
import os
import subprocess


def f():
    for command in (["/bin/sh", "-c", "true"], ["/usr/bin/env"], ["/usr/bin/gcc", "--version"], ["/usr/bin/bwrap", "--version"]):
        try:
            subprocess.run(command, check=True)
            return True
        except OSError:
            pass
    return os.system("true") == 0
