"""The evidence folder → every file in it, in an order that a person would count in, and never one from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docgen.errors import InputError, reason_of
from docgen.findings import Finding
from docgen.model.source import Source

from .faults import finding
from .paths import is_ignored, is_inside, loose_key, natural_key, path_key

MAX_FILES = 20_000
_MAX_DEPTH = 32


@dataclass(slots=True)
class Folder:
    """The files below the evidence folder, by path below it with /, in natural order; and what was odd on the way.

    `refused` holds the paths of links that lead out: they were told of already.
    """

    name: str
    root: Path
    files: dict[str, Path] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    _visited: int = 0
    _exact: dict[str, str] = field(default_factory=dict)
    _loose: dict[str, list[str]] = field(default_factory=dict)

    def index(self) -> None:
        """Prepare look-up once all files are known."""
        for path in self.files:
            self._exact.setdefault(path_key(path), path)
            self._loose.setdefault(loose_key(path), []).append(path)

    def find(self, written: str) -> str | None:
        """The file that a written path means: as spelled, else regardless of case and width if that is one file."""
        exact = path_key(written) if written not in self.files else written
        found = exact if exact in self.files else self._exact.get(exact)
        if found:
            return found
        loose = self._loose.get(loose_key(written), [])
        return loose[0] if len(loose) == 1 else None

    def below(self, written: str) -> list[str]:
        """The files in the folder that a written path names, [] if it names none."""
        prefix = loose_key(written).rstrip("/") + "/"
        return [path for path in self.files if loose_key(path).startswith(prefix)] if prefix != "/" else []

    def named(self, name: str) -> list[str]:
        """The files anywhere that bear a name, given with or without extension."""
        key = loose_key(name)
        return [path for path in self.files if key in (loose_key(Path(path).name), loose_key(Path(path).stem))]

    def count(self) -> None:
        """Count one more file or folder. Raises InputError when there are too many."""
        self._visited += 1
        if self._visited > MAX_FILES:
            raise InputError(
                f"文件夹“{self.name}”里的文件超过 {MAX_FILES} 个，没有读取。",
                "请只留下申报要用的佐证材料，其他文件移到别处。",
            )

    def source(self, path: str) -> Source:
        """The place of a file, for findings."""
        return Source(f"{self.name}/{path}" if path else self.name)


def walk(workspace: Path, name: str) -> Folder:
    """List the folder `name` of a workspace. Raises InputError if it holds more than 20,000 files or may not be read.

    Links to files and folders inside the workspace are followed, but never round in a circle; others become findings.
    """
    folder = Folder(name, workspace / name)
    home = workspace.resolve()
    if not folder.root.is_dir():
        message = f"工作区里没有文件夹“{name}”，没有读到按文件夹存放的佐证材料。"
        hint = f"请新建文件夹“{name}”，按 A01/教师、A01/场地、A01/设备 分开放照片和 PDF。"
        folder.findings.append(finding("DAT025", message, hint, Source(name)))
        return folder
    if not is_inside(folder.root, home):
        folder.findings.append(_outside(name, folder.source("")))
        return folder
    for path, relative in _walk(folder, folder.root, "", home, (folder.root.resolve(),)):
        folder.files[relative] = path
    folder.files = dict(sorted(folder.files.items(), key=lambda item: natural_key(item[0])))
    folder.index()
    return folder


def _outside(shown: str, source: Source) -> Finding:
    message = f"“{shown}”是指向工作区之外的链接，没有读取。"
    return finding("DAT022", message, "请把文件本身复制到佐证材料文件夹里，替换这个链接。", source)


def _garbled(shown: str, folder: Folder) -> Finding:
    message = f"“{shown}”的名称里有读不出的字节（多半是从别的系统复制或解压来的），没有读取。"
    return finding("DAT027", message, "请改成一个正常的中文名称，再运行一次。", folder.source(shown))


def _walk(
    folder: Folder, directory: Path, prefix: str, home: Path, above: tuple[Path, ...]
) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(directory.iterdir(), key=lambda entry: natural_key(entry.name))
    except OSError as error:
        raise InputError(
            f"读取不了文件夹“{folder.name}/{prefix}”：{reason_of(error)}。", "请检查文件夹的权限后再试。"
        ) from error
    for entry in entries:
        shown = entry.name.encode(errors="surrogateescape").decode(errors="replace")
        if shown != entry.name:
            folder.findings.append(_garbled(f"{prefix}{shown}", folder))
            continue
        relative = f"{prefix}{entry.name}"
        if is_ignored(entry.name):
            continue
        folder.count()
        if entry.is_symlink() and not is_inside(entry, home):
            folder.refused.add(path_key(relative))
            folder.findings.append(_outside(f"{folder.name}/{relative}", folder.source(relative)))
        elif not entry.is_dir():
            yield entry, relative
        elif entry.resolve() not in above and len(above) < _MAX_DEPTH:
            yield from _walk(folder, entry, f"{relative}/", home, (*above, entry.resolve()))
