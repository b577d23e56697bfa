"""A real Dask scheduler and two worker processes over loopback; one of them does not see the workspace."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client
from small_school import small_school, tree

from docgen.engine import cluster
from docgen.engine.cluster import Cluster
from docgen.errors import EnvironmentLacks, UsageError
from docgen.makers import parcels
from docgen.pipeline import build
from docgen.render.templates import package_templates

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning:distributed.*"),
]
DASK = [sys.executable, "-m", "dask"]


@dataclass
class Machines:
    address: str
    near: subprocess.Popen[bytes]
    far: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a template of its own and its documents, made in this process."""
    workspace = small_school(tmp_path_factory.mktemp("one") / "学校")
    own = Path(shutil.copytree(package_templates() / "self-check", workspace / "templates/self-check"))
    page = own / "template.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>示例学校自用</p></body>"), "utf-8")
    build(workspace)
    return workspace


@pytest.fixture(scope="module")
def bare(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workspace elsewhere, without documents."""
    target = tmp_path_factory.mktemp("many") / "学校"
    return Path(shutil.copytree(finished, target, ignore=shutil.ignore_patterns("成品")))


@pytest.fixture(scope="module")
def machines(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    home = tmp_path_factory.mktemp("dask")
    file = home / "scheduler.json"
    quiet = {"cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    started = [
        subprocess.Popen(
            [*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file],
            **quiet,  # type: ignore[arg-type]
        )
    ]
    worker = [*DASK, "worker", "--scheduler-file", file, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    try:
        started.append(subprocess.Popen([*worker, "--name", "near"], **quiet))  # type: ignore[arg-type]
        # Where one may, the second worker is in a world of its own, with an empty folder in the workspace's place.
        hidden = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', bare.parent]
        may_hide = subprocess.run([*hidden, "true"], check=False, capture_output=True).returncode == 0
        far = [*(hidden if may_hide else []), *worker, "--name", "far"]
        started.append(subprocess.Popen(far, **quiet))  # type: ignore[arg-type]
        while not file.exists() or not file.read_text():
            time.sleep(0.05)
        yield Machines(json.loads(file.read_text())["address"], *started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def test_two_machines_make_the_same_bytes_and_one_of_them_may_be_lost(
    finished: Path, bare: Path, machines: Machines
) -> None:
    with Client(machines.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=60)
    built = build(bare, scheduler=machines.address)
    assert tree(built.out) == tree(finished / "成品")
    assert len(built.result.made) == len(tree(built.out)) - 1

    shutil.rmtree(bare / "成品")
    struck = []

    def strike(step: object) -> None:
        struck.append(step)
        if len(struck) == 3:
            os.kill(machines.near.pid, signal.SIGKILL)

    built = build(bare, scheduler=machines.address, watch=strike)
    assert machines.near.wait() == -signal.SIGKILL
    assert tree(built.out) == tree(finished / "成品")


def test_machines_with_other_versions_are_refused(
    bare: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = parcels.traits() | {"weasyprint": "0.1"}
    monkeypatch.setattr(parcels, "traits", lambda: ours)
    (bare / "成品/index.html").unlink()
    with pytest.raises(EnvironmentLacks, match=r"不一致.*weasyprint：本机 0\.1，对方 \d"):
        build(bare, scheduler=machines.address)


def test_a_scheduler_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(EnvironmentLacks, match=r"连不上 Dask 调度器 tcp://127\.0\.0\.1:9"):
        Cluster("tcp://127.0.0.1:9", lambda order, names: order, lambda parcel: parcel, dict, lambda said: None)


def test_what_is_no_address_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="tcp://主机:端口"):
        Cluster("192.168.1.10", lambda order, names: order, lambda parcel: parcel, dict, lambda said: None)
