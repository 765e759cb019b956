#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints what `lori run --json` ended with: the scores of each stage and where everything is.

    show_result.py RESULT.json [LORI]
"""
import json
import os
import sys
from pathlib import Path


def shown(score):
    """97.5 % (87.1 to 99.6 %, 39 of 40), or the plain number when that is all there is."""
    if not isinstance(score, dict):
        return f"{100 * score:.1f} %" if isinstance(score, float) and 0 <= score <= 1 else str(score)
    text = f"{100 * score['value']:.1f} %"
    if "low" in score and "high" in score:
        text += f"  (95 % interval {100 * score['low']:.1f} to {100 * score['high']:.1f} %"
        text += f", {score['hits']} of {score['n']})" if "hits" in score and "n" in score else ")"
    return text


def main():
    result = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lori = sys.argv[2] if len(sys.argv) > 2 else "lori"
    folder = Path(result["folder"])
    home = os.environ.get("LORI_HOME")
    home = Path(home) if home else folder.parent.parent
    print("\nScores")
    for stage in result["stages"]:
        for name, score in stage.get("scores", {}).items():
            print(f"  {stage['name']:<16} {name.replace('_', ' '):<40} {shown(score)}")
    print("\nWhere it is")
    for what, place in (("report", folder / "result.json"), ("adapters", folder / "adapter"), ("masks", folder / "masks"),
                        ("history", home / "history.sqlite")):
        if place.exists():
            print(f"  {what:<9} {place}")
    print(f"\nMore: {lori} history show {result['run']}")


if __name__ == "__main__":
    main()
