"""Who is late, by the day that the report names, that the secretariat names, or that the file itself keeps; never by a guess."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from docgen.collecting import collect
from docgen.collecting.dating import received_in, saved_on
from docgen.tools.zips import stable_zip

END = datetime.date(2021, 9, 12)


def returned(*, filled: str = "", saved: str = "", creator: str = "某某") -> bytes:
    """A report of 8月30日 to 9月12日 as a program saves it at a time of Greenwich."""
    book = Workbook()
    rows = [("院校名称", "虚构学院"), ("期次", 5), ("起止日期", "2021-08-30至2021-09-12")]
    rows += [("填报日期", filled)] if filled else []
    for row in (*rows, ("证书名称", "等级", "本期培训"), ("网店运营推广", "中级", 5)):
        book.worksheets[0].append(row)
    book.properties.creator = creator
    out = io.BytesIO()
    book.save(out)
    data = stable_zip(out.getvalue())
    if not saved:
        return data
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name, re.sub(rb"1980-01-01T00:00:00", saved.encode(), content) if "core" in name else content
            )
    return changed.getvalue()


def mark(folder: Path, **more: datetime.date) -> str:
    result = collect([folder], folder.parent / "汇总.xlsx", **more)  # type: ignore[arg-type]
    return str(load_workbook(result.target)["报送情况"]["C3"].value)


@pytest.mark.parametrize(
    ("name", "data", "more", "said"),
    [
        ("a.xlsx", returned(filled="2021-09-20", saved="2021-09-10T01:00:00"), {}, "迟3天"),
        ("a.xlsx", returned(saved="2021-09-18T17:00:00"), {}, "迟2天（保存）"),
        ("a.xlsx", returned(saved="2021-09-13T01:00:00"), {}, "已报（保存）"),
        ("a.xlsx", returned(saved="2021-09-13T01:00:00"), {"received": datetime.date(2021, 9, 27)}, "迟10天（收到）"),
        ("2021-09-18收到/a.xlsx", returned(), {}, "迟1天（收到）"),
        ("a.xlsx", returned(saved="2020-01-01T00:00:00"), {}, "已报（无日期）"),
        ("a.xlsx", returned(saved="2021-09-30T00:00:00", creator="docgen"), {}, "已报（无日期）"),
        ("a.xlsx", returned(), {}, "已报（无日期）"),
    ],
)
def test_a_report_is_late_by_what_is_known_of_it(
    tmp_path: Path, name: str, data: bytes, more: dict[str, datetime.date], said: str
) -> None:
    path = tmp_path / "收到的" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert mark(tmp_path / "收到的", **more) == said


def test_days_of_folders_and_files() -> None:
    assert received_in("2021年9月18日收到/甲校/a.xlsx") == datetime.date(2021, 9, 18)
    assert received_in("第05期-20210830至20210912/a.xlsx") is None
    assert received_in("20210918.xlsx") is None
    assert saved_on(b"PK\x03\x04 cut short") is None
    assert saved_on(b"%PDF-1.7") is None
