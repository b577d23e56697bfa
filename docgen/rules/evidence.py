"""Questions about evidence that several rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from docgen.evidence.media import Family, media_named
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceFile, EvidenceItem, EvidenceKind
from docgen.model.source import Source
from docgen.model.text import fold

from .base import Answer, Fail, NotApplicable, NotEvaluated

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


@lru_cache(maxsize=256)
def folded_text(pages: tuple[str, ...]) -> str:
    """What a file's pages say, folded; every application asks it of the evidence that they share."""
    return fold("".join(pages))


def subjects(item: EvidenceItem) -> tuple[str, ...]:
    """The names in 对应名称, one by one."""
    return tuple(name.strip() for name in _JOINED.split(item.subject) if name.strip())


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
    missing = [name for name in wanted if fold(name) not in text]
    if len(missing) == len(wanted):
        return [], NotApplicable(f"{kind}佐证材料没有按名称登记，看不出各自证明什么。")
    return missing, None
