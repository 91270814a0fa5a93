"""What a benchmark ran on: processor, cores, libraries and date, for the JSON that it prints."""

from __future__ import annotations

import datetime
import os
import platform
import re
from pathlib import Path

import numpy
import torch


def description() -> dict[str, object]:
    """Facts about this process; call it after the first matrix product, which loads the BLAS."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": {"processor": _processor(), "cores": len(os.sched_getaffinity(0))},
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": numpy.__version__,
            "blas": _blas(),
        },
    }


def _processor() -> str:
    facts: dict[str, str] = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        facts.setdefault(name.strip(), value.strip())
    if "model name" not in facts:
        return platform.machine()
    return (
        f"{facts['model name']} (family {facts['cpu family']}, model {facts['model']}, "
        f"stepping {facts['stepping']})"
    )


def _blas() -> list[str]:
    """Libraries of linear algebra in this process; those inside torch itself are not seen."""
    maps = Path("/proc/self/maps").read_text()
    files = {Path(line.split()[-1]).name for line in maps.splitlines() if "/" in line}
    return sorted(file for file in files if re.match(r"lib(\w*blas|blis|mkl)", file))
