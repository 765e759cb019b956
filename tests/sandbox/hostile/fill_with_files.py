# SPDX-License-Identifier: Apache-2.0
# Makes empty files without end.
# Verdict: too_many_files
# Test: assert f() == 1
import os


def f():
    number = 0
    while True:
        os.close(os.open(f"/tmp/{number}", os.O_CREAT | os.O_WRONLY))
        number += 1
