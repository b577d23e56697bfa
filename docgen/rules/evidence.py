"""Questions about evidence that several rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from docgen.evidence.media import Family, media_named
from docgen.model.case import Case
from docgen.model.records import (
    Application,
    Equipment,
    EvidenceFile,
    EvidenceItem,
    EvidenceKind,
    Teacher,
    Venue,
)
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated
from .nearness import is_slip

_JOINED = re.compile(r"[、,，;；/／]")


def is_usable(item: EvidenceItem) -> bool:
    """Whether its file is there and can go into a volume."""
    return item.file is not None and not item.file.fault


def is_unsupported(file: EvidenceFile) -> bool:
    """Whether a file is whole, as far as is known, but of a kind that no volume takes (an archive, a film, OFD)."""
    return bool(file.media) and media_named(file.media).family is Family.NONE


def place_of(case: Case, item: EvidenceItem) -> Source:
    """Where a piece of evidence is named: its row's cell of 文件, else the file itself."""
    row = item.origin.at("path")
    return row if item.origin.sheet else Source(f"{case.settings.evidence_folder}/{item.path}")


def without_evidence(case: Case, application: Application, kind: EvidenceKind) -> Iterator[Answer]:
    """Fails an application that has no evidence of a kind; where there is some that cannot be used, others tell."""
    items = case.evidence_of(application, kind)
    if not items:
        yield Fail(f"没有{kind}佐证材料。", application.origin.at("number"))
    elif not any(is_usable(item) for item in items):
        yield NotEvaluated(f"登记了 {len(items)} 件{kind}佐证材料，但没有一个文件能用（见 EVI001、EVI002）。")


def rows_of(item: EvidenceItem) -> tuple[Source, ...]:
    """The cell that registers a file, () for a file that a folder alone places: where a fault of the file is marked, too."""
    return (item.origin.at("path"),) if item.origin.sheet else ()


def likely_files(case: Case, item: EvidenceItem) -> tuple[str, ...]:
    """The stray files that a row with a missing file may mean: another spelling or ending of the name, or its subject's."""
    wanted, subject = fold(PurePosixPath(item.path).stem), fold(item.subject)
    found = []
    for file in case.stray_files:
        stem = fold(PurePosixPath(file.path).stem)
        same = stem == wanted or fold(PurePosixPath(file.path).name) == fold(PurePosixPath(item.path).name)
        if same or is_slip(wanted, stem) or (len(subject) > 1 and subject in stem):
            found.append(file.path)
    if not found and len(case.stray_files) == 1:
        missing = [other for other in case.evidence if other.path and other.file is None]
        return (case.stray_files[0].path,) if len(missing) == 1 else ()
    return tuple(found)


@lru_cache(maxsize=256)
def folded_text(pages: tuple[str, ...]) -> str:
    """What a file's pages say, folded; every application asks it of the evidence that they share."""
    return fold("".join(pages))


def subjects(item: EvidenceItem) -> tuple[str, ...]:
    """The names in 对应名称, one by one."""
    return tuple(name.strip() for name in _JOINED.split(item.subject) if name.strip())


def _misplaced(case: Case, kind: EvidenceKind) -> frozenset[str]:
    """The folded names whose evidence has a wrong 类别 or 申报编号: EVI006, EVI010, EVI011 and MAT002 tell of those."""
    rows: dict[EvidenceKind, Sequence[Teacher | Venue | Equipment]] = {
        EvidenceKind.TEACHER: case.teachers,
        EvidenceKind.VENUE: case.venues,
        EvidenceKind.EQUIPMENT: case.equipment,
    }
    return case.remembered(f"misplaced {kind}", lambda: _misplaced_names(case.evidence, kind, rows.get(kind, ())))


def _misplaced_names(
    evidence: Iterable[EvidenceItem], kind: EvidenceKind, rows: Sequence[Teacher | Venue | Equipment]
) -> frozenset[str]:
    owners: dict[str, set[str]] = {}
    shared = set()
    for row in rows:
        owners.setdefault(fold(row.name), set()).update(row.scope.numbers)
        if row.scope.everywhere:
            shared.add(fold(row.name))
    found = set()
    for item in evidence:
        for name in map(fold, subjects(item)):
            known = name in owners and name not in shared and not item.scope.everywhere
            elsewhere = known and not owners[name] & set(item.scope.numbers)
            if name in owners and (item.kind is not kind or elsewhere):
                found.add(name)
    return frozenset(found)


def unnamed(
    case: Case, application: Application, kind: EvidenceKind, names: Iterable[str]
) -> tuple[list[str], Answer | None]:
    """Those of `names` that no evidence of the kind names in 对应名称, 说明, its file's name or its text.

    With them, the answer to give at once where the question makes no sense: no evidence, or none that names anybody.
    """
    items = case.evidence_of(application, kind)
    wanted = list(dict.fromkeys(name for name in names if name))
    if not items or not wanted:
        return [], NotApplicable(f"没有{kind}，或没有{kind}佐证材料。")
    said = [fold(f"{item.subject}|{item.note}|{item.path}") for item in items]
    said += [folded_text(item.file.texts) for item in items if item.file is not None and is_usable(item)]
    text = "\n".join(said)
    missing = [name for name in wanted if fold(name) not in text and fold(name) not in _misplaced(case, kind)]
    if len(missing) == len(wanted):
        return [], NotApplicable(f"{kind}佐证材料没有按名称登记，看不出各自证明什么。")
    return missing, None
