"""How messages name values, cells and applications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.model.case import Case
from docgen.model.records import Scope
from docgen.model.source import Source


def quoted(names: Iterable[str], most: int = 5, *, counted: bool = True) -> str:
    """Distinct names in quotation marks, joined by 、; beyond `most` of them 等, with the count unless it was told."""
    listed = list(dict.fromkeys(names))
    text = "、".join(f"“{name}”" for name in listed[:most])
    return text if len(listed) <= most else f"{text}等{len(listed)}个" if counted else f"{text}等"


def cells(sources: Sequence[Source], most: int = 8) -> str:
    """The cells of one sheet (B7、B9、B12); beyond `most` of them the count stands for the rest."""
    listed = list(dict.fromkeys(source.cell or source.file for source in sources))
    text = "、".join(listed[:most])
    return text if len(listed) <= most else f"{text}等{len(listed)}处"


def meant(names: Sequence[str]) -> str:
    """是不是“甲”或“乙”？ for near misses, "" where there are none."""
    return f"是不是{'或'.join(f'“{name}”' for name in names)}？" if names else ""


def concerned(case: Case, scope: Scope) -> tuple[str, ...]:
    """Which applications a fault in a row concerns: those that the row names, ("",) for the whole school."""
    numbers = {application.number for application in case.applications}
    named = tuple(number for number in scope.numbers if number in numbers)
    return ("",) if scope.everywhere or not named else named
