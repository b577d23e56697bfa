"""Who makes the artefacts of a build: this process, a pool of processes, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from docgen.engine.running import Alone, Crew
from docgen.evidence.store import Store

from .values import Made, Order

_SHARED = ("docgen.makers.warm",)
"""What the processes of a pool have in common."""


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


def expect(jobs: int, scheduler: str) -> None:
    """Say early that a crew will likely be hired: what its processes share is loaded while this one reads and checks."""
    if jobs > 1 and not scheduler:
        from docgen.engine.pool import load_early  # noqa: PLC0415

        load_early(_SHARED)


def hire(means: Means) -> Crew[tuple[Order, ...], list[Made]]:
    """A crew. Raises EnvironmentLacks where the machine or the cluster lacks something.

    The renderers are loaded only now, and with several jobs only by those who need them.
    """
    if means.scheduler:
        from docgen.engine.cluster import Cluster  # noqa: PLC0415

        from . import parcels  # noqa: PLC0415

        packing = parcels.Packing(means.store)
        return Cluster(means.scheduler, packing, parcels.serve, parcels.introduce, parcels.check)
    if means.jobs > 1:
        from docgen.engine.pool import Pool  # noqa: PLC0415

        prepare = partial(_set_up, means.out, means.store)
        return Pool(means.jobs, prepare, _SHARED)
    return Alone(_set_up(means.out, means.store))


def _set_up(out: Path, store: Store) -> Callable[[tuple[Order, ...]], list[Made]]:
    from .bench import set_up  # noqa: PLC0415

    return set_up(out, store)
