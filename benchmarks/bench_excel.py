"""Excel templates: docgen beside xltpl, on the same table, in one run.

xltpl writes its loops in comments of cells, so that each has a template of its own.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from common import in_turn, machine, table, versions
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side

from docgen.render.excel import ExcelTemplate

_FIELDS = ("名称", "等级", "人数", "单价", "日期", "院系", "负责人", "电话")


def rows(count: int) -> dict[str, Any]:
    """A context with `count` rows."""
    day = datetime.date(2021, 7, 5)
    return {
        "行们": [
            dict(
                zip(
                    _FIELDS,
                    (f"第{number}项", "初级", number, 1.5, day, "信息工程系", "张某", "13800000000"),
                    strict=True,
                )
            )
            for number in range(count)
        ]
    }


def template(path: Path, in_comments: bool) -> Path:
    """A table with styles, a formula in each row and a sum below, in docgen's tags or in xltpl's."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表"
    sheet.append([*_FIELDS, "金额"])
    if not in_comments:
        sheet.append(["{%tr for 行 in 行们 %}"])
    place = sheet.max_row + 1
    cell = "{{%xv 行.{}%}}" if in_comments else "{{{{ 行.{} }}}}"
    sheet.append([*(cell.format(name) for name in _FIELDS), f"=C{place}*D{place}"])
    if not in_comments:
        sheet.append(["{%tr endfor %}"])
    sheet.append(["合计", None, f"=SUM(C{place}:C{place})"])
    for styled in sheet[place]:
        styled.font = Font(bold=True)
        styled.border = Border(bottom=Side(style="thin"))
    if in_comments:
        sheet.cell(place, 1).comment = Comment("beforerow{% for 行 in 行们 %}", "x")
        sheet.cell(place + 1, 1).comment = Comment("beforerow{% endfor %}", "x")
    workbook.save(path)
    return path


def by_xltpl(path: Path, context: dict[str, Any]) -> int:
    """One workbook by xltpl, which reads its template anew each time."""
    from xltpl.writerx import BookWriter  # noqa: PLC0415 - it may not be installed

    with contextlib.redirect_stdout(io.StringIO()):
        writer = BookWriter(str(path))
        writer.render_sheets([context | {"tpl_name": "表", "sheet_name": "表"}])
        buffer = io.BytesIO()
        writer.save(buffer)
    return buffer.tell()


def main() -> None:
    """Measure and print."""
    beside = find_spec("xltpl") is not None
    print(machine(), versions("jinja2", "openpyxl", *(["xltpl"] if beside else [])), sep="; ")
    if not beside:
        print("xltpl is not installed: docgen alone is measured")
    with tempfile.TemporaryDirectory() as folder:
        own = template(Path(folder) / "own.xlsx", False)
        other = template(Path(folder) / "other.xlsx", True)
        compiled = ExcelTemplate(own)
        for count, rounds in ((20, 15), (5_000, 3)):
            context = rows(count)
            contestants = [
                ("docgen", lambda context=context: compiled.render(context)),
                ("docgen, compiling each time", lambda context=context: ExcelTemplate(own).render(context)),
            ]
            if beside:
                contestants.append(("xltpl", lambda context=context: by_xltpl(other, context)))
            table(f"{count} rows of {len(_FIELDS) + 1} cells", in_turn(contestants, rounds))


if __name__ == "__main__":
    main()
