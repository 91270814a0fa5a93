#!/usr/bin/env python3
"""A whole study by Terrain and by plain PyTorch in turns: seconds and their ratios, as JSON.

Both start as processes of their own, so start-up counts. Ratios are PyTorch over Terrain.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
METRICS = (
    "train_accuracy",
    "test_accuracy",
    "hessian_top_eigenvalue",
    "hessian_trace",
    "mode_connectivity",
    "linear_barrier",
    "cka",
    "l2_distance",
)


def seconds_of(command: list[str]) -> tuple[dict[str, float], str]:
    """Wall and processor seconds of a process and its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": round(wall, 2), "processor": round(processor, 2)}, done.stdout


def only(cells: list[str]) -> list[str]:
    """Terrain's option for cells that are written as WIDTHxBATCH_SIZE."""
    terms = [
        f"(width == {width} && batch_size == {batch_size})"
        for width, batch_size in (cell.split("x") for cell in cells)
    ]
    return ["--only", " || ".join(terms)] if terms else []


def side_by_side(of_terrain: str, of_pytorch: list[dict[str, float]]) -> list[dict[str, Any]]:
    """The means of each cell by both: Terrain's first."""
    rows = {(row["load_value"], row["temperature_value"]): row for row in json.loads(of_terrain)}
    pairs = [(cell, rows[cell["width"], cell["batch_size"]]) for cell in of_pytorch]
    return [
        {"width": cell["width"], "batch_size": cell["batch_size"]}
        | {name: [rounded(row.get(f"{name}_mean")), rounded(cell.get(name))] for name in METRICS}
        for cell, row in pairs
    ]


def rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--cells", nargs="+", default=[], metavar="WIDTHxBATCH_SIZE", help="all")
    parser.add_argument("--loader", action="store_true", help="PyTorch by way of a DataLoader")
    parser.add_argument("--sweep", default=str(ROOT / "examples/digits.yaml"))
    parser.add_argument("--terrain", default=str(ROOT / "terrain"), help="the command to run")
    options = parser.parse_args()
    # Builds the jar where it is missing, which is no part of the study.
    subprocess.run([options.terrain, "--version"], stdout=subprocess.DEVNULL, check=True)
    script = [sys.executable, str(HERE / "digits.py")]
    script += ["--loader"] if options.loader else []
    script += ["--cells", *options.cells] if options.cells else []
    rounds: list[dict[str, dict[str, float]]] = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            study = ["--out", f"{folder}/study"]
            run = [options.terrain, "run", options.sweep, *study, *only(options.cells)]
            of_terrain, _ = seconds_of(run)
            _, cells = seconds_of([options.terrain, "cells", *study, "--json"])
        of_pytorch, printed = seconds_of(script)
        rounds.append({"terrain": of_terrain, "pytorch": of_pytorch})
    plain = json.loads(printed)
    ratios = {
        kind: statistics.median(of["pytorch"][kind] / of["terrain"][kind] for of in rounds)
        for kind in ("wall", "processor")
    }
    result = {
        "benchmark": "study",
        **{name: plain[name] for name in ("date", "machine", "versions", "processes", "loader")},
        "seconds": rounds,
        "ratios": {kind: round(ratio, 2) for kind, ratio in ratios.items()},
        "parts_of_pytorch": plain["parts"],
        "cells": side_by_side(cells, plain["cells"]),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
