"""Who makes the artefacts of a build: this process, a pool of processes, or a cluster."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from docgen.engine.running import Alone, Crew
from docgen.evidence.store import Store
from docgen.tools import pango

from .values import Made, Order


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to make with: `jobs` processes of this machine, or the cluster at `scheduler`."""

    workspace: Path
    out: Path
    store: Store
    jobs: int = 1
    scheduler: str = ""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return os.cpu_count() or 1


def hire(means: Means) -> Crew[tuple[Order, ...], list[Made]]:
    """A crew. Raises EnvironmentLacks where the machine or the cluster lacks something."""
    pango.require()
    from .bench import Bench  # noqa: PLC0415 - it loads the renderers: a build that changes nothing needs none of them

    return Alone(Bench(means.out, means.store).make)
