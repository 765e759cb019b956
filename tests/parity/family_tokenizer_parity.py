#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Token ids and decoded texts of each tokenizer family against `tokenizers` and `sentencepiece`, string by string.

No published vocabulary is needed: a small one is trained here on real strings under each family's own configuration (normalizer,
pre-tokenizer, model, decoder, added tokens; for SentencePiece the trainer's options), written as tokenizer.json, tokenizer.model or
GGUF beside a tiny model, and read by `lori tokens`. Passes when every string of every family gives the same ids and text.
"""
import argparse
import json
import pathlib
import sys

import common
import tokenizer_parity as shared

VOCABULARY = 6000
THIN = 6  # every sixth string, except with LORI_FULL_PARITY=1
LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"
          r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
MARK = "\u2581"


def byte_level(strings, pattern, specials, normalizer=None, ignore_merges=False, digits=False):
    """A byte-level tokenizer of Llama 3, Qwen, SmolLM or Mistral Nemo, trained on the strings."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
    built = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if normalizer == "NFC":
        built.normalizer = normalizers.NFC()
    cut = pre_tokenizers.Digits(individual_digits=True) if digits else pre_tokenizers.Split(Regex(pattern), "isolated")
    built.pre_tokenizer = pre_tokenizers.Sequence([cut, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=digits)])
    built.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    built.train_from_iterator(strings, trainer)
    built.add_special_tokens([AddedToken(text, normalized=False) for text in specials])
    built.add_tokens([AddedToken("<tool>", normalized=False), AddedToken("Normal\u00e9", normalized=True)])
    return built


def train_pieces(strings, folder, **options):
    """A SentencePiece BPE model with Llama 2's trainer options unless others are given; returns its file."""
    import sentencepiece
    chosen = {"vocab_size": VOCABULARY, "model_type": "bpe", "byte_fallback": True, "split_digits": True, "character_coverage": 0.9995,
              "normalization_rule_name": "identity", "allow_whitespace_only_pieces": True, "remove_extra_whitespaces": False,
              "unk_surface": " \u2047 ", "minloglevel": 2, **options}
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(strings), model_prefix=str(folder / "tokenizer"), **chosen)
    (folder / "tokenizer.vocab").unlink()
    return folder / "tokenizer.model"


def pieces_of(file):
    """(text, score, kind) of each id; kinds by SentencePiece's numbers."""
    import sentencepiece
    processor = sentencepiece.SentencePieceProcessor(model_file=str(file))
    rows = []
    for number in range(processor.vocab_size()):
        kind = (2 if processor.is_unknown(number) else 3 if processor.is_control(number) else 6 if processor.is_byte(number) else 1)
        rows.append((processor.id_to_piece(number), processor.get_score(number), kind))
    return processor, rows


def merges_of(rows):
    """The merges that Hugging Face makes of a SentencePiece vocabulary: every split of every piece, best piece first."""
    ids = {text: number for number, (text, _, _) in enumerate(rows)}
    merges = []
    for text, score, _ in rows:
        halves = [(text[:cut], text[cut:]) for cut in range(1, len(text)) if text[:cut] in ids and text[cut:] in ids]
        merges += [(pair, score) for pair in sorted(halves, key=lambda pair: (ids[pair[0]], ids[pair[1]]))]
    return ids, [pair for pair, _ in sorted(merges, key=lambda entry: entry[1], reverse=True)]


def piece_tokenizer(rows, style):
    """What a Llama 2 or Mistral folder's tokenizer.json holds: 'legacy' (normalizer) or a scheme of Metaspace."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
    ids, merges = merges_of(rows)
    built = Tokenizer(models.BPE(vocab=ids, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=style != "no bytes"))
    if style in ("legacy", "no bytes"):
        built.normalizer = normalizers.Sequence([normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)])
    else:
        built.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme=style.split()[0], split="split" in style)
    built.decoder = (decoders.Metaspace(replacement=MARK, prepend_scheme=style.split()[0]) if "split" in style else
                     decoders.Sequence([decoders.Replace(MARK, " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]))
    built.add_special_tokens([AddedToken(text, normalized=False) for text, _, kind in rows if kind in (2, 3)])
    built.add_tokens([AddedToken("[INST]", normalized=False), AddedToken("wordy", normalized=True, single_word=True)])
    return built


def write_model(folder, vocabulary):
    """config.json and weights of a model that is no use but to carry a tokenizer."""
    import numpy
    from safetensors.numpy import save_file
    config = {"model_type": "llama", "vocab_size": vocabulary, "hidden_size": 4, "intermediate_size": 4, "num_hidden_layers": 1,
              "num_attention_heads": 1, "num_key_value_heads": 1, "tie_word_embeddings": True, "bos_token_id": 1, "eos_token_id": 2}
    shapes = {f"model.layers.0.{name}.weight": (4, 4) for name in
              [f"self_attn.{p}_proj" for p in "qkvo"] + [f"mlp.{p}_proj" for p in ("gate", "up", "down")]}
    shapes |= {"model.embed_tokens.weight": (vocabulary, 4), "model.norm.weight": (4,), "model.layers.0.input_layernorm.weight": (4,),
               "model.layers.0.post_attention_layernorm.weight": (4,)}
    save_file({name: numpy.zeros(shape, dtype=numpy.float32) for name, shape in shapes.items()}, str(folder / "model.safetensors"))
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def write_gguf(file, rows):
    """The same vocabulary as llama.cpp's converter writes it."""
    import gguf
    import numpy
    writer = gguf.GGUFWriter(str(file), "llama")
    for add, value in ((writer.add_block_count, 1), (writer.add_embedding_length, 4), (writer.add_feed_forward_length, 4),
                       (writer.add_head_count, 1), (writer.add_context_length, 64), (writer.add_layer_norm_rms_eps, 1e-5),
                       (writer.add_tokenizer_model, "llama"), (writer.add_token_list, [text for text, _, _ in rows]),
                       (writer.add_token_scores, [score for _, score, _ in rows]), (writer.add_token_types, [kind for _, _, kind in rows]),
                       (writer.add_bos_token_id, 1), (writer.add_eos_token_id, 2)):
        add(value)
    names = ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"]
    shapes = {f"blk.0.{name}.weight": (4, 4) for name in names} | {"token_embd.weight": (len(rows), 4), "output_norm.weight": (4,),
                                                                  "blk.0.attn_norm.weight": (4,), "blk.0.ffn_norm.weight": (4,)}
    for name, shape in shapes.items():
        writer.add_tensor(name, numpy.zeros(shape, dtype=numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


class Judge:
    """Ids and text of one string, from `tokenizers` or `sentencepiece`."""

    def __init__(self, tokenizer=None, processor=None):
        self.tokenizer, self.processor = tokenizer, processor

    def answers(self, strings):
        if self.tokenizer:
            ids = [encoding.ids for encoding in self.tokenizer.encode_batch(strings, add_special_tokens=False)]
            return ids, self.tokenizer.decode_batch(ids, skip_special_tokens=False)
        ids = self.processor.encode(strings)
        unknown = self.processor.unk_id()  # its surface is SentencePiece's own; such texts are not compared
        return ids, [None if unknown in row else self.processor.decode(row) for row in ids]


def families(place, strings):
    """Yields (name, folder or file, judge)."""
    def folder(name):
        made = place / name.replace(" ", "-").replace(",", "").replace("/", "-")
        made.mkdir()
        return made

    def written(name, tokenizer):
        home = folder(name)
        tokenizer.save(str(home / "tokenizer.json"))
        write_model(home, max(tokenizer.get_vocab().values()) + 1)
        return name, home, Judge(tokenizer)

    llama3 = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    chatml = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    yield written("Llama 3", byte_level(strings, LLAMA3, llama3, ignore_merges=True))
    yield written("Qwen2 and Qwen3", byte_level(strings, QWEN2, chatml, normalizer="NFC"))
    yield written("SmolLM2", byte_level(strings, None, chatml, digits=True))
    yield written("Mistral Nemo", byte_level(strings, TEKKEN, ["<unk>", "<s>", "</s>"], ignore_merges=True))
    home = folder("Llama 2 tokenizer.model")
    processor, rows = pieces_of(train_pieces(strings, home))
    write_model(home, len(rows))
    for style, name in (("legacy", "Llama 2 and Mistral v0.1, tokenizer.json"), ("first", "Mistral v0.3, tokenizer.json"),
                        ("always split", "Metaspace, always, split"), ("first split", "Metaspace, first, split"), ("never", "Metaspace, never")):
        yield written(name, piece_tokenizer(rows, style))
    yield "Llama 2 tokenizer.model", home, Judge(processor=processor)
    write_gguf(place / "pieces.gguf", rows)
    yield "Llama 2 GGUF", place / "pieces.gguf", Judge(processor=processor)
    for name, options in (("no prefix", {"add_dummy_prefix": False}), ("extra spaces removed", {"remove_extra_whitespaces": True}),
                          ("user-defined symbols", {"user_defined_symbols": ["<tool>", "ing", "##"]}),
                          ("no byte pieces", {"byte_fallback": False, "character_coverage": 0.99})):
        home = folder(f"tokenizer.model, {name}")
        processor, rows = pieces_of(train_pieces(strings, home, **options))
        write_model(home, len(rows))
        yield f"tokenizer.model, {name}", home, Judge(processor=processor)
        if name == "no byte pieces":
            yield written("tokenizer.json, no byte pieces", piece_tokenizer(rows, "no bytes"))


def own_torture():
    """Strings for what these families add: normalization, spaces, byte pieces, added tokens that are normalized."""
    marks = ["\u0300", "\u0301", "\u0323", "\u0327", "\u0345", "\u3099", "\u0b3e", "\u11a8", "\u1161", "\u0338"]
    for base in ("a", "e", "\u00c5", "\u0226", "\u1e69", "s", "\uac00", "\u1100", "\u304b", "\u0b47", "<", "\u03b1"):
        for first in marks:
            yield base + first
            for second in marks:
                yield f"{base}{first}{second} {base}{second}{first}"
    yield from (f"{MARK}a", f"a{MARK}{MARK}b", f" {MARK} ", "wordy", "a wordy b", "awordy wordy", "Normal\u00e9", "Normale\u0301 x", "a Normal\u00e9",
                "[INST] hi [/INST]", "[INST]hi", " [INST] ", "<0x41>", "<0x0A>", "<0xE2><0x96>", "<tool>x", "x<tool> y<tool>", "ing##ing", "##",
                "\n\n", "\n a", "  a  b  ", "a ", " a", "   ", "'S 'T 'RE I'\u017f 'LL 'd'D", "\u212a \u212b \u2126 \uf900 \U0002f800")


def strings_for(judge, strings):
    """SentencePiece gives control symbols no special place in text; programs with special tokens do."""
    if judge.tokenizer:
        return strings
    return [text for text in strings if not any(token in text for token in ("<s>", "</s>", "<unk>"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=common.DATA, help="folder with JSON, JSONL, CSV and text files")
    parser.add_argument("--strings", type=int, default=22_000, help="how many real strings at most")
    given = parser.parse_args()
    common.need("tokenizers", "sentencepiece", "safetensors", "numpy", "gguf")
    program = common.lori_program()
    if not given.data.exists():
        common.skip(f"{given.data} is not here")
    real = shared.real_strings(given.data, given.strings)
    groups = [("real", real), ("torture", [*shared.torture_strings(["<s>", "<|im_end|>", "<|eot_id|>"]), *own_torture()]),
              ("every code point", list(shared.every_character()))]
    scratch, place = common.scratch()
    table, failures = [], 0
    with scratch:
        for name, model, judge in families(place, [text[:2000] for text in real[:6000]]):
            row = [name]
            for _, strings in groups:
                chosen = strings_for(judge, strings if common.FULL else strings[::THIN])
                results = shared.ours([program, "tokens"], model, chosen)
                ids, texts = judge.answers(chosen)
                wrong = [n for n, result in enumerate(results)
                         if result["ids"] != ids[n] or (texts[n] is not None and result["text"] != texts[n])]
                for n in wrong[:3]:
                    print(f"  {name}: {chosen[n][:70]!r}\n    expected {ids[n][:20]} {str(texts[n])[:60]!r}\n    ours     "
                          f"{results[n]['ids'][:20]} {results[n]['text'][:60]!r}")
                failures += len(wrong)
                row.append(f"{len(chosen) - len(wrong)} of {len(chosen)}")
            table.append(row)
            print("  ".join(row), flush=True)
    if len(real) < shared.MINIMUM:
        common.finish(False, f"only {len(real)} real strings were found, fewer than {shared.MINIMUM}")
    common.table(["family", *(name for name, _ in groups)], table)
    common.finish(failures == 0, "every string is the same" if failures == 0 else f"{failures} strings differ")


if __name__ == "__main__":
    sys.exit(main())
