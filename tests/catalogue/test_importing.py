"""Lists as secretariats and schools write them → certificates, demands, and what could not be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.catalogue.importing import Imported, Table, read_tables
from docgen.catalogue.parsing import parse_batch, parse_count, parse_levels, parse_names
from docgen.errors import InputError
from docgen.model.records import CertificateLevel

ELEMENTARY, INTERMEDIATE, ADVANCED = CertificateLevel


def read(*sheets: str) -> Imported:
    """Sheets as text: a line a row, cells between bars; the sheets are called 表1, 表2, …"""
    tables = []
    for number, sheet in enumerate(sheets, 1):
        rows = [tuple(cell.strip() for cell in line.split("|")) for line in sheet.strip().splitlines()]
        tables.append(Table(f"表{number}", tuple(enumerate(rows, 1))))
    return read_tables(tables, "名单.xlsx")


def test_a_list_with_a_title_above_and_columns_in_another_order() -> None:
    found = read(
        """
        1+X 证书名单
        序号 | 颁证机构 | X证书名称 | 批次 | 证书等级
        1 | 甲公司 | 宠物护理与美容 | 第四批 | 初级、中级
        2 | 乙公司 | 冷链物流 | 4 | 初/中/高级
        """
    )
    assert [(entry.name, entry.organisation, entry.batch, entry.levels) for entry in found.certificates] == [
        ("宠物护理与美容", "甲公司", 4, (ELEMENTARY, INTERMEDIATE)),
        ("冷链物流", "乙公司", 4, (ELEMENTARY, INTERMEDIATE, ADVANCED)),
    ]
    assert found.certificates[0].provenance == "名单.xlsx"
    assert (found.demands, found.unread) == ((), ())


def test_a_row_a_level_is_one_certificate() -> None:
    found = read("证书名称 | 培训评价组织 | 等级\n冷链物流 | 乙公司 | 高级\n冷链物流职业技能等级证书 |  | 初级")
    (entry,) = found.certificates
    assert (entry.name, entry.organisation, entry.levels) == ("冷链物流", "乙公司", (ELEMENTARY, ADVANCED))


def test_a_sheet_of_demands_adds_no_certificates() -> None:
    found = read(
        "证书名称 | 批次\n冷链物流 | 4",
        """
        证书名称 | 等级 | 面向专业 | 教师人数 | 工位数 | 设备
        冷链物流 | 初级、中级 | 物流管理；冷链物流技术 | 不少于2人 | 40.0 | 冷库（含软件，正版）、叉车
        冷链物流 |  | 物流工程 |  |  |
        """,
    )
    assert len(found.certificates) == 1
    assert [(entry.level, entry.teachers, entry.seats) for entry in found.demands] == [
        (ELEMENTARY, 2, 40),
        (INTERMEDIATE, 2, 40),
        (None, None, None),
    ]
    assert found.demands[0].majors == ("物流管理", "冷链物流技术")
    assert found.demands[0].equipment == ("冷库（含软件，正版）", "叉车")


def test_one_sheet_may_hold_both() -> None:
    found = read("证书名称 | 培训评价组织 | 等级 | 适用专业\n冷链物流 | 乙公司 | 初级 | 物流管理")
    assert (len(found.certificates), len(found.demands)) == (1, 1)


def test_what_cannot_be_read_is_told_with_sheet_and_row() -> None:
    found = read(
        """
        证书名称 | 批次 | 等级 | 教师人数
         | 4 | 初级 | 2
        冷链物流 | 待定 | 特级 | 2
        宠物护理 | 4 | 初级 | 2至3人
        证书名称 | 批次 | 等级 | 教师人数
        """
    )
    told = [(place.sheet, place.row, place.reason) for place in found.unread]
    assert [place[:2] for place in told] == [("表1", 2), ("表1", 3), ("表1", 3), ("表1", 4)]
    for (*_, reason), word in zip(told, ("没有证书名称", "特级", "待定", "2至3人"), strict=True):
        assert word in reason
    assert [entry.name for entry in found.certificates] == ["冷链物流", "宠物护理"]
    assert [(entry.certificate, entry.teachers) for entry in found.demands] == [("宠物护理", None)]


def test_other_sheets_are_passed_over_and_named() -> None:
    found = read("说明\n请查收", "证书名称\n冷链物流")
    assert (found.sheets, found.passed_over) == (("表2",), ("表1",))


@pytest.mark.parametrize(
    ("sheet", "why"), [("姓名 | 班级\n张三 | 一", "没有一张工作表"), ("证书名称 | 等级", "“表1”的表头下面")]
)
def test_a_workbook_without_certificates_is_refused(sheet: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(sheet)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("", ()),
        ("中级", (INTERMEDIATE,)),
        ("高级、初级", (ELEMENTARY, ADVANCED)),
        ("初、中、高级", tuple(CertificateLevel)),
        ("初中高", tuple(CertificateLevel)),
        ("（初级/中级）", (ELEMENTARY, INTERMEDIATE)),
        ("全部", tuple(CertificateLevel)),
        ("特级", None),
        ("高等教育", None),
        ("等级", None),
    ],
)
def test_levels(text: str, levels: tuple[CertificateLevel, ...] | None) -> None:
    assert parse_levels(text) == levels


@pytest.mark.parametrize(
    ("text", "batch"), [("4", 4), ("第三批", 3), ("第 2 批", 2), ("４", 4), ("", None), ("待定", None)]
)
def test_batches(text: str, batch: int | None) -> None:
    assert parse_batch(text) == batch


@pytest.mark.parametrize(
    ("text", "count"),
    [("40", 40), ("≥２名", 2), ("1,200", 1200), ("40.0", 40), ("2.5", None), ("2至3", None), ("若干", None)],
)
def test_counts(text: str, count: int | None) -> None:
    assert parse_count(text) == count


@given(st.lists(st.text("甲乙丙ABC", min_size=1, max_size=4), unique=True), st.sampled_from("、，,；;\n"))
def test_names_are_read_as_they_were_joined(names: list[str], separator: str) -> None:
    assert parse_names(separator.join(names)) == tuple(names)
