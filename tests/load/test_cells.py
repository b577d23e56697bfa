"""A cell as a person reads it; what could mean two things is not guessed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.cells import as_text, read_code, read_link, read_names, read_path, read_phone, says_nothing
from docgen.load.choices import read_choice, read_yes_no
from docgen.load.numbers import chinese_number, read_count, read_number, read_year
from docgen.load.trouble import CHOICE, NUMBER, REWRITTEN, YEAR, Trouble
from docgen.model.records import CertificateLevel
from docgen.model.schema import APPLICATIONS, EQUIPMENT, EVIDENCE, SCHOOL, TEACHERS, column_of


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (120, 120), (120.0, 120), ("120", 120), ("１２０", 120), (" 120 ", 120),
        ("1,200", 1200), ("1，200人", 1200), ("35人", 35), ("共35人", 35), ("约 35 名", 35), ("40台（套）", 40),
        ("40台/套", 40), ("三期", 3), ("两期", 2), ("十二", 12), ("一百二十人", 120), ("0", 0), ("1.2万", 12000),
    ],
)  # fmt: skip
def test_counts_are_read_with_units_and_widths(cell: Any, value: int) -> None:
    assert read_count(cell) == value


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("三四十", NUMBER), ("35-40", NUMBER), ("40以上", NUMBER), ("≥40", NUMBER), ("若干", NUMBER), (-3, NUMBER),
        ("-3", NUMBER), (3.5, NUMBER), (True, NUMBER), ("1e9", NUMBER), (13800000000, NUMBER), ("85%", NUMBER),
        (datetime.date(2021, 3, 5), REWRITTEN), ("1,20", NUMBER), ("", NUMBER),
    ],
)  # fmt: skip
def test_what_is_no_one_count_is_trouble(cell: Any, rule: str) -> None:
    trouble = read_count(cell)
    assert isinstance(trouble, Trouble)
    assert trouble.rule == rule
    assert trouble.hint


@pytest.mark.parametrize(
    ("cell", "value"),
    [("480㎡", 480), ("480.50 m²", "480.5"), ("120.0", 120), ("￥8,600元", 8600), (8600.1, "8600.1"),
     (0.1 + 0.2, "0.3"), ("8600元/台", 8600), ("1.5万元", 15000), ("120 平方米", 120)],
)  # fmt: skip
def test_measures(cell: Any, value: Any) -> None:
    assert str(read_number(cell)) == str(Decimal(value))


@given(st.integers(0, 10**9))
def test_a_whole_number_reads_the_same_however_it_is_written(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    for cell in (number, float(number), str(number), f"{number:,}", f" {number} ", f"{number}人", wide):
        assert read_count(cell) == number


@given(st.decimals(0, 10**6, places=2))
def test_a_decimal_reads_the_same_as_text_and_as_number(number: Decimal) -> None:
    assert read_number(str(number)) == number
    assert read_number(float(number)) == number


@given(st.text(max_size=20))
def test_any_text_gives_a_value_or_says_what_is_wrong_with_it(text: str) -> None:
    for read in (read_number, read_count, read_year, read_yes_no, read_code, read_phone, read_link, read_path):
        value = read(text)
        assert value.message and value.hint if isinstance(value, Trouble) else isinstance(value, Decimal | int | str), (
            read
        )
    assert all(name == name.strip() != "" for name in read_names(text))
    level = read_choice(text, column_of(APPLICATIONS, "level"))
    assert level.message and level.hint if isinstance(level, Trouble) else isinstance(level, CertificateLevel)


def _spoken(number: int) -> str:
    digits, text, skipped = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if skipped and text else "") + digits[digit] + name
        skipped = not digit
    return text or "零"


@given(st.integers(0, 9999))
def test_chinese_numerals(number: int) -> None:
    assert chinese_number(_spoken(number)) == number


@pytest.mark.parametrize("text", ["三四十", "十百", "百", "二〇二一年", ""])
def test_broken_chinese_numerals_are_none(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    "cell",
    [2021, 2021.0, "2021", "2021年", "２０２１年度", "二〇二一年", datetime.date(2021, 5, 1), 44317, "44317", "2021.9",
     2021.9, "2021-09-01", "2021年9月"],
)  # fmt: skip
def test_years(cell: Any) -> None:
    assert read_year(cell) == 2021


@pytest.mark.parametrize("cell", ["21年", "2021-2022", "去年", 21, "2021-22学年", True])
def test_what_is_no_one_year_is_trouble(cell: Any) -> None:
    trouble = read_year(cell)
    assert isinstance(trouble, Trouble)
    assert trouble.rule == YEAR


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (column_of(APPLICATIONS, "level"), "中级证书", "中级"),
        (column_of(APPLICATIONS, "level"), " 中 级 ", "中级"),
        (column_of(APPLICATIONS, "level"), "高级（三级）", "高级"),
        (column_of(APPLICATIONS, "level"), "中等", "中级"),
        (column_of(SCHOOL, "type"), "高职高专", "高职"),
        (column_of(SCHOOL, "type"), "高等职业学校", "高职"),
        (column_of(SCHOOL, "type"), "高职专科", "高职"),
        (column_of(SCHOOL, "type"), "中等职业学校", "中职"),
        (column_of(SCHOOL, "type"), "中专", "中职"),
        (column_of(SCHOOL, "type"), "职业本科院校", "本科"),
        (column_of(SCHOOL, "star_grade"), "3星", "三星级"),
        (column_of(SCHOOL, "star_grade"), "二星级中职", "二星级"),
        (column_of(EVIDENCE, "kind"), "师资", "教师"),
        (column_of(EVIDENCE, "kind"), "教师佐证材料", "教师"),
        (column_of(EVIDENCE, "kind"), "软硬件设备", "设备"),
        (column_of(EQUIPMENT, "kind"), "软件平台", "软件"),
        (column_of(TEACHERS, "sex"), "女性", "女"),
    ],
)
def test_choices_as_people_write_them(column: Any, cell: str, value: str) -> None:
    assert read_choice(cell, column) == value


@pytest.mark.parametrize("cell", ["初、中级", "中高级", "三级", "优秀", "高级技师"])
def test_what_is_no_one_level_is_trouble(cell: str) -> None:
    trouble = read_choice(cell, column_of(APPLICATIONS, "level"))
    assert isinstance(trouble, Trouble)
    assert trouble.rule == CHOICE
    assert cell in trouble.message


def test_yes_and_no() -> None:
    assert [read_yes_no(cell) for cell in (True, "是", "√", "Y", "有", 1.0)] == [True] * 6
    assert [read_yes_no(cell) for cell in (False, "否", "×", "n", "无", 0)] == [False] * 6
    assert isinstance(read_yes_no("也许"), Trouble)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(13800000000.0, "13800000000"), ("138 0000 0000", "13800000000"), ("138-0000-0000", "13800000000"), ("13800000000.0", "13800000000"),
     ("+86 13800000000", "13800000000"), ("１３８００００００００", "13800000000"), ("0771 5551234", "0771-5551234"),
     ("(0771)5551234", "0771-5551234"), ("010-55512345", "010-55512345"), ("1380000", "1380000")],
)  # fmt: skip
def test_phones(cell: Any, value: str) -> None:
    assert read_phone(cell) == value


def test_codes_lose_their_spaces_but_no_digit_in_silence() -> None:
    assert read_code("1245 0000 mb1a 0000 9m") == "12450000MB1A00009M"
    assert read_code(4145099999.0) == "4145099999"
    assert read_code("Ａ０１") == "A01"
    for lost in (1.2450000123456789e17, "1.245E+17", datetime.date(2021, 1, 2)):
        trouble = read_code(lost)
        assert isinstance(trouble, Trouble)
        assert trouble.rule == REWRITTEN


def test_links_paths_and_names() -> None:
    assert read_link(" ｗｗｗ.example。edu.cn ") == "www.example.edu.cn"
    assert read_path(r' "A01\教师\张三 (1).jpg" ') == "A01/教师/张三 (1).jpg"
    assert read_names("电子商务，市场营销；物流\n电子商务") == ("电子商务", "市场营销", "物流")
    assert read_names("1.电子商务 2.市场营销") == ("电子商务", "市场营销")
    assert read_names("计算机应用（网络、维护）、会计") == ("计算机应用（网络、维护）", "会计")
    assert read_names("电 子 商 务") == ("电子商务",)


def test_what_a_cell_shows() -> None:
    shown = [as_text(cell) for cell in (3.0, 3.5, datetime.date(2021, 7, 5), True, datetime.timedelta(hours=30))]
    assert shown == ["3", "3.5", "2021年7月5日", "是", "30:00"]


def test_signs_for_nothing() -> None:
    assert says_nothing("　", column_of(APPLICATIONS, "persons"))
    assert says_nothing("/", column_of(APPLICATIONS, "runs"))
    assert says_nothing("无", column_of(TEACHERS, "training_certificate"))
    assert not says_nothing("无", column_of(SCHOOL, "first_time"))
    assert not says_nothing("/", column_of(SCHOOL, "name"))
