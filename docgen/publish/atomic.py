"""Writes a whole file or none: aside first, flushed, then put in its place."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from docgen.errors import OutputError, reason_of

TEMPORARY_PREFIX = ".docgen-part-"
"""What the file written aside is called first; one that is left over after a kill may be deleted."""


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path`, making its folder; a reader sees the old file or the new one, never half of one.

    Raises OutputError where the place cannot be written to; then the old file, if any, is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise _explain(path, error) from error


def _replace(path: Path, data: bytes) -> None:
    # In the same folder, since a rename is atomic only within one file system.
    handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(_mode(path))
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first fault is what is told
            aside.unlink()
        raise


def aside_of(folder: Path, suffix: str = "") -> Path:
    """A new empty file in `folder` (made if need be), to be written and then given to `put_file`.

    Its name is one that a later build sweeps away, should this one be killed. Raises OutputError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, suffix=suffix, dir=folder)
        os.close(handle)
    except OSError as error:
        raise _explain(folder, error) from error
    return Path(name)


def write_aside(folder: Path, pieces: Iterable[bytes], suffix: str = "") -> tuple[Path, str, int]:
    """A file such as `aside_of` makes with these pieces in it, its sha256 and its size; written as they come.

    Raises OutputError, and whatever making the pieces does; then there is no such file.
    """
    aside = aside_of(folder, suffix)
    digest, size = hashlib.sha256(), 0
    try:
        with aside.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
                digest.update(piece)
                size += len(piece)
    except BaseException as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        if isinstance(error, OSError):
            raise _explain(aside, error) from error
        raise
    return aside, digest.hexdigest(), size


def put_file(path: Path, aside: Path) -> None:
    """Put the finished file `aside` in the place of `path`: as whole as `write_bytes`, but without reading it.

    `aside` lies on the same file system (see `aside_of`) and is gone afterwards. Raises OutputError where the place
    cannot be written to; then both files are as they were.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("rb+") as stream:
            os.fsync(stream.fileno())
        aside.chmod(_mode(path))
        aside.replace(path)
    except OSError as error:
        raise _explain(path, error) from error


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that a new file would get (mkstemp gives 0600)."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _explain(path: Path, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError(
            f"没有权限写入 {path}。", "如果这个文件正在 Excel、Word 或阅读器中打开，请先关闭；否则用 -o 换一个位置。"
        )
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return OutputError(f"{path} 是一个文件夹，不能当作文件来写。", "在 -o 后面写出文件名。")
    if isinstance(error, NotADirectoryError | FileExistsError):
        return OutputError(f"{path} 的上级不是文件夹。", "用 -o 换一个位置。")
    return OutputError(f"写入 {path} 时出错：{reason_of(error)}。", "检查磁盘空间和写入权限，或用 -o 换一个位置。")
