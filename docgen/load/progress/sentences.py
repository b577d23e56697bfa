"""Figures in running text: 累计培训人数：35人，累计取证：20人; 组织学生培训35人. Each clause names one figure, or none is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.model.season import Amount

from ..grid import Place
from ..numbers import read_amount
from .facets import Facets, Names, text_of
from .figures import Figure
from .measures import Measure, Scope, joined_meaning, meaning_of, scope_of

_CLAUSES = re.compile(r"[，,；;。、\n\t]|\s{2,}")
_NUMBER = re.compile(
    r"(?:约|近|大约)?(?<![\d第])(-?\d[\d,]*(?:\.\d+)?\s*(?:万元|元|人次|余?人|余?名|台套|台|套|册|间|个|位)?(?:左右|以上)?)"
)
_DATES = re.compile(
    r"(?:20)?\d*年?\d{1,2}月(?:\d{1,2}[日号])?|20\d\d[-./年]\d*[-./]?\d*|第\d+[期批次]|1\+X", re.IGNORECASE
)


def sentences_in(
    text: str, place: Place, names: Names, around: Facets
) -> Iterator[tuple[Facets, dict[Measure, Figure]]]:
    """What a text says, certificate by certificate, in order. A certificate that a clause names holds for those after it."""
    here = around
    found: dict[Measure, Figure] = {}
    for clause in _CLAUSES.split(re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)):
        lead, _, rest = clause.replace(":", "：").rpartition("：")
        facets = names.facets(lead) if lead else names.facets(clause)
        if facets.certificate and (facets.certificate, facets.level) != (here.certificate, here.level):
            if found:
                yield here, found
            found, here = {}, facets.under(around)
        elif rest and lead and (asked := meaning_of(text_of(lead))) is not None and not isinstance(asked, Measure):
            said = names.facets(rest.strip())
            here = Facets(level=said.level).under(here) if said.level and not said.certificate else said.under(here)
        read = _figure(clause, place)
        if read is not None:
            found.setdefault(*read)
    if found:
        yield here, found


def _figure(clause: str, place: Place) -> tuple[Measure, Figure] | None:
    """The one figure of a clause and what it counts; None where it has none, several, or does not say of what."""
    plain = _DATES.sub("", clause)
    numbers = list(_NUMBER.finditer(plain))
    if len(numbers) != 1:
        return None
    match = numbers[0]
    before, after = (text_of(part).strip("：: ") for part in (plain[: match.start()], plain[match.end() :]))
    before = re.split(r"[：:]", before)[-1] or before
    what = joined_meaning(tuple(part for part in (before, after) if part))
    if not isinstance(what, Measure) or (what.matter is None and what.scope is not Scope.PLANNED):
        return None
    amount = read_amount(match.group(0))
    scope = scope_of(before)
    measure = Measure(what.matter, scope or what.scope)
    unit = amount.unit if isinstance(amount, Amount) else ""
    if unit and measure.matter is not None and measure.matter.is_stage and unit not in ("人", "人次", "名", "位", "个"):
        return None
    return measure, Figure(amount, place)
