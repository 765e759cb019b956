#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Greedy generation of 64 tokens, `lori generate` against transformers, on 20 real prompts (without LORI_FULL_PARITY=1 on 8).

Passes when all but one are identical: two tokens whose logits differ by less than rounding may swap once. The same is asked of
weights held as the file stores them (--weights file), which transformers widens to the same f32 values.
"""
import json
import sys

import common

PROMPTS, NEW_TOKENS = 20 if common.FULL else 8, 64
WANTED = PROMPTS - 1


def transformers_greedy(torch, model, ids, eos):
    with torch.no_grad():
        out = model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long), do_sample=False,
                             max_new_tokens=NEW_TOKENS, eos_token_id=eos, pad_token_id=eos)
    return out[0, len(ids):].tolist()


def until_end(ids, eos):
    """Without the end token and what follows: one program may return it, the other not."""
    return ids[:ids.index(eos)] if eos in ids else ids


def gap(torch, model, ids, ours, theirs):
    """How far apart the two best logits were where the answers part: a tie explains, a wide gap accuses."""
    same = next((n for n, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    with torch.no_grad():
        best = model(torch.tensor([ids + theirs[:same]])).logits[0, -1].topk(2).values
    return f"token {same + 1}, gap {(best[0] - best[1]).item():.1e}"


def main():
    common.need("torch", "transformers", "tokenizers", "gguf")
    common.lori_program()
    common.need_model()
    import torch
    tokenizer, eos = common.reference_tokenizer()
    prompts = [common.chat(question) for question in common.questions(PROMPTS)]
    folder, place = common.scratch()
    with folder:
        file = place / "prompts.json"
        file.write_text(json.dumps(prompts), encoding="utf-8")
        answers = {weights: common.lori_json("generate", "--model", common.MODEL, "--prompt-file", file, "--max-new", NEW_TOKENS, "--greedy",
                                             "--weights", weights, home=place / "home")["results"] for weights in ("f32", "file")}
    results = answers["f32"]
    if len(results) != len(prompts):
        common.finish(False, f"lori answered {len(results)} of {len(prompts)} prompts")
    model = common.reference_model(torch)
    rows, identical, stored = [], 0, 0
    for number, (prompt, result, other) in enumerate(zip(prompts, results, answers["file"])):
        ids = tokenizer.encode(prompt, add_special_tokens=False).ids
        theirs = until_end(transformers_greedy(torch, model, ids, eos), eos)
        ours = until_end(result["ids"], eos)
        same_text = result["text"].strip() == tokenizer.decode(theirs, skip_special_tokens=True).strip()
        identical += ours == theirs and same_text
        stored += until_end(other["ids"], eos) == theirs
        remark = "" if ours == theirs else gap(torch, model, ids, ours, theirs)
        if ours == theirs and not same_text:
            remark = "same ids, other text"
        rows.append((number + 1, len(ids), len(theirs), "yes" if ours == theirs else "no", remark))
    common.table(["prompt", "tokens", "generated", "identical", "where they part"], rows)
    common.finish(identical >= WANTED and stored >= WANTED,
                  f"{identical} of {PROMPTS} identical, {stored} with weights as the file stores them, wanted {WANTED}")


if __name__ == "__main__":
    sys.exit(main())
