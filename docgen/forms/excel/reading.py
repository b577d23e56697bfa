"""An .xlsx → its sheets as finding sees them: one table a sheet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.errors import InputError

from ..package import Package
from ..structure import Cell, Line, Story, Table
from .styles import Styles
from .xml import RELATION, S, TextRun, area_of, cells_of, reference_of, runs_of

_MOST_CELLS = 60_000
_MOST_EMPTY = 300
_EPOCH = datetime.date(1899, 12, 30)


@dataclass(slots=True)
class ExcelCell:
    """What a Cell's handle is: its sheet, its place from 0, its element (None where there is none yet), its text."""

    sheet: Sheet
    row: int
    column: int
    element: etree._Element | None
    runs: list[TextRun] = field(default_factory=list)


@dataclass(slots=True)
class LinePart:
    """What a Line's handle is: the cell, and where in its text the line begins."""

    cell: ExcelCell
    start: int


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, its part, its XML, whether it is protected."""

    name: str
    part: str
    root: etree._Element
    protected: bool = False


@dataclass(slots=True)
class ExcelForm:
    """An Excel form, read."""

    package: Package
    workbook: str
    sheets: tuple[Sheet, ...]
    styles: Styles
    stories: tuple[Story, ...] = ()
    formulas: bool = False


def read_excel(package: Package) -> ExcelForm:
    """Read an Excel form: its visible sheets. Raises InputError where it is no workbook or far too large."""
    workbook = package.linked("", "officeDocument") or "xl/workbook.xml"
    root = package.tree(workbook)
    if root is None or not root.tag.startswith(S):
        raise InputError(
            f"“{package.name}”不是 Excel 工作簿，或是严格模式的文件。", "请用 Excel 或 WPS 另存为 .xlsx 再试。"
        )
    links = package.links(workbook)
    texts = _shared(package, next((part for kind, part in links.values() if kind == "sharedStrings"), ""))
    styles = Styles.read(
        package.tree(next((part for kind, part in links.values() if kind == "styles"), "")) if links else None
    )
    sheets = []
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        kind, part = links.get(element.get(RELATION, ""), ("", ""))
        content = package.tree(part) if kind == "worksheet" else None
        if content is not None and element.get("state", "visible") == "visible":
            sheets.append(
                Sheet(element.get("name", ""), part, content, content.find(f"{S}sheetProtection") is not None)
            )
    form = ExcelForm(package, workbook, tuple(sheets), styles)
    form.stories = tuple(Story(sheet.name, (_table(sheet, texts, form),)) for sheet in sheets)
    return form


def _shared(package: Package, part: str) -> list[list[TextRun]]:
    root = package.tree(part) if part else None
    return [runs_of(item) for item in root.iterfind(f"{S}si")] if root is not None else []


def _runs(cell: etree._Element, texts: list[list[TextRun]], styles: Styles) -> list[TextRun]:
    """What a cell says."""
    kind = cell.get("t", "n")
    value = cell.findtext(f"{S}v") or ""
    if kind == "s":
        return list(texts[int(value)]) if value.isdigit() and int(value) < len(texts) else []
    if kind == "inlineStr":
        item = cell.find(f"{S}is")
        return runs_of(item) if item is not None else []
    if kind == "b":
        return [TextRun("是" if value == "1" else "否")]
    if kind == "n" and value and styles.is_date(cell.get("s", "0")):
        return [TextRun(_date(value))]
    return [TextRun(_number(value) if kind == "n" else value)] if value else []


def _date(value: str) -> str:
    try:
        day = _EPOCH + datetime.timedelta(days=int(float(value)))
    except (ValueError, OverflowError):
        return value
    return f"{day.year}年{day.month}月{day.day}日"


def _number(value: str) -> str:
    try:
        return format(float(value), ".15g") if re.search("[eE.]", value) else value
    except ValueError:
        return value


def _table(sheet: Sheet, texts: list[list[TextRun]], form: ExcelForm) -> Table:
    """A sheet as a table of what is used: values, merged cells, borders."""
    found = {(row, column): cell for row, column, cell in cells_of(sheet.root)}
    merges = [
        area for each in sheet.root.iterfind(f"{S}mergeCells/{S}mergeCell") if (area := area_of(each.get("ref", "")))
    ]
    said = {place: _runs(cell, texts, form.styles) for place, cell in found.items()}
    valued = {place for place, runs in said.items() if any(run.text.strip() for run in runs)}
    ruled = {place for place, cell in found.items() if form.styles.has_border(cell.get("s", "0"))}
    form.formulas = form.formulas or any(cell.find(f"{S}f") is not None for cell in found.values())
    height, width, endless = _extent(valued, ruled, merges)
    if height * width > _MOST_CELLS:
        raise InputError(
            f"“{form.package.name}”的工作表“{sheet.name}”太大（{height}行{width}列），不像要填的表格。",
            "请删去用不到的行列，或另存一份空白表。",
        )
    options = _validations(sheet, form, texts)
    cells = []
    covered: set[tuple[int, int]] = set()
    spans = {(top, left): (bottom, right) for top, left, bottom, right in merges}
    for top, left, bottom, right in merges:
        covered |= {
            (row, column)
            for row in range(top, min(bottom, height - 1) + 1)
            for column in range(left, min(right, width - 1) + 1)
        } - {(top, left)}
    for row in range(height):
        for column in range(width):
            if (row, column) in covered:
                continue
            bottom, right = spans.get((row, column), (row, column))
            handle = ExcelCell(sheet, row, column, found.get((row, column)), said.get((row, column), []))
            cells.append(_cell(handle, min(bottom, height - 1), min(right, width - 1), form, options))
    return Table(sheet.name, tuple(cells), height, width, endless, handle=sheet)


def _extent(
    valued: set[tuple[int, int]], ruled: set[tuple[int, int]], merges: list[tuple[int, int, int, int]]
) -> tuple[int, int, bool]:
    """Rows and columns that a person sees as the form, and whether rows may be added below at will.

    Without any border a label's value is expected in the next empty column, and a header's rows below it.
    """
    if not valued:
        return 0, 0, False
    last = max(row for row, _ in valued)
    wide = max(column for _, column in valued)
    marked = [place for place in ruled if place[0] <= last + _MOST_EMPTY]
    bottom = max([last, *(row for row, _ in marked), *(area[2] for area in merges if area[0] <= last)])
    right = max([wide, *(column for _, column in marked), *(area[3] for area in merges if area[0] <= last)])
    bare = not ruled
    endless = bottom == last
    return bottom + 1 + endless, right + 1 + bare, endless


def _cell(
    handle: ExcelCell, bottom: int, right: int, form: ExcelForm, options: dict[tuple[int, int], tuple[str, ...]]
) -> Cell:
    reference = reference_of(handle.row, handle.column)
    at = f"{handle.sheet.name}!{reference}"
    lines = []
    start = 0
    text = "".join(run.text for run in handle.runs)
    for number, piece in enumerate(text.split("\n"), 1):
        spans = tuple(_underlined(handle.runs, start, start + len(piece)))
        lines.append(Line(f"{at} 第{number}行" if "\n" in text else at, piece, spans, handle=LinePart(handle, start)))
        start += len(piece) + 1
    made = Cell(
        at, handle.row, handle.column, bottom - handle.row + 1, right - handle.column + 1, tuple(lines), handle=handle
    )
    made.options = options.get((handle.row, handle.column), ())
    if handle.element is not None and handle.element.find(f"{S}f") is not None:
        made.fixed = "这里是公式"
    elif handle.sheet.protected:
        style = handle.element.get("s", "0") if handle.element is not None else "0"
        made.fixed = "单元格已锁定" if form.styles.is_locked(style) else ""
    return made


def _underlined(runs: list[TextRun], start: int, end: int) -> Iterator[tuple[int, int]]:
    position = 0
    for run in runs:
        stop = position + len(run.text)
        if run.underlined and position < end and stop > start:
            yield max(position, start) - start, min(stop, end) - start
        position = stop


def _validations(sheet: Sheet, form: ExcelForm, texts: list[list[TextRun]]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The choices that drop-downs offer, by cell: those written in the rule, or in a range of a sheet of the form."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for rule in sheet.root.iter(f"{S}dataValidation"):
        if rule.get("type") != "list":
            continue
        formula = (rule.findtext(f"{S}formula1") or "").strip()
        options = _listed(formula, sheet, form, texts)
        for reference in rule.get("sqref", "").split():
            area = area_of(reference)
            if area is None or not options:
                continue
            top, left, bottom, right = area
            for row in range(top, min(bottom, top + _MOST_EMPTY) + 1):
                for column in range(left, min(right, left + 50) + 1):
                    found[row, column] = options
    return found


def _listed(formula: str, sheet: Sheet, form: ExcelForm, texts: list[list[TextRun]]) -> tuple[str, ...]:
    if formula.startswith('"') and formula.endswith('"'):
        return tuple(filter(None, (each.strip() for each in formula[1:-1].split(","))))
    name, mark, reference = formula.rpartition("!")
    area = area_of(reference.replace("$", ""))
    if area is None:
        return ()
    wanted = name.strip("'").replace("''", "'")
    root = sheet.root if not mark else _sheet_named(wanted, form)
    if root is None:
        return ()
    top, left, bottom, right = area
    inside = (cell for row, column, cell in cells_of(root) if top <= row <= bottom and left <= column <= right)
    return tuple(
        filter(None, ("".join(run.text for run in _runs(cell, texts, form.styles)).strip() for cell in inside))
    )


def _sheet_named(name: str, form: ExcelForm) -> etree._Element | None:
    """A sheet's XML by its name, a hidden one too: lists of choices are kept there."""
    known = next((each.root for each in form.sheets if each.name == name), None)
    if known is not None:
        return known
    root = form.package.tree(form.workbook)
    links = form.package.links(form.workbook)
    for element in root.iterfind(f"{S}sheets/{S}sheet") if root is not None else ():
        if element.get("name") == name:
            return form.package.tree(links.get(element.get(RELATION, ""), ("", ""))[1])
    return None
