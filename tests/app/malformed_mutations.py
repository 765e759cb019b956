# SPDX-License-Identifier: Apache-2.0
"""Ways to spoil a valid file, each drawn from a seed: its bytes, its JSON, its safetensors header, its GGUF fields, its lines."""
import json
import struct

STRANGE = [None, True, False, -1, 0, 1, 2**31, 2**63, -2**63, 2**70, 1e308, -0.5, float("nan"), float("inf"), "", "x", "0", "ä" * 3000, [], {},
           [[]], [None], {"a": {"b": []}}, ["x", 1], "\u0000", "../../etc/passwd", 10**30]


# --- bytes ---------------------------------------------------------------------------------------------------------
def spoil_bytes(draw, data):
    """(what was done, new bytes)"""
    size = max(1, len(data))
    at, length = draw.randrange(size), draw.choice([1, 2, 8, 64, 1000])
    ways = {
        "empty": lambda: b"",
        "cut": lambda: data[:at],
        "cut near the end": lambda: data[:-draw.randint(1, 16)],
        "without its beginning": lambda: data[draw.choice([1, 3, 8, at]):],
        "bytes flipped": lambda: flipped(draw, data, draw.choice([1, 1, 3, 50])),
        "bytes flipped at the beginning": lambda: flipped(draw, data[:256], draw.choice([1, 2, 5])) + data[256:],
        "a piece zeroed": lambda: data[:at] + bytes(min(length, size - at)) + data[at + length:],
        "a piece lost": lambda: data[:at] + data[at + length:],
        "a piece twice": lambda: data[:at + length] + data[at:],
        "noise inside": lambda: data[:at] + draw.randbytes(length) + data[at:],
        "noise behind": lambda: data + draw.randbytes(length),
        "nothing but noise": lambda: draw.randbytes(2000),
    }
    way = draw.choice(sorted(ways))
    return way, ways[way]()


def flipped(draw, data, count):
    changed = bytearray(data)
    for _ in range(count if changed else 0):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


# --- JSON ----------------------------------------------------------------------------------------------------------
def places(value, path=()):
    """Paths of everything inside, containers too."""
    if path:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(children)[:400]:
        yield from places(child, path + (key,))


def holder(value, path):
    for key in path[:-1]:
        value = value[key]
    return value


def spoil_json(draw, value):
    """(what was done, JSON text); changes `value`."""
    paths = list(places(value))
    deep = draw.random()
    if deep < 0.04 or not paths:
        return "nested without end", "[" * 100000
    if deep < 0.08:
        return "another kind of document", json.dumps(draw.choice(STRANGE))
    shallow = [path for path in paths if len(path) <= 2]
    path = draw.choice(shallow if shallow and draw.random() < 0.7 else paths)
    inside, key = holder(value, path), path[-1]
    name = ".".join(map(str, path))
    way = draw.choice(["replaced", "replaced", "replaced", "lost", "renamed", "nudged", "wrapped"])
    if way == "lost":
        del inside[key]
    elif way == "renamed" and isinstance(inside, dict):
        inside[str(key) + "x"] = inside.pop(key)
    elif way == "nudged" and isinstance(inside[key], (int, float)):
        inside[key] = inside[key] * draw.choice([-1, 2, 3, 1000, 0.5]) + draw.choice([0, 1])
    elif way == "wrapped":
        inside[key] = [inside[key]]
    else:
        way = "replaced"
        inside[key] = draw.choice(STRANGE)
    shown = "" if way != "replaced" else f" by {str(inside.get(key) if isinstance(inside, dict) else inside[key])[:30]!r}"
    return f"{name} {way}{shown}", json.dumps(value, ensure_ascii=draw.random() < 0.5)


# --- safetensors ---------------------------------------------------------------------------------------------------
def spoil_safetensors(draw, data):
    length = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + length]), data[8 + length:]
    names = [name for name in header if name != "__metadata__"]
    name = draw.choice(names)
    entry = header[name]
    way = draw.choice(["dtype", "shape", "offsets", "name", "lost", "extra", "NaN", "infinite", "transposed", "field"])
    if way == "dtype":
        entry["dtype"] = draw.choice(["F16", "BF16", "I64", "F64", "F8_E4M3", "U8", "BOOL", "", None, 7])
    elif way == "shape":
        entry["shape"] = draw.choice([[], [0], [-1], [2**40, 2**40], entry["shape"] + [1], entry["shape"][:1], [1] * 64, "x", [1.5]])
    elif way == "offsets":
        begin, end = entry["data_offsets"]
        entry["data_offsets"] = draw.choice([[end, begin], [begin, end + 4], [0, 2**63], [-4, end], [begin], [begin, begin], ["0", "4"]])
    elif way == "name":
        header[draw.choice(["", "model.layers.9.self_attn.q_proj.weight", name + ".weight", "x" * 5000, draw.choice(names)])] = header.pop(name)
    elif way == "lost":
        del header[name]
    elif way == "extra":
        header[name + ".extra"] = dict(entry)
    elif way == "transposed":
        entry["shape"] = entry["shape"][::-1] if len(set(entry["shape"])) > 1 else [2, *entry["shape"]]
    elif way == "field":
        entry[draw.choice(["dtype", "shape", "data_offsets", "what"])] = draw.choice(STRANGE)
    else:
        begin = entry["data_offsets"][0] + 4 * draw.randrange(8)
        body = body[:begin] + struct.pack("<f", float("nan" if way == "NaN" else "inf")) + body[begin + 4:]
    text = json.dumps(header).encode()
    size = draw.choice([0, 0, 0, 0, 0, 0, 0, 1, -1, 2**40]) + len(text)
    return f"{name}: {way}", struct.pack("<Q", size) + text + body


# --- GGUF ----------------------------------------------------------------------------------------------------------
def spoil_gguf(draw, data):
    """Numbers of the header, lengths of texts, kinds and dimensions: found by the words that stand beside them."""
    changed = bytearray(data)
    words = [b"llama.block_count", b"llama.embedding_length", b"llama.attention.head_count", b"llama.vocab_size", b"llama.context_length",
             b"tokenizer.ggml.tokens", b"tokenizer.ggml.merges", b"tokenizer.ggml.token_type", b"tokenizer.ggml.eos_token_id", b"general.architecture",
             b"llama.rope.freq_base", b"token_embd.weight", b"blk.0.attn_q.weight", b"blk.1.ffn_down.weight", b"output_norm.weight"]
    way = draw.choice(["header", "behind a word", "behind a word", "behind a word", "length of a word", "a word renamed"])
    if way == "header":
        at = draw.choice([4, 8, 16])
        struct.pack_into("<Q" if at > 4 else "<I", changed, at, draw.choice([0, 1, 2, 7, 2**31, 2**32 - 1] + ([2**62] if at > 4 else [])))
        return f"header at {at}", bytes(changed)
    word = draw.choice(words)
    at = data.find(word)
    if way == "length of a word":
        struct.pack_into("<Q", changed, at - 8, draw.choice([0, 1, len(word) - 1, len(word) + 1, 2**33, 2**63]))
    elif way == "a word renamed":
        changed[at] = ord("x")
    else:
        struct.pack_into("<I", changed, at + len(word) + draw.choice([0, 4, 8, 12]), draw.choice([0, 1, 3, 8, 9, 77, 2**31, 2**32 - 1]))
    return f"{word.decode()}: {way}", bytes(changed)


# --- lines of rows -------------------------------------------------------------------------------------------------
def spoil_lines(draw, data):
    lines = data.split(b"\n")
    at = draw.randrange(len(lines))
    ways = {
        "a line cut": lambda: lines[:at] + [lines[at][:len(lines[at]) // 2]] + lines[at + 1:],
        "not UTF-8": lambda: lines[:at] + [lines[at].replace(b"a", b"\xe9", 1) + b"\xff"] + lines[at + 1:],
        "a zero byte": lambda: lines[:at] + [lines[at][:9] + b"\0" + lines[at][9:]] + lines[at + 1:],
        "UTF-16": lambda: [data.decode().encode("utf-16")],
        "byte order mark": lambda: [b"\xef\xbb\xbf" + data],
        "a quote left open": lambda: lines[:at] + [lines[at] + b'"'] + lines[at + 1:],
        "two lines in one": lambda: lines[:at] + [b"".join(lines[at:at + 2])] + lines[at + 2:],
        "a very long line": lambda: lines[:at] + [lines[at][:-2] + b"x" * 300000 + lines[at][-2:]] + lines[at + 1:],
        "an old Macintosh's line ends": lambda: [data.replace(b"\n", b"\r")],
        "only the first line": lambda: lines[:1],
        "a page of a web site": lambda: [b"<!DOCTYPE html><html><body>404: not found</body></html>"],
        "a pointer of Git LFS": lambda: [b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"],
    }
    way = draw.choice(sorted(ways))
    return way, b"\n".join(ways[way]())
