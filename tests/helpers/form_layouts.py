"""Blank forms with the right answers in them, and how well a filled form agrees with them.

A layout is a text: lines are paragraphs, lines that begin with | are rows of a table (see form_maker), #excel at the top
makes a workbook of it, --- begins another sheet. What should be filled in is written «key» where it belongs; «x» stands
behind an option that should be ticked; «日期» behind a date. «教师.姓名» in the first empty row of a list asks for all rows.
«?key» may be filled in or left: neither counts, anything else that stands there is wrong. An answer behind a content control
replaces what it shows.
What has no mark is to stay as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from form_maker import CHOOSE, excel_form, word_form

from docgen.forms.labels import Kind
from docgen.forms.matching import _cell
from docgen.forms.opening import open_form
from docgen.forms.tables import ROW_TABLES, WORTH
from docgen.forms.values import FormData, as_text
from docgen.forms.vocabulary import school_vocabulary

_MARK = re.compile("«([^»]*)»")
_CONTROL = re.compile("⟦([^⟧]*)⟧")
_ROW = re.compile(r"«(教师|场地|设备|招生|往年试点|申报证书)\.([^»]*)»")
_BOX = {"□": "☑", "☐": "☑", "○": "●"}
_DATE = re.compile(r"(?:20)?[\s　＿_]*年[\s　＿_]*月[\s　＿_]*日«日期»")
_NONE = FormData({})
LISTS = tuple(table.name for table in ROW_TABLES)


@dataclass(slots=True)
class Score:
    """Places filled rightly, wrongly, and missed; `faults` tell which."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed, self.faults + other.faults
        )

    @property
    def precision(self) -> float:
        """Of what was filled, how much is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Of what should be filled, how much is right."""
        return self.right / max(self.right + self.missed, 1)


def blocks_of(text: str) -> list[str | list[str]]:
    """Paragraphs, and tables as lists of rows."""
    blocks: list[str | list[str]] = []
    for line in text.strip("\n").split("\n"):
        if line.startswith("|"):
            row = line[1:].rstrip().removesuffix("|") if line.rstrip().endswith("||") else line[1:]
            if blocks and isinstance(blocks[-1], list):
                blocks[-1].append(row)
            else:
                blocks.append([row])
        else:
            blocks.append(line)
    return blocks


def blank(text: str) -> str:
    """A piece of a layout without its answers."""
    return _MARK.sub("", text)


def shown(text: str) -> str:
    """A piece of a layout as one reads it in the blank form."""
    return _CONTROL.sub(lambda match: CHOOSE if match[1].startswith("▾") else match[1], blank(text))


def asked(text: str) -> int:
    """How many answers a piece of a layout must have."""
    return sum(not key.startswith("?") for key in _MARK.findall(text))


def ideal(text: str, data: FormData) -> str:
    """A piece of a layout as it should be filled."""
    text = re.sub("⟦[^⟧]*⟧(?=«)", "", text.replace("«?", "«"))
    text = _CONTROL.sub(lambda match: shown(match[0]), text)
    text = _DATE.sub(as_text(data.value("日期"), Kind.DATE), text)
    text = re.sub(r"[（(][\s　]*[）)]([^«（(]*)«x»", r"（√）\1", text)
    text = re.sub("([□☐○])([^□☐○«]*)«x»", lambda match: f"{_BOX[match[1]]}{match[2]}", text)

    def value(match: re.Match[str]) -> str:
        key, _, unit = match[1].partition("/")
        known = school_vocabulary().by_key(key)
        return as_text(data.value(key), known.kind if known else Kind.TEXT, unit)

    return _MARK.sub(value, text)


def form_of(text: str) -> tuple[bytes, str]:
    """The blank form and its name."""
    if text.startswith("#excel"):
        sheets = [
            [row for block in blocks_of(blank(part)) for row in (block if isinstance(block, list) else [block])]
            for part in text.split("\n", 1)[1].split("---\n")
        ]
        return excel_form(*sheets), "表.xlsx"
    return word_form(*blocks_of(blank(text))), "表.docx"


def _filled_grid(rows: Sequence[str], data: FormData) -> tuple[list[list[str]], list[list[str]]]:
    """A table's cells as written in the layout, with lists grown to their data: with answers, and without."""
    grown: list[list[str]] = []
    number = 0
    cells = [[cell.strip(" ") for cell in row.split("|")] for row in rows]
    while number < len(cells):
        row = cells[number]
        match = next((found for cell in row if (found := _ROW.search(cell))), None)
        if match is None:
            grown.append(row)
            number += 1
            continue
        empty = number
        while empty + 1 < len(cells) and all(not cell or cell.isdigit() or cell == "^" for cell in cells[empty + 1]):
            empty += 1
        records = data.rows(match[1])
        kinds = {field.key: field.kind for table in ROW_TABLES if table.name == match[1] for field in table.columns}
        numbered = row[0].isdigit() or "#" in row[0]
        for count in range(max(len(records), empty - number + 1)):
            made = []
            for column, cell in enumerate(row):
                found = _ROW.search(cell)
                if found and count < len(records):
                    key, _, unit = found[2].partition("/")
                    value = count + 1 if key == "#" else _cell(records[count], WORTH if key == "金额" else key)
                    made.append(as_text(value, kinds.get(key, Kind.TEXT), unit))
                elif numbered and not column and count < len(records):
                    made.append(str(count + 1))
                else:
                    made.append(
                        cells[number + count][column]
                        if number + count <= empty and number + count > number
                        else ""
                        if found or _MARK.search(cell)
                        else cell
                        if cell in ("^", "<")
                        else ""
                    )
            grown.append(made)
        number = empty + 1
    return grown, cells


def _key(text: str) -> str:
    return re.sub(r"[\s_＿¶]", "", text)


def _text(element: BaseOxmlElement) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def judged(text: str, data: FormData) -> Score:
    """Fill a layout and compare every cell and line with the answers."""
    form, name = form_of(text)
    result = open_form(form, name).fill(data)
    return _excel(text, result.data, data) if name.endswith("xlsx") else _word(text, result.data, data)


def _compare(
    where: str, wanted: str, actual: str, before: str, marks: int, piece: str = "", data: FormData = _NONE
) -> Score:
    if _key(actual) == _key(wanted):
        return Score(right=marks)
    if _key(actual) == _key(before):
        return Score(missed=marks, faults=(f"{where} missed: {wanted!r}",) if marks else ())
    # Of several answers in a line some may be there and right, others missed.
    for count in range(len(_MARK.findall(piece)) - 1, 0, -1):
        for kept in combinations(range(len(_MARK.findall(piece))), count):
            partly = _with_some(piece, kept)
            if _key(actual) == _key(ideal(partly, data)):
                missed = marks - asked(partly)
                return Score(marks - missed, missed=missed, faults=(f"{where} missed: {wanted!r}",) if missed else ())
    return Score(wrong=1, missed=marks, faults=(f"{where} wrong: {actual!r} instead of {wanted!r}",))


def _with_some(piece: str, kept: Sequence[int]) -> str:
    """A piece of a layout with some of its answers only."""
    numbers = iter(range(len(piece)))
    return _MARK.sub(lambda match: match[0] if next(numbers) in kept else "", piece)


def _table(where: str, rows: Sequence[str], data: FormData, actual: Sequence[Sequence[str | None]]) -> Score:
    """Compare a table; `actual` has None where a cell is part of a merged one."""
    grown, _ = _filled_grid(rows, data)
    score = Score()
    listed = any(_ROW.search(row) for row in rows)
    for number, row in enumerate(grown):
        for column, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            said = actual[number][column] if number < len(actual) and column < len(actual[number]) else ""
            wanted = ideal(cell, data)
            marks = asked(cell) or (1 if listed and cell and not any(cell in each for each in rows) else 0)
            score += _compare(
                f"{where} {number + 1}/{column + 1}",
                wanted,
                said or "",
                shown(cell) if not (listed and not _MARK.search(cell) and marks) else "",
                marks,
                cell,
                data,
            )
    return score


def _word(text: str, filled: bytes, data: FormData) -> Score:
    document = Document(io.BytesIO(filled))
    body = [element for element in document.element.body if element.tag in (qn("w:p"), qn("w:tbl"))]
    blocks = blocks_of(text)
    score = Score()
    tables = iter(document.tables)
    paragraphs = iter(document.paragraphs)
    assert len(body) >= len(blocks)
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            said = _text(next(paragraphs)._p)
            line = re.sub(r"\{(\d+)\}", "", block)
            score += _compare(f"line {number}", ideal(line, data), said, shown(line), asked(line), line, data)
            continue
        grid = [[_text(cell._tc) for cell in row.cells] for row in next(tables).rows]
        score += _table(f"table {number}", [re.sub(r"\{(\d+)\}", "", row) for row in block], data, grid)
    return score


def _excel(text: str, filled: bytes, data: FormData) -> Score:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    score = Score()
    for part, sheet in zip(text.split("\n", 1)[1].split("---\n"), book.worksheets, strict=True):
        rows = [row for block in blocks_of(part) for row in (block if isinstance(block, list) else [block])]
        grid = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        score += _table(sheet.title, rows, data, grid)
    return score
