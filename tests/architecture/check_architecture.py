#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every #include of the program and fails on an arrow that the rooms' plan does not have.

    check_architecture.py ROOT

The tables below are the plan. A forbidden arrow is a defect of the code: move the code, not the table.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sources import CODE, read, repository_files  # noqa: E402

TORCH_FREE = ("support", "vocabulary", "events", "wire", "experiment", "jobs", "formats", "tokenizer", "chat", "tables", "tasks",
              "analysis", "sandbox", "downloads", "bundles")
ENGINE = ("ops", "model", "adapters", "training", "generation", "evaluation", "merging", "distributed", "runs", "recipes", "workers",
          "serving", "cuda")

# room of core -> rooms of core that it may include (itself always)
BASE = set(TORCH_FREE)
ROOMS = {
    "support": set(),
    "vocabulary": {"support"},
    "events": {"support"},
    "wire": {"support", "events"},
    "experiment": {"support", "vocabulary"},
    "jobs": {"support", "events", "experiment"},
    "formats": {"support", "vocabulary"},
    "tokenizer": {"support", "formats"},
    "chat": {"support", "tokenizer"},
    "tables": {"support"},
    "tasks": {"support", "experiment", "tokenizer", "chat", "tables"},
    "analysis": {"support", "vocabulary", "experiment", "formats"},
    "sandbox": {"support"},
    "downloads": {"support"},
    "bundles": {"support", "events", "experiment", "jobs"},
    "cuda": BASE,
    "ops": BASE,
    "model": BASE | {"cuda", "ops"},
    "adapters": BASE | {"cuda", "model"},
    "distributed": BASE | {"cuda"},
    "generation": BASE | {"cuda", "model", "adapters"},
    "evaluation": BASE | {"cuda", "model", "adapters", "generation"},
    "merging": BASE | {"cuda", "model", "adapters"},
    "training": BASE | {"cuda", "model", "adapters", "generation", "evaluation", "distributed"},
    "runs": BASE | {"cuda", "model", "adapters", "generation", "evaluation", "merging", "distributed", "training"},
    "recipes": BASE | {"cuda", "model", "adapters", "generation", "evaluation", "merging", "distributed", "training", "runs"},
    "workers": BASE | {"cuda", "model", "adapters", "generation", "evaluation", "merging", "distributed", "training", "runs",
                       "recipes"},
    "serving": BASE | {"cuda", "model", "adapters", "generation", "evaluation", "merging", "distributed", "training", "runs"},
}

# room of ui -> rooms of ui that it may include (itself always). "" is ui's own folder: the window and its pictures, which may include
# all, and the words, colours and icons, which everybody may include and which include none.
UI_ROOMS = {
    "services": set(),
    "models": {"services"},
    "widgets": {"services", "models"},
    "frame": {"services", "models", "widgets"},
    "dialogs": {"services", "models", "widgets", "frame"},
    "pages": {"services", "models", "widgets", "frame", "dialogs"},
    "": {"services", "models", "widgets", "frame", "dialogs", "pages"},
}
UI_WORDS = ("text", "theme", "icons")
PAGE_BASE = "ui/pages/page.h"  # all that a page's folder may know of ui/pages; page_table.cpp knows the pages

# kinds of third-party headers, by the text between the brackets
QT = re.compile(r"^(Q[A-Z]\w*|Qt\w*/.*|qt\w+\.h)$")
CHARTS = re.compile(r"^(QtCharts(/.*)?|Q\w*(Chart|Series|Legend|BarSet|ValueAxis|LogValueAxis|CategoryAxis)\w*)$")
TORCH = re.compile(r"^(torch|ATen|c10|caffe2)(/|$)")
SQLITE = re.compile(r"^(SQLiteCpp/.*|sqlite3(ext)?\.h)$")
CUDA = re.compile(r"^(cuda\w*\.h|cuda/.*|cub/.*|thrust/.*|nccl\.h|cublas\w*\.h|cooperative_groups.*)$")
MPI = re.compile(r"^mpi\.h$")
ARROW = re.compile(r"^(arrow|parquet)/")
TORCH_FREE_THIRD_PARTY = re.compile(r"^(nlohmann/.*|Eigen/.*|pcre2\.h|fmt/.*|zip\.h|curl/.*|openssl/.*)$")
APP_THIRD_PARTY = re.compile(r"^(nlohmann/.*|CLI/.*|fmt/.*|spdlog/.*)$")
SYSTEM = re.compile(r"^([a-z0-9_]+|(sys|linux|netinet|arpa|net|bits)/[\w/.]+|[a-z0-9_]+\.h)$")  # C++, C and POSIX
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def kind_of(header):
    """Qt, Torch … or None for the language's and the system's own headers."""
    for name, pattern in (("Qt", QT), ("Torch", TORCH), ("SQLite", SQLITE), ("CUDA", CUDA), ("MPI", MPI), ("Arrow", ARROW)):
        if pattern.match(header):
            return name
    return None


def room_of(parts):
    """("core", "formats") of core/formats/x.h, ("ui", "widgets") of ui/widgets/x.h, ("database", "") of database/x.h."""
    return parts[0], parts[1] if len(parts) > 2 else ""


def check_third_party(path, header):
    house, room = room_of(path.parts)
    kind = kind_of(header)
    if kind == "Arrow":
        inside = path.name in ("arrow_plugin.cpp", "json_value.cpp") and (house, room) == ("core", "tables")
        return None if inside else "only the library of core/tables that is loaded when needed may include Arrow"
    if house == "core" and room in TORCH_FREE:
        if kind is not None:
            return f"a Torch-free room may not include {kind}"
        if not SYSTEM.match(header) and not TORCH_FREE_THIRD_PARTY.match(header):
            return "a Torch-free room may use only the standard library, nlohmann-json, Eigen, PCRE2, fmt, libzip, libcurl and OpenSSL"
    elif house == "core":
        if kind in ("Qt", "SQLite"):
            return f"core may not include {kind}"
        if kind == "CUDA" and room != "cuda" and room != "distributed":
            return "only core/cuda and core/distributed may include CUDA's headers"
        if kind == "MPI" and room != "distributed":
            return "only core/distributed may include MPI"
    elif house == "database":
        if kind in ("Qt", "Torch", "CUDA"):
            return f"database may not include {kind}"
    elif house == "ui":
        if kind in ("Torch", "SQLite", "CUDA", "MPI"):
            return f"ui may not include {kind}"
        if CHARTS.match(header) and not str(path).startswith("ui/widgets/plot_view."):
            return "only ui/widgets/plot_view.* may include Qt Charts"
    elif house == "app":
        if kind in ("SQLite", "CUDA", "MPI"):
            return f"app wires rooms together and may not include {kind}"
        if kind == "Torch" and room != "lori":
            return "only app/lori may include Torch"
        if CHARTS.match(header):
            return "only ui/widgets/plot_view.* may include Qt Charts"
    return None


def check_ui(path, header):
    """An arrow inside ui."""
    (_, room), (_, to_room) = room_of(path.parts), room_of(Path(header).parts)
    is_words = not room and path.stem in UI_WORDS
    if not to_room and Path(header).stem in UI_WORDS:
        return None
    if is_words:
        return "ui's words, colours and icons may include nothing else of ui"
    if room not in UI_ROOMS:
        return f"ui has no room '{room}'; put the file into a room, or add the room to the plan"
    if room != to_room:
        return None if to_room in UI_ROOMS[room] else f"ui/{room} may not include ui/{to_room or '(its own folder)'}"
    if room == "pages" and len(path.parts) > 3:
        own = header.startswith("/".join(path.parts[:3]) + "/")
        hint = f"a page may include its own folder and {PAGE_BASE}; ask other pages by ui/services/page_router.h"
        return None if own or header == PAGE_BASE else hint
    return None


def check_own(path, header):
    house, room = room_of(path.parts)
    to_house, to_room = room_of(Path(header).parts)
    if house == "core":
        if to_house != "core":
            return f"core may not include {to_house}"
        if room == to_room:
            return None
        if to_room not in ROOMS.get(room, set()):
            return f"core/{room} may not include core/{to_room or '(no room)'}"
    elif house in ("database", "ui"):
        allowed = ("core", "database") if house == "database" else ("core", "database", "ui")
        if to_house not in allowed:
            return f"{house} may not include {to_house}"
        if to_house == "core" and to_room not in TORCH_FREE:
            return f"{house} may include only the Torch-free rooms of core, not core/{to_room}"
        if house == "ui" == to_house:
            return check_ui(path, header)
    return None


def check_app(path, headers):
    """One program of app/ is either the engine's or the window's."""
    window = [h for h in headers if kind_of(h) == "Qt" or h.startswith("ui/")]
    engine = [h for h in headers if kind_of(h) == "Torch" or h.startswith(tuple(f"core/{room}/" for room in ENGINE))]
    if window and engine:
        return [f"{path}: includes both the window ({window[0]}) and the engine ({engine[0]}); these are two programs"]
    return []


def cycles(arrows):
    """Rooms that reach themselves through other rooms."""
    def reach(room, seen):
        for other in arrows.get(room, ()):
            if other not in seen:
                seen.add(other)
                reach(other, seen)
        return seen
    return sorted(room for room in arrows if room in reach(room, set()))


def check(root):
    problems = []
    arrows = {}
    houses = ("core", "app", "ui", "database")
    for path in repository_files(root):
        if path.suffix not in CODE or path.parts[0] not in houses:
            continue
        house, room = room_of(path.parts)
        if house == "core" and room not in ROOMS:
            problems.append(f"{path}: core has no room '{room}'; put the file into a room, or add the room to the plan")
        text = read(root, path)
        headers = []
        for match in INCLUDE.finditer(text):
            header = match.group(2)
            line = text.count("\n", 0, match.start()) + 1
            headers.append(header)
            if match.group(1) == '"' and header.split("/")[0] in houses + ("tests",):
                problem = check_own(path, header)
                to_house, to_room = room_of(Path(header).parts)
                if house == "core" == to_house and room != to_room:
                    arrows.setdefault(room, set()).add(to_room)
            else:
                problem = check_third_party(path, header)
            if problem:
                problems.append(f"{path}:{line}: {problem} (<{header}>)")
        if house == "app":
            problems += check_app(path, headers)
    problems += [f"core/{room}: its includes lead back to itself; rooms may not form a ring" for room in cycles(arrows)]
    return problems


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) if found else "every arrow is in the plan")
    sys.exit(1 if found else 0)
