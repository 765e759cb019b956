#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Chat templates: what a model sees, beside transformers, to the byte, and its ids beside `tokenizers`.

    template_parity.py [--templates FOLDER] [--only PART] [--verbose]

The published templates come from packaging/fetch-templates.sh (the source package of PyPI's llama-cpp-python). Each is rendered by
`lori tokens --messages` and by transformers for one turn, with a system turn and for several turns, with and without generation
prompt, with thinking on and off. Where transformers renders, text and ids must be equal; where it raises, `lori` must refuse, with
the template's own message when the template raised it. The tokens that training learns are compared with transformers' assistant
mask.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import common  # noqa: E402

CONVERSATIONS = {
    "one turn": [{"role": "user", "content": "Name three rivers of Europe, please.  "}],
    "system turn": [{"role": "system", "content": "Answer in one short sentence."},
                    {"role": "user", "content": "Why is the sky blue? 天空为什么是蓝色的？"}],
    "several turns": [{"role": "user", "content": "What is 12 * 12?"}, {"role": "assistant", "content": "It is 144."},
                      {"role": "user", "content": "And plus \"one\"?\n\nExplain."}],
    # as training renders them: the answer is there
    "answered": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"},
                 {"role": "assistant", "content": "<think>\nA greeting.\n</think>\n\nHello!"},
                 {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you."}],
}
COUNTED = ("one turn", "system turn", "several turns")
OWN = {
    "own: markup, iterators, loops": "{% set l = [3, 1, 2] %}{{ l | sort | join(',') }}|{{ l | map('string') | list }}|"
    "{% for x in l if x != 1 %}{{ loop.index }}{{ loop.last }}{{ loop.previtem }};{% else %}none{% endfor %}"
    "{{ ('<a>' | safe) + '<b>' }}{{ 'x' ~ ('<a>' | e) ~ '<' }}|{{ {'a': [1, 2.5, none, true], 'b': 'é\"'} | tojson }}|"
    "{{ {'z': 1, 'a': [1, {}]} | tojson(indent=2) }}|{{ messages[-1].content[::-1] }}{{ messages[0]['content'][2:5] }}",
    "own: python's texts": "{{ [1, 2.0, none, 'it\\'s', true, 1e20, 1.5e-7] }}|{{ {'k': ('x',)} }}|{{ 7 // 2 }}{{ -7 // 2 }}{{ -7 % 3 }}"
    "{{ 7 / 2 }}{{ 2 ** 10 }}|{{ '%s-%05.1f-%r' % ('a', 2.25, 'b') }}|{{ '{} {a!r:>5} {:<3}|{{}}'.format('x', 'z', a='y') }}|"
    "{{ 'one two  three'.split() }}{{ 'a,b,,c'.split(',', 2) }}{{ 'a b'.title() }}{{ 'éÀß'.upper() }}{{ 'x'.center(5, '*') }}",
    "own: scopes": "{% set ns = namespace(n=0, t='') %}{% set x = 1 %}{% for m in messages %}{% set x = 2 %}{% set ns.n = ns.n + 1 %}"
    "{% endfor %}{{ x }}{{ ns.n }}{% macro f(a, b='B', *c) %}{% endmacro %}",
    "own: macros": "{% macro f(a, b='B') %}[{{ a }}{{ b }}{{ varargs }}{{ kwargs }}]{% endmacro %}{{ f(1) }}{{ f(1, 2, 3, z=4) }}"
    "{% macro g() %}<{{ caller(5) }}>{% endmacro %}{% call(v) g() %}{{ v + 1 }}{% endcall %}{% set t %}  x {{ 1 }} {% endset %}"
    "{{ t | trim }}{% filter upper %}abc{% endfilter %}{% for a in [1, [2, [3]]] recursive %}{{ a if a is number else loop(a) }}{% endfor %}",
    "own: white space": "a\n  {% if true %}\n  b\n  {%- endif %}\n{# c #}\n d {{- ' e ' -}}  f\n{%+ if true %} g {% endif +%}\n{% raw %}{{ h }}{% endraw %}\n\n",
    "own: numbered and counted fields": "{{ '{} {0}'.format('x') }}",
    "own: refused": "{{ raise_exception('no ' ~ messages | length ~ ' turns') }}",
    "own: undefined": "{{ missing.part }}",
    "own: append": "{% set l = [] %}{% do l.append(1) %}{{ l }}",
    "own: append in code": "{% set l = [] %}{{ l.append(1) }}",
    "own: unknown filter": "{{ 'x' | from_json }}",
    "own: unknown filter that is not reached": "{% if false %}{{ 'x' | from_json }}{% endif %}ok",
    "own: generator is true": "{% if messages | selectattr('role', 'equalto', 'nobody') %}always{% endif %}",
    "own: items of dicts": "{% for k, v in {'b': 1, 'a': 2}.items() %}{{ k }}{{ v }}{% endfor %}{{ {'a': 1} | dictsort }}{{ {'b': {'c': 4}}.b.c }}",
}

MARKED = ("{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<|im_end|>"
          "{% endgeneration %}{% else %}{{ m.content }}<|im_end|>{% endif %}\n{% endfor %}"
          "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
TALK = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Wo ist 北京？"},
        {"role": "assistant", "content": " In China 🇨🇳."}, {"role": "user", "content": "Yes?"},
        {"role": "assistant", "content": "Yes.\n\nIt is."}]


def folder_with_tokenizer(home):
    """A tiny model with SmolLM2's tokenizer; only its tokenizer and template are looked at."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
    torch.manual_seed(0)
    built, _ = common.reference_tokenizer()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=built, bos_token="<|im_start|>", eos_token="<|im_end|>",
                                        pad_token="<|im_end|>", unk_token="<|endoftext|>")
    folder = home / "model"
    LlamaForCausalLM(LlamaConfig(vocab_size=len(built.get_vocab()), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
                                 num_attention_heads=1, num_key_value_heads=1, bos_token_id=1, eos_token_id=2)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder, tokenizer


def judged(tokenizer, template, messages, **options):
    """What transformers gives: (text, None) or (None, why not)."""
    try:
        return tokenizer.apply_chat_template(messages, chat_template=template, tokenize=False, **options), None
    except Exception as error:  # noqa: BLE001: whatever it raises, it does not render
        return None, error


def ours(folder, conversations, generation, thinking):
    """What lori gives for some conversations: a list of {"text", "ids"}, or its exit code and sentence."""
    file = folder / "conversations.json"
    file.write_text(json.dumps(conversations, ensure_ascii=False), encoding="utf-8")
    arguments = [common.lori_program(), "tokens", "--json", "--model", folder, "--messages", file,
                 "--template-option", f"enable_thinking={json.dumps(thinking)}"]
    arguments += [] if generation else ["--no-generation-prompt"]
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["results"] if done.returncode == 0 else (done.returncode, done.stderr.strip())


def answers(folder, conversations, theirs, generation, thinking):
    """lori's rendering of each conversation; those that transformers renders in one call, the others one by one."""
    titles = [title for title in conversations if theirs[title][0] is not None]
    together = ours(folder, [conversations[title] for title in titles], generation, thinking) if titles else []
    mine = {}
    for title in conversations:
        if title in titles and isinstance(together, list):
            mine[title] = together[titles.index(title)]
        else:
            alone = ours(folder, [conversations[title]], generation, thinking)
            mine[title] = alone[0] if isinstance(alone, list) else alone
    return mine


def compare(name, template, folder, tokenizer, conversations, verbose):
    """Equal, refused and wrong renderings of one template, and which of the counted conversations are equal throughout."""
    from jinja2.exceptions import TemplateError
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8", newline="")
    equal, refused, wrong = 0, 0, []
    pairs = {}
    for generation in (True, False):
        for thinking in (True, False) if common.FULL else (generation,):
            theirs = {title: judged(tokenizer, template, messages, add_generation_prompt=generation, enable_thinking=thinking)
                      for title, messages in conversations.items()}
            for title, result in answers(folder, conversations, theirs, generation, thinking).items():
                text, error = theirs[title]
                place = f"{name}, {title}, generation {generation}, thinking {thinking}"
                if text is None:
                    code, sentence = result if isinstance(result, tuple) else (0, "rendered")
                    own = str(error) if type(error) is TemplateError else ""
                    good = code == 2 and own in sentence and "report" not in sentence and sentence.count("\n") == own.count("\n")
                    refused += good
                    wrong += [] if good else [f"{place}: transformers raises {error!r}; lori: {sentence[:200]}"]
                    continue
                if isinstance(result, tuple):
                    wrong.append(f"{place}: lori refuses: {result[1][:200]}")
                elif result["text"] != text:
                    wrong.append(f"{place}: texts differ\n   theirs {text!r}\n   ours   {result['text']!r}")
                elif result["ids"] != tokenizer.backend_tokenizer.encode(text, add_special_tokens=False).ids:
                    wrong.append(f"{place}: the text is equal, the ids are not")
                else:
                    equal += 1
                    pairs[title] = pairs.get(title, True)
                    continue
                pairs[title] = False
    if verbose or wrong:
        print("\n".join(wrong[: None if verbose else 3]))
    return equal, refused, wrong, pairs


def runs(marks):
    """Lengths of the stretches of equal marks: [(learned, tokens), …]."""
    found = []
    for mark in marks:
        if found and found[-1][0] == bool(mark):
            found[-1][1] += 1
        else:
            found.append([bool(mark), 1])
    return found


def compare_learned(folder, tokenizer):
    """Which tokens of a conversation are learned: transformers' assistant mask where the template marks answers, and the same
    template without marks, whose answers are looked for."""
    data = folder / "talk.jsonl"
    data.write_text(json.dumps({"messages": TALK}, ensure_ascii=False) + "\n", encoding="utf-8")
    theirs = tokenizer.apply_chat_template(TALK, chat_template=MARKED, return_dict=True, return_assistant_tokens_mask=True)
    text = tokenizer.apply_chat_template(TALK, chat_template=MARKED, tokenize=False)
    good = True
    for template in (MARKED, MARKED.replace("{% generation %}", "").replace("{% endgeneration %}", "")):
        (folder / "chat_template.jinja").write_text(template, encoding="utf-8", newline="")
        for turns in ("all", "last"):
            marks = list(theirs["assistant_masks"])
            if turns == "last":
                first = marks.index(1, marks.index(0, marks.index(1)))
                marks = [0] * first + marks[first:]
            seen = common.lori_json("data", "preview", "--model", folder, "--file", data, "--rendered", "--learned-turns", turns)["rendered"][0]
            same = (runs(marks) == [[part["learned"], part["tokens"]] for part in seen["parts"]]
                    and "".join(part["text"] for part in seen["parts"]) == text)
            print(f"learned tokens, {turns} answers, {'marked' if template == MARKED else 'found'}: {'equal' if same else 'DIFFERENT'}")
            good = good and same
    return good


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--templates", type=Path, default=common.DEPS / "templates")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--verbose", action="store_true")
    options = arguments.parse_args()
    common.need("torch", "transformers", "tokenizers", "gguf", "jinja2")
    common.need_model()
    common.lori_program()
    files = sorted(options.templates.glob("*.jinja"))
    if not files:
        common.skip("the published templates are not here; run packaging/fetch-templates.sh")
    scratch, home = common.scratch()
    with scratch:
        folder, tokenizer = folder_with_tokenizer(home)
        templates = {file.stem: file.read_text(encoding="utf-8") for file in files} | OWN
        totals = [0, 0, 0]
        counted = possible = 0
        for name, template in templates.items():
            if options.only not in name:
                continue
            equal, refused, wrong, pairs = compare(name, template, folder, tokenizer, CONVERSATIONS, options.verbose)
            totals = [totals[0] + equal, totals[1] + refused, totals[2] + len(wrong)]
            if name not in OWN:
                possible += sum(title in COUNTED for title in pairs)
                counted += sum(good for title, good in pairs.items() if title in COUNTED)
        learned = compare_learned(folder, tokenizer)
    print(f"{len(files)} published templates × {len(COUNTED)} conversations: {counted} of {possible} that transformers renders are equal")
    common.finish(learned and totals[2] == 0, f"{totals[0]} renderings equal in text and ids, {totals[1]} refused as transformers does, {totals[2]} wrong")


if __name__ == "__main__":
    main()
