#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes core/tokenizer/nfc_tables.cpp from Python's Unicode data.

    make-nfc-tables.py

Only characters of Unicode 9.0 are entered (which those are, Perl knows): the tables inside `tokenizers` are of that version, and
Unicode promises that normalization of a character never changes once it is assigned. Later characters stay as they are.
"""
import subprocess
import textwrap
import unicodedata
from pathlib import Path

ROOM = Path(__file__).resolve().parents[1] / "core/tokenizer"
HEAD = """// SPDX-License-Identifier: Apache-2.0
// Written by packaging/make-nfc-tables.py; do not edit.
#include "core/tokenizer/nfc_tables.h"

namespace lori::tokenizer {

// The formatter would put most entries on lines of their own.
// clang-format off
"""

HANGUL = range(0xAC00, 0xAC00 + 11172)  # composed by rule
AGE = "for (0..0x10ffff) { next if $_ >= 0xd800 && $_ <= 0xdfff; print \"$_\\n\" if chr($_) =~ /\\p{Present_In: 9.0}/ }"


def combining_ranges(points):
    """(first, last, class) of neighbouring characters of one combining class."""
    ranges = []
    for point in points:
        kind = unicodedata.combining(chr(point))
        if kind and ranges and ranges[-1][1] == point - 1 and ranges[-1][2] == kind:
            ranges[-1][1] = point
        elif kind:
            ranges.append([point, point, kind])
    return ranges


def decompositions(points):
    """(character, its parts) of every canonical decomposition, one step deep, without the Hangul syllables."""
    for point in points:
        parts = unicodedata.decomposition(chr(point))
        if parts and not parts.startswith("<") and point not in HANGUL:
            yield point, [int(part, 16) for part in parts.split()]


def array(kind, entries):
    values = ", ".join("{" + ",".join(f"{value:#x}" if value > 255 else str(value) for value in entry) + "}" for entry in entries)
    lines = textwrap.fill(values, 128, initial_indent="    ", subsequent_indent="    ")
    return f"const std::array<{kind}, k{kind}Count> k{kind}s{{{{\n{lines}}}}};\n\n"


def main():
    points = [int(line) for line in subprocess.run(["perl", "-e", AGE], capture_output=True, check=True, text=True).stdout.split()]
    ranges = combining_ranges(points)
    every = list(decompositions(points))
    pairs = [(point, *parts, int(unicodedata.normalize("NFC", chr(point)) == chr(point))) for point, parts in every if len(parts) == 2]
    singletons = [(point, *parts) for point, parts in every if len(parts) == 1]
    text = array("CombiningRange", ranges) + array("Pair", pairs) + array("Singleton", singletons)
    (ROOM / "nfc_tables.cpp").write_text(HEAD + text + "} // namespace lori::tokenizer\n", encoding="utf-8")
    print(f"put into nfc_tables.h: {len(ranges)} ranges, {len(pairs)} pairs, {len(singletons)} singletons")


if __name__ == "__main__":
    main()
