"""Tables of annexes in Word: rows as high as on paper, so that pages hold the same rows and merged cells end with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.model.official import Table, TablePaging

from .objects import plain_xml

MM = 1440 / 25.4
"""Twips in a millimetre."""
WIDTH = 156.0
"""The text area's width in mm."""
_MORE_ROOM = 4.9
"""Word's text area (GB/T 33476.2) is so much higher in mm than 版心, in which rows were put on pages."""
_TOO_LITTLE = 1.7
"""What a page must lack in mm for the next row, so that no program puts that row on it. Below 7 mm are left free then:
a line more than expected has room."""

_MOST_PAGES = 10
"""Of one table: LibreOffice takes time in the square of a table's pages."""
_SEAM = '<w:p><w:pPr><w:pStyle w:val="GwBody"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
"""Keeps two tables apart: a line of one point at the foot of a page."""


def table_xml(table: Table, paging: TablePaging) -> str:
    """A table over the whole text width: header row on each page, rows that do not break, grouped cells merged.

    Word shows a merged cell's text on its first page only. So merged cells begin anew with the rows that begin a page,
    and rows are given heights that let pages end there. Where a page ends, a very long table is cut into several.
    """
    whole = sum(column.share for column in table.columns)
    widths = [round(WIDTH * MM * column.share / whole) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(column.header, width, "GwTableHead", "center")
        for column, width in zip(table.columns, widths, strict=True)
    )
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    begin = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GwTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}'
    )
    # Not around a row that is higher than a page: where that ends is the program's affair.
    cuts = {
        start
        for start in paging.starts[_MOST_PAGES - 1 :: _MOST_PAGES]
        if start and all(paging.heights[start - 1 : start + 1])
    }
    parts = [begin]
    for place, row in enumerate(_rows(table, widths, paging)):
        if place in cuts:
            parts += ("</w:tbl>", _SEAM, begin)
        parts.append(row)
    return "".join((*parts, "</w:tbl>"))


def _heights(paging: TablePaging) -> list[float]:
    """The rows' heights in mm: as on paper, and a little more where a page of Word has room for the next page's first."""
    heights = [*paging.heights]
    for first, start, rest in zip((0, *paging.starts), paging.starts, paging.rests, strict=False):
        more = rest + _MORE_ROOM - (paging.heights[start] - _TOO_LITTLE)
        if more > 0 and paging.heights[start]:
            for place in range(first, start):
                heights[place] += more / (start - first) if heights[place] else 0.0
    return heights


def _rows(table: Table, widths: Sequence[int], paging: TablePaging) -> Iterator[str]:
    grouped = [number for number, column in enumerate(table.columns) if column.grouped]
    starts, heights = frozenset(paging.starts), _heights(paging)
    for place, row in enumerate(table.rows):
        # The sums never stand alone on a page.
        keep = bool(table.totals) and place + 1 == len(table.rows)
        cells = []
        for number, (column, text, width) in enumerate(zip(table.columns, row, widths, strict=True)):
            merge = ""
            if column.grouped:
                before = table.rows[place - 1] if place and place not in starts else None
                same = before is not None and all(before[one] == row[one] for one in grouped if one <= number)
                merge, text = ("<w:vMerge/>", "") if same else ('<w:vMerge w:val="restart"/>', text)
            cells.append(_cell(text, width, "GwTableText", column.align, merge, keep))
        yield f"<w:tr>{_row_properties(heights[place])}{''.join(cells)}</w:tr>"
    if table.totals:
        cells = [
            _cell(text, width, "GwTableHead", column.align)
            for column, text, width in zip(table.columns, table.totals, widths, strict=True)
        ]
        yield f"<w:tr>{_row_properties(heights[-1])}{''.join(cells)}</w:tr>"


def _row_properties(height: float) -> str:
    """A row of a height in mm that stays in one piece; 0 for one that is higher than a page."""
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{round(height * MM)}"/></w:trPr>' if height else ""


def _cell(text: str, width: int, style: str, align: str, merge: str = "", keep: bool = False) -> str:
    lines = (
        "<w:br/>".join(f'<w:t xml:space="preserve">{plain_xml(line)}</w:t>' for line in text.split("\n"))
        if text
        else ""
    )
    runs = f"<w:r>{lines}</w:r>" if lines else ""
    stay = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{stay}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc>'
    )
