# SPDX-License-Identifier: Apache-2.0
"""Reading the hand-written lists and writing the files of a starter task; used by the make_*.py scripts."""
import json
import os
import pathlib

SOURCE = pathlib.Path(__file__).resolve().parent
# LORI_TASKS_OUT lets a check write elsewhere and compare.
TARGET = pathlib.Path(os.environ.get("LORI_TASKS_OUT", SOURCE.parents[1] / "resources" / "tasks"))


def readRecords(name, fields):
    """Lines of `name` split at " | " into `fields` parts (the last may hold the separator); lines that begin with # are remarks."""
    records = []
    for number, line in enumerate((SOURCE / name).read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split(" | ", fields - 1)]
        if len(parts) != fields or not all(parts):
            raise SystemExit(f"{name}:{number}: expected {fields} parts separated by ' | '")
        records.append(parts)
    return records


def writeText(name, text):
    file = TARGET / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))


def writeRows(name, rows):
    writeText(name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def writeTask(task):
    writeText(task["name"] + "/task.json", json.dumps(task, ensure_ascii=False, indent=2) + "\n")
