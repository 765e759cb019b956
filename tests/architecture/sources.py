# SPDX-License-Identifier: Apache-2.0
"""Which files of the repository the checks look at."""
import os
import subprocess
from pathlib import Path

CODE = {".h", ".cpp", ".cu", ".cuh"}
SCRIPTS = {".py", ".sh", ".cmake", ".sql"}
SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache", "shared"}


def repository_files(root):
    """Tracked and new files, relative to root; everything below root when it is no git checkout (a release archive, a self-test)."""
    root = Path(root)
    if (root / ".git").exists():
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                capture_output=True, check=False)
        if listed.returncode == 0:
            names = sorted({name for name in listed.stdout.decode().split("\0") if name})
            return [Path(name) for name in names if (root / name).is_file()]
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("build-"))
        found += [Path(folder, name).relative_to(root) for name in sorted(files)]
    return found


def is_source(path):
    """Code and build scripts that people write by hand."""
    return path.suffix in CODE | SCRIPTS or path.name == "CMakeLists.txt"


def read(root, path):
    return (Path(root) / path).read_text(encoding="utf-8", errors="replace")
