# SPDX-License-Identifier: Apache-2.0
# Looks for the system's own sockets.
# Verdict: failed
# Test: assert f()
import socket


def f():
    for name in ("/run/dbus/system_bus_socket", "/var/run/docker.sock", "/run/systemd/private", "/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0"):
        try:
            socket.socket(socket.AF_UNIX).connect(name)
            return True
        except OSError:
            pass
    return False
