# SPDX-License-Identifier: Apache-2.0
"""One version of PEFT at work for interop_parity.py, which starts this in that version's environment.

    interop_peft.py write BASE FOLDER    adapters of every shape, each with the logits this PEFT computes with it
    interop_peft.py read BASE LIST.json  [{"adapter": folder, "out": file}]: the logits of adapters made elsewhere
"""
import inspect
import json
import os
import sys
import warnings
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
warnings.filterwarnings("ignore")
import torch  # noqa: E402
from peft import IA3Config, LoraConfig, PeftModel, get_peft_model  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402
from transformers import AutoModelForCausalLM  # noqa: E402

IDS = torch.tensor([[5, 71, 9, 33, 120, 64, 17, 8, 99, 42, 3, 250]])
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LORA = {
    "LoRA, all": {"r": 8, "lora_alpha": 16, "target_modules": ALL},
    "LoRI-D shape, rank 32": {"r": 32, "lora_alpha": 64, "target_modules": ALL, "lora_dropout": 0.05},
    "LoRI-S shape, rank 64": {"r": 64, "lora_alpha": 128, "target_modules": ALL, "lora_dropout": 0.05},
    "rsLoRA": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "use_rslora": True},
    "DoRA": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "use_dora": True},
    "rank and alpha patterns": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "rank_pattern": {"q_proj": 2, "down_proj": 6},
                                "alpha_pattern": {"q_proj": 3, "down_proj": 24}},
    "patterns that are expressions": {"r": 4, "lora_alpha": 8, "target_modules": ALL,
                                      "rank_pattern": {r"layers\.[1-9]\.mlp\.(up|gate)_proj": 2},
                                      "alpha_pattern": {r"layers\.[1-9]\.mlp\.(up|gate)_proj": 5}},
    "rsLoRA with patterns": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "use_rslora": True, "rank_pattern": {"v_proj": 9},
                             "alpha_pattern": {"o_proj": 1}},
    "DoRA with patterns": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "use_dora": True, "rank_pattern": {"v_proj": 9}},
    "some layers": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "layers_to_transform": [1]},
    "one layer, its pattern": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "layers_to_transform": [0], "layers_pattern": "layers"},
    "target expression": {"r": 4, "lora_alpha": 8, "target_modules": r".*\.(self_attn\.(q|v)_proj|mlp\.down_proj)$"},
    "target expression with a look ahead": {"r": 4, "lora_alpha": 8, "target_modules": r"^(?!.*layers\.0\.).*_proj"},
    "all-linear": {"r": 4, "lora_alpha": 8, "target_modules": "all-linear"},
    "whole names": {"r": 4, "lora_alpha": 8, "target_modules": ["model.layers.0.self_attn.q_proj", "layers.1.mlp.up_proj"]},
    "excluded modules": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "exclude_modules": ["layers.0.mlp.up_proj", "v_proj"]},
    "excluded by expression": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "exclude_modules": r".*layers\.1\.self_attn.*"},
    "gaussian start": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "init_lora_weights": "gaussian"},
    "orthogonal start": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "init_lora_weights": "orthogonal"},
    "fan_in_fan_out": {"r": 4, "lora_alpha": 8, "target_modules": ALL, "fan_in_fan_out": True},
}
IA3 = {
    "IA3": {"target_modules": ["k_proj", "v_proj", "down_proj"], "feedforward_modules": ["down_proj"]},
    "IA3, expressions": {"target_modules": r".*(k_proj|v_proj|up_proj)", "feedforward_modules": r".*up_proj"},
    "IA3, one layer by expression": {"target_modules": r".*layers\.1\..*(k_proj|down_proj)", "feedforward_modules": r".*down_proj"},
}


def base_model(folder):
    return AutoModelForCausalLM.from_pretrained(folder, torch_dtype=torch.float32).eval()


def logits(model):
    with torch.no_grad():
        return model.eval()(input_ids=IDS).logits[0].float().contiguous()


def stirred(model):
    """Trained, as far as arithmetic can tell: B, IA3's vectors and DoRA's lengths away from where they begin."""
    generator = torch.Generator().manual_seed(5)
    for name, parameter in sorted(model.named_parameters()):
        if "lora_B" in name:
            parameter.data = torch.randn(parameter.shape, generator=generator) * 0.05
        elif "ia3_l" in name:
            parameter.data = 1 + torch.randn(parameter.shape, generator=generator) * 0.2
        elif "magnitude" in name:
            parameter.data = parameter.data * (1 + torch.randn(parameter.shape, generator=generator) * 0.05)
    return model


def takes(config_class, options):
    return set(options) <= set(inspect.signature(config_class.__init__).parameters)


def write_peft(base, place):
    """Yields (name, folder, logits) of what PEFT's save_pretrained writes."""
    for config_class, table in ((LoraConfig, LORA), (IA3Config, IA3)):
        for name, options in table.items():
            if not takes(config_class, options):
                continue
            torch.manual_seed(3)
            try:
                model = get_peft_model(base_model(base), config_class(task_type="CAUSAL_LM", **options))
            except ValueError as error:  # a value this version does not know yet
                print(f"   {name}: this PEFT says {str(error)[:80]}")
                continue
            folder = place / name.replace(" ", "-").replace(",", "")
            stirred(model).save_pretrained(folder)
            yield name, folder, logits(model)
    model = stirred(get_peft_model(base_model(base), LoraConfig(task_type="CAUSAL_LM", **LORA["LoRA, all"])))
    model.save_pretrained(place / "pickle", safe_serialization=False)
    yield "adapter_model.bin", place / "pickle", logits(model)
    model = get_peft_model(base_model(base), LoraConfig(task_type="CAUSAL_LM", **LORA["LoRA, all"]), adapter_name="safety")
    stirred(model).save_pretrained(place / "named")
    yield "the folder above a named adapter", place / "named", logits(model)
    model = stirred(get_peft_model(base_model(base), LoraConfig(task_type="CAUSAL_LM", **LORA["LoRA, all"])))
    model.save_pretrained(place / "embeddings", save_embedding_layers=True)
    yield "the base's own embedding saved along", place / "embeddings", logits(model)
    model = stirred(get_peft_model(base_model(base), LoraConfig(task_type="CAUSAL_LM", modules_to_save=["norm"], **LORA["LoRA, all"])))
    model.save_pretrained(place / "norm")
    yield "modules_to_save, unchanged", place / "norm", logits(model)
    # the authors of LoRI train under masks: nine of ten entries of B are 0
    model = stirred(get_peft_model(base_model(base), LoraConfig(task_type="CAUSAL_LM", **LORA["LoRI-S shape, rank 64"])))
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            parameter.data *= (parameter.data.abs() >= parameter.data.abs().flatten().kthvalue(int(0.9 * parameter.numel())).values)
    model.save_pretrained(place / "sparse")
    yield "LoRI-S shape, nine of ten zero", place / "sparse", logits(model)


def write_transformers(base, place):
    """What transformers' own save_pretrained writes of a model with an adapter: shards, and names without PEFT's prefix."""
    for name, options in (("in shards", {"max_shard_size": "30KB"}), ("without PEFT's prefix", {"save_peft_format": False})):
        model = base_model(base)
        torch.manual_seed(3)
        folder = place / name.replace(" ", "-").replace("'", "")
        try:
            model.add_adapter(LoraConfig(task_type="CAUSAL_LM", **LORA["LoRA, all"]), adapter_name="default")
            stirred(model).save_pretrained(folder, **options)
        except Exception as error:  # noqa: BLE001 — some pairs of versions cannot do this at all
            print(f"   {name}: this transformers says {type(error).__name__}: {str(error)[:80]}")
            continue
        yield name, folder, logits(model)


def write(base, place):
    found = []
    for writer in (write_peft, write_transformers):
        for number, (name, folder, wanted) in enumerate(writer(base, place)):
            out = place / f"{writer.__name__}-{number}.logits"
            save_file({"logits": wanted}, str(out))
            found.append({"name": name, "adapter": str(folder), "logits": str(out)})
    plain = place / "plain.logits"
    save_file({"logits": logits(base_model(base))}, str(plain))
    (place / "list.json").write_text(json.dumps({"adapters": found, "plain": str(plain)}))


def read(base, wishes):
    for wish in json.loads(Path(wishes).read_text()):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = PeftModel.from_pretrained(base_model(base), wish["adapter"])
        missing = [str(w.message) for w in caught if "missing" in str(w.message).lower() or "unexpected" in str(w.message).lower()]
        assert not missing, missing[0][:300]
        on_disk = {key.split(".", 2)[-1] for key in load_file(wish["adapter"] + "/adapter_model.safetensors")}
        in_model = {key.split(".", 2)[-1].replace(".default", "") for key in model.state_dict()
                    if "lora_" in key or "ia3_l" in key}
        in_model = {key[:-7] if key.endswith("magnitude_vector.weight") else key for key in in_model}
        assert on_disk == in_model, sorted(on_disk ^ in_model)[:4]
        save_file({"logits": logits(model)}, wish["out"])


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], Path(sys.argv[3]))
    else:
        read(sys.argv[2], sys.argv[3])
