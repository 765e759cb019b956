#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Merges against their judges: peft mode against add_weighted_adapter of PEFT 0.21.2 for every type, within 1e-5 of ΔW; exact mode and
`lori interference` against dense f64 arithmetic, within 1e-6 and 1e-5; an exported model against transformers, within 2e-4.

The adapters are random, made and saved by PEFT on a small Llama: 2 to 4 of them, equal, unequal and negative weights, scalings 1/2 to 3.
"""
import json
import math
import sys
import warnings

import common

SIZES = {"hidden_size": 48, "intermediate_size": 80, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "vocab_size": 64, "max_position_embeddings": 128}
RANK = 8
PEFT_TYPES = ["cat", "linear", "svd", "magnitude_prune", "ties", "dare_linear", "dare_ties", "magnitude_prune_svd", "ties_svd",
              "dare_linear_svd", "dare_ties_svd"]
CASES = [("two, equal", [16, 16], [0.5, 0.5]), ("three, unequal", [16, 8, 24], [0.7, 0.2, 0.4]),
         ("four, one negative", [16, 4, 8, 16], [0.3, -0.4, 0.5, 0.6])]


def make_base(torch):
    from transformers import LlamaConfig, LlamaForCausalLM
    torch.manual_seed(1)
    return LlamaForCausalLM(LlamaConfig(**SIZES)).eval()


def make_adapters(torch, base, place, alphas, shared_a=False, kept=1.0, coarse=False):
    """Saves random adapters and leaves them loaded as a0, a1 …; `coarse` rounds B to few values, so that sizes tie."""
    from peft import LoraConfig, get_peft_model
    model = None
    for number, alpha in enumerate(alphas):
        config = LoraConfig(r=RANK, lora_alpha=alpha, lora_dropout=0.0, target_modules=common.PROJECTIONS, task_type="CAUSAL_LM")
        if model is None:
            model = get_peft_model(base, config, adapter_name="a0")
        else:
            model.add_adapter(f"a{number}", config)
    for number in range(len(alphas)):
        generator = torch.Generator().manual_seed(100 + number)
        shared = torch.Generator().manual_seed(99)
        for name, parameter in model.named_parameters():
            if f".a{number}." not in name:
                continue
            if "lora_A" in name:
                bound = 1 / math.sqrt(parameter.shape[1])
                parameter.data.uniform_(-bound, bound, generator=shared if shared_a else generator)
            elif "lora_B" in name:
                parameter.data.normal_(0, 0.1, generator=generator)
                parameter.data.mul_(torch.bernoulli(torch.full_like(parameter, kept), generator=generator))
                if coarse:
                    parameter.data.mul_(20).round_().div_(20)
    model.save_pretrained(place)
    return model, [place / f"a{number}" for number in range(len(alphas))]


def tensors(folder):
    from safetensors.torch import load_file
    config = json.loads((folder / "adapter_config.json").read_text())
    return load_file(str(folder / "adapter_model.safetensors")), config["lora_alpha"] / config["r"]


def changes(folder):
    """ΔW of every module in f64."""
    values, scaling = tensors(folder)
    keys = sorted(key[: -len(".lora_A.weight")] for key in values if key.endswith("lora_A.weight"))
    return {key: scaling * values[f"{key}.lora_B.weight"].double() @ values[f"{key}.lora_A.weight"].double() for key in keys}


def distance(found, wanted):
    """The worst relative distance of a module."""
    assert found.keys() == wanted.keys() and found
    return max(((found[key] - wanted[key]).norm() / wanted[key].norm().clamp_min(1e-30)).item() for key in wanted)


def record_masks(torch, model, call):
    """Runs `call` while writing down the masks that PEFT draws, under the names that lori reads: adapter, module, matrix."""
    drawn, original = [], torch.bernoulli

    def bernoulli(*args, **kwargs):
        drawn.append(original(*args, **kwargs))
        return drawn[-1]

    torch.bernoulli = bernoulli
    try:
        call()
    finally:
        torch.bernoulli = original
    return drawn


def mask_names(model, adapters, full):
    """The order in which PEFT asks for masks: module by module, A of every adapter and then B, or ΔW of every adapter."""
    from peft.tuners.lora import LoraLayer
    names = []
    for key, module in model.base_model.model.named_modules():
        if isinstance(module, LoraLayer):
            for matrix in ([".weight"] if full else [".lora_A.weight", ".lora_B.weight"]):
                names += [f"{adapter}.base_model.model.{key}{matrix}" for adapter in range(adapters)]
    return names


def merge_as_peft(torch, model, place, kind, weights, density, signs):
    names = [f"a{number}" for number in range(len(weights))]
    if "merged" in model.peft_config:
        model.delete_adapter("merged")
    torch.manual_seed(5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = record_masks(torch, model, lambda: model.add_weighted_adapter(
            names, weights, "merged", combination_type=kind, density=density, majority_sign_method=signs))
    masks = None
    if drawn:
        from safetensors.torch import save_file
        masks = place / "masks.safetensors"
        wanted = mask_names(model, len(weights), kind.endswith("svd"))
        assert len(wanted) == len(drawn), (len(wanted), len(drawn))
        save_file({name: mask.float().contiguous() for name, mask in zip(wanted, drawn)}, str(masks))
    for name, parameter in model.named_parameters():
        if ".merged." in name:
            parameter.data = parameter.data.contiguous()  # PEFT leaves views of a decomposition, which it cannot save
    model.save_pretrained(place / "theirs", selected_adapters=["merged"])
    return place / "theirs/merged", masks


def merge_with_lori(place, folders, weights, kind, mode, *more):
    out = place / "ours"
    arguments = [f"{folder}={weight}" for folder, weight in zip(folders, weights)]
    report = common.lori_json("merge", "--method", kind, "--mode", mode, *arguments, "--out", out, *more, home=place / "home")
    return out, report


def svd_tolerance(torch, folders, weights):
    """1e-5, and what f32 does to the directions at the cut: PEFT decomposes in f32, whose rounding turns two directions whose sizes
    nearly agree into each other by eps · largest / gap. `exact svd` is held to 1e-6 of the f64 decomposition."""
    parts = [changes(folder) for folder in folders]
    worst = 0.0
    for key in parts[0]:
        sizes = torch.linalg.svdvals(sum(weight * part[key] for weight, part in zip(weights, parts)))
        worst = max(worst, (sizes[0] / (sizes[RANK - 1] - sizes[RANK]).clamp_min(1e-30)).item())
    return 1e-5 + torch.finfo(torch.float32).eps * worst


def peft_rows(torch, base, place):
    rows = []
    for name, alphas, weights in CASES:
        for coarse in (False, True):
            model, folders = make_adapters(torch, base, place / "adapters", alphas, kept=0.6 if coarse else 1.0, coarse=coarse)
            for kind in PEFT_TYPES:
                signs = "frequency" if coarse else "total"
                theirs, masks = merge_as_peft(torch, model, place, kind, weights, 0.6, signs)
                more = ["--density", "0.6", "--signs", signs] + (["--masks", masks] if masks else [])
                ours, report = merge_with_lori(place, folders, weights, kind, "peft", *more)
                allowed = svd_tolerance(torch, folders, weights) if kind == "svd" else 1e-5
                rows.append((f"peft {kind}, {name}{', coarse B' if coarse else ''}", distance(changes(ours), changes(theirs)), allowed))
                assert report["plan"]["rank"] == json.loads((theirs / "adapter_config.json").read_text())["r"]
            base = common.without_adapter(model)
    return rows, base


def missing_module_rows(torch, base, place):
    """PEFT passes over modules that an adapter lacks."""
    from peft import LoraConfig, get_peft_model
    torch.manual_seed(8)
    model = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=8, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM",
                                            init_lora_weights=False), adapter_name="a0")
    model.add_adapter("a1", LoraConfig(r=RANK, lora_alpha=16, target_modules=["v_proj", "up_proj"], task_type="CAUSAL_LM",
                                       init_lora_weights=False))
    model.save_pretrained(place / "partial")
    folders = [place / "partial/a0", place / "partial/a1"]
    rows = []
    for kind in ("cat", "linear", "svd", "ties"):
        theirs, _ = merge_as_peft(torch, model, place, kind, [0.6, 0.5], 0.6, "total")
        ours, _ = merge_with_lori(place, folders, [0.6, 0.5], kind, "peft", "--density", "0.6")
        rows.append((f"peft {kind}, modules missing", distance(changes(ours), changes(theirs)), 1e-5))
    return rows, common.without_adapter(model)


def keep_own(folder):
    """Takes out of an IA3 file what PEFT puts there of the other adapters that are loaded."""
    from safetensors.torch import load_file, save_file
    file = str(folder / "adapter_model.safetensors")
    save_file({key: value for key, value in load_file(file).items() if key.endswith(".ia3_l")}, file, metadata={"format": "pt"})


def irregular_rows(torch, base, place):
    """rsLoRA, ranks and alphas of their own, and adapters of some layers. What PEFT writes of merged rsLoRA keeps use_rslora, so that
    it acts √rank times too strong when it is opened; its tensors, taken at scaling 1, are right and are the judge."""
    from peft import LoraConfig, get_peft_model
    rows = []
    cases = {"rsLoRA": {"use_rslora": True}, "patterns": {"rank_pattern": {"q_proj": 4, "up_proj": 11}, "alpha_pattern": {"v_proj": 5}},
             "rsLoRA with patterns": {"use_rslora": True, "rank_pattern": {"q_proj": 4}, "alpha_pattern": {"q_proj": 5}},
             "some layers": {"layers_to_transform": [1]}}
    for name, options in cases.items():
        model = None
        for number, alpha in enumerate((8, 16)):
            torch.manual_seed(20 + number)
            config = LoraConfig(r=RANK, lora_alpha=alpha, target_modules=common.PROJECTIONS, task_type="CAUSAL_LM",
                                init_lora_weights=False, **options)
            if model is None:
                model = get_peft_model(base, config, adapter_name="a0")
            else:
                model.add_adapter("a1", config)
        model.save_pretrained(place / "irregular")
        folders = [place / "irregular/a0", place / "irregular/a1"]
        for kind in ("cat", "linear", "svd", "ties", "dare_linear", "magnitude_prune_svd"):
            theirs, masks = merge_as_peft(torch, model, place, kind, [0.6, -0.5], 0.6, "total")
            ours, report = merge_with_lori(place, folders, [0.6, -0.5], kind, "peft", "--density", "0.6", *(["--masks", masks] if masks else []))
            assert report["plan"]["repeats"].startswith("PEFT 0.21"), report["plan"]["repeats"]
            rows.append((f"peft {kind}, {name}", distance(changes(ours), changes(theirs)), 1e-5))
        ours, _ = merge_with_lori(place, folders, [0.6, -0.5], "concat", "exact")
        wanted = {key: 0 for key in changes(ours)}
        for folder, weight in zip(folders, (0.6, -0.5)):
            adapter = folder.name
            for key in wanted:
                layer = model.get_submodule(key)
                wanted[key] = wanted[key] + weight * layer.scaling[adapter] * (
                    layer.lora_B[adapter].weight.double() @ layer.lora_A[adapter].weight.double())
        rows.append((f"exact concat, {name}", distance(changes(ours), wanted), 1e-6))
        base = common.without_adapter(model)
    return rows, base


def ia3_rows(torch, base, place):
    """IA3: the sum of the vectors in peft mode; in exact mode 1 + Σ w·(l − 1)."""
    from peft import IA3Config, get_peft_model
    config = {"target_modules": ["k_proj", "v_proj", "down_proj"], "feedforward_modules": ["down_proj"], "task_type": "CAUSAL_LM"}
    model = get_peft_model(base, IA3Config(**config), adapter_name="a0")
    model.add_adapter("a1", IA3Config(**config))
    torch.manual_seed(4)
    for name, parameter in model.named_parameters():
        if "ia3_l" in name:
            parameter.data.normal_(1, 0.2)
    model.save_pretrained(place / "ia3")
    weights = [0.7, 0.6]
    model.add_weighted_adapter(["a0", "a1"], weights, "merged")
    model.save_pretrained(place / "theirs", selected_adapters=["merged"])
    from safetensors.torch import load_file

    def vectors(folder):
        return {key: value.double() for key, value in load_file(str(folder / "adapter_model.safetensors")).items()}

    folders = [place / "ia3/a0", place / "ia3/a1"]
    for folder in [*folders, place / "theirs/merged"]:
        keep_own(folder)
    parts = [vectors(folder) for folder in folders]
    theirs = vectors(place / "theirs/merged")
    ours = vectors(merge_with_lori(place, folders, weights, "linear", "peft")[0])
    rows = [("peft IA3", distance(ours, theirs), 1e-5)]
    wanted = {key: 1 + sum(w * (part[key] - 1) for w, part in zip(weights, parts)) for key in parts[0]}
    rows.append(("exact IA3", distance(vectors(merge_with_lori(place, folders, weights, "linear", "exact")[0]), wanted), 1e-6))
    return rows, common.without_adapter(model)


def truncated(torch, dense, rank):
    u, s, vh = torch.linalg.svd(dense, full_matrices=False)
    return u[:, :rank] * s[:rank] @ vh[:rank]


def keep_largest(torch, values, density):
    places = torch.topk(values.abs().flatten(), int(density * values.numel())).indices
    return torch.zeros_like(values).flatten().index_copy(0, places, values.flatten()[places]).view_as(values)


def disjoint(values, torch):
    """TIES on values that are weighted and pruned already."""
    stacked = torch.stack(values)
    elected = torch.where(stacked.sum(0) >= 0, 1.0, -1.0)
    agrees = stacked.sign() == elected
    return (stacked * agrees).sum(0) / agrees.sum(0).clamp_min(1)


def exact_wanted(torch, folders, weights, kind, shared_a):
    """ΔW of every module as method.md and core/merging's README define it, dense and in f64; None for the random kinds."""
    parts = [tensors(folder) for folder in folders]
    wanted = {}
    for key in changes(folders[0]):
        a = [values[f"{key}.lora_A.weight"].double() for values, _ in parts]
        b = [w * s * values[f"{key}.lora_B.weight"].double() for w, (values, s) in zip(weights, parts)]
        whole = [x @ y for x, y in zip(b, a)]
        if kind in ("concat", "linear"):
            wanted[key] = sum(whole)
        elif kind == "svd":
            wanted[key] = truncated(torch, sum(whole), RANK)
        elif kind == "magnitude":
            wanted[key] = sum(keep_largest(torch, x, 0.6) @ y for x, y in zip(b, a))
        elif kind == "magnitude_prune_svd":
            wanted[key] = truncated(torch, sum(keep_largest(torch, x, 0.6) for x in whole), RANK)
        elif kind == "ties" and shared_a:
            wanted[key] = disjoint([keep_largest(torch, x, 0.6) for x in b], torch) @ a[0]
        else:  # ties_svd, and ties where the A differ
            wanted[key] = truncated(torch, disjoint([keep_largest(torch, x, 0.6) for x in whole], torch), RANK)
    return wanted


def exact_rows(torch, base, place):
    rows = []
    for name, alphas, weights in CASES:
        for shared_a in (False, True):
            model, folders = make_adapters(torch, base, place / "exact", alphas, shared_a)
            for kind in ("concat", "linear", "svd", "magnitude", "ties", "magnitude_prune_svd", "ties_svd"):
                more = [] if kind in ("concat", "linear", "svd") else ["--density", "0.6"]
                ours, report = merge_with_lori(place, folders, weights, kind, "exact", *more)
                wanted = exact_wanted(torch, folders, weights, kind, shared_a)
                label = f"exact {kind}, {name}, {'one A' if shared_a else 'own A'}"
                rows.append((label, distance(changes(ours), wanted), 1e-6))
                if kind in ("concat", "linear"):
                    assert report["plan"]["rank"] == (RANK if shared_a else RANK * len(alphas)), label
                    assert report["loss"]["worst"] < 1e-6 and report["self"]["worst"] < 1e-6, label
            base = common.without_adapter(model)
    return rows, base


def cosine(x, y):
    return (x * y).sum() / (x.norm() * y.norm())


def interference_rows(torch, base, place):
    """Every number of the report from dense f64 matrices; sums over modules are those of the concatenated changes."""
    model, folders = make_adapters(torch, base, place / "interference", [16, 8, 24], kept=0.3)
    report = common.lori_json("interference", *folders, home=place / "home")["total"]
    parts = [tensors(folder) for folder in folders]
    flat = [torch.cat([value.flatten() for value in changes(folder).values()]) for folder in folders]
    keys = list(changes(folders[0]))
    worst = {}

    def compare(name, found, wanted):
        worst[name] = max(worst.get(name, 0.0), abs(found - float(wanted)) / max(abs(float(wanted)), 1e-12))

    for pair in report["pairs"]:
        i, j = pair["first"], pair["second"]
        compare("cosine", pair["cosine"], cosine(flat[i], flat[j]))
        used = [torch.cat([parts[n][0][f"{key}.lora_B.weight"].flatten() for key in keys]).double() for n in (i, j)]
        shared = (used[0] != 0) & (used[1] != 0)
        compare("mask jaccard", pair["jaccard"], shared.sum() / ((used[0] != 0) | (used[1] != 0)).sum())
        compare("sign conflicts", pair["signConflicts"], ((used[0] * used[1] < 0).sum() / shared.sum()))
        overlap = 0.0
        for key in keys:
            q = [torch.linalg.qr(parts[n][0][f"{key}.lora_A.weight"].double().T)[0] for n in (i, j)]
            overlap += (q[0].T @ q[1]).square().sum() / RANK
        compare("row overlap", pair["rowOverlap"], overlap / len(keys))
    together = sum(flat)
    compare("energy ratio", report["energyRatio"], together.norm() ** 2 / sum(x.norm() ** 2 for x in flat))
    cross = 0.0
    for key in keys:
        b = [math.sqrt(s) * values[f"{key}.lora_B.weight"].double() for values, s in parts]
        a = [math.sqrt(s) * values[f"{key}.lora_A.weight"].double() for values, s in parts]
        cross += (sum(b) @ sum(a) - sum(x @ y for x, y in zip(b, a))).norm() ** 2
    compare("cross terms", report["linearCrossTerms"], math.sqrt(cross) / together.norm())
    return [(f"interference, {name}", value, 1e-5) for name, value in worst.items()], common.without_adapter(model)


def save_random(torch, place, kind):
    """An adapter of the embedded model that PEFT made and that changes it."""
    from peft import IA3Config, LoraConfig, get_peft_model
    torch.manual_seed(3)
    if kind == "IA3":
        config = IA3Config(target_modules=["k_proj", "v_proj", "down_proj"], feedforward_modules=["down_proj"], task_type="CAUSAL_LM")
    else:
        config = LoraConfig(r=8, lora_alpha=16, target_modules=common.PROJECTIONS, use_dora=kind == "DoRA", task_type="CAUSAL_LM")
    wrapped = get_peft_model(common.reference_model(torch), config)
    for key, parameter in wrapped.named_parameters():
        if "lora_B" in key:
            parameter.data.normal_(0, 0.02)
        elif "ia3_l" in key:
            parameter.data.normal_(1, 0.05)
        elif "magnitude" in key:
            parameter.data.mul_(1.02)
    wrapped.save_pretrained(place / "export-adapter")


def export_rows(torch, place):
    """The embedded model with an adapter in its weights, as transformers opens it, against lori's adapter on top."""
    from safetensors.torch import load_file
    from transformers import AutoModelForCausalLM, AutoTokenizer
    tokenizer, _ = common.reference_tokenizer()
    ids = tokenizer.encode(common.chat(common.questions(1)[0]), add_special_tokens=False).ids
    rows = []
    for kind, more in (("LoRA", []), ("LoRA in shards", ["--shard-gb", "0.2"]), ("DoRA", []), ("IA3", [])):
        save_random(torch, place, kind)
        common.lori("logits", "--model", common.MODEL, "--adapter", place / "export-adapter", "--ids", ",".join(map(str, ids)),
                    "--out", place / "logits.safetensors", home=place / "home")
        common.lori("export", "--model", common.MODEL, "--adapter", place / "export-adapter", "--out", place / "model", "--dtype",
                    "f32", *more, home=place / "home")
        model = AutoModelForCausalLM.from_pretrained(place / "model", dtype=torch.float32).eval()
        on_top = load_file(str(place / "logits.safetensors"))["logits"]
        rows.append((f"export {kind}, logits", (model(torch.tensor([ids])).logits[0] - on_top).abs().max().item(),
                     common.LOGIT_TOLERANCE))
        del model
    loaded = AutoTokenizer.from_pretrained(place / "model")
    assert loaded.encode(common.chat("Hello"), add_special_tokens=False) == tokenizer.encode(
        common.chat("Hello"), add_special_tokens=False).ids, "the exported tokenizer gives other ids"
    common.lori("export", "--model", common.MODEL, "--adapter", place / "export-adapter", "--out", place / "model", home=place / "home")
    half = AutoModelForCausalLM.from_pretrained(place / "model", dtype="auto")
    assert half.dtype == torch.bfloat16, half.dtype
    return rows


def opens_in_peft(torch, base, place):
    """A merged adapter opens in PEFT and there does what its ΔW says."""
    from peft import PeftModel
    ids = torch.arange(20).unsqueeze(0) % SIZES["vocab_size"]
    model, folders = make_adapters(torch, base, place / "open", [16, 8])
    base = common.without_adapter(model)
    ours, _ = merge_with_lori(place, folders, [0.8, 0.6], "concat", "exact")
    wanted = changes(ours)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loaded = PeftModel.from_pretrained(base, ours).eval()
    assert not [w for w in caught if "missing" in str(w.message).lower()]
    theirs = loaded(ids).logits
    base = common.without_adapter(loaded)
    for key, value in wanted.items():
        base.get_submodule(key[len("base_model.model."):]).weight.data += value.float()
    return [("opens in PEFT, logits", (base(ids).logits - theirs).abs().max().item(), 1e-5)]


def main():
    common.need("torch", "transformers", "peft", "safetensors")
    common.lori_program()
    import torch
    warnings.filterwarnings("ignore", message="Could not find a config file")
    folder, place = common.scratch()
    with folder, torch.no_grad():
        base = make_base(torch)
        rows, base = peft_rows(torch, base, place)
        for part in (missing_module_rows, irregular_rows, ia3_rows, exact_rows, interference_rows):
            more, base = part(torch, base, place)
            rows += more
        rows += opens_in_peft(torch, base, place)
        if common.MODEL.exists():
            common.need("tokenizers", "gguf")
            rows += export_rows(torch, place)
    common.table(["comparison", "largest distance", "allowed"], [(n, f"{d:.2e}", f"{t:.0e}") for n, d, t in rows])
    wrong = [name for name, value, allowed in rows if not value <= allowed]
    common.finish(not wrong, f"{len(rows)} comparisons, {len(wrong)} outside their tolerance{': ' + wrong[0] if wrong else ''}")


if __name__ == "__main__":
    sys.exit(main())
