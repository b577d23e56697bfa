"""Files and folders as a person gives them → the files to merge, in order, each with its name and title."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.errors import InputError, UsageError, reason_of

from .records import LeftOut
from .words import all_left_out, one_line, shown

_MOST_NAMED = 10
_MOST_FILES = 20_000
_DEEPEST = 32
_LIKE = 0.55  # how alike a name must be to be the one that was meant


@dataclass(frozen=True, slots=True)
class Given:
    """One file to merge: where it is, what messages call it, its title, the folder it was found in."""

    path: Path
    name: str
    title: str
    folder: str = ""


@dataclass(slots=True)
class Gathering:
    """Files and folders as given → the files, in order."""

    files: list[Given] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    missing: list[tuple[Path, str]] = field(default_factory=list)
    _named: dict[str, Path] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Add a file, or the files of a folder in the order in which a person counts."""
        try:
            path.stat()
        except (OSError, ValueError) as error:
            self.missing.append((path, _why_missing(path, error)))
            return
        if not path.is_dir():
            self._add(path, "")
            return
        before = len(self.files)
        self._walk(path, "", (path.resolve(),), path.resolve())
        if len(self.files) == before:
            reason = "文件夹里没有可以合并的文件"
            self.left_out.append(LeftOut(shown(path), reason, "请把照片、PDF 放进去，或核对文件夹写得对不对。"))

    def _add(self, path: Path, folder: str) -> None:
        if not path.is_file():
            dead = path.is_symlink() and not path.exists()
            reason = "是失效的链接，它指向的文件不在了" if dead else "不是普通的文件"
            self.left_out.append(LeftOut(shown(path), reason, "请换成照片或 PDF 文件本身。"))
            return
        if len(self.files) >= _MOST_FILES:
            raise InputError(f"要合并的文件超过 {_MOST_FILES} 个，没有合并。", "请分几次合并。")
        self.files.append(Given(path, self._name(path), one_line(path.stem) or one_line(path.name), folder))

    def _name(self, path: Path) -> str:
        """What messages call a file: the same for the same path, and for no other."""
        wanted = name = shown(path)
        number = 1
        while self._named.setdefault(name, path) != path:
            number += 1
            name = f"{wanted}（{number}）"
        return name

    def _walk(self, directory: Path, below: str, above: tuple[Path, ...], home: Path) -> None:
        from docgen.load.paths import natural_key  # noqa: PLC0415 - only folders need it

        try:
            for entry in sorted(directory.iterdir(), key=lambda entry: natural_key(entry.name)):
                self._meet(entry, below, above, home)
        except OSError as error:
            reason = f"读取不了这个文件夹（{reason_of(error)}）"
            self.left_out.append(LeftOut(shown(directory), reason, "请检查文件夹的权限后再试。"))

    def _meet(self, entry: Path, below: str, above: tuple[Path, ...], home: Path) -> None:
        """Take one file or folder found in a folder."""
        from docgen.load.paths import is_ignored, is_inside  # noqa: PLC0415

        if is_ignored(entry.name):
            return
        if entry.is_symlink() and not is_inside(entry, home):
            reason = "是指向所给文件夹之外的链接，没有读取"
            self.left_out.append(LeftOut(shown(entry), reason, "请把文件本身复制过来，替换这个链接。"))
        elif not entry.is_dir():
            self._add(entry, below)
        elif entry.resolve() in above:
            return  # a circle of links: these files are taken already
        elif len(above) > _DEEPEST:
            reason = f"文件夹套得太深（超过 {_DEEPEST} 层），没有读取"
            self.left_out.append(LeftOut(shown(entry), reason, "请把里面的文件移到上面几层。"))
        else:
            name = one_line(entry.name)
            self._walk(entry, f"{below}/{name}" if below else name, (*above, entry.resolve()), home)


def gather(files: Iterable[Path]) -> Gathering:
    gathering = Gathering()
    paths = list(files)
    if not paths:
        raise UsageError("没有给出要合并的文件。", "例如：docgen merge 甲.pdf 乙.jpg -o 合并.pdf")
    for path in paths:
        gathering.take(path)
    if gathering.missing:
        lines = [f"“{shown(path)}”{reason}" for path, reason in gathering.missing[:_MOST_NAMED]]
        more = len(gathering.missing) - len(lines)
        lines += [f"另有{more}个也读不到"] if more > 0 else []
        raise InputError("；".join(lines) + "。", "请核对文件名和所在文件夹；没有写任何文件。")
    if not gathering.files:
        raise InputError(all_left_out(gathering.left_out), "请核对给出的文件和文件夹；没有写任何文件。")
    return gathering


def _why_missing(path: Path, error: OSError | ValueError) -> str:
    """Why a path is not there, with the names next to it that are like it."""
    if isinstance(error, ValueError):
        return "不能用作文件名"
    if not isinstance(error, FileNotFoundError):
        return f"读不到（{reason_of(error)}）"
    if path.is_symlink():
        return "是失效的链接，它指向的文件不在了"
    names: list[str] = []
    with contextlib.suppress(OSError):  # a folder that cannot be listed has no names to offer
        names = sorted(entry.name for entry in path.parent.iterdir())
    near = _near(path.name, names)
    if near:
        return f"不存在（是不是“{'”“'.join(one_line(name) for name in near)}”？）"
    return "不存在" if path.parent.is_dir() else f"不存在：没有文件夹“{shown(path.parent)}”"


def _near(wanted: str, names: Sequence[str]) -> list[str]:
    import difflib  # noqa: PLC0415 - only a mistake needs it

    same_stem = [name for name in names if Path(name).stem.casefold() == Path(wanted).stem.casefold()]
    return (same_stem or difflib.get_close_matches(wanted, names[:_MOST_FILES], 3, _LIKE))[:3]
