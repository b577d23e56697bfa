"""Blank forms out of a tiny notation, so that a test shows its form.

A string is a paragraph, a list of strings a table with a row each; cells are parted by |, an empty one is to be filled,
< joins a cell to its left, ^ to the one above; ¶ parts paragraphs within a cell; {8} is a blank of eight underlined spaces;
⟦please type⟧ is a content control that shows its placeholder, ⟦▾one/two⟧ one with a list.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import openpyxl
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from openpyxl.styles import Alignment, Border, Font, Side

Blocks = str | Sequence[str]
_BLANK = re.compile(r"\{(\d+)\}|⟦([^⟧]*)⟧")
CHOOSE = "选择一项。"
"""What a control with a list shows while nothing is chosen."""


def word_document(*blocks: Blocks, size: float = 12) -> WordDocument:
    """The form as a python-docx document, to be spoiled further."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for block in blocks:
        if isinstance(block, str):
            write_paragraph(document.add_paragraph(), block)
        else:
            write_table(document, block)
    return document


def word_form(*blocks: Blocks, size: float = 12) -> bytes:
    """The form as bytes."""
    return saved(word_document(*blocks, size=size))


def saved(document: WordDocument) -> bytes:
    """A document's bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write_paragraph(paragraph: Paragraph, text: str) -> None:
    """Text with underlined blanks and content controls."""
    done = 0
    for match in _BLANK.finditer(text):
        if match.start() > done:
            paragraph.add_run(text[done : match.start()])
        done = match.end()
        if match[1]:
            paragraph.add_run(" " * int(match[1])).underline = True
        else:
            _write_control(paragraph, match[2])
    if done < len(text):
        paragraph.add_run(text[done:])


def _write_control(paragraph: Paragraph, shown: str) -> None:
    options = shown[1:].split("/") if shown.startswith("▾") else []
    items = "".join(f'<w:listItem w:displayText="{each}" w:value="{each}"/>' for each in options)
    sort = f"<w:dropDownList>{items}</w:dropDownList>" if options else "<w:text/>"
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/>{sort}</w:sdtPr><w:sdtContent><w:r>"
            f"<w:t>{CHOOSE if options else shown}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def _split(row: str) -> list[str]:
    return [cell.strip(" ") for cell in row.split("|")]


def write_table(parent: WordDocument | _Cell, rows: Sequence[str]) -> Table:
    """A table with borders."""
    grid = [_split(row) for row in rows]
    width = max(map(len, grid))
    table = parent.add_table(rows=len(grid), cols=width)
    if isinstance(parent, _Cell):
        table.style = parent.part.document.styles["Table Grid"]
    else:
        table.style = "Table Grid"
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text not in ("<", "^"):
                bottom, right = row, column
                while right + 1 < len(cells) and cells[right + 1] == "<":
                    right += 1
                while bottom + 1 < len(grid) and column < len(grid[bottom + 1]) and grid[bottom + 1][column] == "^":
                    bottom += 1
                cell = table.cell(row, column)
                if (bottom, right) != (row, column):
                    cell = cell.merge(table.cell(bottom, right))
                for number, line in enumerate(text.split("¶")):
                    write_paragraph(cell.paragraphs[0] if not number else cell.add_paragraph(), line)
    return table


def excel_form(*sheets: Sequence[str], borders: bool = True, name: str = "Sheet") -> bytes:
    """The same notation as sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"{name}{number}")
        grid = [_split(row) for row in rows]
        for row, cells in enumerate(grid, 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column)
                cell.font = Font(name="宋体", size=11)
                if borders:
                    cell.border = Border(side, side, side, side)
                if text and text not in ("<", "^"):
                    cell.value = text.replace("¶", "\n")
                    cell.alignment = Alignment(wrap_text=True, vertical="center")
        for row, cells in enumerate(grid):
            for column, text in enumerate(cells):
                if text in ("<", "^"):
                    continue
                bottom, right = row, column
                while right + 1 < len(cells) and cells[right + 1] == "<":
                    right += 1
                while bottom + 1 < len(grid) and column < len(grid[bottom + 1]) and grid[bottom + 1][column] == "^":
                    bottom += 1
                if (bottom, right) != (row, column):
                    sheet.merge_cells(
                        start_row=row + 1, start_column=column + 1, end_row=bottom + 1, end_column=right + 1
                    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
