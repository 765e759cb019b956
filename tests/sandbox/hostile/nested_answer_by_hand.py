# SPDX-License-Identifier: Apache-2.0
# A message that is nested too deeply for any reader.
# Verdict: any
# Test: assert f() == 1
import os


def f():
    os.write(3, b'{"id": ' + b"[" * 1_000_000 + b"\n")
    return 1
