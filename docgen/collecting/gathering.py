"""What was given → the files to read: files, folders with all below them, .zip archives with all inside them."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from docgen.errors import InputError, reason_of
from docgen.model.source import Source

from .records import Unread

_LOCKS = ("~$", ".~lock.", "._", ".DS_Store", "Thumbs.db", "desktop.ini", "manifest.json")
_MOST_BYTES = 100_000_000
_MOST_FILES = 5000
_DEEPEST = 3
"""Archives inside archives: schools zip what a county zipped."""
_UTF8_FLAG = 0x800


@dataclass(frozen=True, slots=True)
class Given:
    """One file: what messages call it (below what was given, with /), and its bytes."""

    name: str
    data: bytes


def gather(files: Iterable[Path], unread: list[Unread]) -> Iterator[Given]:
    """Every file, one at a time, in the order given, folders sorted. What cannot be opened goes to `unread`.

    Raises InputError where something that was given is not there.
    """
    several = list(files)
    for path in several:
        if not path.exists():
            raise InputError(f"找不到“{path}”。", "请核对路径；可以给出文件、文件夹或 .zip。")
        if path.is_dir():
            for inner in sorted(each for each in path.rglob("*") if each.is_file()):
                name = inner.relative_to(path).as_posix()
                if not _is_lock(name):
                    yield from _opened(inner, name if len(several) == 1 else f"{path.name}/{name}", unread)
        else:
            yield from _opened(path, path.name, unread)


def _is_lock(name: str) -> bool:
    return any(part.startswith(_LOCKS) or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _opened(path: Path, name: str, unread: list[Unread]) -> Iterator[Given]:
    try:
        if path.stat().st_size > _MOST_BYTES and path.suffix.lower() != ".zip":
            size = path.stat().st_size // 1_000_000
            unread.append(
                Unread(Source(name), f"文件有 {size} MB，不像双周报，没有读取", "请核对是不是放错了文件。", whole=True)
            )
            return
        data = path.read_bytes()
    except OSError as error:
        unread.append(
            Unread(Source(name), f"打不开：{reason_of(error)}", "请检查文件的权限，或重新取一份。", whole=True)
        )
        return
    yield from _unpacked(Given(name, data), unread, 0)


def _unpacked(given: Given, unread: list[Unread], depth: int) -> Iterator[Given]:
    """The file itself, or where it is an archive, what is in it."""
    if not given.data.startswith(b"PK\x03\x04") or not given.name.lower().endswith(".zip"):
        yield given
        return
    if depth >= _DEEPEST:
        unread.append(Unread(Source(given.name), "压缩包套了太多层，没有打开", "请解压后再汇总。", whole=True))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > _MOST_FILES or sum(member.file_size for member in members) > 20 * _MOST_BYTES:
                unread.append(
                    Unread(Source(given.name), "压缩包解开后太大，没有打开", "请分成几个压缩包。", whole=True)
                )
                return
            for member in sorted(members, key=_name_of):
                name = f"{given.name}/{_name_of(member)}"
                if _is_lock(_name_of(member)):
                    continue
                if member.flag_bits & 0x1:
                    unread.append(Unread(Source(name), "压缩包设了密码，读不了", "请解压后再汇总。", whole=True))
                elif member.file_size > _MOST_BYTES or member.file_size > 1000 * max(member.compress_size, 1000):
                    unread.append(Unread(Source(name), "解开后大得不正常，没有读取", "请核对这个文件。", whole=True))
                else:
                    yield from _unpacked(Given(name, archive.read(member)), unread, depth + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        unread.append(
            Unread(Source(given.name), "压缩包已损坏，打不开", "请学校重新打包交来，或解压后再汇总。", whole=True)
        )


def _name_of(member: zipfile.ZipInfo) -> str:
    """A member's name as its author saw it: Chinese Windows writes GBK without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gbk"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/")]
    return "/".join(parts) or "未命名"


def day_of(text: str) -> datetime.date | None:
    """A day as carried data has it, None where it has none."""
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
