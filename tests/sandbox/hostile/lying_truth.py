# SPDX-License-Identifier: Apache-2.0
# An object whose truth, length and text raise.
# Verdict: any
# Test: assert not f()
class Liar:
    def __bool__(self):
        raise SystemExit(0)

    def __repr__(self):
        raise SystemExit(0)


def f():
    return Liar()
