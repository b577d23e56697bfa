"""Labels that ask for two things at once (联系人及电话, 证书名称和等级): both are written, a space between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import BY_CONTEXT, THRESHOLD, Field, Kind, Match, Vocabulary
from .values import FormData, as_text

JOIN = "+"
"""Parts the keys of what is written in one place: 院校.联系人姓名+院校.联系人手机号. A map may say so too."""
_AND = re.compile("以及|及其?|和|与|、|/")
_APART = frozenset((Kind.LONG, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.YES_NO, Kind.PICTURE))
"""What would not be understood beside something else on one line."""


def pair_of(
    key: str, context: Sequence[str], person: str, vocabulary: Vocabulary, near: int | None = None
) -> Match | None:
    """The two fields that a folded label joins, as one: both sure, both of one person or of none, of one group."""
    for sign in _AND.finditer(key):
        first, second = key[: sign.start()], key[sign.end() :]
        one = _sure(vocabulary.match(first, context, person, near))
        two = _sure(vocabulary.match(second, (first, *context), person, None if near is None else near + 1))
        if one is None or two is None or one.key == two.key or one.subject != two.subject:
            continue
        if one.key.partition(".")[0] == two.key.partition(".")[0]:
            return Match(joined_field((one, two)), BY_CONTEXT, "一处填两项")
    return None


def _sure(matches: Sequence[Match]) -> Field | None:
    """The one field that a part of a label means."""
    if not matches or matches[0].score < THRESHOLD:
        return None
    field = matches[0].field
    return field if field.held and field.key and field.kind not in _APART else None


def joined_field(fields: Sequence[Field]) -> Field:
    """Several fields as one, which only places for text take."""
    return Field(JOIN.join(each.key for each in fields), "、".join(each.title for each in fields))


def field_of(key: str, vocabulary: Vocabulary) -> Field:
    """The field of a key as maps write it, known or not, or of several keys joined."""
    fields = [vocabulary.by_key(each) or Field(each, each.rpartition(".")[2]) for each in key.split(JOIN)]
    return fields[0] if len(fields) == 1 else joined_field(fields)


def value_of(key: str, data: FormData, vocabulary: Vocabulary, unit: str = "") -> str:
    """What is written for a key or several joined; "" where one of them has nothing."""
    keys = key.split(JOIN)
    values = [as_text(data.value(each), field_of(each, vocabulary).kind, unit) for each in keys]
    return " ".join(values) if all(values) else ""
