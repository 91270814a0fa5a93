#!/usr/bin/env python3
"""Milliseconds of one training step in plain PyTorch, eager, on one thread, as JSON.

The counterpart is dev.terrain.benchmark.StepTimes; compare.py runs both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from dataclasses import dataclass

import torch
from torch import nn

import digits
import landscape
import machine
import networks
from landscape import Descent, Images

NETWORKS = ("mlp 64", "cnn 8", "cnn 16", "resnet18 4")
WARM_UP_SECONDS = 5.0
SECONDS = 5.0
CLASSES = 10
SIDE = 28
BATCHES = 10
BATCH_SIZE = 128


@dataclass(frozen=True)
class Case:
    """A network and what it is trained on."""

    model: nn.Module
    images: Images
    batch_size: int


def case(name: str) -> Case:
    """The case of a name: an architecture and its width."""
    architecture, width = name.split()
    if architecture == "mlp":
        model = networks.mlp(digits.SIDE**2, int(width), digits.DEPTH, CLASSES)
        return Case(model, digits.images()[0], 64)
    count = BATCHES * BATCH_SIZE
    images = Images(torch.randn(count, 1, SIDE, SIDE), torch.randint(CLASSES, (count,)))
    if architecture == "cnn":
        return Case(networks.cnn(SIDE, int(width), CLASSES), images, BATCH_SIZE)
    return Case(networks.ResNet18(int(width), CLASSES), images, BATCH_SIZE)


def measure(name: str) -> dict[str, object]:
    """Time of a step: the median over epochs, and the processor time of all of them."""
    torch.manual_seed(0)
    of = case(name)
    descent = Descent(1, of.batch_size, digits.RATE, digits.MOMENTUM, digits.WEIGHT_DECAY)
    optimizer = landscape.sgd(of.model, descent)
    steps = len(of.images.labels) // of.batch_size

    def train(seconds: float) -> list[float]:
        of_epochs = []
        begin = time.perf_counter()
        while time.perf_counter() - begin < seconds:
            start = time.perf_counter()
            landscape.train_epoch(of.model, optimizer, of.images, of.batch_size, loader=False)
            of_epochs.append(time.perf_counter() - start)
        return of_epochs

    train(WARM_UP_SECONDS)
    processor = time.process_time()
    of_epochs = train(SECONDS)
    processor = time.process_time() - processor
    return {
        "network": name,
        "batch_size": of.batch_size,
        "milliseconds": round(1e3 * statistics.median(of_epochs) / steps, 4),
        "processor_milliseconds": round(1e3 * processor / len(of_epochs) / steps, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("networks", nargs="*", default=NETWORKS, metavar="NETWORK")
    torch.set_num_threads(1)
    steps = [measure(name) for name in parser.parse_args().networks]
    print(json.dumps({"benchmark": "steps", **machine.description(), "steps": steps}, indent=1))


if __name__ == "__main__":
    main()
