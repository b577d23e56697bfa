"""The paper of a document: its size, its margins, and what is printed in the lower margin (CSS Paged Media 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .boxes import Piece
from .cascade import computed, resolved
from .declarations import SIDES, Length, Values
from .lines import set_lines
from .sheets import PageRule
from .strips import Item, line_items
from .unfit import Unfit

_DEFAULT_MARGIN = 75.0
_A4 = (210 / 25.4 * 96, 297 / 25.4 * 96)


@dataclass(frozen=True, slots=True)
class Paper:
    """Lengths are in CSS pixels; the margins are top, right, bottom, left. `feet`: of the first page, of the others."""

    width: float
    height: float
    margins: tuple[float, float, float, float]
    feet: tuple[Values, Values]

    @property
    def text_width(self) -> float:
        """The width of the text area."""
        return self.width - self.margins[1] - self.margins[3]

    @property
    def text_height(self) -> float:
        """The height of the text area."""
        return self.height - self.margins[0] - self.margins[2]

    def foot(self, number: int, pages: int) -> list[Item]:
        """What is printed below the text of a page, placed from the upper left corner of the text area."""
        values = self.feet[0 if number == 1 else 1]
        content = values.get("content")
        if not content:
            return []
        style = computed({"text-align": "center", "vertical-align": "middle"} | values, None)
        numbers = {"page": str(number), "pages": str(pages)}
        text = "".join(value if kind == "text" else numbers[value] for kind, value in content)
        lines = set_lines([Piece(text, style)], style, self.text_width)
        height = sum(line.height for line in lines)
        y = self.text_height + (self.margins[2] - height) / 2
        items: list[Item] = []
        for line in lines:
            items += line_items(line, 0.0, y)
            y += line.height
        return items


def paper_of(sheets: Sequence[Sequence[PageRule]]) -> Paper:
    """The paper that the page rules of sheets ask for; a later sheet wins. Raises Unfit for what is not supported."""
    plain = [rule for rules in sheets for rule in rules if not rule.first]
    every = [rule for rules in sheets for rule in sorted(rules, key=lambda rule: rule.first)]
    values = _merged(rule.values for rule in plain)
    if _merged(rule.values for rule in every) != values:
        raise Unfit("第一页另有的边距")
    if set(values) - {"size", *(f"margin-{side}" for side in SIDES)}:
        raise Unfit(f"@page 的 {'、'.join(values)}")
    top, right, bottom, left = (_margin(values.get(f"margin-{side}", _DEFAULT_MARGIN)) for side in SIDES)
    width, height = values.get("size", _A4)
    return Paper(width, height, (top, right, bottom, left), (_foot(every), _foot(plain)))


def _merged(values: Iterable[Values]) -> Values:
    result: Values = {}
    for found in values:
        result |= found
    return result


def _margin(value: object) -> float:
    found = resolved(value, 16.0, 16.0) if isinstance(value, Length) else value
    if not isinstance(found, float):
        raise Unfit("@page 的边距")
    return found


def _foot(rules: Sequence[PageRule]) -> Values:
    return _merged(found for rule in rules for _, found in rule.boxes)
