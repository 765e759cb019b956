#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adapters of several versions of PEFT, both ways: theirs of every shape open here, ours of every method open there, and the logits
agree within 2e-4 with those that PEFT computes. What a version cannot do is left out of its column.

By itself it takes the versions that are installed with the judges (0.18.1 and 0.21.2); with LORI_FULL_PARITY=1 all of
peft_versions.txt (make_peft_environments.sh makes what is missing), and it fails where one is absent.
"""
import json
import subprocess
import sys
from pathlib import Path

import common

HERE = Path(__file__).resolve().parent


def environments():
    """[(version, its Python)] of what is here; fails when all are wanted and one is absent."""
    found = []
    for line in (HERE / "peft_versions.txt").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        version = line.split()[0]
        places = [common.DEPS / "peft" / version, common.DEPS / "venv", common.DEPS / "venv-older"]
        python = next((place / "bin/python" for place in places if version_in(place / "bin/python") == version), None)
        if python:
            found.append((version, python))
        elif common.FULL:
            common.finish(False, f"there is no environment with PEFT {version}; run tests/parity/make_peft_environments.sh")
    return found if common.FULL else [pair for pair in found if pair[0] in ("0.18.1", "0.21.2")]


def version_in(python):
    if not python.exists():
        return ""
    ask = "import importlib.metadata as m; print(m.version('peft'))"
    return subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()


def in_environment(python, *arguments):
    done = subprocess.run([python, "-B", HERE / "interop_peft.py", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        common.finish(False, f"{python}: {done.stderr[-1500:]}")
    return done.stdout


def our_logits(place, base, adapter):
    from safetensors.torch import load_file
    import interop_peft
    ids = ",".join(str(number) for number in interop_peft.IDS[0].tolist())
    out = place / "ours.safetensors"
    common.lori("logits", "--model", base, "--adapter", adapter, "--ids", ids, "--out", out, home=place / "home")
    return load_file(str(out))["logits"]


def run_config(data, base, stages):
    return {"name": "Interop", "model": str(base),
            "data": {"sources": [{"file": str(data), "promptTemplate": "plain"}], "heldOutShare": 0},
            "adapter": {"rank": 8, "alpha": 16}, "stages": stages,
            "evaluation": {"tasks": [], "beforeTraining": False, "afterEachStage": False}}


def our_adapters(place, base, theirs):
    """(name, folder) of ours: one of every method, those that go on from irregular ones of PEFT, and merged ones."""
    import make_tiny_model
    data = make_tiny_model.write_rows(place / "rows.jsonl", 24)
    train = {"learningRate": 2e-2, "steps": 2, "batchRows": 4}
    irregular = {name: folder for name, folder in theirs.items()
                 if name in ("rank and alpha patterns", "some layers", "IA3, one layer by expression")}
    plans = {"LoRI": ([{"kind": "lori-d", **train}, {"kind": "mask", "mask": {"sparsity": 0.9}}, {"kind": "lori-s", **train}], {}),
             "LoRA": ([{"kind": "lora", **train}], {}), "rsLoRA": ([{"kind": "lora", **train}], {"rslora": True}),
             "DoRA": ([{"kind": "dora", **train}], {}), "IA3": ([{"kind": "ia3", **train}], {})}
    for name, folder in irregular.items():
        kind = "ia3" if name.startswith("IA3") else "lora"
        plans[f"trained on from: {name}"] = ([{"kind": kind, "fromAdapter": folder, "start": "continue", **train}], {})
    for name, (stages, adapter) in plans.items():
        config = run_config(data, base, stages)
        config["adapter"].update(adapter)
        file = place / "config.json"
        file.write_text(json.dumps(config))
        folder = Path(common.lori_json("run", "--config", file, home=place / "home")["folder"])
        for part in sorted((folder / "adapter").iterdir()):
            yield f"{name} {part.name[2:]}" if name == "LoRI" else name, part
    for name, pair in (("merged", ("LoRA, all", "rsLoRA")), ("merged, patterns", ("rank and alpha patterns", "LoRA, all")),
                       ("merged, some layers", ("some layers", "LoRA, all"))):
        common.lori("merge", *[f"{theirs[one]}=0.6" for one in pair], "--out", place / name, home=place / "home")
        yield name, place / name


def main():
    common.need("torch", "transformers", "peft", "safetensors")
    common.lori_program()
    import make_tiny_model
    from safetensors.torch import load_file
    versions = environments()
    if not versions:
        common.skip("no environment with a PEFT of peft_versions.txt is here")
    folder, place = common.scratch()
    with folder:
        base = place / "base"
        make_tiny_model.make_tiny_model(base)
        cells, silent, theirs = {}, [], {}
        for version, python in versions:
            made = place / version
            made.mkdir()
            print(f"PEFT {version}:\n" + in_environment(python, "write", base, made), end="")
            listed = json.loads((made / "list.json").read_text())
            plain = load_file(listed["plain"])["logits"]
            for entry in listed["adapters"]:
                wanted = load_file(entry["logits"])["logits"]
                apart = (our_logits(place, base, entry["adapter"]) - wanted).abs().max().item()
                cells.setdefault(f"theirs here: {entry['name']}", {})[version] = apart
                theirs[entry["name"]] = entry["adapter"]
                if (wanted - plain).abs().max().item() < 0.01:
                    silent.append(entry["name"])
        ours = list(our_adapters(place, base, theirs))
        mine = {name: our_logits(place, base, adapter) for name, adapter in ours}
        for version, python in versions:
            wishes = [{"adapter": str(adapter), "out": str(place / f"{number}.theirs")} for number, (_, adapter) in enumerate(ours)]
            (place / "wishes.json").write_text(json.dumps(wishes))
            in_environment(python, "read", base, place / "wishes.json")
            for (name, _), wish in zip(ours, wishes):
                there = load_file(wish["out"])["logits"]
                cells.setdefault(f"ours there: {name}", {})[version] = (mine[name] - there).abs().max().item()
                if (there - plain).abs().max().item() < 0.001:
                    silent.append(name)
    names = [version for version, _ in versions]
    common.table(["largest |difference| of logits", *names],
                 [[name, *[f"{row[v]:.1e}" if v in row else "-" for v in names]] for name, row in cells.items()])
    if silent:
        common.finish(False, f"the adapter '{silent[0]}' changes nothing, so the comparison would prove nothing")
    values = [(value, name, version) for name, row in cells.items() for version, value in row.items()]
    worst = max(values)
    common.finish(worst[0] <= common.LOGIT_TOLERANCE,
                  f"{len(values)} comparisons over PEFT {', '.join(names)}: largest {worst[0]:.2e} ({worst[1]}, {worst[2]}), "
                  f"allowed {common.LOGIT_TOLERANCE:.0e}")


if __name__ == "__main__":
    sys.exit(main())
