"""Work done by several processes of this machine, each warmed up once; one that dies costs only what it was doing.

A worker has a second order at hand while it works on the first, so that it never waits for this process. Results come
back one by one. A task whose worker was killed is given to another one once; then it is named.
"""

from __future__ import annotations

import logging
import multiprocessing
import multiprocessing.forkserver as forkserver
import os
import signal
import sys
import threading
import types
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from docgen.errors import EnvironmentLacks

from .running import Crew, TaskLost

Q = TypeVar("Q")
R = TypeVar("R")
Make = Callable[[Any], Any]

_AT_HAND = 2
"""So many orders a worker has at most: one it works on, one that waits."""
_MOST_DEATHS = 2
_PATIENCE_SECONDS = 5.0
_MODE = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Task(Generic[Q]):
    name: str
    order: Q
    deaths: int = 0


@dataclass(slots=True)
class _Worker(Generic[Q]):
    """One process, and what it was given, in that order."""

    process: Any
    channel: Connection
    tasks: deque[_Task[Q]] = field(default_factory=deque)


class Pool(Crew[Q, R]):
    """At most `size` processes. Each calls `prepare` once and then what that returned, for every order.

    `prepare` and the orders are pickled. `preload` names modules that are imported once for all workers, where the
    system can share them; they hold what `prepare` would load.
    """

    def __init__(self, size: int, prepare: Callable[[], Callable[[Q], R]], preload: Sequence[str] = ()) -> None:
        self._size = max(size, 1)
        self._prepare = prepare
        self._context: Any = multiprocessing.get_context(_MODE)
        if _MODE == "forkserver":
            self._context.set_forkserver_preload(list(preload))
        self._workers: list[_Worker[Q]] = []
        self._again: deque[_Task[Q]] = deque()

    @property
    def room(self) -> int:
        """How many more orders it can be given now."""
        given = sum(len(worker.tasks) for worker in self._workers) + len(self._again)
        return self._size * _AT_HAND - given

    def give(self, name: str, order: Q) -> None:
        """Hand over an order: to an idle worker, a new one, or the one with the least at hand."""
        self._hand(_Task(name, order))

    def _hand(self, task: _Task[Q]) -> None:
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is None or (least.tasks and len(self._workers) < self._size):
            least = self._hired()
        least.tasks.append(task)
        with suppress(OSError):  # it died: `take` finds out, and hands its tasks to another
            least.channel.send((task.name, task.order))

    def _hired(self) -> _Worker[Q]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._prepare), daemon=False)
        try:
            with _without_main():
                process.start()
        except OSError as error:
            raise EnvironmentLacks(
                f"不能再启动一个生成进程：{error.strerror or error}。", "关闭一些程序，或用 --jobs 减少进程数。"
            ) from error
        theirs.close()
        worker: _Worker[Q] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def take(self) -> tuple[str, R]:
        """Wait for a result. Raises what making it raised, TaskLost where its worker was killed twice."""
        while True:
            while self._again:
                self._hand(self._again.popleft())
            channels = {worker.channel: worker for worker in self._workers if worker.tasks}
            for channel in wait(list(channels)):
                worker = channels[channel]  # type: ignore[index]
                try:
                    name, result, error = worker.channel.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                    continue
                task = worker.tasks.popleft()
                if isinstance(error, MemoryError):
                    worker.tasks.appendleft(task)
                    self._bury(worker)
                    continue
                if error is not None:
                    raise error
                return str(name), result

    def _bury(self, worker: _Worker[Q]) -> None:
        """A worker is gone: what it worked on is tried once more, what it had at hand besides goes to another."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join(_PATIENCE_SECONDS)
        worker.channel.close()
        if not worker.tasks:
            return
        guilty = worker.tasks[0]
        guilty.deaths += 1
        why = _end_in_words(worker.process.exitcode)
        _log.info("the worker that made %s ended: %s", guilty.name, why)
        if guilty.deaths >= _MOST_DEATHS:
            worker.tasks.popleft()
            self._again.extend(worker.tasks)
            raise TaskLost(
                f"生成“{guilty.name}”的进程两次被终止（{why}），没有做成。",
                "多半是内存不够：关闭一些程序，或加 --jobs 1 再运行一次；已经做好的不会重做。",
                guilty.name,
            )
        self._again.extend(worker.tasks)

    def close(self) -> None:
        """Let everybody go: idle workers tidy up, busy ones are ended."""
        workers, self._workers = self._workers, []
        for worker in workers:
            if worker.tasks:
                worker.process.kill()
            else:
                with suppress(OSError):  # it has ended by itself
                    worker.channel.send(None)
        for worker in workers:
            worker.process.join(_PATIENCE_SECONDS)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
            worker.channel.close()
        self._again.clear()


def _end_in_words(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):  # a signal without a name is told by its number
            return f"信号 {signal.Signals(-code).name}"
    return f"返回值 {code}"


def load_early(preload: Sequence[str]) -> None:
    """Begin to load what the workers of a pool will share (see `Pool`), without waiting for it.

    Does nothing where the system cannot share it. What goes wrong here is told when a worker is hired.
    """
    if _MODE == "forkserver":
        multiprocessing.get_context(_MODE).set_forkserver_preload(list(preload))
        with suppress(OSError), _without_main():
            forkserver.ensure_running()


@contextmanager
def _without_main() -> Iterator[None]:
    """Workers need nothing of the program's main module; left to itself, it would be run again in each of them."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(channel: Connection, prepare: Callable[[], Make]) -> None:
    """A worker's life: orders come in, results go out, until it is sent None or nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the process that hired it
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    orders: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
    threading.Thread(target=_receive, args=(channel, orders), daemon=True).start()
    make: Make | None = None
    while (order := orders.get()) is not None:
        name, asked = order
        try:
            make = make or prepare()
            answer: tuple[str, Any, BaseException | None] = (name, make(asked), None)
        except BaseException as error:  # noqa: BLE001 - raised again by the process that gave the order
            answer = (name, None, error)
        _send(channel, answer)
    release = getattr(make, "release", None)
    if release is not None:
        release()


def _receive(channel: Connection, orders: SimpleQueue[tuple[str, Any] | None]) -> None:
    """Take orders in at once, so that whoever gives them does not wait while one is being worked on."""
    try:
        while (order := channel.recv()) is not None:
            orders.put(order)
    except (EOFError, OSError):
        pass  # whoever gave orders is gone
    orders.put(None)


def _send(channel: Connection, answer: tuple[str, Any, BaseException | None]) -> None:
    name, _, error = answer
    try:
        channel.send(answer)
    except OSError:
        os._exit(1)  # nobody listens
    except Exception as trouble:  # noqa: BLE001 - whatever cannot be pickled is told in words
        told = error if error is not None else trouble
        channel.send((name, None, RuntimeError(f"{type(told).__name__}: {told}")))


def _end_with_parent() -> None:
    """End at once when the process that hired this one is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
