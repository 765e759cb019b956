#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a program loads a library that it must never need.

    check_links.py PROGRAM WORD…          lori-workbench: libtorch libc10        lori: libQt
"""
import subprocess
import sys


def libraries(program):
    """Names of everything the loader would bring in, also through other libraries."""
    listing = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listing.splitlines() if line.strip()]


def check(program, words):
    return [f"{program} links {name}; it must link nothing named {word}*"
            for name in libraries(program) for word in words if name.rsplit("/", 1)[-1].startswith(word)]


if __name__ == "__main__":
    problems = check(sys.argv[1], sys.argv[2:])
    print("\n".join(problems) if problems else f"{sys.argv[1]} links nothing of {', '.join(sys.argv[2:])}")
    sys.exit(1 if problems else 0)
