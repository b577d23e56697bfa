"""What the templates of a biweekly report get to see, and what its PDF carries: one period of a season, in Chinese words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.model.records import CertificateLevel
from docgen.model.season import STAGES, Matter, key_of, label_of
from docgen.season.figures import Correction, Key, Line, Progress, Sums, rate
from docgen.season.periods import Period, day_text, season_end

CARRIED_KIND = "biweekly"
CARRIED_SCHEMA = 1
STAGE_NAMES = {Matter.TRAINING: "培训", Matter.REGISTRATION: "报名", Matter.EXAM: "考核", Matter.CERTIFICATE: "取证"}
"""How templates call the four stages."""


def report_context(
    progress: Progress, period: Period, corrected: Sequence[Correction], *, date: str = "", draft: bool = False
) -> dict[str, Any]:
    """The fields of one report. `date` is the day of filling in as printed, "" leaves a blank to write on."""
    info = progress.season.info
    last = season_end(info)
    remarks = progress.remarks_of(period)
    lines = [_line(progress, line, period.number) for line in progress.lines]
    whole = progress.all_sums(period.number)
    return {
        "院校": {
            "院校名称": info.school_name,
            "院校类型": info.type.value if info.type else "",
            "院校代码": info.code,
        },
        "期": {
            "期次": period.number,
            "名称": period.label,
            "起止": period.days,
            "开始日期": day_text(period.start),
            "结束日期": day_text(period.end),
            "年度": progress.periods[0].start.year,
            "总期数": len(progress.periods),
            "试点结束日期": day_text(last) if last else "",
        },
        "填报": {"填报人": info.reporter, "审核人": info.reviewer, "联系电话": info.phone},
        "证书": lines,
        "合计": {"批准人数": progress.approved, **_stages(whole, progress.approved)},
        "工作": [
            {"事项": work.matter.value, "单位": work.unit, "本期": plain(work.this), "累计": plain(work.total)}
            for work in progress.work(period.number)
        ],
        "明细": [_detail(entry) for entry in progress.by_period[period.number]],
        "工作情况": {
            name: [line.strip() for row in remarks for line in getattr(row, attribute).splitlines() if line.strip()]
            for name, attribute in (
                ("工作进展", "progress"),
                ("存在问题", "problems"),
                ("下一步计划", "plans"),
                ("意见建议", "suggestions"),
            )
        },
        "比较": [
            {
                "项目": f"{STAGE_NAMES[matter]}人数",
                "上期": plain(whole.before[matter]) if period.number > 1 else None,
                "本期": plain(whole.this[matter]),
                "增减": plain(whole.this[matter] - whole.before[matter]) if period.number > 1 else None,
            }
            for matter in STAGES
        ],
        "更正": [correction_row(each) for each in corrected],
        "进度": progress_rows(progress, period.number),
        "日期": date,
        "草稿": draft,
    }


def plain(number: Decimal | int | None) -> int | float | None:
    """A figure as templates and spreadsheets take it: a whole number where it is one."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def percent_text(part: Decimal | int | None, whole: Decimal | int | None) -> str:
    """87.5%, "" where there is nothing to divide by."""
    share = rate(part, whole)
    if share is None:
        return ""
    text = f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
    return f"{text.rstrip('0').rstrip('.')}%"


def _stages(sums: Sums, approved: int | None) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for matter, name in STAGE_NAMES.items():
        fields[f"本期{name}"] = plain(sums.this[matter])
        fields[f"上期{name}"] = plain(sums.before[matter])
        fields[f"累计{name}"] = plain(sums.total[matter])
        fields[f"{name}完成率"] = percent_text(sums.total[matter], approved)
        share = rate(sums.total[matter], approved)
        fields[f"{name}完成比"] = None if share is None else float(round(share, 6))
    return fields


def _line(progress: Progress, line: Line, number: int) -> dict[str, Any]:
    return {
        "证书名称": line.certificate,
        "等级": line.level.value if line.level else "",
        "名称": line.label,
        "试点专业": "、".join(line.majors),
        "批准人数": line.approved,
        **_stages(progress.sums(line, number), line.approved),
    }


def _detail(entry: Any) -> dict[str, Any]:
    number = entry.amount.number if entry.amount else None
    level = entry.level.value if entry.level else ""
    return {
        "日期": f"{entry.date.month}月{entry.date.day}日" if entry.date else "",
        "事项": entry.matter.value if entry.matter else "",
        "证书": f"{entry.certificate}（{level}）" if entry.certificate and level else entry.certificate,
        "数量": plain(number),
        "单位": entry.unit,
        "说明": entry.note,
    }


def correction_row(each: Correction) -> dict[str, Any]:
    """A correction as a row of the report."""
    return {
        "期次": f"第{each.number}期",
        "证书": each.label,
        "事项": each.matter.value,
        "原报": plain(each.was),
        "更正为": plain(each.now),
        "相差": plain(each.now - each.was),
    }


def progress_rows(progress: Progress, number: int) -> list[dict[str, Any]]:
    """One row a period up to `number`, with what was reached by its end, for charts."""
    rows = []
    for period in progress.periods[:number]:
        sums = progress.all_sums(period.number)
        row: dict[str, Any] = {
            "期次": period.label,
            "截止日期": period.end,
            "批准人数": progress.approved,
        }
        rows.append(row | {f"累计{name}": plain(sums.total[matter]) for matter, name in STAGE_NAMES.items()})
    return rows


def carried_data(progress: Progress, period: Period, context: Mapping[str, Any]) -> dict[str, Any]:
    """What the report's PDF carries for those who receive it: exact figures, not their looks (kind "biweekly")."""
    return {
        "kind": CARRIED_KIND,
        "schema": CARRIED_SCHEMA,
        "院校": context["院校"],
        "期": {
            "期次": period.number,
            "开始日期": period.start.isoformat(),
            "结束日期": period.end.isoformat(),
            "总期数": len(progress.periods),
        },
        "填报": {**context["填报"], "填报日期": context["日期"]},
        "草稿": context["草稿"],
        "证书": [_carried_line(progress, line, period.number) for line in progress.lines],
        "工作": context["工作"],
        "工作情况": context["工作情况"],
        "更正": context["更正"],
    }


def _carried_line(progress: Progress, line: Line, number: int) -> dict[str, Any]:
    sums = progress.sums(line, number)
    return {
        "证书名称": line.certificate,
        "等级": line.level.value if line.level else "",
        "批准人数": line.approved,
        "本期": {matter.value: plain(sums.this[matter]) for matter in STAGES},
        "累计": {matter.value: plain(sums.total[matter]) for matter in STAGES},
    }


def issued_figures(
    data: Mapping[str, Any],
) -> tuple[dict[tuple[Key, Matter], Decimal], dict[Any, Decimal], dict[Key, str]]:
    """What a report made before said, from what its PDF carries: figures, corrections, names. Raises on other shapes."""
    figures: dict[tuple[Key, Matter], Decimal] = {}
    labels: dict[Key, str] = {}
    by_label: dict[str, Key] = {}

    for row in data["证书"]:
        level = CertificateLevel(row["等级"]) if row["等级"] else None
        key = key_of(row["证书名称"], level)
        labels[key] = label_of(row["证书名称"], level)
        by_label[labels[key]] = key
        for matter in STAGES:
            figures[key, matter] = Decimal(str(row["本期"][matter.value]))
    corrected = {}
    for row in data["更正"]:
        found = by_label.get(row["证书"])
        if found is not None:
            number = int(row["期次"].strip("第期"))
            corrected[number, found, Matter(row["事项"])] = Decimal(str(row["更正为"]))
    return figures, corrected, labels


def iso_day(text: str) -> datetime.date:
    """A day as carried data has it."""
    return datetime.date.fromisoformat(text)
