"""Seasons and their workbooks for tests: small, complete, with one thing changed at a time."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from docgen.model.records import CertificateLevel
from docgen.model.season import Amount, Matter, PeriodRemarks, PlannedCertificate, ProgressEntry, Season, SeasonInfo
from docgen.model.source import Origin
from docgen.model.text import fold

SHOP = "网店运营推广"
START = datetime.date(2021, 7, 5)
_COLUMNS = ("date", "certificate", "level", "matter", "amount", "unit", "note")


def day(text: str, year: int = 2021) -> datetime.date:
    """9-3 → 2021-09-03."""
    month, of_month = map(int, text.split("-"))
    return datetime.date(year, month, of_month)


def entry(when: str | int | None, matter: str, number: float | None, row: int = 2, **more: Any) -> ProgressEntry:
    """One entry of 网店运营推广（中级）, on a day (9-3) or in a period (3)."""
    places = {name: (row, column) for column, name in enumerate(_COLUMNS, 1)}
    unit = more.pop("unit", "人")
    fields: dict[str, Any] = {
        "date": day(when) if isinstance(when, str) else None,
        "number": when if isinstance(when, int) else None,
        "certificate": SHOP,
        "level": CertificateLevel.INTERMEDIATE,
        "matter": Matter(matter) if matter else None,
        "amount": None if number is None else Amount(Decimal(str(number)), unit),
        "unit": unit,
    }
    return ProgressEntry(Origin("a.xlsx", "进展", row, places), **(fields | more))


def season(entries: Iterable[ProgressEntry] = (), **more: Any) -> Season:
    """A season of 13 periods from 5 July 2021 with one certificate, approved for 100, and remarks for the first two."""
    places = {
        name: (number, 2)
        for number, name in enumerate(("school_name", "start", "end", "cycle", "paused_from", "paused_until"), 2)
    }
    info: dict[str, Any] = {"school_name": "虚构学院", "start": START, "end": None, "cycle": 14}
    for name in [*info, "paused_from", "paused_until"]:
        if name in more:
            info[name] = more.pop(name)
    plan = more.pop("plan", ((SHOP, "中级", 100),))
    remarks = more.pop("remarks", (1, 2))
    return Season(
        SeasonInfo(Origin("a.xlsx", "设置", 2, places), **info),
        tuple(
            PlannedCertificate(
                Origin("a.xlsx", "计划", row, {"certificate": (row, 1), "approved": (row, 3)}),
                name,
                CertificateLevel(level),
                approved,
            )
            for row, (name, level, approved) in enumerate(plan, 2)
        ),
        tuple(entries),
        tuple(
            row
            if isinstance(row, PeriodRemarks)
            else PeriodRemarks(Origin("a.xlsx", "工作情况", row + 1), row, progress="做了工作")
            for row in remarks
        ),
        **more,
    )


class Shelf:
    """A catalogue of one certificate."""

    complete = False
    certificates = ()

    def certificate(self, name: str) -> Any:
        """Knows 网店运营推广 with and without its long tail."""
        known = type("Known", (), {"name": SHOP})
        return known if fold(name).removesuffix("职业技能等级证书") == SHOP else None


def write_book(
    path: Path, sheets: dict[str, Sequence[Sequence[object]]], merges: dict[str, Sequence[str]] | None = None
) -> None:
    """A plain workbook: sheet → rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for area in (merges or {}).get(name, ()):
            page.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


SETTINGS_SHEET = (("项目", "内容"), ("院校名称", "虚构学院"), ("开始日期", "2021-07-05"), ("填报人", "某某"))
PLAN_SHEET = (("证书名称", "等级", "批准人数"), (SHOP, "中级", 100), ("Web前端开发", "初级", 50))
HEADER = ("日期", "证书名称", "等级", "事项", "数量", "单位", "说明")
