# SPDX-License-Identifier: Apache-2.0
# Follows symbolic links out of /tmp.
# Verdict: failed
# Test: assert f(r"@SECRET@")
import os


def f(secret):
    os.symlink("/", "/tmp/root")
    os.symlink(os.path.dirname(secret), "/tmp/secret")
    os.symlink("../../../../../../../../etc", "/tmp/up")
    for path in ("/tmp/root/etc/passwd", "/tmp/secret/" + os.path.basename(secret), "/tmp/up/passwd", "/tmp/root/root"):
        if os.path.exists(path):
            return path
    os.chdir("/tmp/root")
    return [name for name in os.listdir(".") if name not in ("tmp", "dev", "proc", "usr", "lib", "lib64")]
