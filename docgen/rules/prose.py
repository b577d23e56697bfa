"""The proofreader over the cells that a person wrote, each text read once for all the rules that ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from docgen.model.case import Case
from docgen.model.schema import SHEETS
from docgen.model.source import Source
from docgen.prose import NameList, Slip, SlipKind, marked, proofread

from .base import Answer, Fail
from .texts import Text, texts_of
from .words import cells

_IDENTITIES = frozenset(
    ("contact_name", "leader_name", "group_head", "responsible", "certificate", "majors", "major", "grade", "year")
)
"""Columns with names of people, certificates and majors: no prose, and other rules hold them against the lists."""
_CODES = frozenset(("code", "credit_code", "website", "contact_mail", "contact_phone", "responsible_phone", "number"))
_SENTENCES = frozenset(("reason", "safeguards", "purpose", "note"))
_LONGEST_NAME = 40


def slips(case: Case, kinds: Collection[SlipKind], *, sentences_only: bool = False) -> Iterator[Answer]:
    """One failure for each slip of these kinds; the same slip in several cells of a sheet (and application) is told once.

    `sentences_only` looks at 申报理由, 保障措施, 用途 and 说明 and leaves the columns of names alone.
    """
    names, glossary = _names_of(case), case.settings.glossary
    found: dict[tuple[str, str, str, str, str], list[tuple[Text, Slip]]] = {}
    for text in texts_of(case, _columns(sentences_only)):
        known = names if (text.attribute in _SENTENCES) else None
        for slip in _read(text.text, known, glossary):
            if slip.kind in kinds:
                around = text.text[max(0, slip.start - 2) : slip.end + 2]
                key = (text.application, text.source.sheet, slip.found, slip.suggestion, around)
                found.setdefault(key, []).append((text, slip))
    for places in found.values():
        text, slip = places[0]
        sources: list[Source] = [each.source for each, _ in places]
        where = f"{cells(sources)}：" if len(set(sources)) > 1 else ""
        yield Fail(f"{where}{marked(text.text, slip)}", sources[0], hint=_hint(slip), application=text.application)


def _hint(slip: Slip) -> str:
    if not slip.suggestion:
        return f"{slip.reason}；改正后再核查一次。本校自己的说法，可写进 docgen.toml 的 [text] glossary。"
    return f"{slip.reason}；改成“{slip.suggestion}”。本校自己的说法，可写进 docgen.toml 的 [text] glossary。"


@lru_cache(maxsize=2)
def _columns(sentences_only: bool) -> frozenset[tuple[str, str]]:
    """The columns to read, as (sheet's field, attribute)."""
    return frozenset(
        (sheet.field, column.attribute)
        for sheet in SHEETS
        for column in sheet.columns
        if (column.attribute in _SENTENCES if sentences_only else column.attribute not in _IDENTITIES | _CODES)
        and (sheet.field, column.attribute) not in (("teachers", "name"), ("teachers", "training_certificate"))
    )


def _names_of(case: Case) -> NameList:
    """The names that texts may speak of: the school, certificates and organisations, majors, departments, teachers."""
    names = [case.school.name]
    for entry in case.catalogue.certificates:
        names += [entry.name, entry.organisation]
    for application in case.applications:
        names += [application.certificate, application.department, *application.majors]
    names += [row.major for row in case.enrolments]
    names += [teacher.name for teacher in case.teachers]
    return _list(tuple(sorted({name for name in names if name and len(name) <= _LONGEST_NAME})))


@lru_cache(maxsize=4)
def _list(names: tuple[str, ...]) -> NameList:
    return NameList(names)


@lru_cache(maxsize=1 << 17)
def _read(text: str, names: NameList | None, glossary: tuple[str, ...]) -> tuple[Slip, ...]:
    return proofread(text, names, glossary)
