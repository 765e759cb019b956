# SPDX-License-Identifier: Apache-2.0
# Opens raw, packet, netlink and virtual machine sockets.
# Verdict: failed
# Test: assert f()
import socket


def f():
    for family, kind in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_NETLINK, socket.SOCK_RAW),
                         (40, socket.SOCK_STREAM), (socket.AF_ALG, socket.SOCK_SEQPACKET), (31, socket.SOCK_RAW)):
        try:
            socket.socket(family, kind, 1 if kind == socket.SOCK_RAW else 0)
            return True
        except OSError:
            pass
    return False
