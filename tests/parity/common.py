# SPDX-License-Identifier: Apache-2.0
"""What the parity scripts share: where things are, how `lori` is called, and how a comparison is printed."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
SKIP = 77  # ctest's SKIP_RETURN_CODE
DEPS = Path(os.environ.get("LORI_DEPS_DIR") or Path.home() / ".cache/lori-workbench/deps")
DATA = Path(os.environ.get("LORI_SHARED_DATA") or SOURCE.parent / "shared/data")
MODEL = DEPS / "models/SmolLM2-135M-Instruct.Q4_1.gguf"
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LOGIT_TOLERANCE = 2e-4
FULL = os.environ.get("LORI_FULL_PARITY") == "1"  # everything; without it, what each change waits for
sys.path.insert(0, str(SOURCE / "tests/support"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TQDM_DISABLE", "1")


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIP)


def need(*modules):
    """Skips when a judge is absent; packaging/install-deps.sh --with test installs them."""
    for name in modules:
        try:
            __import__(name)
        except ImportError as error:
            skip(f"Python module {name} is not here ({error}); run packaging/install-deps.sh --with test")


def lori_program():
    program = os.environ.get("LORI_PROGRAM", "")
    if not program or not Path(program).exists():
        skip("LORI_PROGRAM names no built lori")
    return program


def need_model():
    if not MODEL.exists():
        skip("the embedded model is not here; run packaging/install-deps.sh")
    return MODEL


def lori(*arguments, home=None, expect=0, environment=None):
    """Runs lori and returns its standard output; fails the script, with lori's own words, on another exit code."""
    env = dict(os.environ, **(environment or {}))
    if home:
        env["LORI_HOME"] = str(home)
    done = subprocess.run([lori_program(), *map(str, arguments)], capture_output=True, text=True, env=env, check=False)
    if done.returncode != expect:
        print(f"lori {' '.join(map(str, arguments))}\nended with {done.returncode}, expected {expect}:\n{done.stderr[-3000:]}")
        sys.exit(1)
    return done.stdout


def lori_json(*arguments, **options):
    return json.loads(lori(*arguments, "--json", **options))


def scratch():
    """A folder that goes with the script."""
    folder = tempfile.TemporaryDirectory(prefix="lori-parity-")
    return folder, Path(folder.name)


def read_jsonl(path, limit=None):
    rows = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                rows.append(json.loads(line))
            if limit and len(rows) >= limit:
                break
    return rows


OWN_QUESTIONS = [
    "What is the capital of Portugal?", "Name three things that float on water and explain why each of them does.",
    "A train leaves at 9:40 and arrives at 13:05. How long is the journey?", "Write a short poem about rain on a tin roof.",
    "Why do cats purr?", "Explain to a child how a bicycle stays upright while it is moving.",
    "Tom has 14 marbles. He gives half of them to Ann and buys 5 more. How many marbles does Tom have now?",
    "Translate 'good morning, my friend' into French and German.",
]


def questions(count):
    """Real questions from the data pack, of very different length; own ones where the pack is absent."""
    if not DATA.exists():
        base = OWN_QUESTIONS * (count // len(OWN_QUESTIONS) + 1)
        return [text if n < len(OWN_QUESTIONS) else f"{text} Answer number {n}." for n, text in enumerate(base[:count])]
    found = [row["question"] for row in read_jsonl(DATA / "math/gsm8k/test.jsonl", count)]
    harmless = [row["prompt"] for row in read_jsonl(DATA / "safety/eval_benign.jsonl", count)]
    code = [row["prompt"] for row in read_jsonl(DATA / "code/HumanEval.jsonl", count)]
    mixed = [text for triple in zip(found, harmless, code) for text in triple]
    return mixed[:count]


def reference_model(torch):
    """The embedded model as transformers reads it, f32, eager arithmetic. What transformers made of the GGUF file is kept in
    $LORI_PARITY_CACHE, where that is set: to read it anew takes most of a script's time."""
    import logging
    import transformers
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging as hf_logging
    logging.disable(logging.WARNING)
    hf_logging.disable_progress_bar()
    cache = os.environ.get("LORI_PARITY_CACHE")
    kept = None
    if cache:
        stat = MODEL.stat()
        kept = Path(cache) / f"{transformers.__version__}-{torch.__version__}-{stat.st_size}-{stat.st_mtime_ns}.pt"
        if kept.exists():
            return torch.load(kept, weights_only=False, mmap=True).eval()  # mapped privately: a script may change its own
    model = AutoModelForCausalLM.from_pretrained(MODEL.parent, gguf_file=MODEL.name, dtype=torch.float32).eval()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        torch.save(model, unfinished)
        unfinished.rename(kept)
    return model


def without_adapter(wrapped):
    """The plain model again, without the traces that PEFT leaves on it."""
    base = wrapped.unload()
    if hasattr(base, "peft_config"):
        del base.peft_config
    return base


def reference_tokenizer():
    """Byte-level BPE put together from the GGUF's own metadata with the `tokenizers` library."""
    from gguf import GGUFReader
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    fields = GGUFReader(str(MODEL)).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = [tuple(pair.split(" ")) for pair in fields["tokenizer.ggml.merges"].contents()]
    kinds = fields["tokenizer.ggml.token_type"].contents()
    built = Tokenizer(models.BPE(vocab={token: number for number, token in enumerate(tokens)}, merges=merges))
    built.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                   pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    built.decoder = decoders.ByteLevel()
    built.add_special_tokens([AddedToken(token, normalized=False, special=True)
                              for token, kind in zip(tokens, kinds) if kind == 3])
    eos = int(fields["tokenizer.ggml.eos_token_id"].contents())
    return built, eos


SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"


def chat(question):
    """The embedded model's chat format for one user turn, with its default system turn, up to the assistant's answer."""
    turns = [("system", SYSTEM), ("user", question)]
    return "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in turns) + "<|im_start|>assistant\n"


def table(head, rows):
    """A plain aligned table on standard output."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def finish(good, sentence):
    print(("PASS: " if good else "FAIL: ") + sentence)
    sys.exit(0 if good else 1)
