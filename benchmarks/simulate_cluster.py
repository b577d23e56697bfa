"""How far a cluster scales: 100,000 dossiers on 16, 64 and 256 workers, simulated from what is measured here.

Measured on this machine, on a copy of samples/school: what each task takes (`docgen build --dry-run --json` after a
build), what the one process that gives orders and publishes takes for each, and what a task costs on a real Dask
scheduler with two workers over loopback. Simulated: one client, one scheduler, many workers, each doing one thing at a
time; volumes before documents, as in a build.

Run: python benchmarks/simulate_cluster.py [--dossiers 100000] [--workers 16,64,256] [--plan plan.json]
"""

from __future__ import annotations

import argparse
import heapq
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import methodcaller
from pathlib import Path
from typing import Any

from common import machine, versions

from docgen.engine.cluster import Cluster
from docgen.engine.progress import Step
from docgen.engine.running import work
from docgen.makers import production
from docgen.makers.ordering import Ordering
from docgen.pipeline import build, foresee

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "school"
TASKS = 1500
AT_HAND = 2


@dataclass(frozen=True)
class Unit:
    """One task: the seconds that a worker takes, and the bytes of its result."""

    seconds: float
    size: int


@dataclass(frozen=True)
class Costs:
    """Seconds for each task: of the client (to make its order, to publish its result), and of the scheduler."""

    order: float
    publish: float
    scheduler: float


def units_of(plan: dict[str, Any]) -> tuple[list[Unit], list[Unit], int]:
    """The volumes and the documents of a plan as tasks, and how many dossiers it has."""
    gathered: dict[str, list[dict[str, Any]]] = {}
    for file in plan["files"]:
        if file["application"]:
            gathered.setdefault(file["unit"], []).append(file)
    volumes, documents = [], []
    for files in gathered.values():
        unit = Unit(sum(file["seconds"] or 0 for file in files), sum(file["bytes"] or 0 for file in files))
        (volumes if files[0]["maker"] == "volume" else documents).append(unit)
    return volumes, documents, len({file["application"] for file in plan["files"] if file["application"]})


def measured_client(workspace: Path) -> tuple[float, float, int]:
    """Build the workspace; the client's seconds for a task to make and pack its order and to publish it, and how many."""
    spent = {"order": 0.0, "publish": 0.0}
    original_of, original_deliver = Ordering.of, production.Production._deliver

    def of(self: Ordering, artefact: Any) -> Any:
        start = time.process_time()
        order = original_of(self, artefact)
        pickle.dumps(order)
        spent["order"] += time.process_time() - start
        return order

    def deliver(self: Any, artefact: Any, made: Any) -> None:
        start = time.perf_counter()  # waiting for the disk counts
        original_deliver(self, artefact, made)
        spent["publish"] += time.perf_counter() - start

    tasks = set()

    def told(step: Step) -> None:
        if step.what:
            volume = "佐证材料" in step.what
            tasks.add(step.what if volume or "/" not in step.what else step.what.split("/")[0])

    Ordering.of, production.Production._deliver = of, deliver  # type: ignore[method-assign]
    try:
        build(workspace, watch=told)
    finally:
        Ordering.of, production.Production._deliver = original_of, original_deliver  # type: ignore[method-assign]
    return spent["order"] / len(tasks), spent["publish"] / len(tasks), len(tasks)


@contextmanager
def local_cluster() -> Iterator[str]:
    """A real scheduler with two workers; its address."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "scheduler.json"
        dask = [sys.executable, "-m", "dask"]
        started = [
            subprocess.Popen(
                [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file],
                cwd=home,
                stderr=subprocess.DEVNULL,
            )
        ]
        worker = [*dask, "worker", "--scheduler-file", file, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        try:
            started += [
                subprocess.Popen([*worker, "--name", name], cwd=home, stderr=subprocess.DEVNULL) for name in "ab"
            ]
            while not file.exists() or not file.read_text():
                time.sleep(0.05)
            yield json.loads(file.read_text())["address"]
        finally:
            for process in reversed(started):
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Nothing:
    path: str
    needs: tuple[str, ...] = ()
    weight: float = 0.0


def first(value: Any, _: object) -> Any:
    return value


def order_of(_: Nothing) -> bytes:
    return b"x" * 2000


def measured_scheduler(address: str, size: int) -> float:
    """Seconds that a task which does nothing takes on the cluster, with results of `size` bytes."""
    # A function of the standard library: workers need not know this script.
    crew: Cluster[bytes, bytes] = Cluster(address, first, methodcaller("ljust", size, b"x"), dict, len)
    try:
        start = time.perf_counter()
        work([Nothing(str(n)) for n in range(TASKS)], order_of, crew, first)
        return (time.perf_counter() - start) / TASKS
    finally:
        crew.close()


def simulate(stages: Sequence[Sequence[Unit]], workers: int, costs: Costs) -> tuple[float, float, float, float]:
    """Seconds in all, and the shares of it that workers, client and scheduler are busy."""
    now = busy = client_free = scheduler_free = client_busy = scheduler_busy = 0.0
    for units in stages:
        waiting = deque(sorted(units, key=lambda unit: -unit.seconds))
        free = [now] * workers  # when each worker will have done what it has
        heapq.heapify(free)
        coming: list[float] = []  # when results reach the client
        client_free = scheduler_free = max(now, client_free, scheduler_free)
        given = 0
        while waiting or coming:
            if waiting and given < workers * AT_HAND and (not coming or client_free <= coming[0]):
                unit = waiting.popleft()
                client_free += costs.order
                client_busy += costs.order
                scheduler_free = max(scheduler_free, client_free) + costs.scheduler
                scheduler_busy += costs.scheduler
                end = max(heapq.heappop(free), scheduler_free) + unit.seconds
                busy += unit.seconds
                heapq.heappush(free, end)
                heapq.heappush(coming, end)
                given += 1
            else:
                client_free = max(client_free, heapq.heappop(coming)) + costs.publish
                client_busy += costs.publish
                given -= 1
        now = max(client_free, *free)
    return now, busy / now / workers, client_busy / now, scheduler_busy / now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--workers", default="16,64,256")
    parser.add_argument("--plan", type=Path, help="what docgen build --dry-run --json gave, in place of the sample's")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        workspace = Path(
            shutil.copytree(SAMPLE, Path(home) / "school", ignore=shutil.ignore_patterns("成品", ".docgen"))
        )
        order, publish, tasks = measured_client(workspace)
        plan = json.loads(asked.plan.read_text("utf-8")) if asked.plan else foresee(workspace).as_dict()
    volumes, documents, dossiers = units_of(plan)
    size = sum(unit.size for unit in (*volumes, *documents)) // len([*volumes, *documents])
    with local_cluster() as address:
        small, real = measured_scheduler(address, 100), measured_scheduler(address, size)
    # The bytes of results go through the client as well as through the scheduler.
    costs = Costs(order, publish + max(real - small, 0) / 2, small)
    times = asked.dossiers / dossiers
    stages = [(stage * (int(times) + 1))[: round(len(stage) * times)] for stage in (volumes, documents)]
    alone = sum(unit.seconds + costs.order + publish for stage in stages for unit in stage)
    count = sum(map(len, stages))

    print(f"{machine()}; {versions('distributed', 'weasyprint', 'pikepdf')}\n")
    print(
        f"Measured: {tasks} tasks of {dossiers} dossiers; a volume {mean(volumes) * 1000:.0f} ms, the documents of a "
        f"dossier {mean(documents) * 1000:.0f} ms; results of {size / 1000:.0f} kB"
    )
    print(
        f"Client: {costs.order * 1000:.2f} ms to make an order, {costs.publish * 1000:.2f} ms to publish a result; "
        f"scheduler: {costs.scheduler * 1000:.2f} ms a task\n"
    )
    print(f"{asked.dossiers} dossiers, {count} tasks, one process alone: {alone / 3600:.1f} h (computed)\n")
    print(
        "| workers | hours | faster than alone | workers busy | client busy | scheduler busy |\n|---:|---:|---:|---:|---:|---:|"
    )
    for workers in map(int, asked.workers.split(",")):
        seconds, busy, client, scheduler = simulate(stages, workers, costs)
        print(
            f"| {workers} | {seconds / 3600:.2f} | {alone / seconds:.1f} | {busy:.0%} | {client:.0%} | {scheduler:.0%} |"
        )
    each = sum(unit.seconds for stage in stages for unit in stage) / count
    client_limit, scheduler_limit = each / (costs.order + costs.publish), each / costs.scheduler
    who, limit = min(
        (client_limit, "the client, which gives orders and is the only one to publish"),
        (scheduler_limit, "the scheduler"),
    )[::-1]
    print(
        f"\nIt stops scaling at about {limit:.0f} workers: from there on {who} is busy all the time "
        f"({min(1 / (costs.order + costs.publish), 1 / costs.scheduler):.0f} tasks a second); further workers wait."
    )


def mean(units: Sequence[Unit]) -> float:
    return sum(unit.seconds for unit in units) / max(len(units), 1)


if __name__ == "__main__":
    main()
