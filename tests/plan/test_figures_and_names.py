"""Totals that do not mislead, and names that every file system takes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.records import Equipment, EquipmentKind
from docgen.model.source import Origin
from docgen.plan.figures import equipment_figures, total
from docgen.plan.names import LONGEST, distinct, safe_name

ORIGIN = Origin("申报数据.xlsx", "设备", 2)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2], 3), ([Decimal("1.5"), 2], Decimal("3.5")), ([], None), ([1, None], None), ([0], 0)],
)
def test_a_partial_total_is_no_total(values: list[int | None], expected: object) -> None:
    assert total(values) == expected


def test_equipment_is_worth_price_times_count() -> None:
    rows = [
        Equipment(ORIGIN, "工作站", EquipmentKind.HARDWARE, count=40, price=Decimal(8600)),
        Equipment(ORIGIN, "软件", EquipmentKind.SOFTWARE, count=1, price=Decimal("120000.5")),
    ]
    figures = equipment_figures(rows)
    assert (figures.kinds, figures.pieces, figures.worth) == (2, 41, Decimal("464000.5"))
    assert equipment_figures([*rows, Equipment(ORIGIN, "无价")]).worth is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A01-建筑信息模型（BIM）-中级", "A01-建筑信息模型（BIM）-中级"),
        ('a/b\\c:d*e?f"g<h>i|j', "a／b＼c：d＊e？f”g〈h〉i｜j"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        (" . ", "未命名"),
        ("..", "未命名"),
        ("尾点.", "尾点"),
        ("甲\n乙\x00", "甲 乙"),
        ("合同\u202efdp.exe", "合同fdp.exe"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_safe_names_are_safe(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name not in (".", "..")
    assert name == name.strip(" .")
    assert len(name) <= LONGEST + 1
    assert safe_name(name) == name


@given(st.lists(st.sampled_from(["a", "A", "b"])))
def test_distinct_names_do_not_meet_on_windows(names: list[str]) -> None:
    assert len({name.casefold() for name in distinct(names)}) == len(names)
