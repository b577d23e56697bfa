"""Puts new files into a school's workspace: each whole, and never in the place of one that is there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import OutputError, reason_of

from .atomic import TEMPORARY_PREFIX

_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
"""What file systems without hard links (FAT, exFAT, some network shares) answer to a request for one."""


@dataclass(frozen=True, slots=True)
class Created:
    """What was done, as paths below the workspace with /, folders ending with one."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


def create_workspace(directory: Path, folders: Sequence[str], files: Mapping[str, bytes]) -> Created:
    """Make `directory`, the folders below it, and the files; what is there already is kept and named.

    Raises OutputError where the place cannot be written to, or a file stands where a folder is wanted. What was made
    until then stays: each file is whole, and calling again goes on from there.
    """
    made: list[str] = []
    kept: list[str] = []
    _make_folder(directory, directory)
    for folder in folders:
        (made if _make_folder(directory, directory / folder) else kept).append(f"{folder}/")
    for name, data in files.items():
        (made if create_bytes(directory / name, data) else kept).append(name)
    return Created(tuple(made), tuple(kept))


def create_bytes(path: Path, data: bytes) -> bool:
    """Write a new file whole; False, and nothing done, if there is something of that name already.

    Exclusive even if another program creates the file at the same moment. Raises OutputError where it cannot write.
    """
    if os.path.lexists(path):
        return False
    try:
        return _create(path, data)
    except OSError as error:
        raise _explain(path, error) from error


def _create(path: Path, data: bytes) -> bool:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write_through(stream.fileno(), data)
        mask = os.umask(0)
        os.umask(mask)
        aside.chmod(0o666 & ~mask)
        return _put_in_place(aside, path, data)
    finally:
        with contextlib.suppress(OSError):  # renamed by now; or the first fault is what is told
            aside.unlink()


def _put_in_place(aside: Path, path: Path, data: bytes) -> bool:
    # A link, not a rename: a rename would replace a file that someone made a moment ago.
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        return _write_exclusively(path, data)
    return True


def _write_exclusively(path: Path, data: bytes) -> bool:
    """The next best thing without hard links: still exclusive, and removed again if it could not be finished."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as stream:
            _write_through(stream.fileno(), data)
    except BaseException:
        with contextlib.suppress(OSError):  # the first fault is what is told
            path.unlink()
        raise
    return True


def _write_through(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
    os.fsync(handle)


def _make_folder(directory: Path, folder: Path) -> bool:
    if folder.is_dir():
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        shown = folder if folder == directory else folder.relative_to(directory).as_posix()
        raise OutputError(
            f"“{shown}”是一个文件，不是文件夹，不能在这里建工作区。", "请换一个文件夹名，或先把这个文件移走。"
        ) from error
    except OSError as error:
        raise _explain(folder, error) from error
    return True


def _explain(path: Path, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError(f"没有权限在“{path.parent}”中建立“{path.name}”。", "请换一个您能写入的文件夹。")
    if isinstance(error, NotADirectoryError):
        return OutputError(f"“{path.parent}”不是文件夹，不能在里面建立“{path.name}”。", "请换一个文件夹名。")
    return OutputError(f"建立“{path}”时出错：{reason_of(error)}。", "请检查磁盘空间和写入权限，或换一个文件夹。")
