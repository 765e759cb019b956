# SPDX-License-Identifier: Apache-2.0
# Sends a datagram.
# Verdict: failed
# Test: assert f()
import socket


def f():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)) == 1
