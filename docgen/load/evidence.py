"""Rows of the sheet 佐证材料 and files in folders → evidence items, each file once, and the files that are nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from docgen.evidence.inspection import Tell, inspect_files
from docgen.evidence.media import media_named
from docgen.evidence.seen import Digests
from docgen.evidence.store import Store
from docgen.findings import Finding
from docgen.model.records import Equipment, EvidenceFile, EvidenceItem, EvidenceKind, Scope, Teacher, Venue
from docgen.model.schema import EVIDENCE, column_of
from docgen.model.source import Origin
from docgen.model.text import fold

from .choices import read_choice
from .faults import finding
from .folder import Folder
from .paths import leaves_workspace, loose_key, path_key
from .scopes import ScopeReader

Subject = Teacher | Venue | Equipment
_SEVERAL = re.compile(r"[、,，;；\n|]+")
_DIGITS_AND_BRACKETS = re.compile(r"[\d()]+")
_EVERYWHERE = "\0"
"""Stands for 全部 among numbers; no cell can hold it."""
_SCOPE_HEAD = re.compile(r"^([A-Za-z0-9]+?)(?=[^A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Placement:
    """What the folder that a file lies in says of it: 佐证材料/A01/教师/ → A01, 教师."""

    scope: Scope
    kind: EvidenceKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """The outcome: items in order, files that belong nowhere, findings, and the digests of the files read."""

    items: tuple[EvidenceItem, ...]
    stray: tuple[EvidenceFile, ...]
    findings: tuple[Finding, ...]
    inputs: Mapping[str, str]


@dataclass(slots=True)
class Collector:
    """Brings rows and folders together. `subjects` are the rows that a file may prove, by kind of evidence.

    `store` knows files that were looked at before; `tell` is told of progress with the others. `digests` knows which
    files are as they were.
    """

    folder: Folder
    scopes: ScopeReader
    subjects: Mapping[EvidenceKind, tuple[Subject, ...]]
    store: Store
    tell: Tell
    digests: Digests | None = None
    findings: list[Finding] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _by_number: dict[EvidenceKind, dict[str, dict[int, str]]] = field(default_factory=dict)

    def collect(self, rows: Iterable[EvidenceItem]) -> Evidence:
        """The items of the rows, in their order, then those of the folders; then what is left over."""
        items = [item for row in rows for item in self._of_row(row)]
        stray = []
        for path in self.folder.files:
            if path in self.taken:
                continue
            placement = self.placement(path)
            if placement is None:
                stray.append(self._stray(path))
            else:
                items.append(self._of_folder(path, placement))
        # Who uses which file is known only now, and all files are looked at together.
        used = {path: self.folder.files[path] for path in self.folder.files if path in self.taken}
        files = inspect_files(used, self.store, self.tell, digests=self.digests)
        for file in files.values():
            self._told_by_its_name(file)
        done = tuple(replace(item, file=files[item.path]) if item.file is not None else item for item in items)
        inputs = {f"{self.folder.name}/{file.path}": file.sha256 for file in files.values() if file.sha256}
        return Evidence(done, tuple(stray), (*self.folder.findings, *self.findings), inputs)

    def placement(self, path: str) -> Placement | None:
        """What the folders above a file say, None where they are not 申报编号 / 类别."""
        parts = path.split("/")
        if len(parts) < 3:
            return None
        kind = read_choice(parts[1], column_of(EVIDENCE, "kind"))
        return Placement(self._scope(parts[0]), kind) if isinstance(kind, EvidenceKind) else None

    def _scope(self, name: str) -> Scope:
        """The applications that a folder name means: A01, a01, A01-网店运营推广, A01、A02, 公共."""
        whole = self.scopes.parse(name)
        if whole.everywhere or any(self.scopes.match(number) for number in whole.numbers):
            return whole
        head = _SCOPE_HEAD.match(name)
        number = self.scopes.match(head.group(1)) if head else ""
        return Scope((number,)) if number else Scope((name,))

    def _of_row(self, row: EvidenceItem) -> list[EvidenceItem]:
        if not row.path:
            return [row]
        if leaves_workspace(row.path):
            message = f"佐证材料的路径“{row.path}”指向佐证材料文件夹之外，没有读取。"
            hint = "请把文件复制到佐证材料文件夹里，再填它在这个文件夹里的路径，例如 A01/教师/张某某.jpg。"
            number = row.scope.numbers[0] if len(row.scope.numbers) == 1 else ""
            self.findings.append(finding("DAT022", message, hint, row.origin.at("path"), application=number))
            return [self._barred(row)]
        paths = self._resolve(row.path, row)
        if not paths:
            return [self._barred(row) if path_key(self._relative(row.path)) in self.folder.refused else row]
        return [self._registered(row, path) for path in paths]

    def _barred(self, row: EvidenceItem) -> EvidenceItem:
        """The row with its path counted as unreadable: it was told of, so no rule need say that the file is missing."""
        return replace(row, origin=replace(row.origin, unreadable=row.origin.unreadable | {"path"}))

    def _relative(self, written: str) -> str:
        key = path_key(written)
        prefix = path_key(self.folder.name) + "/"
        return key[len(prefix) :] if loose_key(key).startswith(loose_key(prefix)) and "/" in key else key

    def _resolve(self, written: str, row: EvidenceItem) -> list[str]:
        """The files that a row means: a path, a folder, a bare name that only one file bears, or several of these."""
        found = self._resolve_one(written, row)
        if found or not _SEVERAL.search(written):
            return found
        several = [self._resolve_one(part.strip(), row) for part in _SEVERAL.split(written) if part.strip()]
        return [path for paths in several for path in paths] if all(several) else []

    def _resolve_one(self, written: str, row: EvidenceItem) -> list[str]:
        relative = self._relative(written)
        found = self.folder.find(relative)
        if found:
            return [found]
        below = self.folder.below(relative)
        if below:
            return below
        named = self.folder.named(relative) if "/" not in relative else []
        fitting = [path for path in named if self._fits(path, row)]
        return next(([*paths] for paths in (fitting, named) if len(paths) == 1), [])

    def _fits(self, path: str, row: EvidenceItem) -> bool:
        placement = self.placement(path)
        return placement is not None and not self._contradictions(row, placement)

    def _contradictions(self, row: EvidenceItem, placement: Placement) -> list[str]:
        said = []
        apart = (
            not row.scope.everywhere
            and not placement.scope.everywhere
            and bool(row.scope.numbers)
            and not set(row.scope.numbers) & set(placement.scope.numbers)
        )
        if apart:
            said.append(f"登记的申报编号是“{row.scope}”，文件却放在“{placement.scope}”的文件夹里")
        if row.kind is not None and row.kind is not placement.kind:
            said.append(f"登记的类别是“{row.kind}”，文件却放在“{placement.kind}”的文件夹里")
        return said

    def _registered(self, row: EvidenceItem, path: str) -> EvidenceItem:
        """A row's item for one file. What the row leaves blank, the folder says."""
        placement = self.placement(path)
        scope, kind = row.scope, row.kind
        if placement is not None:
            for contradiction in self._contradictions(row, placement):
                hint = "以登记为准。请改正登记，或把文件移到对应的文件夹。"
                number = row.scope.numbers[0] if len(row.scope.numbers) == 1 else ""
                message = f"“{path}”：{contradiction}。"
                self.findings.append(finding("DAT023", message, hint, row.origin.at("path"), application=number))
            if scope == Scope() and "scope" not in row.origin.unreadable:
                scope = placement.scope
            if kind is None and "kind" not in row.origin.unreadable:
                kind = placement.kind
        subject = row.subject or self._subject(path, scope, kind)
        return replace(row, scope=scope, kind=kind, path=path, file=self._taken(path), subject=subject)

    def _of_folder(self, path: str, placement: Placement) -> EvidenceItem:
        scope, kind = placement.scope, placement.kind
        origin = Origin(f"{self.folder.name}/{path}")
        subject = self._subject(path, scope, kind)
        return EvidenceItem(origin, kind, path, self._taken(path), subject, scope=scope)

    def _taken(self, path: str) -> EvidenceFile:
        """Note that a file is used; what stands in its place until all are looked at."""
        self.taken.add(path)
        return EvidenceFile(path)

    def _told_by_its_name(self, file: EvidenceFile) -> None:
        """Find a file whose extension says something else than its content."""
        media = media_named(file.media)
        suffix = PurePosixPath(file.path).suffix.lower()
        if not media.suffixes or suffix in media.suffixes:
            return
        shown = f"扩展名是“{suffix}”" if suffix else "没有扩展名"
        message = f"“{file.path}”{shown}，实际是 {media.name}，已按实际内容读取。"
        hint = f"可以把扩展名改成 {media.suffixes[0]}。"
        self.findings.append(finding("DAT024", message, hint, self.folder.source(file.path)))

    def _stray(self, path: str) -> EvidenceFile:
        """A file that belongs nowhere is not read, only named."""
        try:
            return EvidenceFile(path, self.folder.files[path].stat().st_size)
        except OSError:
            return EvidenceFile(path)

    def _subject(self, path: str, scope: Scope, kind: EvidenceKind | None) -> str:
        """The one teacher, venue or piece of equipment whose name stands in the file's name, or in its folder's."""
        names = self._names(kind, scope) if kind else []
        parts = path.split("/")
        for text in (Path(parts[-1]).stem, *reversed(parts[2:-1])):
            subject = _only_name_in(fold(text), names)
            if subject:
                return subject
        return ""

    def _names(self, kind: EvidenceKind, scope: Scope) -> list[str]:
        """What the rows of a kind's sheet are called that belong to one of these applications, in the order of the sheet."""
        rows = self.subjects.get(kind, ())
        if scope.everywhere:
            return list(dict.fromkeys(row.name for row in rows if row.name))
        if kind not in self._by_number:
            by_number = self._by_number[kind] = {}
            for place, row in enumerate(rows):
                for number in (_EVERYWHERE,) if row.scope.everywhere else row.scope.numbers:
                    by_number.setdefault(number, {})[place] = row.name
        found: dict[int, str] = {}
        for number in (_EVERYWHERE, *scope.numbers):
            found |= self._by_number[kind].get(number, {})
        return list(dict.fromkeys(name for _, name in sorted(found.items()) if name))


def _only_name_in(text: str, names: list[str]) -> str:
    """The one name that a folded text contains: as it stands, or without digits and brackets; "" if none or several."""
    exact = _longest_in(text, {name: fold(name) for name in names})
    bare_keys = {name: _DIGITS_AND_BRACKETS.sub("", fold(name)) for name in names}
    bare = _longest_in(_DIGITS_AND_BRACKETS.sub("", text), bare_keys)
    if exact and bare and len(bare_keys[bare]) > len(bare_keys[exact]):
        return bare
    return exact or bare


def _longest_in(text: str, keys: Mapping[str, str]) -> str:
    """The one name whose key stands in the text. One that is part of another found (实训室, 网店实训室) does not count."""
    found = [name for name, key in keys.items() if key and key in text]
    longest = max(found, key=lambda name: len(keys[name]), default="")
    others = [name for name in found if name != longest]
    return longest if all(keys[name] in keys[longest] and keys[name] != keys[longest] for name in others) else ""
