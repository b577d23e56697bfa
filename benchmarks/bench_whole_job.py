"""The whole job, from workbook and evidence to every document: docgen beside a straightforward script, in one run.

`python benchmarks/bench_whole_job.py [--count 20] [--rounds 2] [--sizes 10,50,200]`. Each measurement is a process
of its own, with its start; the two take turns. A school has some twenty dossiers; two hundred take minutes,
`--sizes 10,50,2000` the better part of an hour.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from common import machine, versions
from large_school import rows, save_workbook, write

import docgen

OUT = "成品"
LIBRARIES = ("docxtpl", "weasyprint", "pillow", "pypdf", "pikepdf")


def run_script(workspace: Path) -> None:
    """The straightforward script, from data that is read already."""
    from straightforward import Script  # noqa: PLC0415 - importing is part of what is measured

    dossiers, school = pickle.loads((workspace / "data.pickle").read_bytes())  # noqa: S301 - written by this program
    Script(workspace / "佐证材料", workspace / "script").run(dossiers, school)


def prepare(workspace: Path) -> None:
    """Read and check the data once, for the script."""
    from docgen.pipeline import check  # noqa: PLC0415 - not in the measured processes
    from docgen.plan.context import Checked, application_context, school_context  # noqa: PLC0415

    review = check(workspace)
    evaluation, case = review.evaluation, review.case
    types = tuple(evaluation.types[name] for name in sorted(evaluation.types))
    checked = Checked(evaluation.findings, evaluation.answers, types)
    dossiers = [
        {"folder": f"{one.number}-{one.certificate}-{one.level}", "context": application_context(case, one, checked)}
        for one in case.applications
    ]
    school = school_context(case, checked)
    school["资料夹"] = [
        {"编号": one.number, "草稿": False, "错误数": 0, "提醒数": 0, "问题": []} for one in case.applications
    ]
    (workspace / "data.pickle").write_bytes(pickle.dumps((dossiers, school)))


def measured(what: str, workspace: Path, jobs: int = 1) -> dict[str, float]:
    """Run in a process of its own, docgen as people call it: seconds by the clock and of computing, most memory in MB."""
    ours = ["-m", "docgen", "build", str(workspace), "--jobs", str(jobs)]
    command = [
        sys.executable,
        *(ours if what == "docgen" else [__file__, "--run", what, "--workspace", str(workspace)]),
    ]
    watched = [sys.executable, "-S", "-c", _WATCHER, *command]
    said = subprocess.run(watched, stdout=subprocess.PIPE, env=_surroundings(), check=True).stdout
    status, seconds, cpu, memory = json.loads(said)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return {"cpu": cpu, "memory": memory / (1e6 if sys.platform == "darwin" else 1e3), "seconds": seconds}


_WATCHER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([status, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""A small process in between: Linux counts the memory of whoever starts a process as that process's own."""


def _surroundings() -> dict[str, str]:
    """The environment in which people run programs: Python keeps compiled modules, as an installed package has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def clean(workspace: Path) -> None:
    """As if nothing had ever been made."""
    for name in (OUT, "script", ".docgen"):
        shutil.rmtree(workspace / name, ignore_errors=True)


def compare(workspace: Path, count: int, rounds: int) -> dict[str, float]:
    """docgen and the script in turn; prints a table, gives the medians."""
    runs: dict[str, list[dict[str, float]]] = {"script": [], "docgen": [], "docgen, 2 processes": []}
    for _ in range(rounds):
        for name, kept in runs.items():
            clean(workspace)
            (workspace / "script").mkdir()
            kept.append(measured(name.split(",")[0], workspace, 2 if "2" in name else 1))
    seconds = {name: statistics.median(run["seconds"] for run in kept) for name, kept in runs.items()}
    cpu = {name: statistics.median(run["cpu"] for run in kept) for name, kept in runs.items()}
    print(f"\n{count} dossiers, all documents\n")
    print("| | s | a dossier | as fast as the script | CPU s | by CPU |\n|---|---:|---:|---:|---:|---:|")
    for name, value in seconds.items():
        ratio = seconds["script"] / value
        # Workers are no children of the measured process: what they compute is not in its account.
        used = "| |" if "2" in name else f"| {cpu[name]:.1f} | {cpu['script'] / cpu[name]:.1f} |"
        print(f"| {name} | {value:.1f} | {value / count:.2f} | {ratio:.1f} {used}")
    return seconds


def again(workspace: Path, folder: Path, count: int, full: float) -> None:
    """A build with nothing changed, and one with one row changed, beside a workspace of a single dossier."""
    clean(workspace)
    measured("docgen", workspace)
    nothing = statistics.median(measured("docgen", workspace)["seconds"] for _ in range(3))
    sheets = rows(count, photos=2)
    sheets["教师"][4]["从教年限"] = 31
    save_workbook(workspace, sheets)
    changed = measured("docgen", workspace)["seconds"]
    single = measured("docgen", write(folder / "single", 1, photos=2))["seconds"]
    print("\n| build | s | |\n|---|---:|---|")
    print(f"| all {count} dossiers | {full:.1f} | |")
    print(f"| nothing changed | {nothing:.2f} | {nothing / full:.1%} of it |")
    print(f"| a school of one dossier | {single:.2f} | |")
    print(f"| one row changed | {changed:.2f} | {changed / single:.1f} times a school of one dossier |")


def grow(folder: Path, sizes: list[int]) -> None:
    """Cost and memory by the number of dossiers, each with three small photos."""
    print("\n| dossiers | s | CPU ms a dossier | most memory, MB |\n|---:|---:|---:|---:|")
    for size in sizes:
        workspace = write(folder / f"of{size}", size, photos=1, size=(480, 360))
        run = measured("docgen", workspace)
        print(f"| {size:,} | {run['seconds']:.0f} | {run['cpu'] / size * 1000:.0f} | {run['memory']:.0f} |", flush=True)
        shutil.rmtree(workspace)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--sizes", default="10,50,200")
    parser.add_argument("--run", choices=("script",))
    parser.add_argument("--workspace", type=Path)
    wanted: Any = parser.parse_args()
    if wanted.run:
        run_script(wanted.workspace)
        return
    print(machine(), versions(*LIBRARIES), sep="; ")
    compileall.compile_dir(Path(docgen.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = write(folder / "school", wanted.count, photos=2)
        prepare(workspace)
        seconds = compare(workspace, wanted.count, wanted.rounds)
        again(workspace, folder, wanted.count, seconds["docgen"])
        if wanted.sizes:
            grow(folder, [int(size) for size in wanted.sizes.split(",")])


if __name__ == "__main__":
    main()
