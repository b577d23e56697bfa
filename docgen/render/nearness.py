"""Names that someone may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz

from docgen.model import schema
from docgen.model.text import fold

_THRESHOLD = 60.0
_SAME = (("名字", "名称"), ("学校", "院校"), ("电话", "手机号"), ("等次", "等级"), ("数目", "数"), ("数量", "数"))
"""Words that people use for one another. Half of the characters of a short name then match: 名字 for 院校名称."""


@cache
def _aliases() -> dict[str, str]:
    """Another name of a column → its name in templates, unit left out."""
    columns = (column for sheet in schema.SHEETS for column in sheet.columns)
    return {fold(alias): column.header for column in columns for alias in column.aliases}


def _key(name: str) -> str:
    key = fold(name)
    for word, other in _SAME:
        key = key.replace(word, other)
    return key


def _score(asked: str, name: str) -> float:
    key = fold(name)
    scores = [fuzz.ratio(fold(asked), key), fuzz.ratio(_key(asked), _key(name))]
    if len(_key(asked)) >= 2:
        scores.append(0.9 * fuzz.partial_ratio(_key(asked), _key(name)) if len(key) >= len(asked) else 0.0)
    return max(scores)


def nearest(asked: str, names: Iterable[str]) -> tuple[str, ...]:
    """At most two of `names` that `asked` may stand for, nearest first."""
    listed = list(dict.fromkeys(names))
    meant = _aliases().get(fold(asked), "")
    scored = [(100.0 if name == meant else _score(asked, name), name) for name in listed]
    best = sorted((-score, abs(len(name) - len(asked)), name) for score, name in scored if score >= _THRESHOLD)
    return tuple(name for score, _, name in best if score <= best[0][0] + 8)[:2]
