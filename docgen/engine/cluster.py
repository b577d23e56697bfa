"""Work done by an existing Dask cluster: the same orders, the same results, from machines that come and go.

What a worker cannot reach by itself it asks for, and is then sent. A task whose worker is lost is done by another one,
which Dask sees to; so is a worker that comes later.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from docgen.errors import DocgenError, EnvironmentLacks, UsageError

from .running import Crew, TaskLost

Q = TypeVar("Q")
R = TypeVar("R")

_CONNECT_SECONDS = 6.0
_WORKERS_SECONDS = 20.0
_LOOK_SECONDS = 5.0
_LEAVE_SECONDS = 1.5
_AT_HAND = 2
"""So many orders for each thread of the cluster: one that is worked on, one that is under way."""
_LARGE = 64_000_000
_PREFIXES = ("tcp://", "tls://", "ws://", "wss://", "ucx://")


@dataclass(frozen=True, slots=True)
class Wants:
    """What a worker answers where it cannot reach things that an order speaks of: their names."""

    names: frozenset[str]


class Cluster(Crew[Q, R]):
    """The cluster at `address`. `pack(order, names)` makes what is sent, with the things of these names in it;
    `serve` does the work there, a function of a module that the workers have too; it gives a result, or `Wants`.

    `check` is called with what `introduce` gives on each worker that is there at the beginning, by its address.
    Raises UsageError for an address that is none, EnvironmentLacks where nobody answers or there are no workers.
    """

    def __init__(
        self,
        address: str,
        pack: Callable[[Q, frozenset[str]], Any],
        serve: Callable[[Any], R | Wants],
        introduce: Callable[[], Any],
        check: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._address = address
        self._pack = pack
        self._serve = serve
        self._client = _connected(address)
        try:
            self._await_workers()
            check(self._introductions(introduce))
        except BaseException:
            self._leave()
            raise
        from distributed import as_completed  # noqa: PLC0415

        self._coming: Any = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call, unused-ignore]
        self._given: dict[Any, tuple[str, Q, frozenset[str]]] = {}
        self._threads, self._looked = 1, 0.0

    def _await_workers(self) -> None:
        with suppress(TimeoutError):
            self._client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        if not self._client.nthreads():
            raise EnvironmentLacks(
                f"调度器 {self._address} 上没有工作进程。",
                f"在各台机器上运行 dask worker {self._address} --nthreads 1 --nworkers auto，再试一次。",
            )

    def _introductions(self, introduce: Callable[[], Any]) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self._client.run(introduce, on_error="return")
        for worker, answer in said.items():
            if isinstance(answer, ImportError):
                raise EnvironmentLacks(
                    f"工作进程 {worker} 的机器上没有装 docgen（{answer}）。", "在那台机器上装上同一版本的 docgen 再试。"
                )
            if isinstance(answer, DocgenError):
                raise answer
            if isinstance(answer, BaseException):
                raise EnvironmentLacks(
                    f"工作进程 {worker} 答复异常（{type(answer).__name__}：{answer}）。",
                    "检查各台机器的 Python、docgen、dask 版本是否相同。",
                )
        return said

    @property
    def room(self) -> int:
        """How many more orders it can be given now; workers may have come or gone."""
        if monotonic() - self._looked > _LOOK_SECONDS:
            self._threads = max(sum(self._client.nthreads().values()), 1)
            self._looked = monotonic()
        return self._threads * _AT_HAND - len(self._given)

    def give(self, name: str, order: Q) -> None:
        """Hand over an order."""
        self._submit(name, order, frozenset())

    def _submit(self, name: str, order: Q, names: frozenset[str]) -> None:
        key = f"docgen-{uuid.uuid4().hex}"
        future = self._client.submit(self._serve, self._pack(order, names), key=key, pure=False)
        self._given[future] = (name, order, names)
        self._coming.add(future)

    def take(self) -> tuple[str, R]:
        """Wait for a result. Raises what making it raised, EnvironmentLacks where the cluster lost it: its kind TaskLost
        where only that task did not come to an end.
        """
        while True:
            future = next(self._coming)
            name, order, names = self._given.pop(future)
            answer = self._result(future, name)
            future.release()
            if not isinstance(answer, Wants):
                return name, answer
            if answer.names <= names:
                raise EnvironmentLacks(
                    f"工作进程收不到生成“{name}”要用的文件。", "检查工作进程的临时文件夹是否可写、磁盘是否已满。"
                )
            self._submit(name, order, names | answer.names)

    def _result(self, future: Any, name: str) -> Any:
        from distributed import KilledWorker  # noqa: PLC0415

        if future.status not in ("finished", "error"):
            raise EnvironmentLacks(
                f"与调度器 {self._address} 的连接断了。", "检查调度器和网络，再运行一次；已经做好的不会重做。"
            )
        try:
            return future.result()
        except KilledWorker as error:
            raise TaskLost(
                f"生成“{name}”的工作进程几次被终止，没有做成。",
                "多半是那些机器内存不够：减少每台机器的工作进程，再运行一次；已经做好的不会重做。",
                name,
            ) from error
        except OSError as error:
            raise EnvironmentLacks(
                f"工作进程生成“{name}”时出错：{error}。", "检查那台机器的磁盘和网络，再运行一次；已经做好的不会重做。"
            ) from error

    def close(self) -> None:
        """Leave the cluster; what it still works on for us is called off."""
        futures, self._given = list(self._given), {}
        with suppress(Exception):  # it may be gone
            self._client.cancel(futures, asynchronous=False, force=True)
        self._leave()

    def _leave(self) -> None:
        with suppress(Exception):  # no fault in leaving may hide why we leave
            self._client.close(timeout=_LEAVE_SECONDS)


def _connected(address: str) -> Any:
    if not address.startswith(_PREFIXES):
        raise UsageError(
            f"“{address}”不是调度器的地址。", "写成 tcp://主机:端口，例如 --scheduler tcp://192.168.1.10:8786。"
        )
    try:
        import dask  # noqa: PLC0415 - an extra

        dask.config.set(
            {"logging.distributed": "critical", "distributed.admin.large-graph-warning-threshold": _LARGE * 100}
        )
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise EnvironmentLacks(
            "本机没有装分布式生成所需的 dask。", "运行 pip install 'docgen[cluster]'，或者不写 --scheduler。"
        ) from error
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call, unused-ignore]
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise EnvironmentLacks(
            f"连不上 Dask 调度器 {address}。",
            "检查地址和端口、调度器是否已经启动（dask scheduler）、防火墙是否放行；也可以不写 --scheduler，在本机生成。",
        ) from error


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterable[str]:
    """What is not the same here and there, in words."""
    for name in sorted({*ours, *theirs}):
        here, there = ours.get(name, ""), theirs.get(name, "")
        if here != there:
            yield f"{name}：本机 {here or '没有'}，对方 {there or '没有'}"
