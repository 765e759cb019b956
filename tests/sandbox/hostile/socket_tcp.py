# SPDX-License-Identifier: Apache-2.0
# Opens a TCP connection.
# Verdict: failed
# Test: assert f()
import socket


def f():
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "::1")):
        try:
            made = socket.socket(family, socket.SOCK_STREAM)
            made.settimeout(0.2)
            made.connect((address, 80))
            return True
        except ConnectionRefusedError:
            return True  # somebody answered
        except OSError:
            pass
    return False
