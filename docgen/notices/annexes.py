"""The tables of annexes, from decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from docgen.model.official import Annex, Table, TableColumn
from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import Conclusion, Decision, Review
from docgen.model.text import fold

from .figures import Totals, by_school, granted_only, grouped, totals

_ITEM = re.compile(r"^(?:\d{1,2}[.、.)）]|[（(]\d{1,2}[)）])\s*(?=\D)")

_NOT_SAID = "（未填）"


def school_annex(title: str, review: Review) -> Annex:
    """名单 by school: its certificates, levels and persons."""
    columns = (
        TableColumn("序号", 7, "center", grouped=True),
        TableColumn("院校名称", 34.6, grouped=True),
        TableColumn("证书名称", 36.2),
        TableColumn("等级", 7, "center"),
        TableColumn("批准人数", 12.2, "right"),
    )
    rows: list[tuple[str, ...]] = []
    schools = {name: granted_only(found) for name, found in by_school(review).items()}
    named = ((name, found) for name, found in schools.items() if found)
    for number, (name, found) in enumerate(named, 1):
        rows += [(str(number), name, row.certificate, row.level or "", str(row.granted)) for row in found]
    return Annex(title, (Table(columns, tuple(rows), _total(rows)),))


def certificate_annex(title: str, review: Review) -> Annex:
    """名单 by certificate and level: the schools and their persons."""
    columns = (
        TableColumn("序号", 7, "center", grouped=True),
        TableColumn("证书名称", 36.2, grouped=True),
        TableColumn("等级", 7, "center", grouped=True),
        TableColumn("院校名称", 34.6),
        TableColumn("批准人数", 12.2, "right"),
    )
    rows: list[tuple[str, ...]] = []
    granted = granted_only([row for found in by_school(review).values() for row in found])
    certificates = sorted(grouped(granted, lambda row: row.certificate).items())
    for number, (name, found) in enumerate(certificates, 1):
        found = sorted(found, key=lambda row: row.level.rank if row.level else 0)
        rows += [(str(number), name, row.level or "", row.school, str(row.granted)) for row in found]
    return Annex(title, (Table(columns, tuple(rows), _total(rows)),))


def _total(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return ("合计", "", "", "", str(sum(int(row[-1]) for row in rows))) if rows else ()


def figures_annex(title: str, review: Review) -> Annex:
    """统计表: by conclusion, type of school and level."""
    decisions = [row for found in by_school(review).values() for row in found]
    types = {fold(school.name): school.type for school in review.schools}
    conclusions = grouped(decisions, lambda row: row.conclusion)
    first = Table(
        (
            TableColumn("结论", 25, "center"),
            *(TableColumn(name, 25, "right") for name in ("项数", "申报人数", "批准人数")),
        ),
        tuple(
            (one.value, str(len(rows)), str(totals(rows).persons_applied), str(totals(rows).persons_granted))
            for one in Conclusion
            if (rows := conclusions.get(one, []))
        ),
        ("合计", str(len(decisions)), str(totals(decisions).persons_applied), str(totals(decisions).persons_granted)),
        "一、按结论",
    )
    # What has no type or level is counted all the same: the sums hold, and the cell that is at fault is told.
    kinds = {
        (kind.value if kind else _NOT_SAID): [row for row in decisions if types.get(fold(row.school)) is kind]
        for kind in (*SchoolType, None)
    }
    levels = {
        (level.value if level else _NOT_SAID): [row for row in decisions if row.level is level]
        for level in (*CertificateLevel, None)
    }
    return Annex(
        title, (first, _breakdown("二、按院校类型", "院校类型", kinds), _breakdown("三、按等级", "等级", levels))
    )


def _breakdown(caption: str, header: str, groups: Mapping[str, Sequence[Decision]]) -> Table:
    names = ("院校数", "申报项数", "批准项数", "申报人数", "批准人数")
    columns = (TableColumn(header, 20, "center"), *(TableColumn(name, 16, "right") for name in names))
    rows = tuple((name, *_figures(totals(found))) for name, found in groups.items() if found)
    whole = totals(row for found in groups.values() for row in found)
    return Table(columns, rows, ("合计", *_figures(whole)) if rows else (), caption)


def _figures(sums: Totals) -> tuple[str, ...]:
    wanted = (sums.schools, sums.rows, sums.granted, sums.persons_applied, sums.persons_granted)
    return tuple(map(str, wanted))


def result_annex(title: str, decisions: Sequence[Decision]) -> Annex:
    """明细表 of one school: each application with its conclusion."""
    columns = (
        TableColumn("序号", 7, "center"),
        TableColumn("证书名称", 28.8),
        TableColumn("等级", 7, "center"),
        TableColumn("申报人数", 9, "right"),
        TableColumn("结论", 13, "center"),
        TableColumn("批准人数", 9, "right"),
        TableColumn("评审意见", 26.2),
    )
    rows = tuple(
        (
            str(number),
            row.certificate,
            row.level or "",
            "" if row.applied is None else str(row.applied),
            row.conclusion or "",
            str(row.granted) if row.conclusion is not None and row.conclusion.grants else "—",
            row.opinion,
        )
        for number, row in enumerate(decisions, 1)
    )
    sums = totals(decisions)
    last = ("合计", "", "", str(sums.persons_applied), "", str(sums.persons_granted), "")
    return Annex(title, (Table(columns, rows, last),))


def things_to_mend(opinion: str) -> tuple[tuple[str, str], ...]:
    """The place and what to mend there, for each line of an opinion written as 位置：要改什么."""
    found = []
    for line in re.split(r"[\n；;]", opinion):
        text = _ITEM.sub("", line.strip()).strip("。 ")
        if not text:
            continue
        place, colon, what = text.replace(":", "：", 1).partition("：")
        found.append((place.strip(), what.strip()) if colon and what.strip() else ("", text))
    return tuple(found)


def return_annex(title: str, decisions: Iterable[Decision]) -> Annex:
    """事项表 of what is to be mended: certificate and level once, each place with what to do."""
    columns = (
        TableColumn("序号", 7, "center", grouped=True),
        TableColumn("证书名称", 26, grouped=True),
        TableColumn("等级", 7, "center", grouped=True),
        TableColumn("位置", 28),
        TableColumn("要改什么", 32),
    )
    rows = []
    for number, row in enumerate(decisions, 1):
        for place, what in things_to_mend(row.opinion) or (("", "具体要求请与秘书处联系"),):
            rows.append((str(number), row.certificate, row.level or "", place or "全部", what))
    return Annex(title, (Table(columns, tuple(rows)),))
