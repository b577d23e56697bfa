"""Measuring side by side: the two in turn, the medians, and the ratio."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version


def machine() -> str:
    """One line on what this was measured with."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def versions(*names: str) -> str:
    """The versions of the libraries that take part."""
    return ", ".join(f"{name} {version(name)}" for name in names)


def in_turn(contestants: Sequence[tuple[str, Callable[[], object]]], rounds: int) -> dict[str, float]:
    """Median seconds of each contestant over `rounds` rounds, one after the other in each round, after a warm-up."""
    times: dict[str, list[float]] = {name: [] for name, _ in contestants}
    for number in range(rounds + 1):
        for name, run in contestants:
            start = time.perf_counter()
            run()
            if number:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def table(title: str, medians: dict[str, float], unit: str = "ms") -> None:
    """Print a Markdown table; the last column is relative to the first contestant."""
    scale = 1000 if unit == "ms" else 1
    first = next(iter(medians.values()))
    print(f"\n{title}\n\n| | {unit} (median) | ratio |\n|---|---:|---:|")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds * scale:.2f} | {seconds / first:.2f} |")
