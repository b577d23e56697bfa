"""What was found out about files, and what was made of them, kept from one run to the next by their content.

A store is a convenience: everything in it can be made anew. Whatever is wrong with its folder, a run goes on without.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

from docgen import __version__
from docgen.model.settings import EVIDENCE_FOLDER, SETTINGS_NAME, WORKBOOK_NAME

FOLDER_NAME = ".docgen"
FORMAT = 2
"""Raised when what is kept changes its form; what an earlier form left is then made anew."""

_MADE_BY = ("pikepdf", "pillow", "pypdfium2", "pillow-heif")
_SIGNS = (SETTINGS_NAME, WORKBOOK_NAME, EVIDENCE_FOLDER, FOLDER_NAME)
_DATABASE = "evidence.sqlite"
_FOLDERS = "folders"
_README = "说明.txt"
_README_TEXT = """这个文件夹由 docgen 自动建立，存放中间结果：每个佐证文件是什么、有几页、缩小后的图片、由 Office 文件转成的 PDF，以及每份成品是由什么生成的。
有了它，没有改动过的文件下次不必重新核查，没有变化的成品不必重新生成。里面没有您的数据的唯一一份：可以随时整个删除，下次运行会重新生成；不需要备份，也不需要上报。
"""
_WAIT_SECONDS = 20.0
_LEFT_OVER_SECONDS = 24 * 3600.0
_KEY = re.compile(r"[0-9a-f]{64}(?![0-9a-f])")
_SUM = 16
_log = logging.getLogger(__name__)


@cache
def version() -> str:
    """By what facts and blobs are made: kept ones of another version are not used."""
    parts = [f"docgen {__version__}", f"format {FORMAT}"]
    for name in _MADE_BY:
        try:
            parts.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            parts.append(f"{name} none")
    return "; ".join(parts)


def open_store(workspace: Path) -> Store:
    """The store of a workspace, in its folder `.docgen`; a temporary one where that cannot be written.

    So it is too where the folder is no workspace: nothing is left behind in a folder that was named by mistake.
    """
    folder = workspace / FOLDER_NAME
    known = any((workspace / name).exists() for name in _SIGNS)
    return Store(folder if known and not folder.is_symlink() else None)  # a link may lead anywhere


def _furnish(folder: Path) -> None:
    """Keep version control away from the folder, and say to people what it is."""
    for name, text in ((".gitignore", "*\n"), (_README, _README_TEXT)):
        path = folder / name
        if not path.exists():
            path.write_text(text, "utf-8")


class Store:
    """Facts (small, in a database) and blobs (files) by key. A key begins with the sha256 of the content it is about.

    Several processes may use one folder at once. It is made when the first thing is kept. `folder` None, or one that
    cannot be written: a temporary one, gone when the store is closed.
    """

    def __init__(self, folder: Path | None) -> None:
        self._temporary = self._new_temporary() if folder is None else None
        self.folder: Path = folder if folder is not None else self._temporary  # type: ignore[assignment]
        self._lock = threading.RLock()
        self._ready = False
        self._database: sqlite3.Connection | None = None
        self._process = 0
        self._memory: dict[str, bytes] = {}
        self.forgone = False
        """Whether something was not kept because another time it may be found otherwise (see `forgo`)."""

    def _new_temporary(self) -> Path:
        """A temporary folder that goes with this store, also where nobody closes it."""
        path = Path(tempfile.mkdtemp(prefix="docgen-"))
        weakref.finalize(self, _remove, path, os.getpid())
        return path

    def __reduce__(self) -> tuple[type[Store], tuple[Path]]:
        """Another process gets the same folder; only this one removes a temporary one."""
        return Store, (self.folder,)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database, and remove a temporary folder."""
        with self._lock:
            if self._database is not None and self._process == os.getpid():
                self._database.close()
            self._database = None
            if self._temporary is not None:
                shutil.rmtree(self._temporary, ignore_errors=True)

    def _prepared(self) -> Path:
        """The folder, made and known to be writable; a temporary one in its place where it is not."""
        with self._lock:
            if self._ready:
                return self.folder
            try:
                self.folder.mkdir(exist_ok=True)
                _furnish(self.folder)
                with tempfile.TemporaryFile(dir=self.folder):
                    pass
            except OSError as error:
                _log.info("the store cannot be in %s: %s", self.folder, error)
                self._temporary = self.folder = self._new_temporary()
            self._ready = True
            return self.folder

    def facts(self, key: str) -> bytes | None:
        """What was kept under a key by this version; None if nothing was, or if it is damaged."""
        digest = _digest_of(key)
        with self._lock:
            if key in self._memory:
                return self._memory[key]
            if self._database is None and not (self.folder / _DATABASE).exists():
                return None
            with self._trouble("read"):
                row = (
                    self._opened()
                    .execute("SELECT value FROM facts WHERE key = ? AND version = ?", (key, version()))
                    .fetchone()
                )
                value = row[0] if row else None
                if isinstance(value, bytes) and value[:_SUM] == _checksum(value[_SUM:], digest):
                    return value[_SUM:]
        return None

    def keep_facts(self, key: str, value: bytes) -> None:
        """Keep a value under a key. Where the disk refuses, it is kept for as long as this store is open."""
        digest = _digest_of(key)
        row = (key, version(), _checksum(value, digest) + value)
        with self._lock:
            self._prepared()
            self._memory.pop(key, None)
            with self._trouble("write"):
                self._opened().execute("INSERT OR REPLACE INTO facts (key, version, value) VALUES (?, ?, ?)", row)
                return
            self._memory[key] = value

    def forgo(self) -> None:
        """Note that something was found out that is not to be kept: it may be otherwise another time."""
        self.forgone = True

    def blob(self, key: str) -> Path | None:
        """The file that was kept under a key by this version; None if none was."""
        path = self._place(key)
        return path if path.is_file() else None

    def keep_blob(self, key: str, data: bytes | Path) -> Path:
        """Keep bytes, or a copy of a file, under a key: whole or not at all. Returns where. Raises OSError."""
        self._prepared()
        path = self._place(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                if isinstance(data, bytes):
                    target.write(data)
                else:
                    with data.open("rb") as source:
                        shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            try:
                aside.replace(path)
            except PermissionError:  # Windows: another process has just put the same there and reads it
                if not path.is_file():
                    raise
        finally:
            aside.unlink(missing_ok=True)
        return path

    def keep_folder(self, name: str, files: Mapping[str, bytes]) -> Path:
        """A folder of that name with just these files (by path below it), whole or not at all. Raises OSError.

        `name` tells its content: a folder that is there already is taken to have these files.
        """
        path = self._prepared() / _FOLDERS / name
        if path.is_dir():
            return path
        path.parent.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".part-", dir=path.parent))
        try:
            for below, data in files.items():
                target = aside / below
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            try:
                aside.rename(path)
            except OSError:
                if not path.is_dir():  # else another process has just put it there
                    raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return path

    def prune_folders(self, used: Iterable[str]) -> None:
        """Drop all kept folders but those of these names."""
        names = frozenset(used)
        with suppress(OSError):  # there is none yet; or it cannot be listed now, and is pruned another time
            for path in sorted((self.folder / _FOLDERS).iterdir()):
                fresh = time.time() - path.stat().st_mtime < _LEFT_OVER_SECONDS
                if path.name not in names and not fresh:  # another process may be reading it
                    shutil.rmtree(path, ignore_errors=True)

    def prune(self, used: Container[str]) -> None:
        """Drop facts and blobs of all contents but those whose sha256 are in `used`, of other versions, and what kills left."""
        if not self.folder.is_dir():
            return
        with self._lock, self._trouble("prune"):
            database = self._opened()
            old = [
                (key,)
                for key, made_by in database.execute("SELECT key, version FROM facts")
                if str(key)[:64] not in used or made_by != version()
            ]
            database.execute("BEGIN")
            database.executemany("DELETE FROM facts WHERE key = ?", old)
            database.execute("COMMIT")
        with suppress(OSError):  # a folder that cannot be listed now is pruned another time
            for path in sorted((self.folder / "made").glob("*/*")):
                left_over = path.name.startswith(".part-")
                if left_over and time.time() - path.stat().st_mtime < _LEFT_OVER_SECONDS:
                    continue  # another process may be writing it
                if left_over or path.name[:64] not in used or f"-{_made_by()}-" not in path.name:
                    with suppress(OSError):  # in use on Windows
                        path.unlink()

    def _place(self, key: str) -> Path:
        digest = _digest_of(key)
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        return self.folder / "made" / digest[:2] / f"{digest}-{_made_by()}-{name}"

    def _opened(self) -> sqlite3.Connection:
        """This process's connection: one of before a fork must not be used. A database that is none begins anew."""
        if self._database is not None and self._process == os.getpid():
            return self._database
        path = self.folder / _DATABASE
        try:
            if path.is_symlink():
                raise sqlite3.DatabaseError("a link")
            self._database = _connected(path)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            self._database = _begun_anew(path)
        except sqlite3.DatabaseError:
            self._database = _begun_anew(path)
        self._process = os.getpid()
        return self._database

    @contextmanager
    def _trouble(self, what: str) -> Iterator[None]:
        """Go on without the database where it fails: all that is lost is time."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            _log.info("the store in %s cannot %s: %s", self.folder, what, error)
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                database, self._database = self._database, None
                if database is not None:
                    database.close()
                    with suppress(OSError):  # in use on Windows: it is as broken for the next run, which tries again
                        _set_aside(self.folder / _DATABASE)


@cache
def _made_by() -> str:
    return hashlib.sha256(version().encode()).hexdigest()[:8]


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # a forked process has the same object, but not the folder
        shutil.rmtree(folder, ignore_errors=True)


def _digest_of(key: str) -> str:
    if not _KEY.match(key):
        raise ValueError(f"a key begins with the sha256 of a content: {key!r}")
    return key[:64]


def _checksum(value: bytes, digest: str) -> bytes:
    return hashlib.blake2b(value, digest_size=_SUM, key=digest.encode()[:64]).digest()


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to the database, made if it is not there. Raises sqlite3.DatabaseError where the file is none."""
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # A killed process harms nothing; after a power failure, checksums tell what did not reach the disk.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, version TEXT NOT NULL, value BLOB NOT NULL)"
        )
        database.execute("SELECT key, version, value FROM facts LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _begun_anew(path: Path) -> sqlite3.Connection:
    _set_aside(path)
    return _connected(path)


def _set_aside(path: Path) -> None:
    """Move a damaged or foreign database out of the way, over the one that was moved before."""
    path.replace(path.with_name(f"{path.name}.damaged"))
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
