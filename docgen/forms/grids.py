"""Tables as people read them: which text names an empty cell, which rows are a list with a header, which row is a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.model.text import fold

from .headings import ATTACHED, HEADING
from .inline import UNIT_ONLY, choices
from .labels import THRESHOLD
from .listing import match_table
from .spelling import read_label
from .structure import OBJECT, Cell, Table
from .vocabulary import school_vocabulary

_LONGEST_LABEL = 60
_NUMBER = re.compile(r"[(（]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])\s*[)）.、]?|…+|\.{3,}|⋯+|……")
_TOTAL = re.compile("(?:合计|总计|小计|共计|总和|累计|汇总|总[值价额数](?:$|\\())")
_NO_HEADING = re.compile("[:：]$|签[字名章]|年[ \t\u3000]*月[ \t\u3000]*日|[:：]\\s*\n")
"""Cells from edge to edge that are to be written in, and head nothing."""
_SENTENCE = re.compile("[。；;]")
_PLAIN_HEADER = re.compile(
    "(?:填写|填报|具体|详细|学校|院校|单位|字段|申报|采集|登记|核对|提交|数据|指标)*(?:内容|信息|数据|结果|答复|回答|答案|情况|填写栏|填报栏|填写|填报|值|数量|数值|(?:指标|目标|计划|规划)值|填报数)(?:栏)?"
)
"""Heads the column that values go into, and says nothing about them."""
_REMARK_HEADER = re.compile(
    "(?:填写|填报|指标)?(?:说明|要求|示例|样例|备注|注释|注意事项|格式|规范|解释|提示|参考)(?:说明)?|是否必填|必填|计量单位|数据类型|字段类型"
)
"""Heads a column of remarks that is nobody's to fill."""
_SCORE_HEADER = re.compile("得分|评分|扣分|打分|分值|评价|等次|是否达标|是否符合|核查|检查|审查|核对结果|审核结果|自评")
"""Heads a column of marks that somebody gives."""
_MONEY_NOTE = re.compile(r"单[ \t\u3000]*位[ \t\u3000]*[:：][^，。；;\n]{0,10}?(万元|千元)")
_MOST_ROWS = 400
_FEWEST_TEETH = 5
_FEWEST_UNEVEN = 8
"""Lines of other tables may part small cells of one width on the grid."""
_SURE_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class CellContext:
    """What names a cell, and the words around it in its table, the nearest first. `closed`: why it is not written to."""

    label: str = ""
    context: tuple[str, ...] = ()
    closed: str = ""


@dataclass(frozen=True, slots=True)
class ListFound:
    """A header row with empty rows below. `columns` are the first and last grid column of each header."""

    header_row: int
    first_row: int
    last_row: int
    headers: tuple[str, ...]
    columns: tuple[tuple[int, int], ...]
    context: tuple[str, ...]
    cells: tuple[Cell, ...]


def is_label(cell: Cell | None) -> bool:
    """Whether a cell's text can name another cell: short, no sentence, nothing to be filled in itself."""
    if cell is None or cell.emptied:
        return False
    if cell.names is None:
        cell.names = _names(cell)
    return cell.names


def _names(cell: Cell) -> bool:
    if cell.empty or cell.nested:
        return False
    text = cell.text.strip()
    core = read_label(text)
    if (
        UNIT_ONLY.fullmatch(text)
        or not core.key
        or len(core.key) > _LONGEST_LABEL
        or OBJECT in text
        or _SENTENCE.search(core.key)
    ):
        return False
    return not any(choices(line) for line in cell.lines)


def section_of(table: Table, row: int, ended: Mapping[int, int] | None = None) -> str:
    """The nearest row above that is one cell from edge to edge and says something: a heading within the table.

    `ended` are rows of headings over lists, with the last row of each list, below which the heading says no more.
    """
    for number in range(row, -1, -1):
        first = table.cell(number, 0)
        if first is None or first.columns < table.width or first.row == row:
            continue
        if is_label(first) and not _NO_HEADING.search(first.text.strip()):
            return "" if ended and row > ended.get(number, row) else first.text.strip()
    return ""


def block_of(table: Table, cell: Cell) -> str:
    """The heading over the columns that a cell and its label stand in, beside another such (甲方 | 乙方); "" for none."""
    for number in range(cell.row - 1, -1, -1):
        over = table.cell(number, cell.column)
        if over is None or over.columns == table.width:
            return ""
        heads = table.row(number)
        if len(heads) < 2 or over.columns < 2 or over.bottom != number or not all(map(is_label, heads)):
            continue
        inside = table.cell(cell.row, over.column)
        wide = [each for each in heads if each.columns >= 2]
        if (
            len(wide) >= 2
            and inside is not None
            and inside.column == over.column
            and inside is not cell
            and is_label(inside)
        ):
            return "".join(over.text.split())
    return ""


def group_of(table: Table, cell: Cell) -> str:
    """The heading that stands beside several rows, at their left edge; "" for a cell that it names itself."""
    first = table.cell(cell.row, 0)
    if first is None or first.rows < 2 or not is_label(first) or cell.column <= first.right:
        return ""
    between = (table.cell(cell.row, column) for column in range(first.right + 1, cell.column))
    return "".join(first.text.split()) if any(is_label(each) for each in between) else ""


def label_of(table: Table, cell: Cell) -> CellContext:
    """What names a cell: the text to its left, else the text above; for a cell of a matrix both together."""
    row = _row_left(table, cell)
    left = row[0] if row else None
    labels = [each for each in row if is_label(each)]
    words = tuple(each.text.strip() for each in labels)
    above = _header_above(table, cell)
    parent = _parent(table, above)
    words = (*words, *parent) if above is not None else words
    if above is not None and len(table.row(above.row)) > 1:
        head = read_label(above.text).key
        if labels and (_REMARK_HEADER.fullmatch(head) or _SCORE_HEADER.search(head)):
            return CellContext("", words)
        if labels and not _PLAIN_HEADER.fullmatch(head) and _has_plain(table, above):
            return CellContext("", words)
        if _PLAIN_HEADER.fullmatch(head) and labels:
            return _item(table, labels, words)
    if left is not None and is_label(left):
        named = len(labels) > 1 and re.search("[:：]\\s*$", left.text)  # 填表人：｜　｜填表日期：｜　 below a list
        if above is not None and not named and _is_matrix(table, cell, left, above):
            joined = f"{left.text.strip()}{above.text.strip()}"
            return CellContext(joined, (left.text.strip(), *words[1:], *_corner(table, left, above)))
        rest = tuple(word for word in words if word != left.text.strip())
        return CellContext(left.text.strip(), rest)
    if above is not None:
        if labels and not (left is None or left.empty):
            return CellContext("", words)
        if labels and _is_matrix(table, cell, labels[0], above):
            return CellContext(
                f"{labels[0].text.strip()}{above.text.strip()}", (*words, *_corner(table, labels[0], above))
            )
        if (left is None or left.empty) and not _has_data(table, cell) and _is_ours(table, above):
            return CellContext(above.text.strip(), words)
    return CellContext("", words)


def _corner(table: Table, left: Cell, above: Cell) -> tuple[str, ...]:
    """What heads the names of a matrix's rows (专家组成员 over 组长, 成员)."""
    corner = table.cell(above.bottom, left.column)
    return (corner.text.strip(),) if corner is not None and is_label(corner) else ()


def title_of(table: Table) -> str:
    """The first row from edge to edge that is not just 附件: a sheet's title."""
    for number in range(table.height):
        first = table.cell(number, 0)
        if first is None or first.columns < table.width:
            return ""
        words = "".join(first.text.split())
        if words and not ATTACHED.fullmatch(words):
            return first.text.strip() if is_label(first) and not HEADING.match(first.text) else ""
    return ""


def _has_plain(table: Table, header: Cell) -> bool:
    """Whether another column is the one that values go into, and headed so."""
    return any(
        each is not header and is_label(each) and _PLAIN_HEADER.fullmatch(read_label(each.text).key)
        for each in table.row(header.bottom)
    )


def _parent(table: Table, header: Cell | None) -> tuple[str, ...]:
    """What stands over a header and its neighbours: the heading of a group of columns."""
    over = table.cell(header.row - 1, header.column) if header is not None and header.row else None
    if header is None or over is None or not header.columns < over.columns < table.width or not is_label(over):
        return ()
    if re.search("[:：]", over.text):  # to be written in itself
        return ()
    return (over.text.strip(),)


def _has_data(table: Table, cell: Cell) -> bool:
    """Whether something stands beside a cell under a header of its own: then the row is data, and its gaps are meant."""
    return any(
        not each.empty and not _NUMBER.fullmatch(each.text.strip()) and _header_above(table, each) is not None
        for each in table.row(cell.row)
        if each is not cell and each.row == cell.row
    )


def _is_ours(table: Table, header: Cell) -> bool:
    """Whether a row of headers over one empty row asks for our data: half of it, or three, known for sure.

    Otherwise a lone 等级 or 单位 among foreign words (奖项、等级、时间) would be taken for ours.
    """
    cells = [each for each in table.row(header.bottom) if is_label(each)]
    section = section_of(table, header.row)
    matches = [school_vocabulary().match(each.text, (*_parent(table, each), section)) for each in cells]
    sure = sum(bool(each) and each[0].field.held and each[0].score >= THRESHOLD for each in matches)
    return len(cells) == 1 or 2 * sure >= len(cells) or sure >= _SURE_ENOUGH


def _item(table: Table, labels: Sequence[Cell], words: tuple[str, ...]) -> CellContext:
    """The name of a row in a list of items to fill in: its leftmost text that is no number."""
    named = [each.text.strip() for each in reversed(labels) if not _NUMBER.fullmatch(each.text.strip())]
    group = len(named) > 1 and any(
        any(cell.rows > 1 for cell in table.cells if cell.column == each.column and not cell.empty) for each in labels
    )
    label = (named[1] if group else named[0]) if named else ""
    return CellContext(label, tuple(word for word in words if word != label))


def _row_left(table: Table, cell: Cell) -> list[Cell]:
    """The cells to the left of a cell in its first row, the nearest first."""
    found: list[Cell] = []
    for column in range(cell.column - 1, -1, -1):
        other = table.cell(cell.row, column)
        if other is not None and (not found or found[-1] is not other):
            found.append(other)
    return found


def _header_above(table: Table, cell: Cell) -> Cell | None:
    """The text that heads a cell's column: the nearest cell above that is no blank, of the same edges."""
    for row in range(cell.row - 1, -1, -1):
        other = table.cell(row, cell.column)
        if other is None or other.column != cell.column or other.right != cell.right:
            return None
        if not other.empty:
            return other if is_label(other) else None
    return None


def _is_matrix(table: Table, cell: Cell, left: Cell, above: Cell) -> bool:
    """Whether a cell stands where a row's name and a column's name meet: the row of `above` is a header from end to end."""
    header = table.row(above.bottom)
    after_left = [each for each in table.row(cell.row) if each.column > left.column]
    names_end = next((number for number, each in enumerate(after_left) if not is_label(each)), len(after_left))
    before_left = [each for each in table.row(cell.row) if each.column < left.column]
    return (
        len(header) >= 3
        and all(is_label(each) for each in before_left)
        and all(is_label(each) or each.column in (0, left.column) for each in header)
        and left.column < cell.column
        and left.row > above.bottom
        and not any(is_label(each) for each in after_left[names_end:])
    )


def lists_in(table: Table, context: tuple[str, ...]) -> list[ListFound]:
    """The header rows with empty rows below."""
    found: list[ListFound] = []
    row = 1
    while row < table.height:
        blank = _blank_cells(table, row)
        if not blank:
            row += 1
            continue
        header = _header(table, row - 1, blank)
        if header is None:
            row += 1
            continue
        last = row
        while last + 1 < table.height and _same(table, last + 1, blank) and last - row < _MOST_ROWS:
            last += 1
        made = _list(table, header, row, last, blank, context)
        if made is not None:
            found.append(made)
        row = last + 1
    return found


def _blank_cells(table: Table, row: int) -> list[Cell]:
    """The cells of a row that is empty but for a number at its start; [] for any other row."""
    if row >= table.height:
        return []
    cells = [cell for cell in table.row(row) if cell.row == row]
    if len(cells) < 2 or any(cell.rows > 1 and not cell.empty for cell in cells):
        return []
    filled = [cell for cell in cells if not cell.empty]
    if filled and (filled[0] is not cells[0] or len(filled) > 1 or not _NUMBER.fullmatch(filled[0].text.strip())):
        return []
    return cells if sum(cell.empty for cell in cells) >= 2 else []


def _same(table: Table, row: int, blank: Sequence[Cell]) -> bool:
    """Whether a row is empty in the same columns."""
    other = _blank_cells(table, row)
    return [(cell.column, cell.columns) for cell in other] == [(cell.column, cell.columns) for cell in blank]


def _header(table: Table, row: int, blank: Sequence[Cell]) -> list[str] | None:
    """The labels over empty cells, with what stands over them on a line of its own; None where some have none."""
    headers = []
    for cell in blank:
        over = table.cell(row, cell.column)
        if over is None or over.column != cell.column or over.right != cell.right or over.bottom != row:
            return None
        if not is_label(over):
            return None
        text = "".join(over.text.split())
        for parent in _parent(table, over):
            text = f"{''.join(parent.split())}\n{text}"
        headers.append(text)
    return headers


def _list(
    table: Table, headers: Sequence[str], first: int, last: int, blank: Sequence[Cell], context: tuple[str, ...]
) -> ListFound | None:
    """The list, unless a single empty row below is better read cell by cell."""
    beside = [cell for cell in table.row(first) if cell.column < blank[0].column and is_label(cell)]
    around = [cell.text.strip() for cell in reversed(beside)]
    heading = section_of(table, first - 1)
    words = tuple(dict.fromkeys(filter(None, (*around, heading, *context))))
    if first == last:
        match = match_table(headers, words)
        if match is None or match.score < THRESHOLD:
            return None
    cells = tuple(cell for row in range(first, last + 1) for cell in table.row(row) if cell.row == row)
    columns = tuple((cell.column, cell.right) for cell in blank)
    return ListFound(first - 1, first, last, tuple(headers), columns, words, cells)


def plain_header(table: Table, cell: Cell) -> bool:
    """Whether the column that a cell stands in is headed as the one that values go into (内容, 填写)."""
    for row in range(cell.row):
        head = table.cell(row, cell.column)
        if head is not None and (head.column, head.right) == (cell.column, cell.right) and is_label(head):
            return bool(_PLAIN_HEADER.fullmatch(read_label(head.text).key))
    return False


def comb_at(table: Table, cell: Cell) -> tuple[Cell, ...]:
    """The row of empty cells of one width that begins at a cell and takes a character each; () where there is none."""
    if not cell.empty or cell.rows > 1 or _header_above(table, cell) is not None:
        return ()
    found = [cell]
    while (after := table.cell(cell.row, found[-1].right + 1)) is not None:
        if not after.empty or abs(after.columns - cell.columns) > 1 or after.row != cell.row:
            break
        found.append(after)
    even = all(each.columns == cell.columns for each in found)
    return tuple(found) if len(found) >= (_FEWEST_TEETH if even else _FEWEST_UNEVEN) else ()


def in_units(table: Table, cell: Cell) -> bool:
    """Whether a cell stands in a column that tells the units of the rows (单位: 人, 万元)."""
    return any(
        (head := table.cell(row, cell.column)) is not None and read_label(head.text).key in ("单位", "计量单位")
        for row in range(cell.row)
    )


def money_unit(text: str) -> str:
    """The unit that a note gives all sums (金额单位：万元); "" for yuan or none."""
    match = _MONEY_NOTE.search(text)
    return match[1] if match else ""


def unit_beside(table: Table, cell: Cell) -> str:
    """What a column of units (计量单位) says in a cell's row; "" where there is none."""
    for each in table.row(cell.row):
        if each is not cell and each.row == cell.row and UNIT_ONLY.fullmatch(each.text) and in_units(table, each):
            return "".join(each.text.split()).strip("()（）")
    return ""


def is_total(cell: Cell | None) -> bool:
    """Whether a cell begins a row of totals."""
    return cell is not None and bool(_TOTAL.match(fold(cell.text)))
