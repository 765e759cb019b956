# SPDX-License-Identifier: Apache-2.0
# An error whose text runs a program of its own.
# Verdict: any
# Test: assert f() == 1
class Evil(Exception):
    def __str__(self):
        raise SystemExit(0)


def f():
    raise Evil(1, 2)
