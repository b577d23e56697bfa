"""The proofreader over the cells that a person wrote, each text read once for all the rules that ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from docgen.model.case import Case
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
_PASSED_OVER = _IDENTITIES | _CODES
_NAMES = frozenset((("teachers", "name"), ("teachers", "training_certificate")))
_SENTENCES = frozenset(("reason", "safeguards", "purpose", "note"))
_LONGEST_NAME = 40
_MANY = 5_000


def slips(case: Case, kinds: Collection[SlipKind], *, sentences_only: bool = False) -> Iterator[Answer]:
    """One failure for each slip of these kinds; the same slip in several cells of a sheet (and application) is told once.

    `sentences_only` looks at 申报理由, 保障措施, 用途 and 说明 and leaves the columns of names alone.
    """
    found: dict[tuple[str, str, str, str, str], list[tuple[Text, Slip]]] = {}
    for text, slip in case.remembered("slips", lambda: _read_all(case)):
        if slip.kind in kinds and (text.attribute in _SENTENCES or not sentences_only):
            alike = slip.kind is SlipKind.PUNCTUATION  # thirty half-width commas are one fault
            around = "" if alike else text.text[max(0, slip.start - 2) : slip.end + 2]
            key = (text.application, text.sheet, slip.found, slip.suggestion, around)
            found.setdefault(key, []).append((text, slip))
    for places in found.values():
        text, slip = places[0]
        sources: list[Source] = [each.source for each, _ in places]
        where = f"{cells(sources)}：" if len(set(sources)) > 1 else ""
        count = f"（共 {len(places)} 处）" if slip.kind is SlipKind.PUNCTUATION and len(places) > 1 else ""
        message = f"{where}{marked(text.text, slip)}{count}"
        yield Fail(message, sources[0], hint=_hint(slip), application=text.application, also=sources)


def _hint(slip: Slip) -> str:
    if not slip.suggestion:
        return f"{slip.reason}；改正后再核查一次。本校自己的说法，可写进 docgen.toml 的 [text] glossary。"
    return f"{slip.reason}；改成“{slip.suggestion}”。本校自己的说法，可写进 docgen.toml 的 [text] glossary。"


def forget() -> None:
    """Drop what texts were read as, where there are very many of them."""
    if _read.cache_info().currsize > _MANY:
        _read.cache_clear()
        _list.cache_clear()


def _read_all(case: Case) -> list[tuple[Text, Slip]]:
    """Every slip in every text that is prose or a name of things; each different text is read once."""
    names, certain, glossary = _names_of(case), _certain_names_of(case), case.settings.glossary
    return [
        (text, slip)
        for text in texts_of(case)
        if text.attribute not in _PASSED_OVER and (text.sheet, text.attribute) not in _NAMES
        for slip in _read(
            text.text, *((names, glossary, True) if text.attribute in _SENTENCES else (certain, glossary, False))
        )
    ]


def _names_of(case: Case) -> NameList:
    """The names that texts may speak of: the school, certificates and organisations, majors, departments, teachers."""
    names = [case.school.name, *_certain(case)]
    for application in case.applications:
        names += [application.certificate, application.department, *application.majors]
    names += [row.major for row in case.enrolments]
    return _list(tuple(sorted({name for name in names if name and len(name) <= _LONGEST_NAME})))


def _certain_names_of(case: Case) -> NameList:
    """The names that hold in columns of names, where the school's or a department's own slip must not excuse itself."""
    return _list(tuple(sorted({name for name in _certain(case) if name and len(name) <= _LONGEST_NAME})))


def _certain(case: Case) -> list[str]:
    names = [teacher.name for teacher in case.teachers]
    for entry in case.catalogue.certificates:
        names += [entry.name, entry.organisation]
    return names


@lru_cache(maxsize=4)
def _list(names: tuple[str, ...]) -> NameList:
    return NameList(names)


@lru_cache(maxsize=1 << 13)
def _read(text: str, names: NameList, glossary: tuple[str, ...], is_sentence: bool) -> tuple[Slip, ...]:
    return proofread(text, names, glossary, near=is_sentence)
