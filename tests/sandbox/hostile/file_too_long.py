# SPDX-License-Identifier: Apache-2.0
# Writes one file of 100 MB; the signal of the limit is ignored.
# Verdict: failed
# Test: assert f() >= 100_000_000
import os
import signal


def f():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    number = os.open("/tmp/long", os.O_CREAT | os.O_RDWR)
    try:
        os.ftruncate(number, 100_000_000)
    except OSError:
        pass
    return os.fstat(number).st_size
