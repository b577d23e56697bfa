"""What the PDFs that we made carry → returns, exact to the figure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from docgen.carried import NAME
from docgen.load.dates import read_day
from docgen.model.records import CertificateLevel
from docgen.model.season import Matter, label_of
from docgen.model.source import Source

from .gathering import day_of
from .records import Line, Return, Sourced, Task, Unread, Work

KIND = "biweekly"
_SCHEMA = 1


def carried_return(file: str, data: Mapping[str, Any]) -> Return:
    """The return that a biweekly report's PDF carries; of another version, or spoiled, one that says so."""
    source = Source(file, f"附件 {NAME}")
    if data.get("schema") != _SCHEMA:
        why = f"PDF 里的数据是另一个版本（{data.get('schema')}）的 docgen 写的"
        return Return(file, unread=(Unread(source, why, "请升级 docgen，或请学校交 Excel 版。", whole=True),))
    try:
        return _return(file, data)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        why = "PDF 里的数据残缺，读不出来"
        return Return(file, unread=(Unread(source, why, "请学校用 docgen 重新生成，或交 Excel 版。", whole=True),))


def _return(file: str, data: Mapping[str, Any]) -> Return:
    school, period = data["院校"], data["期"]
    filled = read_day(data["填报"]["填报日期"]) if data["填报"].get("填报日期") else None
    lines = tuple(_line(file, index, row, data["更正"]) for index, row in enumerate(data["证书"], 1))
    work = _work(file, data.get("工作", ()))
    if work:
        lines += (Line("", None, Source(file, f"附件 {NAME}：工作"), work=work),)
    return Return(
        file,
        str(school["院校名称"]),
        str(school["院校类型"]),
        str(school["院校代码"]),
        int(period["期次"]),
        day_of(period["开始日期"]),
        day_of(period["结束日期"]),
        filled if hasattr(filled, "year") else None,  # type: ignore[arg-type]
        lines=lines,
        draft=bool(data.get("草稿")),
    )


def _work(file: str, rows: Any) -> dict[Task, Work]:
    """Teacher training, purchases, building and spending, which our reports sum over all certificates."""

    def sourced(index: int, row: Mapping[str, Any], what: str) -> Sourced:
        return Sourced(Decimal(str(row[what])), Source(file, f"附件 {NAME}：工作 {index} {what}"))

    return {
        (Matter(row["事项"]), str(row["单位"])): Work(sourced(index, row, "本期"), sourced(index, row, "累计"))
        for index, row in enumerate(rows, 1)
    }


def _line(file: str, index: int, row: Mapping[str, Any], corrections: Any) -> Line:
    def sourced(number: Any, what: str) -> Sourced:
        return Sourced(Decimal(str(number)), Source(file, f"附件 {NAME}：证书 {index} {what}"))

    level = CertificateLevel(row["等级"]) if row["等级"] else None
    label = label_of(str(row["证书名称"]), level)
    corrected: dict[Matter, Decimal] = {}
    for each in corrections:
        if each["证书"] == label:
            matter = Matter(each["事项"])
            corrected[matter] = corrected.get(matter, Decimal(0)) + Decimal(str(each["相差"]))
    return Line(
        str(row["证书名称"]),
        level,
        Source(file, f"附件 {NAME}：证书 {index}"),
        None if row["批准人数"] is None else sourced(row["批准人数"], "批准人数"),
        {Matter(name): sourced(number, f"本期 {name}") for name, number in row["本期"].items()},
        {Matter(name): sourced(number, f"累计 {name}") for name, number in row["累计"].items()},
        corrected,
    )
