"""Has hostile files looked at by processes that may hang, crash or eat the memory without harm to this one.

A worker is any program that speaks the frames of this module: four bytes of length (big-endian), then JSON. It says
{"ready": true} first, then one answer for each request; it ends when its input ends.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import IO, Any

import docgen
from docgen.errors import EnvironmentLacks, reason_of

SECONDS = 22.0
"""For how long one file may keep a processor busy: a worker ends itself then, where the system can see to it."""
PATIENCE = 45.0 if hasattr(signal, "setitimer") else 25.0
"""How long one file may take altogether, a second attempt included; longer where the machine does other things too."""
MOST_WORKERS = 4
_START_SECONDS = 60.0
_TIME_IS_UP = -int(getattr(signal, "SIGPROF", 0)) or None
_SCRATCH = ("TMPDIR", "TEMP", "TMP")
_LARGEST_FRAME = 1 << 30
_log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """How a worker failed at a request."""

    TIME = "time"  # took too long, and was ended
    MEMORY = "memory"  # wanted more memory than it may have
    CRASH = "crash"  # ended, or raised what it should not


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer: why, and what is known of it (a signal, an exception's name)."""

    trouble: Trouble
    detail: str = ""


Answer = Mapping[str, Any] | Failure


def write_frame(stream: IO[bytes], content: Mapping[str, Any]) -> None:
    """Send one message. Raises OSError where nobody listens any more."""
    data = json.dumps(content, separators=(",", ":")).encode("ascii")
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None at the end of the stream, or where what comes is no message."""
    head = stream.read(4)
    length = int.from_bytes(head, "big")
    if len(head) < 4 or length > _LARGEST_FRAME:
        return None
    data = stream.read(length)
    if len(data) < length:
        return None
    try:
        content = json.loads(data)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


class _Worker:
    """One child process and its pipes. Used by one thread."""

    def __init__(self, command: Sequence[str], scratch: str) -> None:
        self.alive = True
        home = str(Path(docgen.__file__).resolve().parent.parent)
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        try:
            self.process = subprocess.Popen(
                [*command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What libraries have to say of a hostile file may be without end, and is no message of ours.
                stderr=None if os.environ.get("DOCGEN_DEBUG") else subprocess.DEVNULL,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(paths),
                    "OPENBLAS_NUM_THREADS": "1",  # numpy, which comes with a decoder, would start as many as cores
                    **dict.fromkeys(_SCRATCH, scratch),
                },
            )
        except OSError as error:
            raise _not_started(reason_of(error)) from error
        timed_out, hello = self._within(_START_SECONDS, lambda: read_frame(self._output))
        if timed_out or hello is None:
            self.end()
            raise _not_started("超时" if timed_out else f"返回值 {self.process.returncode}")

    @property
    def _output(self) -> IO[bytes]:
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        return self.process.stdout

    def _within(self, seconds: float, act: Any) -> tuple[bool, dict[str, Any] | None]:
        """Do what waits for the child, which is killed when the time is up; whether it was, and what came."""
        over = threading.Event()

        def end() -> None:
            over.set()
            self.process.kill()

        timer = threading.Timer(max(seconds, 0.01), end)
        timer.daemon = True
        timer.start()
        try:
            answer = act()
        except OSError:  # the pipe broke: the child is gone
            answer = None
        finally:
            timer.cancel()
        return over.is_set() and answer is None, answer

    def ask(self, request: Mapping[str, Any], seconds: float) -> Answer:
        """The answer to one request. After a Failure the worker may be gone: see `alive`."""

        def act() -> dict[str, Any] | None:
            assert self.process.stdin is not None  # noqa: S101 - it was asked for
            write_frame(self.process.stdin, request)
            return read_frame(self._output)

        timed_out, answer = self._within(seconds, act)
        if answer is not None and "failure" not in answer:
            return answer
        if answer is not None and answer["failure"] == Trouble.CRASH.value:
            return Failure(Trouble.CRASH, str(answer.get("detail", "")))
        self.end()
        self.alive = False
        if timed_out:
            return Failure(Trouble.TIME)
        if answer is not None:
            return Failure(Trouble.MEMORY)
        if self.process.returncode == _TIME_IS_UP:
            return Failure(Trouble.TIME)
        return Failure(Trouble.CRASH, _end_in_words(self.process.returncode))

    def end(self) -> None:
        """Kill the child and wait for it; its pipes are closed."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was left to be sent has nowhere to go
                    stream.close()


def _not_started(reason: str) -> EnvironmentLacks:
    return EnvironmentLacks(
        f"检查文件的辅助进程启动不了（{reason}）。", "请关闭一些程序腾出内存后再试；仍然不行，请重新安装 docgen。"
    )


def _stopped() -> EnvironmentLacks:
    return EnvironmentLacks("检查已经中止。", "请再运行一次。")


def _end_in_words(code: int) -> str:
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"信号 {-code}"
    return f"返回值 {code}"


def _python_command() -> tuple[str, ...]:
    # -P: a json.py in the folder that docgen is called in is none of ours.
    return (sys.executable, "-P", "-m", "docgen.evidence.worker")


@dataclass(slots=True)
class Guard:
    """Answers requests by up to `workers` child processes, each started when there is work for it.

    `seconds` is the limit for one request, waiting for other programs included. Where a process broke down or lacked memory, the request is tried once more
    in a new one: what earlier files left behind must not be a file's fault. Close it (or leave its `with`) to end the processes.
    """

    command: Sequence[str] = field(default_factory=_python_command)
    seconds: float = PATIENCE
    workers: int = field(default_factory=lambda: max(1, min(os.cpu_count() or 1, MOST_WORKERS)))
    _alive: list[_Worker] = field(default_factory=list)
    _idle: list[_Worker] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _scratch: tempfile.TemporaryDirectory[str] | None = None
    _closed: bool = False

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once, whatever they do."""
        with self._lock:
            self._closed = True
            alive, self._alive[:] = list(self._alive), []
            self._idle.clear()
        for worker in alive:
            worker.end()
        if self._scratch is not None:  # what a killed process left there goes too
            self._scratch.cleanup()

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """The answer to one request. Raises EnvironmentLacks where no process can be started."""
        ((_, answer),) = self.answers({"": request})
        return answer

    def answers(self, requests: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Answer]]:
        """The answers as they come, each with its request's key. The first worker takes them from the front, the others
        from the back: where those of a kind stand together, most workers load the libraries of one kind only.

        Raises EnvironmentLacks where no process can be started. Whatever ends the iteration early, a Ctrl-C too, ends
        the processes.
        """
        waiting = deque(requests.items())
        done: queue.SimpleQueue[tuple[str, Answer] | Exception] = queue.SimpleQueue()
        threads = [
            threading.Thread(target=self._serve, args=(waiting.pop if place else waiting.popleft, done), daemon=True)
            for place in range(min(self.workers, len(requests)))
        ]
        complete = False
        try:
            for thread in threads:
                thread.start()
            for _ in requests:
                answer = done.get()
                if isinstance(answer, Exception):
                    raise answer
                yield answer
            complete = True
        finally:
            if not complete:
                self.close()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()

    def _serve(
        self,
        following: Callable[[], tuple[str, Mapping[str, Any]]],
        done: queue.SimpleQueue[tuple[str, Answer] | Exception],
    ) -> None:
        worker: _Worker | None = None
        try:
            while not self._closed:
                try:
                    key, request = following()
                except IndexError:
                    break
                deadline = monotonic() + self.seconds
                for attempt in range(2):
                    if worker is None:
                        worker = self._take()
                        deadline = max(deadline, monotonic() + self.seconds) if not attempt else deadline
                    answer = worker.ask(request, deadline - monotonic())
                    if not isinstance(answer, Failure):
                        break
                    _log.info("a worker failed: %s", answer)
                    if worker.alive:  # it said itself what went wrong, and would say so again
                        break
                    self._forget(worker)
                    worker = None
                    if answer.trouble is Trouble.TIME or self._closed:
                        break
                done.put((key, answer))
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked, which raises it
            done.put(error)
        finally:
            if worker is not None:
                with self._lock:
                    if not self._closed:
                        self._idle.append(worker)
            if self._closed:
                done.put(_stopped())

    def _take(self) -> _Worker:
        """An idle process, or a new one."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._scratch is None:
                self._scratch = tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True)
        worker = _Worker(self.command, self._scratch.name)
        with self._lock:
            if not self._closed:
                self._alive.append(worker)
                return worker
        worker.end()
        raise _stopped()

    def _forget(self, worker: _Worker) -> None:
        with self._lock:
            if worker in self._alive:
                self._alive.remove(worker)
