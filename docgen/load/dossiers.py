"""PDFs that schools handed in → the applications that they carry as data (docgen.carried)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.carried import carried
from docgen.errors import InputError, reason_of
from docgen.findings import Finding
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import DossierApplication
from docgen.model.source import Source

from .faults import finding
from .paths import is_ignored, is_inside, natural_key

KIND = "application"
_MOST_FILES = 20_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Dossiers:
    """The applications found, a finding for each PDF that could not be read, the digests of all that were read.

    `without` counts the PDFs that carry no application (evidence, scans): they are no fault.
    """

    applications: tuple[DossierApplication, ...]
    findings: tuple[Finding, ...]
    inputs: Mapping[str, str]
    without: int


def read_dossiers(folder: Path, root: Path) -> Dossiers | None:
    """The applications in the PDFs below `folder`; names are told as paths below `root`. None where there is no folder."""
    if not folder.is_dir() or not is_inside(folder, root.resolve()):
        return None
    gathered = _Gathered()
    for path in _pdfs(folder):
        name = path.relative_to(root).as_posix()
        try:
            gathered.add(name, path.read_bytes())
        except OSError as error:
            gathered.unread(name, f"读不了：{reason_of(error)}")
    return gathered.result()


def dossiers_of(files: Iterable[tuple[str, bytes]]) -> Dossiers:
    """The applications that PDFs (name, bytes) carry, in order; the same application twice is the later file's."""
    gathered = _Gathered()
    for name, data in files:
        gathered.add(name, data)
    return gathered.result()


class _Gathered:
    """What PDFs carry, as they come."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], DossierApplication] = {}
        self._findings: list[Finding] = []
        self._inputs: dict[str, str] = {}
        self._without = 0

    def unread(self, name: str, why: str) -> None:
        """Note a PDF that cannot be read."""
        self._findings.append(finding("DAT036", f"“{name}”：{why.rstrip('。')}。", _HINT, Source(name)))

    def add(self, name: str, data: bytes) -> None:
        """Take in one PDF."""
        try:
            told = carried(data)
        except InputError as error:
            self.unread(name, error.message)
            return
        self._inputs[name] = sha256(data).hexdigest()
        application = _application(told, name) if told and told.get("kind") == KIND else None
        if application is None:
            self._without += 1
        else:
            self._found[application.school, application.certificate, application.level or ""] = application

    def result(self) -> Dossiers:
        """All of it."""
        return Dossiers(tuple(self._found.values()), tuple(self._findings), self._inputs, self._without)


_HINT = "请向院校重新要一份完整的申报书 PDF；不需要的，把它移出“院校申报材料”。"


def _pdfs(folder: Path) -> Iterator[Path]:
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".pdf" and not is_ignored(path.name) and is_inside(path, folder.resolve())
    ]
    files = sorted((path for path in found if path.is_file()), key=lambda path: natural_key(path.as_posix()))
    if len(files) > _MOST_FILES:
        raise InputError(f"“{folder.name}”里有 {len(files)} 个 PDF，超过 {_MOST_FILES} 个。", "请只放院校的申报书。")
    yield from files


def _application(data: Mapping[str, Any], name: str) -> DossierApplication | None:
    """The application that the data tells; None where it has no school or certificate. Nothing in it is trusted."""
    school, application = data.get("school"), data.get("application")
    if not isinstance(school, dict) or not isinstance(application, dict):
        return None
    who, what = _text(school.get("院校名称")), _text(application.get("证书名称"))
    if not who or not what:
        return None
    persons = application.get("培训人数")
    return DossierApplication(
        who,
        what,
        _member(CertificateLevel, application.get("等级")),
        persons if type(persons) is int and 0 <= persons < 10_000_000 else None,
        name,
        _text(school.get("院校代码")),
        _member(SchoolType, school.get("院校类型")),
        _text(school.get("联系人姓名")),
        _text(school.get("联系人手机号")),
        _text(school.get("联系人邮箱")),
        bool(data.get("draft")),
    )


def _text(value: object) -> str:
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def _member(kind: Any, value: object) -> Any:
    return next((member for member in kind if member.value == value), None)
