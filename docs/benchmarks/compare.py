#!/usr/bin/env python3
"""Terrain's training steps and those of plain PyTorch in turns: medians and ratios, as JSON."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

STEPS = Path(__file__).resolve().parent / "steps.py"
MEASURES = ("milliseconds", "processor_milliseconds")


def measured(command: list[str]) -> dict[str, Any]:
    """The JSON that a program prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def compared(terrain: list[dict[str, Any]], pytorch: list[dict[str, Any]]) -> dict[str, Any]:
    """One network over all rounds; ratios are those of each round, PyTorch over Terrain."""
    result = {"network": terrain[0]["network"], "batch_size": terrain[0]["batch_size"]}
    for measure in MEASURES:
        of_terrain = [of[measure] for of in terrain]
        of_pytorch = [of[measure] for of in pytorch]
        ratios = [b / a for a, b in zip(of_terrain, of_pytorch)]
        result[measure] = {
            "terrain": statistics.median(of_terrain),
            "pytorch": statistics.median(of_pytorch),
            "ratio": round(statistics.median(ratios), 2),
            "ratios": [round(ratio, 2) for ratio in sorted(ratios)],
        }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class-path", required=True, help="Terrain's classes, tests, libraries")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="such as 'cnn 8'; all")
    options = parser.parse_args()
    java = ["java", "-cp", options.class_path, "dev.terrain.benchmark.StepTimes"]
    commands = {"terrain": java, "pytorch": [sys.executable, str(STEPS)]}
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in commands}
    for number in range(options.rounds):
        # The first of a round may meet a cooler processor.
        for name in sorted(commands, reverse=number % 2 == 1):
            rounds[name].append(measured(commands[name] + options.networks))
    first = rounds["pytorch"][0]
    result = {
        "benchmark": "compare",
        "date": first["date"],
        "machine": first["machine"],
        "versions": {name: runs[0]["versions"] for name, runs in rounds.items()},
        "rounds": options.rounds,
        "steps": [
            compared(list(terrain), list(pytorch))
            for terrain, pytorch in zip(
                zip(*(run["steps"] for run in rounds["terrain"])),
                zip(*(run["steps"] for run in rounds["pytorch"])),
            )
        ],
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
