#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares our token ids and decoded texts with Hugging Face `tokenizers`, string by string.

The reference is built here, from the GGUF's own tokens, merges and token types, as the tokenizer.json of SmolLM2 describes it:
digits one by one, then GPT-2's words, byte-level BPE without an unknown token. (transformers' own reading of a GGUF of the llama
family leaves the digit step out and adds an unknown token; how many strings that changes is printed, and is not counted.)

Exit code 0: every string agrees. 1: some do not. 2: wrong use.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import gguf
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

CONTROL = 3
MINIMUM = 20_000


def reference_from_gguf(path):
    """The true tokenizer of a GGUF whose pre-tokenizer is 'smollm'."""
    fields = gguf.GGUFReader(path).fields
    name = fields["tokenizer.ggml.pre"].contents()
    if name != "smollm":
        sys.exit(f"{path}: the pre-tokenizer is '{name}', this comparison knows 'smollm'")
    tokens = fields["tokenizer.ggml.tokens"].contents()
    types = fields["tokenizer.ggml.token_type"].contents()
    merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"].contents()]
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t, kind in zip(tokens, types) if kind == CONTROL])
    return tokenizer


def texts_of(value):
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from texts_of(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts_of(entry)


def real_strings(folder, limit):
    """Distinct strings of the data folder, the same share of every file."""
    by_file = []
    for path in sorted(folder.rglob("*")):
        strings = []
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line.strip():
                    strings.extend(texts_of(json.loads(line)))
        elif path.suffix == ".json":
            strings.extend(texts_of(json.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix in (".csv", ".txt", ".md", ".py"):
            strings.extend(path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True))
        if strings:
            by_file.append(list(dict.fromkeys(strings)))
    chosen = {}
    for position in range(max(map(len, by_file), default=0)):
        for strings in by_file:
            if position < len(strings):
                chosen.setdefault(strings[position])
        if len(chosen) >= limit:
            break
    return list(chosen)[:limit]


def every_character():
    """Each code point that UTF-8 can hold, between letters, digits and spaces, 64 to a string."""
    points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    for begin in range(0, len(points), 64):
        yield "".join(f"a{chr(c)} {chr(c)}1{chr(c)}" for c in points[begin : begin + 64])


def torture_strings(specials):
    """Strings made to find differences."""
    yield from ("", " ", "  ", "\n", "\r\n", "\t", "\0", "\ufeff", "\ufffd", "\u200b\u200d\u2060", "a\u0301", "\u0958")
    for count in (1, 2, 3, 7, 31, 32, 33, 100, 1000, 20_000):
        for sign in (" ", "\n", "\r\n", "\t", "a", "7", "!", "=", "é", "漢", "😀", "\u00a0", "\u3000", "\u180e", "\x85"):
            yield sign * count
            yield "x" + sign * count + "y"
    yield from ("👩‍👩‍👧‍👦 family", "🏳️‍🌈🇩🇪🇨🇳", "👍🏽👎🏿", "e\u0301\u0302\u0303", "مرحبا بالعالم ١٢٣", "नमस्ते १२३", "日本語のテキスト。", "中文，標點！", "한국어 텍스트",
                "Ǆ ǅ ǆ ſ İ ı ß ẞ", "½ ² Ⅷ ④ ৩ 𝟘𝟙", "１２３ 123456789012345678901234567890", "3.14159e-10", "don't I'll we've they're it's I'm he'd",
                "DON'T I'LL ’s 's' ''s", "<|im_start", "|im_end|>", "<<|im_end|>>", "< |im_end| >", "<|IM_END|>", "<|im_end|><|im_end|>")
    for special in specials:
        for text in (special, f" {special} ", f"a{special}b", f"{special}\n{special}", special[:-1], special[1:], special * 3, special.upper()):
            yield text
    alphabet = [" ", "  ", "\n", "\r", "\t", "a", "B", "the", "'s", "'", "1", "23", "é", "ñ", "漢", "😀", "\u200d", "\u00a0", "\x07", "\x7f", "-", "#", "_", ".",
                *specials[:3]]
    generator = random.Random(7)
    for _ in range(4000):
        yield "".join(generator.choice(alphabet) for _ in range(generator.randint(1, 60)))
    for _ in range(2000):
        yield "".join(chr(generator.choice([c for c in (generator.randrange(0x110000),) if not 0xD800 <= c <= 0xDFFF] or [0xFFFD]))
                      for _ in range(generator.randint(1, 40)))


def ours(command, model, strings):
    """What `lori tokens` answers for these strings."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8", delete=False) as file:
        json.dump(strings, file)
    try:
        answer = subprocess.run([*command, "--model", str(model), "--file", file.name, "--json"], check=True, stdout=subprocess.PIPE)
    finally:
        os.unlink(file.name)
    return json.loads(answer.stdout)["results"]


def compare(reference, results, strings, shown=10):
    """Number of strings whose ids or decoded text differ; prints the first few."""
    different = 0
    expected = [encoding.ids for encoding in reference.encode_batch(strings, add_special_tokens=False)]
    decoded = reference.decode_batch(expected, skip_special_tokens=False)
    for string, ids, text, result in zip(strings, expected, decoded, results, strict=True):
        if result["ids"] != ids or result["text"] != text:
            different += 1
            if different <= shown:
                print(f"  differs: {string[:80]!r}\n    expected {ids[:24]} {text[:60]!r}\n    ours     {result['ids'][:24]} {result['text'][:60]!r}")
    return different


def changed_by_transformers(path, reference, strings):
    """How many strings transformers' own reading of the GGUF encodes otherwise than the true tokenizer."""
    from transformers import AutoTokenizer

    loaded = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)._tokenizer
    theirs = loaded.encode_batch(strings, add_special_tokens=False)
    true = reference.encode_batch(strings, add_special_tokens=False)
    return sum(a.ids != b.ids for a, b in zip(theirs, true))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lori", default="lori tokens", help="command that answers as `lori tokens` does")
    parser.add_argument("--model", type=pathlib.Path, required=True, help="GGUF file")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with JSON, JSONL, CSV and text files")
    parser.add_argument("--strings", type=int, default=25_000, help="how many real strings at most")
    parser.add_argument("--transformers", action="store_true", help="also count what transformers' own reading of the GGUF changes")
    arguments = parser.parse_args()
    reference = reference_from_gguf(arguments.model)
    specials = [token.content for _, token in sorted(reference.get_added_tokens_decoder().items())]
    groups = {
        "real strings": real_strings(arguments.data, arguments.strings),
        "torture strings": list(torture_strings(specials)),
        "every code point": list(every_character()),
    }
    failures = 0
    for name, strings in groups.items():
        different = compare(reference, ours(arguments.lori.split(), arguments.model, strings), strings)
        print(f"{name}: {len(strings) - different} of {len(strings)} identical")
        failures += different
    if arguments.transformers:
        strings = groups["real strings"]
        print(f"transformers' GGUF tokenizer differs from the true one on {changed_by_transformers(arguments.model, reference, strings)} of {len(strings)}")
    if len(groups["real strings"]) < MINIMUM:
        print(f"only {len(groups['real strings'])} real strings were found, fewer than {MINIMUM}")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
