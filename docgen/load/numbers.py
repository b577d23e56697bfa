"""Numbers as people write them: units, thousands separators, 万, Chinese numerals; what is ambiguous is not guessed."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from docgen.model.season import Amount
from docgen.model.text import half_width, tidy_name

from .grid import Cell
from .trouble import NUMBER, REWRITTEN, YEAR, Trouble, shown

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_COUNTERS = (
    "人次|人|名|位|个|台/套|台套|台\\(套\\)|台（套）|台|套|件|间|处|期|次|年|元/台\\(套\\)|元/台|元/套|元/个|元|圆"
    "|㎡|m²|m2|M2|平方米|平米|平方|工位|座位|座|张|支|把|组|门|本|批|节|RMB|rmb"
)
_PLAIN = re.compile(rf"(?:约|共|计|共计|合计|近|[￥¥])?\s*(-?\d+(?:\.\d+)?)\s*(万)?\s*(?:{_COUNTERS})?(?:整|左右)?")
_CHINESE = re.compile(rf"(?:共|第)?([{''.join(_DIGITS)}十百千]+)(万)?(?:{_COUNTERS})?")
_GROUPED = re.compile(r"(?<!\d)(\d{1,3}(?:[,，']\d{3})+)(?!\d)")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?|\.0)?(?:[年./-]?(?:0?[1-9]|1[0-2])(?:月|[./-].*|月.*)?)?")
_MOST = Decimal(10**9)
_EARLIEST_SERIAL, _LATEST_SERIAL = 32874, 73051  # the days of 1990-01-01 and 2100-01-01 as spreadsheets count them
_HINT = "请只填阿拉伯数字，不带文字，例如 120。"


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral below 10,000 (三十五 → 35, 二〇二一 → 2021), else None."""
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text)) if len(text) <= 4 else None
    total, digit, ceiling = 0, None, 10_000
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= ceiling or (digit is None and unit != 10):
                return None
            total, digit, ceiling = total + (1 if digit is None else digit) * unit, None, unit
        elif digit in (None, 0):
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0)


def read_number(value: Cell) -> Decimal | Trouble:
    """A number from 0 to 10⁹ out of a cell that is not blank; whole ones come without decimals."""
    if isinstance(value, bool):
        return Trouble(NUMBER, f"是“{'TRUE' if value else 'FALSE'}”，不是数字", _HINT)
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        return _checked(number, str(value)) if number.is_finite() else Trouble(NUMBER, "不是数字", _HINT)
    if not isinstance(value, str):
        return Trouble(
            REWRITTEN,
            f"是日期或时间“{value}”，不是数字",
            "多半是被表格软件自动改成了日期：把单元格格式设为“常规”后重新填写。",
        )
    text = tidy_name(value)
    plain = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group(1)), half_width(text)).replace("−", "-")
    match = _PLAIN.fullmatch(plain)
    if match:
        return _checked(Decimal(match.group(1)) * (10_000 if match.group(2) else 1), text)
    match = _CHINESE.fullmatch(plain)
    spoken = chinese_number(match.group(1)) if match else None
    if match and spoken is not None:
        return _checked(Decimal(spoken * (10_000 if match.group(2) else 1)), text)
    return Trouble(NUMBER, f"写的是“{shown(text)}”，读不出一个确定的数字", _HINT)


def _checked(number: Decimal, text: str) -> Decimal | Trouble:
    if number < 0:
        return Trouble(NUMBER, f"是负数“{shown(text)}”", "数量不能小于 0，请改成实际的数字。")
    if number > _MOST:
        return Trouble(NUMBER, f"是“{shown(text)}”，大得不合情理", "请核对是否误把电话、代码等填进了这一栏。")
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def read_count(value: Cell) -> int | Trouble:
    """A whole number from 0 out of a cell that is not blank."""
    number = read_number(value)
    if isinstance(number, Trouble):
        return number
    if number != number.to_integral_value():
        return Trouble(NUMBER, f"是“{number}”，应为整数", "请改成整数。")
    return int(number)


_AMOUNT = re.compile(
    r"(?P<about>约|近|大约|超过?|至少|不足)?(?P<lead>人民币|共计?|计|合计|累计|新增|本期|其中|更正|减少|核减|调减|减|扣减|冲减|退出|[￥¥:：])*(?P<open>[(])?\s*"
    r"(?P<sign>[-+])?\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<scale>万|千)?\s*(?P<over>[余多来])?(?P<unit>[^\d\s().,;，。；、+]{0,6}?(?:\([套件]\))?)?(?P<close>[)])?(?P<aside>\((?:人次?|名|元|万元|台|套|册|间|个)\))?(?P<round>左右|上下|以上|余)?整?"
)
_LESS = re.compile("减少|核减|调减|减|扣减|冲减|退出")
_SCALES = {"万": 10_000, "千": 1000}


def read_amount(value: Cell) -> Amount | Trouble:
    """A figure with its unit out of a cell that is not blank: 35人, 2.4万元, -2, (3), 减少2人. 更正 alone says no sign."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        number = read_number(value)
        return number if isinstance(number, Trouble) else Amount(number)
    if not isinstance(value, str):
        exact = Decimal(format(value, ".15g"))
        if not exact.is_finite():
            return Trouble(NUMBER, "不是数字", _HINT)
        number = _checked(abs(exact), str(value))
        return number if isinstance(number, Trouble) else Amount(-number if exact < 0 else number)
    text = half_width(tidy_name(value)).replace("（", "(").replace("）", ")").replace("−", "-").replace("–", "-")
    plain = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group(1)), re.sub(r"\s+", "", text))
    match = _AMOUNT.fullmatch(plain)
    if match is None or bool(match["open"]) is not bool(match["close"]):
        spoken = read_number(value)
        return spoken if isinstance(spoken, Trouble) else Amount(spoken, _spoken_unit(plain))
    aside = (match["aside"] or "").strip("()") if not match["unit"] else ""
    scale = match["scale"] or aside[:1]
    number = _checked(Decimal(match["number"]) * _SCALES.get(scale, 1), text)
    if isinstance(number, Trouble):
        return number
    # 0 is written as it is: 约 is no figure to add up, and the reader is told.
    if match["about"] or match["over"] or match["round"]:
        return Trouble(NUMBER, f"写的是“{shown(value)}”，是约数", "请填确切的数字。")
    negative = (match["sign"] == "-") ^ bool(match["open"]) ^ bool(_LESS.search(plain[: match.start("number")]))
    return Amount(-number if negative else number, match["unit"] or aside.removeprefix("万"))


def _spoken_unit(text: str) -> str:
    return next((unit for unit in ("人次", "人", "名", "元", "台", "套", "册", "间") if text.endswith(unit)), "")


def read_year(value: Cell) -> int | Trouble:
    """A year out of a cell that is not blank: a number, a text such as 2021年 or 二〇二一年, a date, or its serial."""
    hint = "请填四位数字的年份，例如 2021。"
    if isinstance(value, datetime.date):
        return value.year
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == int(value) and _EARLIEST_SERIAL <= value < _LATEST_SERIAL:
            return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))).year
        value = format(value, ".15g")
    if isinstance(value, str):
        text = re.sub(r"\s", "", half_width(value))
        match = _YEAR.fullmatch(text)
        if match:
            return int(match.group(1))
        spoken = re.fullmatch(r"([一二][零〇一二三四五六七八九]{3})年?度?", text)
        year = chinese_number(spoken.group(1)) if spoken else None
        if year is not None and 1900 <= year < 2100:
            return year
        if re.fullmatch("[0-9]{5}", text) and _EARLIEST_SERIAL <= int(text) < _LATEST_SERIAL:
            return read_year(int(text))
    return Trouble(YEAR, f"写的是“{shown(str(value))}”，读不出是哪一年", hint)
