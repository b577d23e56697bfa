"""A filled form seen as the blank it was: what stands beside known labels becomes a blank again, and is remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docgen.model.text import fold

from .grids import is_label, is_total, plain_header, section_of
from .inline import choices
from .labels import BY_CONTEXT, THRESHOLD, Vocabulary
from .listing import match_table
from .pairs import pair_of
from .spelling import read_label
from .structure import OBJECT, Cell, Line, Story, Table
from .vocabulary import school_vocabulary

_DATE = re.compile(r"((?:19|20)\d\d)(年)(\s*\d{1,2})(月)(\s*\d{1,2})(日)")
_COLON = re.compile("[:：]")
_GAP = re.compile(r"[ \t\u00a0\u3000]{2,}|[,，;；。]")
_KNOWN_SHARE = 0.75
_BLANK = "＿"
_LONGEST_UNKNOWN = 16


def unfill(stories: Sequence[Story]) -> None:
    """Take the values out of a filled form's structure; the file itself is not touched."""
    vocabulary = school_vocabulary()
    for story in stories:
        caption: list[str] = []
        for block in story.blocks:
            if isinstance(block, Table):
                _table(block, tuple(caption[-2:][::-1]), vocabulary)
            else:
                _line(block, vocabulary)
                if block.text.strip() and not block.said:
                    caption.append(block.text.strip())


def known(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a label that forms are known to have."""
    label = read_label(text)
    if vocabulary.part_of(label.key) or vocabulary.is_subject(label.key):
        return True
    if pair_of(label.key, (), "", vocabulary):
        return True
    matches = vocabulary.match(label)
    return bool(matches) and matches[0].score >= (THRESHOLD if matches[0].field.held else BY_CONTEXT - 0.2)


def _table(table: Table, context: tuple[str, ...], vocabulary: Vocabulary) -> None:
    headers = _lists(table, context, vocabulary)
    for cell in table.cells:
        if id(cell) in headers or cell.empty or cell.nested or _has_inline(cell):
            continue
        if _is_value(table, cell, vocabulary):
            cell.emptied = True
    _unknown_labels(table, headers, vocabulary)
    for cell in table.cells:
        if cell.emptied:
            continue
        for block in cell.blocks:
            if isinstance(block, Table):
                _table(block, context, vocabulary)
            else:
                _line(block, vocabulary)
        cell._text = cell.names = None


def _unknown_labels(table: Table, headers: set[int], vocabulary: Vocabulary) -> None:
    """What stands beside labels that nothing is known of, in columns where other rows have a known label and its value."""
    pairs = {
        (left.column, cell.column)
        for cell in table.cells
        if cell.emptied and cell.column and (left := table.cell(cell.row, cell.column - 1)) is not None
    }
    for cell in table.cells:
        left = table.cell(cell.row, cell.column - 1) if cell.column else None
        if cell.emptied or cell.empty or cell.nested or id(cell) in headers or left is None or id(left) in headers:
            continue
        if (left.column, cell.column) not in pairs or left.emptied or not is_label(left) or left.row != cell.row:
            continue
        after = table.cell(cell.row, cell.right + 1)
        asks = after is not None and (after.empty or after.emptied)  # then it is a label itself
        if asks or _has_inline(cell) or cell.text.rstrip().endswith((":", "：")) or known(cell.text, vocabulary):
            continue
        if len(left.text.strip()) <= _LONGEST_UNKNOWN and not known(left.text, vocabulary):
            cell.emptied = True


def _has_inline(cell: Cell) -> bool:
    return OBJECT in cell.text or any(choices(line) for line in cell.lines)


def _is_value(table: Table, cell: Cell, vocabulary: Vocabulary) -> bool:
    """Whether what a cell says is the value of a label beside it, above it, or of both."""
    left = table.cell(cell.row, cell.column - 1) if cell.column else None
    above = _above(table, cell)
    if above is not None and is_label(above) and vocabulary.part_of(read_label(above.text).key):
        first = next((each for each in table.row(cell.row) if is_label(each)), None)
        if first is not None and first is not cell and vocabulary.subject_in(first.text):
            return True
    label_left = left is not None and not left.emptied and is_label(left) and known(left.text, vocabulary)
    if _heads(table, cell.row, vocabulary):
        return False
    if left is not None and label_left:
        if is_label(cell) and known(cell.text, vocabulary):
            return False
        if _under_header(table, left, vocabulary):
            return False
        after = table.cell(cell.row, cell.right + 1)
        alone = (
            after is None or after.empty or _has_inline(after) or (is_label(after) and known(after.text, vocabulary))
        )
        return alone or plain_header(table, cell)
    if above is None or not is_label(above) or not known(above.text, vocabulary):
        return False
    return cell.columns == table.width and above.columns == table.width


def _under_header(table: Table, label: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a known word heads a column of unknown ones, in a row that does not begin with a known word."""
    below = table.cell(label.bottom + 1, label.column)
    first = table.row(label.row)[0]
    if below is None or (below.column, below.right) != (label.column, label.right) or below.empty or first is label:
        return False
    return not known(below.text, vocabulary) and first.rows == 1 and not known(first.text, vocabulary)


def _heads(table: Table, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row is the header of a list: two labels side by side with nothing between to be filled in."""
    cells = table.row(row)
    if len(cells) < 3 or not all(is_label(cell) for cell in cells) or row + 1 >= table.height:
        return False
    told = [known(cell.text, vocabulary) for cell in cells]
    return any(first and second for first, second in pairwise(told[1:])) and sum(told) >= len(cells) / 2


def _above(table: Table, cell: Cell) -> Cell | None:
    for row in range(cell.row - 1, -1, -1):
        other = table.cell(row, cell.column)
        if other is None or (other.column, other.right) != (cell.column, cell.right):
            return None
        if not other.empty:
            return other
    return None


def _lists(table: Table, context: tuple[str, ...], vocabulary: Vocabulary) -> set[int]:
    """Empty the rows below each header that the data's rows are known by. Gives the headers' cells, by identity."""
    row = 0
    headers: set[int] = set()
    while row < table.height - 1:
        header = [cell for cell in table.row(row) if cell.bottom == row]
        if (
            len(header) < 2
            or not all(is_label(cell) for cell in header)
            or not _is_header(table, row, header, context, vocabulary)
        ):
            row += 1
            continue
        headers |= {id(cell) for cell in header}
        headers |= {
            id(over) for cell in header if cell.row and (over := table.cell(cell.row - 1, cell.column)) is not None
        }
        edges = [(cell.column, cell.right) for cell in header]
        row += 1
        while row < table.height:
            cells = [cell for cell in table.row(row) if cell.row == row]
            if (
                [(cell.column, cell.right) for cell in cells] != edges
                or is_total(cells[0])
                or _begins_anew(cells, vocabulary)
            ):
                break
            for number, cell in enumerate(cells):
                if number or not re.fullmatch(r"\s*\d{1,3}\s*", cell.text):
                    cell.emptied = True
            row += 1
    return headers


def _begins_anew(cells: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row is one of labels and values again rather than of the list."""
    return is_label(cells[0]) and not cells[0].text.strip().isdigit() and known(cells[0].text, vocabulary)


def _is_header(
    table: Table, row: int, header: Sequence[Cell], context: tuple[str, ...], vocabulary: Vocabulary
) -> bool:
    texts = []
    for cell in header:
        text = "".join(cell.text.split())
        parent = table.cell(cell.row - 1, cell.column) if cell.row else None
        if parent is not None and cell.columns < parent.columns < table.width and is_label(parent):
            text = f"{''.join(parent.text.split())}\n{text}"
        texts.append(text)
    words = tuple(filter(None, (section_of(table, row), *context)))
    match = match_table(texts, words)
    if match is None or match.score < THRESHOLD:
        return False
    told = sum(
        number in match.columns
        or known(text.replace("\n", ""), vocabulary)
        or known(text.rpartition("\n")[2], vocabulary)
        for number, text in enumerate(texts)
    )
    return told >= _KNOWN_SHARE * len(texts)


def _line(line: Line, vocabulary: Vocabulary) -> None:
    """Blank out the values of a line: dates, and what follows known labels with a colon."""
    text = line.text
    marks = list(_DATE.sub(_undated, text))
    start = 0
    colons = [match.start() for match in _COLON.finditer(text)]
    for number, colon in enumerate(colons):
        stop = colons[number + 1] if number + 1 < len(colons) else len(text)
        label = _label_end(text[start:colon])
        chunk = text[colon + 1 : stop]
        cut = _value_end(chunk, vocabulary) if stop < len(text) else len(chunk)
        start = colon + 1 + cut
        if not known(label, vocabulary) or not chunk[:cut].strip() or _untouchable(chunk[:cut]):
            continue
        first = colon + 1 + len(chunk) - len(chunk.lstrip())
        marks[first:start] = _BLANK * (start - first)
    changed = "".join(marks)
    if changed != text:
        line.said, line.text = text, changed
        line.underlined = ()


def _untouchable(value: str) -> bool:
    """Whether what follows a colon is boxes, a date or controls rather than text."""
    return (
        OBJECT in value
        or bool(choices(Line("", value)))
        or bool(_DATE.fullmatch(value.strip()))
        or bool(re.search("[年][\\s　]*月", value))
    )


def _undated(match: re.Match[str]) -> str:
    return "".join(part if part in "年月日" else " " * len(part) for part in match.groups())


def _label_end(chunk: str) -> str:
    pieces = [piece for piece in _GAP.split(chunk) if piece.strip()]
    return pieces[-1].strip() if pieces else ""


def _value_end(chunk: str, vocabulary: Vocabulary) -> int:
    """Where, between two colons, the first one's value ends and the second one's label begins."""
    gaps = [int(match.end()) for match in _GAP.finditer(chunk)]
    spaces = [number + 1 for number, sign in enumerate(chunk) if sign.isspace()]
    positions: list[int] = [*gaps, *spaces, *range(1, len(chunk))]
    for position in positions:
        rest = chunk[position:].strip()
        if rest and len(fold(rest)) <= 16 and known(rest, vocabulary):
            return position
    return max([0, *gaps]) or len(chunk)
