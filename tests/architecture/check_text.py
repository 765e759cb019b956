#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each source carries its licence, and no file carries anything of the machine it was written on.

    check_text.py ROOT
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sources import is_source, read, repository_files  # noqa: E402

GPL_FOLDERS = ("ui/", "app/workbench/", "tests/ui/", "tests/journeys/")
TEXT = {".h", ".cpp", ".cu", ".cuh", ".py", ".sh", ".cmake", ".sql", ".md", ".txt", ".json", ".yml", ".yaml", ".desktop", ".xml", ".1", ".in", ""}
LICENCE = re.compile(r"SPDX-License-Identifier: (\S+)")
# The patterns are put together so that this file does not match itself.
HOME_FOLDER = re.compile(r"(?<![\w.$}])/(?:home|Users)/[A-Za-z]\w*/|(?<![\w.$}])/root" + r"/\S|(?<![\w.$}])/work" + r"/(?:main|wt|shared)\b")
ADDRESS = re.compile(r"https?://(?:[^@/\s]*@)?((?:\d{1,3}\.){3}\d{1,3}|[\w-]+(?:\.[\w-]+)*)")
MIRROR = re.compile(r"--?(?:extra-)?" + r"index-url|PIP_" + r"INDEX_URL|Acquire::http::" + r"Proxy|https?_" + r"proxy=", re.IGNORECASE)
KNOWN_HOSTS = {
    "git-lfs.github.com",  # the first line of a git-lfs pointer
    "arxiv.org", "github.com", "raw.githubusercontent.com", "huggingface.co", "www.w3.org", "www.apache.org", "www.gnu.org", "spdx.org", "pypi.org",
    "json-schema.org", "www.freedesktop.org", "specifications.freedesktop.org", "doc.qt.io", "www.qt.io", "pytorch.org",
    "docs.nvidia.com", "sqlite.org", "www.sqlite.org", "example.com", "example.org", "www.debian.org", "ubuntu.com",
    "creativecommons.org", "en.wikipedia.org", "schemas.microsoft.com",
}


def expected_licence(path):
    name = path.as_posix()
    if path.name == "CMakeLists.txt":
        return None
    if name.startswith(GPL_FOLDERS):
        return "GPL-3.0-or-later"
    return None if name.startswith(("app/", "tests/", "packaging/", "resources/")) else "Apache-2.0"


def check_licence(path, text):
    head = "\n".join(text.split("\n")[:3])
    match = LICENCE.search(head)
    if not match:
        return [f"{path}: the first lines carry no SPDX-License-Identifier"]
    wanted = expected_licence(path)
    if match.group(1) not in ("Apache-2.0", "GPL-3.0-or-later") or (wanted and match.group(1) != wanted):
        return [f"{path}: licence is {match.group(1)}, this folder's is {wanted or 'Apache-2.0 or GPL-3.0-or-later'}"]
    return []


# A home as a person's computer left it, with an invented folder: what an older program wrote is not changed.
RELEASED = "tests/app/released/"


def check_places(path, text):
    problems = []
    if str(path).startswith(RELEASED):
        return problems
    for number, line in enumerate(text.split("\n"), 1):
        if HOME_FOLDER.search(line):
            problems.append(f"{path}:{number}: names a folder of one machine")
        if MIRROR.search(line):
            problems.append(f"{path}:{number}: names a package mirror or proxy; leave that to each machine's own settings")
        for host in ADDRESS.findall(line):
            if host not in KNOWN_HOSTS and not host.endswith((".example.com", ".example.org")):
                problems.append(f"{path}:{number}: unknown host '{host}'")
    return problems


def check(root):
    problems = []
    for path in repository_files(root):
        if path.suffix not in TEXT or path.name in ("LICENSE", "COPYING") or path.parts[0] == "LICENSES":
            continue
        text = read(root, path)
        if is_source(path):
            problems += check_licence(path, text)
        problems += check_places(path, text)
    return problems


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) if found else "licences stand, and nothing names a machine")
    sys.exit(1 if found else 0)
