"""One build at a time writes into a folder: the second says so, and stops.

The system holds the lock and lets go of it when the process ends, however it ends: nothing has to be cleared up by hand.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import IO

from docgen.errors import OutputError, reason_of

LOCK_NAME = ".docgen-lock"
_TRIES = 20
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_log = logging.getLogger(__name__)

if os.name == "nt":  # pragma: no cover - Windows only
    import msvcrt

    def _try(stream: IO[bytes]) -> None:
        stream.seek(1 << 20)  # beyond the text, which others are to read
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _try(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock of one folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._stream: IO[bytes] | None = None
        self.unknown = False
        """Whether it was taken where the system knows no locks: nothing keeps a second process away then."""

    def take(self) -> None:
        """Take the lock. Raises OutputError where another process has it, or the folder cannot be written to."""
        for _ in range(_TRIES):
            stream = self._opened()
            try:
                _try(stream)
            except OSError as error:
                if error.errno in _HELD:
                    holder = _holder(stream)
                    stream.close()
                    raise OutputError(
                        f"另一个 docgen 正在往 {self._path.parent} 里写{holder}，这一次没有写入。",
                        "等它结束后再运行；要同时生成，请用 -o 换一个文件夹。",
                    ) from error
                # Some network shares know no locks: then as many build there as are started, and that is told.
                _log.info("no lock on %s: %s", self._path, error)
                self.unknown = True
            if self._is_in_place(stream):
                self._stream = stream
                self._sign(stream)
                return
            stream.close()  # its holder removed it a moment ago
        raise OutputError(f"锁不住文件夹 {self._path.parent}。", "请稍后再试。")

    def _opened(self) -> IO[bytes]:
        try:
            return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644), "r+b")
        except OSError as error:
            raise OutputError(
                f"不能写入文件夹 {self._path.parent}：{reason_of(error)}。",
                "检查磁盘是否可写、是否有权限，或用 -o 换一个文件夹。",
            ) from error

    def _is_in_place(self, stream: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(stream.fileno()), self._path.stat())
        except OSError:
            return False

    @staticmethod
    def _sign(stream: IO[bytes]) -> None:
        """Say who holds it; on a full disk it is held without."""
        with suppress(OSError):  # the lock is the system's, the words are for people
            stream.truncate(0)
            stream.write(json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())
            stream.flush()

    def __del__(self) -> None:
        self.release()

    def release(self) -> None:
        """Let go of it and remove its file; nothing where it is not held."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        if os.name == "nt":  # pragma: no cover - an open file cannot be removed there
            stream.close()
        with suppress(OSError):  # the next one takes it over
            self._path.unlink()
        with suppress(OSError):  # what it would still write is who held it
            stream.close()


def _holder(stream: IO[bytes]) -> str:
    """Who holds a lock, as far as its file says."""
    try:
        said = json.loads(stream.read(1000))
        return f"（进程 {int(said['pid'])}，主机 {said['host']}）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
