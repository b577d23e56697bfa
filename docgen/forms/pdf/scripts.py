"""The formats that forms ask of values by Acrobat's standard scripts, read without running anything.

AFDate_Format, AFDate_FormatEx, AFNumber_Format and AFPercent_Format are the calls that form editors write into a field's
/AA for its category "date", "number" or "percent"; other scripts are not understood, and said to be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import pikepdf
from pikepdf import Dictionary, Stream

from docgen.acroform.values import text_of, trait
from docgen.tools import qpdf

_MOST_SCRIPT = 100_000
_CALL = re.compile(r"\b(AF(?:Date|Number|Percent)_Format(?:Ex)?)\s*\(([^)]*)\)")
_ARGUMENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^,\s]+)")
# The patterns that AFDate_Format counts by number.
_NUMBERED = [
    "m/d",
    "m/d/yy",
    "mm/dd/yy",
    "mm/yy",
    "d-mmm",
    "d-mmm-yy",
    "dd-mmm-yy",
    "yy-mm-dd",
    "mmm-yy",
    "mmmm-yy",
    "mmm_d,_yyyy",
    "mmmm_d,_yyyy",
    "m/d/yy_h:MM_tt",
    "m/d/yy_HH:MM",
]
_DATE_PART = re.compile(r"yyyy|yy|mm|m|dd|d")
_NO_DATE_PART = re.compile(r"mmm|[hHMst]")
_DATE = re.compile(r"(?P<year>\d{4})\s*[-年/.]\s*(?P<month>\d{1,2})(?:\s*[-月/.]\s*(?P<day>\d{1,2})\s*日?|\s*月?)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
_SEPARATORS = {0: (",", "."), 1: ("", "."), 2: (".", ","), 3: ("", ","), 4: ("'", ".")}


@dataclass(frozen=True, slots=True)
class Format:
    """What a field asks of its value. `pattern` is a date's; `decimals` and `style` a number's; `percent` times 100."""

    pattern: str = ""
    decimals: int = 0
    style: int = 1
    currency: str = ""
    before: bool = True
    percent: bool = False

    @property
    def wanted(self) -> str:
        """What it asks for, as users call it."""
        return f"日期（{self.pattern}）" if self.pattern else "百分数" if self.percent else "数字"


def scripts_of(node: Dictionary) -> list[str]:
    """The scripts that format a field or check what is typed into it."""
    actions = trait(node, "/AA")
    found = []
    for key in ("/F", "/K", "/V"):
        action = actions.get(key) if isinstance(actions, Dictionary) else None
        script = action.get("/JS") if isinstance(action, Dictionary) else None
        if isinstance(script, Stream):
            try:
                found.append(script.read_bytes()[:_MOST_SCRIPT].decode("utf-8", "replace"))
            except qpdf.ERRORS:
                continue
        elif isinstance(script, pikepdf.String):
            found.append(text_of(script)[:_MOST_SCRIPT])
    return found


def format_of(node: Dictionary) -> Format | None:
    """The format that a field asks for by a standard script; None for none that is known."""
    for script in scripts_of(node):
        for call in _CALL.finditer(script):
            found = _read(call[1], [a or b or c for a, b, c in _ARGUMENT.findall(call[2])])
            if found is not None:
                return found
    return None


def _read(call: str, arguments: list[str]) -> Format | None:
    if call.startswith("AFDate"):
        pattern = arguments[0] if arguments else ""
        if pattern.isdigit():
            pattern = _NUMBERED[int(pattern)].replace("_", " ") if int(pattern) < len(_NUMBERED) else ""
        return Format(pattern) if pattern and not _NO_DATE_PART.search(pattern) else None
    numbers = [int(part) if re.fullmatch(r"-?\d{1,3}", part) else 0 for part in arguments]
    if not numbers:
        return None
    decimals, style = max(min(numbers[0], 10), 0), numbers[1] if len(numbers) > 1 else 1
    if call.startswith("AFPercent"):
        return Format(decimals=decimals, style=style, percent=True)
    currency = arguments[4] if len(arguments) > 4 else ""
    return Format(decimals=decimals, style=style, currency=currency, before=arguments[5:6] != ["false"])


def as_date(text: str) -> date | None:
    """The day that a value says (2026-05-01, 2026年5月1日, 20260501; the first of a month without a day)."""
    found = _DATE.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return None


def formatted(text: str, wish: Format) -> tuple[str, str] | None:
    """What a field stores, and what it shows, for a value; None where the value is not what the field asks for."""
    if wish.pattern:
        day = as_date(text)
        if day is None:
            return None
        parts = {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}", "m": str(day.month)}
        parts |= {"dd": f"{day:%d}", "d": str(day.day)}
        shown = _DATE_PART.sub(lambda found: parts[found[0]], wish.pattern)
        return shown, shown
    try:
        number = Decimal(re.sub(r"[,，\s]|元$|人$", "", text.strip()).removesuffix("%"))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if wish.percent and text.strip().endswith("%"):
        number /= 100
    shown_number = number * 100 if wish.percent else number
    thousands, point = _SEPARATORS.get(wish.style, ("", "."))
    rounded = shown_number.quantize(Decimal(1).scaleb(-wish.decimals), ROUND_HALF_UP)
    if rounded != shown_number:
        return None  # it would show less than the data say
    whole, _, rest = f"{abs(rounded):,.{wish.decimals}f}".partition(".")
    shown = ("-" if rounded < 0 else "") + whole.replace(",", thousands) + (point + rest if rest else "")
    if wish.percent:
        shown += "%"
    elif wish.currency:
        shown = wish.currency + shown if wish.before else shown + wish.currency
    return f"{number.normalize():f}", shown
