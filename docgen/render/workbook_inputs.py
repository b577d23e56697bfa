"""What a column accepts: number format, drop-down, checks on typing, and the note on its header."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from docgen.model.schema import APPLICATIONS, PLAN, PROGRESS, SCHOOLS, VENUES, Column, ValueKind, column_of
from docgen.model.source import column_letters

OPTIONS_SHEET = "选项"
LAST_ROW = 5000
"""Drop-downs and checks reach down to this row; no school has more rows than that in one sheet."""

_CERTIFICATE_ATTRIBUTES = ("certificate", "training_certificate")
_LENGTHS = {"credit_code": 18, "code": 10, "contact_phone": 11}
_FORMATS = {"price": "#,##0.00", "area": "#,##0.00", "years": "0.0"}
_TEXT = "@"
"""Excel's text format: codes and phone numbers stay as typed, and 3-301 does not become a date."""

_KIND_FORMATS = {
    ValueKind.COUNT: "#,##0",
    ValueKind.NUMBER: "#,##0.00",
    ValueKind.YEAR: "0",
    ValueKind.DATE: "yyyy-mm-dd",
    ValueKind.AMOUNT: "General",
    ValueKind.PERIOD: "General",
    ValueKind.CHOICE: "General",
    ValueKind.YES_NO: "General",
    # As text, Excel up to 2010 shows #### for more than 255 characters.
    ValueKind.TEXT: "General",
}


def number_format(column: Column) -> str:
    """The cell format of a column."""
    return _FORMATS.get(column.attribute) or _KIND_FORMATS.get(column.kind, _TEXT)


def is_numeric(column: Column) -> bool:
    """Whether the column holds numbers to be set flush right."""
    return column.kind in (ValueKind.COUNT, ValueKind.NUMBER, ValueKind.AMOUNT)


def is_short(column: Column) -> bool:
    """Whether the column holds short words to be centred."""
    return column.kind in (
        ValueKind.CHOICE,
        ValueKind.YES_NO,
        ValueKind.YEAR,
        ValueKind.SCOPE,
        ValueKind.CODE,
        ValueKind.DATE,
        ValueKind.PERIOD,
    )


def header_note(column: Column) -> str:
    """What belongs into a column, whether it must be filled, and the clause of the guide that asks for it."""
    clause = f"（指南 {column.clause}）" if column.clause else ""
    return f"{'【必填】' if column.required else '【选填】'}{column.note}{clause}"


def comment(text: str) -> Comment:
    """A cell note large enough to be read without scrolling. Sizes in pixels."""
    lines = sum(1 + len(line) // 19 for line in text.split("\n"))
    return Comment(text, "docgen", width=280, height=26 + 20 * lines)


def validation(column: Column, certificates: int, first: int) -> DataValidation | None:
    """The drop-down or check of a column, None where anything may be typed.

    `certificates` counts the hidden list; `first` is the first row of data in the tables.
    """
    if column.choices:
        values = [str(choice) for choice in column.choices]
        return _stop(
            DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True),
            column,
            f"请从下拉列表中选择：{'、'.join(values)}。",
        )
    if column.attribute == "certificate" and column in PROGRESS.columns:
        # What was approved is what there is progress of; until the plan is filled in, the whole list.
        planned = _filled_cells(PLAN.name, "A", first)
        options = f"{OPTIONS_SHEET}!$A$2:$A${certificates + 1}" if certificates else planned
        formula = f"IF(COUNTA({PLAN.name}!$A${first}:$A${LAST_ROW})>0,{planned},{options})"
        return _warn(
            DataValidation(type="list", formula1=formula, allow_blank=True),
            column,
            "“计划”里没有这个证书。请与“计划”逐字核对；确认无误可选“是”继续。",
        )
    if column.attribute in _CERTIFICATE_ATTRIBUTES and certificates:
        return _warn(
            DataValidation(type="list", formula1=f"{OPTIONS_SHEET}!$A$2:$A${certificates + 1}", allow_blank=True),
            column,
            "列表中没有这个证书名称。列表不一定齐全：请与公布的名称逐字核对，确认无误可选“是”继续。",
        )
    if column.kind is ValueKind.SCOPE:
        return _suggest(_filled_cells(APPLICATIONS.name, _letter_of_numbers(), first))
    if column.attribute == "school":
        return _suggest(_filled_cells(SCHOOLS.name, "A", first))
    if column.attribute == "venue":
        return _suggest(_filled_cells(VENUES.name, "A", first))
    return _of_kind(column)


def _of_kind(column: Column) -> DataValidation | None:
    if column.attribute in _LENGTHS:
        length = _LENGTHS[column.attribute]
        rule = DataValidation(type="textLength", operator="equal", formula1=str(length), allow_blank=True)
        return _warn(rule, column, f"一般应为 {length} 位。请核对有没有多字、少字或空格；确认无误可选“是”继续。")
    if column.kind is ValueKind.COUNT:
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        return _stop(rule, column, "请只填不小于 0 的整数，例如 120；不写“人”“台”等单位。")
    if column.kind is ValueKind.NUMBER:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        return _stop(rule, column, "请只填不小于 0 的数字，可带小数，例如 120.5；不写单位和逗号。")
    if column.kind is ValueKind.DATE:
        rule = DataValidation(type="date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
        return _warn(rule, column, "请填日期，例如 2021-09-03。")
    if column.kind is ValueKind.AMOUNT:
        rule = DataValidation(type="decimal", operator="between", formula1="-1000000000", formula2="1000000000")
        rule.allow_blank = True
        return _warn(rule, column, "请只填数字，单位填在“单位”一栏；更正多报的填负数。")
    if column.kind is ValueKind.YEAR:
        rule = DataValidation(type="whole", operator="between", formula1="2000", formula2="2100", allow_blank=True)
        return _stop(rule, column, "请填四位数字的年份，例如 2021。")
    return None


def _letter_of_numbers() -> str:
    return column_letters(APPLICATIONS.columns.index(column_of(APPLICATIONS, "number")) + 1)


def _filled_cells(sheet: str, letter: str, first: int) -> str:
    """A range that ends with the last filled row, so that the drop-down does not open among blank lines.

    It starts below the example row, and moves up with the cells when a person deletes that one.
    """
    column = f"{sheet}!${letter}${first}"
    return f"OFFSET({column},0,0,MAX(1,COUNTA({column}:${letter}${LAST_ROW})),1)"


def _suggest(formula: str) -> DataValidation:
    """A drop-down beside which anything may be typed: several numbers, 全部, a place that is no listed venue."""
    return DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)


def _stop(rule: DataValidation, column: Column, message: str) -> DataValidation:
    rule.errorStyle = "stop"
    return _with_message(rule, column, message)


def _warn(rule: DataValidation, column: Column, message: str) -> DataValidation:
    rule.errorStyle = "warning"
    return _with_message(rule, column, message)


def _with_message(rule: DataValidation, column: Column, message: str) -> DataValidation:
    rule.showErrorMessage = True
    rule.errorTitle = column.header[:32]
    rule.error = message
    return rule
