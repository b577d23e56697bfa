"""申报编号 in a cell: several numbers, ranges, 全部; each number meets the one that the sheet 申报证书 spells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docgen.model.records import Scope
from docgen.model.schema import EVERYWHERE_WORDS
from docgen.model.text import fold, half_width

from .grid import Cell
from .trouble import NUMBERING, REWRITTEN, Trouble

_SEPARATORS = re.compile(r"[、,，;；/／|\n\r\t 　和及与&+]+")
_RANGE = re.compile(r"(.+?)\s*(?:--?|~|～|〜|—+|–|－|至|到)\s*(.+)")
_TAIL = re.compile(r"^(.*?)([0-9]{1,9})$")
_EVERYWHERE = re.compile(
    rf"(?:all|各项|每项|不限|(?:{'|'.join(EVERYWHERE_WORDS)}))(?:的|各)?(?:申报|证书|项目|等级|编号|适用)*(?:\(.*\))?"
)
_NOTHING = frozenset(("", "/", "-", "--", "无", "暂无", "n/a"))


def clean_number(text: str) -> str:
    """An application number as it is kept: half width, capitals, no spaces (ａ 01 → A01)."""
    return re.sub(r"[\s\u200b\ufeff]+", "", half_width(text)).lstrip("'’").upper()


def _key(number: str) -> tuple[str, ...]:
    """Under which A1, a01 and Ａ０１ meet: digits without leading zeros."""
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in re.split(r"(\d+)", fold(number)))


class ScopeReader:
    """Reads 申报编号 cells against the numbers that there are."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self.numbers = tuple(dict.fromkeys(number for number in numbers if number))
        self._exact = {fold(number): number for number in self.numbers}
        self._loose: dict[tuple[str, ...], list[str]] = {}
        for number in self.numbers:
            self._loose.setdefault(_key(number), []).append(number)
        self._known: dict[str, Scope] = {}

    def read(self, value: Cell) -> Scope | Trouble:
        """The scope that a cell means. Numbers that no application has are kept, for a rule to complain of."""
        if isinstance(value, bool):
            return Trouble(
                NUMBERING, f"写的是“{'TRUE' if value else 'FALSE'}”，不是申报编号", "请填申报编号，或“全部”。"
            )
        if isinstance(value, int | float):
            value = format(value, ".15g")
        if not isinstance(value, str):
            return Trouble(
                REWRITTEN,
                f"成了日期“{value}”，不是申报编号",
                "多半是“1-2”这样的编号被表格软件改成了日期：把单元格格式设为“文本”，再重新填写。",
            )
        if value not in self._known:
            self._known[value] = self.parse(value)
        return self._known[value]

    def parse(self, text: str) -> Scope:
        """The scope that a text means (A01、A03; A01-A03; 全部)."""
        if fold(text) in _NOTHING:
            return Scope()
        if _EVERYWHERE.fullmatch(fold(text)):
            return Scope(everywhere=True)
        whole = self.match(text)
        if whole:
            return Scope((whole,))
        found: list[str] = []
        text = re.sub(r" ?([-~～〜—–－至到]) ?", r"\1", re.sub(r"[ \t\u00a0\u3000]+", " ", text))
        for part in filter(None, _SEPARATORS.split(text)):
            if _EVERYWHERE.fullmatch(fold(part)):
                return Scope(everywhere=True)
            found += self._part(part)
        return Scope(tuple(filter(None, dict.fromkeys(found))))

    def match(self, text: str) -> str:
        """The number of an application that a text spells, "" if none or several."""
        exact = self._exact.get(fold(text))
        if exact:
            return exact
        near = self._loose.get(_key(text), [])
        return near[0] if len(near) == 1 else ""

    def _part(self, part: str) -> list[str]:
        whole = self.match(part)
        if whole:
            return [whole]
        span = _RANGE.fullmatch(part)
        return (span and self._range(span.group(1), span.group(2))) or [clean_number(part)]

    def _range(self, first: str, last: str) -> list[str]:
        """The existing numbers from first to last, and the ends even if they do not exist; [] if it is no range."""
        start, end = _TAIL.fullmatch(clean_number(first)), _TAIL.fullmatch(clean_number(last))
        if not start or not end or end.group(1) not in ("", start.group(1)):
            return []
        prefix = start.group(1)
        low, high = sorted((int(start.group(2)), int(end.group(2))))
        inside = []
        for number in self.numbers:
            parts = _TAIL.fullmatch(clean_number(number))
            if parts and parts.group(1) == prefix and low <= int(parts.group(2)) <= high:
                inside.append(number)
        ends = [clean_number(first), prefix + end.group(2)]
        missing = [number for number in ends if not self.match(number)]
        return inside + missing
