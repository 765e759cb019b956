# SPDX-License-Identifier: Apache-2.0
# Writes anywhere but in its own /tmp.
# Verdict: failed
# Test: assert f()
import os


def f():
    done = []
    for folder in ("/", "/etc", "/var/tmp", "/home", "/root", "/dev", "/dev/shm", "/run", "/proc", "/sys", "/usr", "/lib", ".."):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "lori-sandbox-escape"), "w") as file:
                file.write("x")
            done.append(folder)
        except OSError:
            pass
    return done
