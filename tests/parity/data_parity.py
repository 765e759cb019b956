#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tables against text: pyarrow writes the same rows as JSON lines and as Parquet and Arrow in every form that people have, and
`lori data preview` must show the same rows, columns and problems. Damaged tables must end with one sentence.

    LORI_PROGRAM=build/release/bin/lori data_parity.py
"""
import json
import random
import subprocess
import sys

from common import lori_json, lori_program, need, scratch, skip

need("pyarrow")
import pyarrow as pa  # noqa: E402
import pyarrow.feather as feather  # noqa: E402
import pyarrow.parquet as parquet  # noqa: E402

WORDS = "a spider has eight legs \u00e9\u4e2d\U0001f600 \" \\ \n \t".split(" ")
failures = 0


def check(name, good, detail=""):
    global failures
    failures += not good
    print(f"{'ok  ' if good else 'FAIL'} {name} {detail if not good else ''}")


def text(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 12))) + " x"


def row_sets(rng):
    """Rows of three kinds: columns with system and history, conversations, and what makes a row unusable."""
    plain = [{"instruction": text(rng), "input": rng.choice([None, "", text(rng)]), "output": text(rng),
              "system": rng.choice([None, "Be kind."]), "history": rng.choice([None, [], [["u", "a"]], [["u", "a"], ["v", "b"]]]),
              "score": rng.choice([None, 0.5, 3.0]), "count": rng.randint(-2**40, 2**40), "good": rng.choice([True, False])}
             for _ in range(1500)]
    turn = lambda role: {"role": role, "content": text(rng)}  # noqa: E731
    talks = [{"messages": ([turn("system")] if rng.random() < 0.3 else []) +
              [turn(role) for _ in range(rng.randint(1, 4)) for role in ("user", "assistant")], "id": str(i)} for i in range(300)]
    mixed = [{"question": rng.choice([None, "", "q"]), "answer": rng.choice([None, 4, 5, 6])} for _ in range(60)] + [{"question": "q", "answer": 1}]
    return {"columns": plain, "conversations": talks, "broken rows": mixed}


def preview(path):
    answer = lori_json("data", "preview", path, "--limit", 100000, "--skip-bad")
    return {key: answer[key] for key in ("rows", "columns", "preview")} | {"problems": [(p["line"], p["field"], p["problem"]) for p in answer["problems"]],
                                                                          "fields": sorted(answer["fields"])}


def cast_text(table, kind):
    """The table with its text columns in another of Arrow's forms of text."""
    fields = []
    for i, field in enumerate(table.schema):
        column = table.column(i)
        if pa.types.is_string(field.type):
            column = column.dictionary_encode() if kind == "dictionary" else column.cast(kind)
        fields.append(column)
    return pa.table(fields, names=table.column_names)


def write_stream(table, path):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)


def write_file(table, path):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)


def write_saved_set(table, folder):
    """As datasets' save_to_disk: two shards, in an order that only state.json tells."""
    folder.mkdir()
    half = table.num_rows // 2
    names = ["data-00001-of-00002.arrow", "data-00000-of-00002.arrow"]
    write_stream(table.slice(0, half), folder / names[0])
    write_stream(table.slice(half), folder / names[1])
    (folder / "state.json").write_text(json.dumps({"_data_files": [{"filename": name} for name in names]}))
    (folder / "dataset_info.json").write_text("{}")


def write_shards(table, folder):
    (folder / "data").mkdir(parents=True)
    half = table.num_rows // 2
    parquet.write_table(table.slice(0, half), folder / "data/train-00000-of-00002.parquet")
    parquet.write_table(table.slice(half), folder / "data/train-00001-of-00002.parquet")
    parquet.write_table(table.slice(0, 1), folder / "data/test-00000-of-00001.parquet")


FORMS = {
    "snappy.parquet": lambda t, p: parquet.write_table(t, p, compression="snappy", row_group_size=200),
    "zstd.parquet": lambda t, p: parquet.write_table(t, p, compression="zstd"),
    "gzip.parquet": lambda t, p: parquet.write_table(t, p, compression="gzip", use_dictionary=False),
    "brotli.parquet": lambda t, p: parquet.write_table(t, p, compression="brotli", version="1.0"),
    "large.parquet": lambda t, p: parquet.write_table(cast_text(t, pa.large_string()), p),
    "v2.parquet": lambda t, p: parquet.write_table(t, p, data_page_version="2.0", use_dictionary=False),
    "stream.arrow": write_stream,
    "file.arrow": write_file,
    "view.arrow": lambda t, p: write_stream(cast_text(t, pa.string_view()), p),
    "dictionary.arrow": lambda t, p: write_file(cast_text(t, "dictionary"), p),
    "lz4.feather": lambda t, p: feather.write_feather(t, p, compression="lz4"),
    "saved-set": write_saved_set,
    "hub-folder": write_shards,
}


def damage(rng, data):
    data = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        way = rng.randrange(4)
        at = rng.randrange(max(1, len(data)))
        if not data:
            break
        if way == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif way == 1:
            data[at:at + 8] = rng.randbytes(8)
        elif way == 2:
            del data[at:at + rng.randint(1, 64)]
        else:
            data = data[:max(1, at)]
    return bytes(data)


def damaged_tables(rng, folder, tries):
    """Each damaged table is read, or refused with one sentence and exit code 2."""
    rows = row_sets(rng)["conversations"][:40]
    table = pa.Table.from_pylist(rows)
    refused = 0
    for name in ("snappy.parquet", "gzip.parquet", "stream.arrow", "file.arrow", "dictionary.arrow", "lz4.feather"):
        good = folder / ("good-" + name)
        FORMS[name](table, good)
        data = good.read_bytes()
        for number in range(tries):
            bad = folder / ("bad-" + name)
            bad.write_bytes(damage(rng, data))
            done = subprocess.run([lori_program(), "data", "preview", str(bad)], capture_output=True, text=True, check=False, errors="replace")
            ok = done.returncode == 0 or (done.returncode == 2 and done.stderr.count("\n") == 1 and "please report" not in done.stderr)
            refused += done.returncode == 2
            if not ok:
                bad.rename(folder / f"kept-{number}-{name}")
                check(f"damaged {name} {number}", False, f"exit {done.returncode}: {done.stderr[-400:]}")
    print(f"     {tries * 6} damaged tables, {refused} refused")


def main():
    keep, folder = scratch()
    rng = random.Random(11)
    for kind, rows in row_sets(rng).items():
        lines = folder / "rows.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        wanted = preview(lines)
        table = pa.Table.from_pylist(rows)
        for name, write in FORMS.items():
            path = folder / f"{kind}-{name}"
            write(table, path)
            got = preview(path)
            check(f"{kind}: {name}", got == wanted, next((f"{key}: {str(got[key])[:300]} instead of {str(wanted[key])[:300]}"
                                                          for key in wanted if got[key] != wanted[key]), ""))
    damaged_tables(rng, folder, int(sys.argv[1]) if len(sys.argv) > 1 else 12)
    del keep
    print("tables and text agree" if failures == 0 else f"{failures} differ")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    import os
    if not (os.path.dirname(lori_program()) and os.path.exists(os.path.join(os.path.dirname(lori_program()), "liblori_tables.so"))):
        skip("this build reads no tables (LORI_WITH_ARROW)")
    main()
