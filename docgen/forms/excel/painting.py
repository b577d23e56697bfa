"""Colours for a plan: cells that would be filled are green, those that are only proposed yellow."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from lxml import etree

from .xml import S


@dataclass(slots=True)
class Painter:
    """Gives cells a colour or smaller type, by a copy of their format. `colour` "" paints nothing; `styles` is styles.xml."""

    styles: etree._Element | None
    colour: str = ""
    used: bool = False
    _made: dict[tuple[str, str], str] = field(default_factory=dict)

    def paint(self, cell: etree._Element) -> None:
        """Paint a cell in the present colour (RRGGBB)."""
        if not self.colour or self.styles is None:
            return
        old = cell.get("s", "0")
        if (old, self.colour) not in self._made:
            self._made[old, self.colour] = self._format(old)
        cell.set("s", self._made[old, self.colour])
        self.used = True

    def shrink(self, cell: etree._Element) -> None:
        """Have a cell's text made as small as its width asks."""
        forms = self.styles.find(f"{S}cellXfs") if self.styles is not None else None
        if forms is None or not len(forms):
            return
        old = cell.get("s", "0")
        if (old, "") not in self._made:
            made = _copied(forms, old)
            alignment = made.find(f"{S}alignment")
            if alignment is None:
                alignment = etree.Element(f"{S}alignment")
                made.insert(0, alignment)
            alignment.set("shrinkToFit", "1")
            made.set("applyAlignment", "1")
            self._made[old, ""] = str(len(forms) - 1)
        cell.set("s", self._made[old, ""])
        self.used = True

    def _format(self, old: str) -> str:
        fills, forms = self.styles.find(f"{S}fills"), self.styles.find(f"{S}cellXfs")  # type: ignore[union-attr]
        if fills is None or forms is None or not len(forms):
            return old
        fill = etree.SubElement(fills, f"{S}fill")
        pattern = etree.SubElement(fill, f"{S}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{S}fgColor", rgb=f"FF{self.colour}")
        fills.set("count", str(len(fills)))
        made = _copied(forms, old)
        made.set("fillId", str(len(fills) - 1))
        made.set("applyFill", "1")
        return str(len(forms) - 1)


def _copied(forms: etree._Element, number: str) -> etree._Element:
    """A copy of a cell format, put behind the others."""
    index = int(number) if number.isdigit() and int(number) < len(forms) else 0
    made = copy.deepcopy(forms[index])
    forms.append(made)
    forms.set("count", str(len(forms)))
    return made
