#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files stay short: over 500 lines fails, over 300 is listed.

    check_sizes.py ROOT
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sources import is_source, read, repository_files  # noqa: E402

LIMIT = 500
LONG = 300


def sizes(root):
    """(lines, path) of every source file, longest first."""
    found = [(read(root, path).count("\n"), path) for path in repository_files(root) if is_source(path)]
    return sorted(found, key=lambda pair: (-pair[0], str(pair[1])))


def check(root):
    return [f"{path}: {lines} lines, the limit is {LIMIT}; split it by idea" for lines, path in sizes(root) if lines > LIMIT]


if __name__ == "__main__":
    problems = check(sys.argv[1])
    for count, name in sizes(sys.argv[1]):
        if LONG < count <= LIMIT:
            print(f"long: {name}: {count} lines")
    print("\n".join(problems) if problems else f"no file is over {LIMIT} lines")
    sys.exit(1 if problems else 0)
