"""What a workbook's cell formats say: borders, locks, dates, text, the size of type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .xml import S

_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
_TEXT = 49
_DEFAULT_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Style:
    """One cell format."""

    border: bool = False
    locked: bool = True
    number_format: int = 0
    wraps: bool = False
    size: float = _DEFAULT_SIZE
    family: str = "宋体"


@dataclass(slots=True)
class Styles:
    """The cell formats, by the number that cells name them by."""

    formats: list[Style] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def read(root: etree._Element | None) -> Styles:
        """From styles.xml."""
        styles = Styles()
        if root is None:
            return styles
        for code in root.iterfind(f"{S}numFmts/{S}numFmt"):
            styles.codes[int(code.get("numFmtId", "0"))] = code.get("formatCode", "")
        borders = [
            any(side.get("style", "none") != "none" for side in each) for each in root.iterfind(f"{S}borders/{S}border")
        ]
        fonts = [_font(each) for each in root.iterfind(f"{S}fonts/{S}font")]
        for form in root.iterfind(f"{S}cellXfs/{S}xf"):
            protection, alignment = form.find(f"{S}protection"), form.find(f"{S}alignment")
            border, font = int(form.get("borderId", "0")), int(form.get("fontId", "0"))
            size, family = fonts[font] if font < len(fonts) else (_DEFAULT_SIZE, "宋体")
            styles.formats.append(
                Style(
                    border < len(borders) and borders[border],
                    protection is None or protection.get("locked", "1") not in ("0", "false"),
                    int(form.get("numFmtId", "0")),
                    alignment is not None and alignment.get("wrapText") in ("1", "true"),
                    size,
                    family,
                )
            )
        return styles

    def of(self, number: str) -> Style:
        """The format of that number, the plain one where there is none."""
        index = int(number) if number.isdigit() else 0
        return self.formats[index] if index < len(self.formats) else Style()

    def has_border(self, number: str) -> bool:
        """Whether a cell of this format has any border."""
        return self.of(number).border

    def is_locked(self, number: str) -> bool:
        """Whether a cell of this format may not be changed on a protected sheet."""
        return self.of(number).locked

    def is_text(self, number: str) -> bool:
        """Whether a cell of this format holds numbers as text."""
        return self.of(number).number_format == _TEXT

    def is_date(self, number: str) -> bool:
        """Whether a cell of this format shows a number as a date."""
        code = self.of(number).number_format
        if code in _DATES:
            return True
        words = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", self.codes.get(code, "")).lower()
        return "yy" in words or ("m" in words and "d" in words)


def _font(element: etree._Element) -> tuple[float, str]:
    size, name = element.find(f"{S}sz"), element.find(f"{S}name")
    return (
        float(size.get("val", _DEFAULT_SIZE)) if size is not None else _DEFAULT_SIZE,
        name.get("val", "宋体") if name is not None else "宋体",
    )
