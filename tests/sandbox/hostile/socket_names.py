# SPDX-License-Identifier: Apache-2.0
# Asks for the address of a name.
# Verdict: failed
# Test: assert f()
import socket


def f():
    return socket.getaddrinfo("example.com", 80)
