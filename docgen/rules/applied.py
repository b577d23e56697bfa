"""Which certificate a name means, and which rows belong to which application."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from docgen.model.case import Case
from docgen.model.records import Equipment, Teacher, Venue
from docgen.model.text import fold

from .certificate_mentions import certificate_key
from .nearness import is_slip

Row = TypeVar("Row", Teacher, Venue, Equipment)

_TRAINED = re.compile(
    r"(?:[（(]?[初中高]级[）)]?|职业技能等级|职业技能|师资|考评员|考评师|培训师|讲师|教师|骨干|培训|研修|合格|结业|结训|证书|证明|证)$"
)
_BEFORE = re.compile(r"^(?:1\+X|1\+x|X证书)")


def meaning(case: Case, name: str) -> str:
    """The key under which all spellings of one certificate meet."""
    known = case.catalogue.certificate(name) if name else None
    return certificate_key(known.name if known else name)


def trained_in(case: Case, text: str) -> str:
    """The key of the certificate that a 培训证书 is about (网店运营推广师资培训合格证书), "" where none is known.

    Certificates that are applied for are known, whether the catalogue has them or not.
    """
    rest = _BEFORE.sub("", text.strip("《》 “”"))
    while rest:
        known = case.catalogue.certificate(rest)
        if known is not None:
            return certificate_key(known.name)
        if certificate_key(rest) in _keys(tuple(application.certificate for application in case.applications)):
            return certificate_key(rest)
        shorter = _TRAINED.sub("", rest)
        if shorter == rest:
            return ""
        rest = shorter.strip()
    return ""


def nearly_trained_in(text: str, certificates: Iterable[str]) -> tuple[str, ...]:
    """Those of the certificates of which a 培训证书 has a slip in its name (网店运赢推广师资培训合格证书)."""
    names = list(certificates)
    rest = _BEFORE.sub("", text.strip("《》 “”"))
    while rest:
        near = tuple(name for name in names if is_slip(rest, _TRAINED.sub("", name)) or is_slip(rest, name))
        shorter = _TRAINED.sub("", rest).strip("《》 “”")
        if near or shorter == rest:
            return near
        rest = shorter
    return ()


@lru_cache(maxsize=8)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(certificate_key(name) for name in names if name)


def covered(case: Case, row: Teacher | Venue | Equipment) -> Iterable[str]:
    """The numbers of the applications that a row belongs to, in the order of the cell (all of them for 全部)."""
    if row.scope.everywhere:
        return [application.number for application in case.applications if application.number]
    return row.scope.numbers


def repeated(
    case: Case, rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]
) -> Iterator[tuple[list[Row], list[str]]]:
    """Rows of one key (folded) that share an application, with the numbers of the applications that they share."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        parts = key(row)
        if parts[0]:
            groups.setdefault(tuple(fold(part) for part in parts), []).append(row)
    for members in groups.values():
        if len(members) > 1:
            times = Counter(number for row in members for number in dict.fromkeys(covered(case, row)))
            numbers = [number for number, count in times.items() if count > 1]
            if numbers:
                yield members, numbers


def quoted_labels(labels: Sequence[str], most: int = 6) -> str:
    """A01、A02; beyond `most` of them 等 with the count."""
    text = "、".join(labels[:most])
    return text if len(labels) <= most else f"{text}等 {len(labels)} 项"
