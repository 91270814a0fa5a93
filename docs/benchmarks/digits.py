#!/usr/bin/env python3
"""The work of examples/digits.yaml in plain PyTorch, as JSON: seconds of each part and results.

Each model has one thread, and each core one process. What Terrain measures beyond this (errors of
every value, further eigenvalues, density, sharpness, tables, report) is left out.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import math
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy
import torch
from torch import Tensor, nn

import landscape
import machine
import networks
from landscape import Descent, Images, Plateau

# As examples/digits.yaml has them, and the defaults that `terrain config show` adds.
WIDTHS = (2, 4, 8, 16, 32, 64)
BATCH_SIZES = (16, 64, 256, 1024)
SEEDS = (0, 1, 2)
DEPTH = 2
EPOCHS = 150
RATE = 0.05
MOMENTUM = 0.9
WEIGHT_DECAY = 5e-4
PLATEAU = Plateau(tolerance=1e-4, epochs=5, first_epoch=30)
FIT = Descent(200, batch_size=128, learning_rate=0.01, momentum=0.9, weight_decay=5e-4)
CURVE_POINTS = 5
LINE_POINTS = 11
CURVATURE_IMAGES = 1000
MIXUP_IMAGES = 640
MIXUP_BATCH_SIZE = 128
MIXUP_ALPHA = 16.0

# PyHessian's.
TOLERANCE = 1e-3
MOST_PRODUCTS = 100

SIDE = 8
CLASSES = 10
TRAINING_IMAGES = 1437
DATA = (
    Path(__file__).resolve().parents[2]
    / "transforms/src/main/resources/dev/terrain/data/digits.csv.gz"
)
PARTS = ("train", "curves", "curvature", "comparisons")

Cell = tuple[int, int]
Model = tuple[int, int, int]
Numbers = dict[str, float]
Argument = TypeVar("Argument")


@functools.cache
def load() -> numpy.ndarray:
    """Rows of pixels and a class, in a fixed random order."""
    with gzip.open(DATA, "rt") as file:
        rows = numpy.loadtxt(file, delimiter=",", dtype=numpy.float32)
    return rows[numpy.random.default_rng(0).permutation(len(rows))]


@functools.cache
def images() -> tuple[Images, Images]:
    """Images to train on and to test on, normalised by the former."""
    rows = torch.from_numpy(load())
    pixels = rows[:, :-1].reshape(-1, 1, SIDE, SIDE)
    of_training = pixels[:TRAINING_IMAGES]
    pixels = (pixels - of_training.mean()) / of_training.std(unbiased=False)
    labels = rows[:, -1].long()
    return (
        Images(pixels[:TRAINING_IMAGES], labels[:TRAINING_IMAGES]),
        Images(pixels[TRAINING_IMAGES:], labels[TRAINING_IMAGES:]),
    )


def network(width: int) -> nn.Module:
    return networks.mlp(SIDE**2, width, DEPTH, CLASSES)


def train(model: Model, loader: bool) -> tuple[numpy.ndarray, Numbers]:
    """Weights of a model, and its losses and accuracies."""
    width, batch_size, seed = model
    torch.manual_seed(seed)
    net = network(width)
    training, test = images()
    descent = Descent(EPOCHS, batch_size, RATE, MOMENTUM, WEIGHT_DECAY)
    trained = landscape.train(net, training, descent, PLATEAU, loader)
    numbers: Numbers = {"steps": trained.steps, "epochs": trained.epochs}
    for name, sample in (("train", training), ("test", test)):
        loss, accuracy = landscape.evaluate(net, trained.theta, sample)
        numbers[f"{name}_loss"] = loss
        numbers[f"{name}_accuracy"] = accuracy
    return trained.theta.numpy(), numbers


def connect(width: int, ends: tuple[numpy.ndarray, numpy.ndarray]) -> Numbers:
    """Mode connectivity of two models along a fitted curve, and the barriers on their line."""
    torch.manual_seed(0)
    net = network(width)
    training, test = images()
    a, b = (torch.from_numpy(end) for end in ends)
    control, steps = landscape.fit_curve(net, a, b, training, FIT)

    def point(theta: Tensor) -> tuple[float, ...]:
        return *landscape.evaluate(net, theta, training), *landscape.evaluate(net, theta, test)

    first, last = point(a), point(b)

    def along(path: Callable[[float], Tensor], points: int) -> numpy.ndarray:
        between = [point(path(i / (points - 1))) for i in range(1, points - 1)]
        return numpy.array([first, *between, last])

    curve = along(lambda t: landscape.on_curve(a, control, b, t), CURVE_POINTS)
    line = along(lambda t: (1 - t) * a + t * b, LINE_POINTS)
    excess = (first[1] + last[1]) / 2 - curve[:, 1]
    loss_excess = line[:, 0] - numpy.linspace(first[0], last[0], LINE_POINTS)
    return {
        "curve_steps": steps,
        "mode_connectivity": -float(excess[numpy.abs(excess).argmax()]),
        "linear_barrier": float((first[1] + last[1]) / 2 - line[:, 1].min()),
        "linear_loss_barrier": float(loss_excess[1:-1].max()),
        "least_test_accuracy_on_curve": float(curve[:, 3].min()),
    }


def curvature(width: int, theta: numpy.ndarray) -> Numbers:
    """Top eigenvalue and trace of the Hessian of one model."""
    torch.manual_seed(0)
    training, _ = images()
    chosen = torch.randperm(TRAINING_IMAGES)[:CURVATURE_IMAGES]
    sample = Images(training.pixels[chosen], training.labels[chosen])
    product = landscape.hessian(network(width), torch.from_numpy(theta), sample)
    value, of_value = landscape.top_eigenvalue(product, len(theta), TOLERANCE, MOST_PRODUCTS)
    trace, of_trace = landscape.trace(product, len(theta), TOLERANCE, MOST_PRODUCTS)
    return {
        "products": of_value + of_trace,
        "hessian_top_eigenvalue": value,
        "hessian_trace": trace,
    }


def compare(width: int, models: Sequence[numpy.ndarray]) -> Numbers:
    """Alignment and distance of the models of a cell, means over the pairs that have them."""
    training, _ = images()
    pixels = landscape.mixed(training, MIXUP_IMAGES, MIXUP_BATCH_SIZE, MIXUP_ALPHA, seed=0)
    net = network(width)
    thetas = [torch.from_numpy(theta) for theta in models]
    outputs = [landscape.probabilities(net, theta, pixels) for theta in thetas]
    pairs = [(i, j) for j in range(len(thetas)) for i in range(j)]
    alignments = [landscape.alignments(outputs[i], outputs[j]) for i, j in pairs]
    values: dict[str, list[float]] = {
        "cka": [biased for biased, _ in alignments],
        "cka_debiased": [debiased for _, debiased in alignments],
        "l2_distance": [(thetas[i] - thetas[j]).double().norm().item() for i, j in pairs],
    }
    defined = {name: [x for x in of_pairs if math.isfinite(x)] for name, of_pairs in values.items()}
    return {name: statistics.mean(found) for name, found in defined.items() if found}


def timed(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, float]:
    """What a unit of work gives, and its processor seconds."""
    start = time.process_time()
    result = work(*arguments)
    return result, time.process_time() - start


class Parts:
    """Does the parts of the work one after the other and keeps what each took."""

    def __init__(self, pool: multiprocessing.pool.Pool) -> None:
        self.pool = pool
        self.taken: dict[str, Numbers] = {}

    def do(self, name: str, work: Callable[..., Any], units: list[tuple[Any, ...]]) -> list[Any]:
        """Results in the order of the units, of which the first should be the longest."""
        start = time.perf_counter()
        outcomes = self.pool.map(functools.partial(timed, work), units, chunksize=1)
        wall = time.perf_counter() - start
        processor = sum(seconds for _, seconds in outcomes)
        self.taken[name] = {
            "units": len(units),
            "processor_seconds": round(processor, 3),
            "wall_seconds": round(wall, 3),
        }
        return [result for result, _ in outcomes]

    def count(self, name: str, key: str, numbers: list[Numbers]) -> None:
        """Adds how many steps or products a part made, and the processor time of one."""
        taken = self.taken[name]
        number = sum(of_unit[key] for of_unit in numbers)
        taken[key] = number
        taken["microseconds_each"] = round(1e6 * taken["processor_seconds"] / number, 1)


def means(numbers: list[Numbers]) -> Numbers:
    """The mean of each number over models, pairs, or the cell itself."""
    return {name: statistics.mean(of[name] for of in numbers) for name in numbers[0]}


def run(cells: list[Cell], parts: Sequence[str], processes: int, loader: bool) -> dict[str, Any]:
    """All parts, for the cells; the results of a cell are means over its models or pairs."""
    seeds = len(SEEDS)
    with multiprocessing.Pool(processes, torch.set_num_threads, (1,)) as pool:
        done = Parts(pool)
        models = [(width, batch_size, seed) for width, batch_size in cells for seed in SEEDS]
        trained = done.do("train", train, [(model, loader) for model in models])
        done.count("train", "steps", [numbers for _, numbers in trained])
        thetas = [theta for theta, _ in trained]
        results = [
            means([numbers for _, numbers in trained[i * seeds : (i + 1) * seeds]])
            for i in range(len(cells))
        ]

        def each(name: str, work: Callable[..., Any], units: list[Any], of_cell: int) -> list[Any]:
            widths = [cells[i // of_cell][0] for i in range(len(units))]
            found = done.do(name, work, list(zip(widths, units)))
            for i, result in enumerate(results):
                result.update(means(found[i * of_cell : (i + 1) * of_cell]))
            return found

        if "curves" in parts:
            ring = [
                (thetas[i * seeds + j], thetas[i * seeds + (j + 1) % seeds])
                for i in range(len(cells))
                for j in range(seeds)
            ]
            done.count("curves", "curve_steps", each("curves", connect, ring, seeds))
        if "curvature" in parts:
            done.count("curvature", "products", each("curvature", curvature, thetas, seeds))
        if "comparisons" in parts:
            groups = [thetas[i * seeds : (i + 1) * seeds] for i in range(len(cells))]
            each("comparisons", compare, groups, 1)
    return {
        "parts": done.taken,
        "cells": [
            {"width": width, "batch_size": batch_size, **result}
            for (width, batch_size), result in zip(cells, results)
        ],
    }


def cell(text: str) -> Cell:
    """A cell as WIDTHxBATCH_SIZE."""
    width, _, batch_size = text.partition("x")
    return int(width), int(batch_size)


def main() -> None:
    # Small batches take longest, and what begins first should.
    grid = [(width, batch_size) for batch_size in BATCH_SIZES for width in WIDTHS]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="beside train, which all need"
    )
    parser.add_argument(
        "--cells", nargs="+", type=cell, default=grid, metavar="WIDTHxBATCH_SIZE", help="all"
    )
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--loader", action="store_true", help="train by way of a DataLoader")
    options = parser.parse_args()
    torch.set_num_threads(1)
    results = run(options.cells, options.parts, options.processes, options.loader)
    how = {"processes": options.processes, "loader": options.loader}
    print(json.dumps({"benchmark": "digits", **machine.description(), **how, **results}, indent=1))


if __name__ == "__main__":
    main()
