"""A form's structure → the spots that can be filled: blanks in lines, empty cells beside labels, tables with empty rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from docgen.model.text import fold

from .grids import CellContext, comb_at, group_of, label_of, lists_in, section_of
from .inline import UNIT_ONLY, Choice, blanks, choices, dates, words_before
from .labels import THRESHOLD, Kind, read_label
from .results import Place, PlaceKind
from .structure import OBJECT, Cell, Control, Line, Spot, Story, Table
from .vocabulary import school_vocabulary

_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|附[件表]\s*\d*)"
)
_LONGEST_HEADING = 40
_LONGEST_LABEL = 45
_HAND = re.compile("签字|签名|签章|手签|亲笔")
_SEAL = re.compile("盖章|公章|印章")
_OTHERS = re.compile("意见|审核|审批|审查|批准|评审|评语|批示|承诺|声明|复核|核准|专家组|审定|审议")
_LIMIT = re.compile(r"(?:不超过|不多于|限|控制在|少于|≤|以内)?(\d{2,5})个?字(?:以内|左右|内|以下)?")


@dataclass(slots=True)
class _Around:
    """What has been read so far in a story: the title, the headings, the last short line."""

    title: str = ""
    headings: dict[int, str] = field(default_factory=dict)
    last: str = ""
    after_table: bool = False
    answered: str = ""

    def section(self) -> str:
        return self.headings[max(self.headings)] if self.headings else ""

    def context(self) -> tuple[str, ...]:
        """The words above, the nearest first."""
        words = [self.last, *(self.headings[level] for level in sorted(self.headings, reverse=True)), self.title]
        return tuple(dict.fromkeys(word for word in words if word))

    def read(self, line: Line) -> None:
        """Take note of a line that holds nothing to fill."""
        text = line.text.replace(OBJECT, "").strip()
        if not text or len(text) > _LONGEST_HEADING:
            return
        self.title = self.title or text
        if line.level or _HEADING.match(text):
            level = line.level or _depth(text)
            self.after_table = False
            self.headings = {known: words for known, words in self.headings.items() if known < level} | {level: text}
            self.last = ""
        else:
            self.last = text


def _depth(text: str) -> int:
    text = text.lstrip()
    return 2 if re.match("[一二三四五六七八九十第附]", text) else 3 if text[0] in "(（" else 4


def find_spots(stories: Sequence[Story]) -> list[Spot]:
    """Every spot of a form that may take a value, in the order of reading."""
    spots: list[Spot] = []
    title = ""
    for story in stories:
        around = _Around(title=title)
        for block in story.blocks:
            if isinstance(block, Table):
                spots += _in_table(block, around.context(), around.section())
                around.last, around.after_table = "", True
                continue
            heading = "" if around.after_table and _OTHERS.search(around.section()) else around.section()
            found = _in_line(block, around.context(), heading) or _below_heading(block, around, heading)
            if found:
                spots += found
            else:
                around.read(block)
        title = title or around.title
    return _once(spots)


def _below_heading(line: Line, around: _Around, section: str) -> list[Spot]:
    """The first empty line below a heading that asks for paragraphs (二、申报理由)."""
    heading = around.section()
    if line.text.strip() or not heading or around.last or around.after_table or around.answered == heading:
        return []
    around.answered = heading
    matches = school_vocabulary().match(heading)
    if not matches or matches[0].field.kind is not Kind.LONG or matches[0].score < THRESHOLD:
        return []
    limit = _LIMIT.search(fold(heading))
    closed = _closed("", (heading,), "")
    place = Place(
        line.at, PlaceKind.BLANK, heading, closed=closed, limit=int(limit[1]) if limit else 0, section=section
    )
    return [Spot(place, line=line, spans=((0, len(line.text)),))]


def _once(spots: list[Spot]) -> list[Spot]:
    """The spots with addresses made unique."""
    seen: dict[str, int] = {}
    result = []
    for spot in spots:
        at = spot.place.at
        seen[at] = seen.get(at, 0) + 1
        if seen[at] > 1:
            spot.place = replace(spot.place, at=f"{at} ({seen[at]})")
        result.append(spot)
    return result


def _in_line(
    line: Line, context: tuple[str, ...], section: str, beside: CellContext | None = None, whole: str = ""
) -> list[Spot]:
    """The spots of one line. `beside` are the labels of the cell that it stands in, `whole` all that the cell says."""
    own = beside.label if beside else ""
    left = beside.context if beside else ()
    # In running text a signature closes its own gap; in a cell it makes the whole cell somebody's to sign.
    closed = _closed(whole, (own, *left), section)
    named: list[str] = []
    spots: list[tuple[int, Spot]] = []

    def place(kind: PlaceKind, number: int, label: str, **more: object) -> Place:
        before = tuple(reversed(named))
        around = tuple(dict.fromkeys(filter(None, (*before, *((own,) if label != own else ()), *left, *context))))
        suffix = {PlaceKind.CHOICE: "选项", PlaceKind.DATE: "日期", PlaceKind.BLANK: "空"}.get(kind, "控件")
        at = f"{line.at} 第{number}{suffix}"
        named.append(label)
        reason = closed or ("签字处" if _HAND.search(label) else "")
        return Place(at, kind, label, around, closed=reason, section=section, **more)  # type: ignore[arg-type]

    taken: list[tuple[int, int]] = []
    for item in _items(line, own):
        if isinstance(item, Control):
            label = words_before(line, item.position) or own
            spot_place = place(item.kind, len(spots) + 1, label, options=item.options, name=item.name)
            spots.append((item.position, Spot(spot_place, line=line, control=item)))
        elif isinstance(item, Choice):
            first, last = item.boxes[0], item.boxes[-1]
            taken.append((first.begin, last.stop))
            spots.append((first.start, _choice(item, line, own, place, len(spots) + 1)))
        else:
            start, end, label, spans, prefix = item
            kind = PlaceKind.DATE if len(spans) == 3 else PlaceKind.BLANK
            spot_place = place(kind, len(spots) + 1, label or own, name=_name_at(line, start, end))
            if kind is PlaceKind.DATE and not label and beside is None:
                spot_place = replace(spot_place, closed=spot_place.closed or "没有说明是什么日期")
            spots.append((start, Spot(spot_place, line=line, spans=spans, prefix=prefix)))
    return [spot for _, spot in spots]


_Gap = tuple[int, int, str, tuple[tuple[int, int], ...], str]


def _items(line: Line, own: str = "") -> list[Control | Choice | _Gap]:
    """Everything fillable in a line, from left to right."""
    found: list[tuple[int, Control | Choice | _Gap]] = [(each.position, each) for each in line.controls]
    days, groups = dates(line), choices(line)
    taken = [(day.start, day.end) for day in days] + [(each.boxes[0].begin, each.boxes[-1].stop) for each in groups]
    taken += [(each.position, each.position + 1) for each in line.controls]
    found += [(day.start, (day.start, day.end, day.label, day.spans, day.prefix)) for day in days]
    found += [(group.boxes[0].start, group) for group in groups]
    for gap in blanks(line, taken, own):
        if not any(0 <= position - gap.end <= 1 for position, _ in found):
            found.append((gap.start, (gap.start, gap.end, gap.label, ((gap.start, gap.end),), "")))
            taken.append((gap.start, gap.end + 1))
    for start, end, _name in line.names:
        if not line.text[start:end].strip() and not any(first <= start < last for first, last in taken):
            found.append((start, (start, end, words_before(line, start), ((start, end),), "")))
    return [item for _, item in sorted(found, key=lambda each: each[0])]


def _name_at(line: Line, start: int, end: int) -> str:
    return next((name for first, last, name in line.names if first <= end and start <= last), "")


def _choice(item: Choice, line: Line, own: str, place: object, number: int) -> Spot:
    options = tuple(box.option for box in item.boxes)
    label = item.label or own
    kind = PlaceKind.CHOICE if len(options) > 1 else PlaceKind.CHECK
    if kind is PlaceKind.CHECK and not item.label:
        label = options[0]
    made = place(kind, number, label, options=options)  # type: ignore[operator]
    return Spot(made, line=line, lines=(line,) * len(options), spans=tuple((box.start, box.end) for box in item.boxes))


def _closed(words: str, labels: Sequence[str], section: str) -> str:
    """Why nothing is written into a cell or line that says `words` beside those labels; "" where it is open."""
    folded = fold(words)
    if labels and _OTHERS.search(fold(labels[0])):
        return "由他人填写意见"
    for label in (*labels[1:], section):
        if _OTHERS.search(re.sub("审[核查]人|复核人", "", fold(label))):
            return "由他人填写意见"
    if _HAND.search(folded):
        return "签字处"
    if _OTHERS.search(folded):
        return "由他人填写意见"
    dated = re.search("年.*月.*日", folded) and not re.search(
        "(?:填报|填表|申报|制表|上报|报送|填写)(?:日期|时间)", folded
    )
    if dated and _SEAL.search(folded):
        return "盖章处"
    return ""


def _in_table(table: Table, context: tuple[str, ...], section: str) -> list[Spot]:
    """The spots of a table: lists with empty rows first, then cell by cell."""
    spots: list[tuple[tuple[int, int], Spot]] = []
    lists = lists_in(table, context)
    covered = {id(cell) for found in lists for cell in found.cells}
    for found in lists:
        heading = section_of(table, found.header_row) or section
        closed = "由他人填写" if _OTHERS.search(fold(heading)) else ""
        place = Place(
            f"{table.at} 第{found.first_row + 1}行起",
            PlaceKind.TABLE,
            found.context[0] if found.context else "",
            found.context[1:],
            columns=found.headers,
            closed=closed,
            section=heading,
        )
        spot = Spot(place, table=table, first_row=found.first_row, last_row=found.last_row, columns=found.columns)
        spots.append(((found.first_row, 0), spot))
    for cell in table.cells:
        teeth = comb_at(table, cell) if id(cell) not in covered else ()
        if teeth and label_of(table, cell).label:
            covered |= {id(tooth) for tooth in teeth}
            heading = section_of(table, cell.row)
            around = tuple(dict.fromkeys(filter(None, (heading, *context))))
            place = _cell_place(cell, label_of(table, cell), around, heading or section)
            place = replace(place, kind=PlaceKind.COMB, limit=len(teeth))
            spots.append(((cell.row, cell.column), Spot(place, cells=teeth)))
            continue
        if id(cell) in covered or (table.endless and cell.row == table.height - 1):
            continue
        heading = section_of(table, cell.row)
        around = tuple(dict.fromkeys(filter(None, (heading, *context))))
        heading = group_of(table, cell) or heading or section
        spots += [((cell.row, cell.column), spot) for spot in _in_cell(table, cell, around, heading)]
    return [spot for _, spot in sorted(spots, key=lambda each: each[0])]


def _in_cell(table: Table, cell: Cell, context: tuple[str, ...], section: str) -> list[Spot]:
    """The spots of one cell."""
    spots: list[Spot] = []
    beside = label_of(table, cell)
    if cell.empty:
        alone = not beside.label and not cell.row and cell.columns == table.width
        if alone and context and (section or table.height == 1):
            beside = CellContext(context[0], context[1:])
        if beside.label:
            spots.append(_empty(cell, beside, context, section))
        return spots
    if UNIT_ONLY.fullmatch(cell.text) and beside.label and len(cell.lines) == 1:
        line = cell.lines[0]
        end = len(line.text) - len(line.text.lstrip())
        place = _cell_place(cell, beside, context, section)
        label = f"{beside.label}（{''.join(line.text.split()).strip('()（）')}）"
        return [Spot(replace(place, label=label, kind=PlaceKind.BLANK), line=line, spans=((0, end),))]
    if re.search("照片|相片|寸照|免冠", cell.text) and len(cell.text.strip()) <= 20:
        place = Place(cell.at, PlaceKind.PICTURE, "照片", context, closed=cell.fixed, section=section)
        return [Spot(place, cell=cell)]
    inner = tuple(dict.fromkeys(filter(None, (beside.label, *beside.context, *context))))
    pending: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Table):
            spots += _in_table(block, tuple(dict.fromkeys((*reversed(pending), *inner))), section)
            continue
        found = _in_line(block, context, section, beside, cell.text)
        if _is_own_label(table, cell, found):
            found = []
        spots += found
        if not found and block.text.strip() and len(block.text) < _LONGEST_HEADING:
            pending = [block.text.strip()]
    if cell.fixed:
        for spot in spots:
            spot.place = replace(spot.place, closed=spot.place.closed or cell.fixed)
    return _joined(spots)


def _is_own_label(table: Table, cell: Cell, found: Sequence[Spot]) -> bool:
    """Whether the colon at a cell's end speaks of the empty cell to its right."""
    if len(found) != 1 or found[0].place.kind is not PlaceKind.BLANK or not found[0].line:
        return False
    start, end = found[0].spans[0]
    if found[0].line.text[start:end].strip(" \t\u3000") or found[0].line.text[end:].strip():
        return False
    neighbour = table.cell(cell.row, cell.right + 1)
    if neighbour is None:
        return False
    boxes = choices(neighbour.lines[0]) if neighbour.lines else []
    return neighbour.empty or OBJECT in neighbour.text or bool(boxes and not boxes[0].label)


def _joined(spots: list[Spot]) -> list[Spot]:
    """Boxes on several lines of a cell with one label, as one choice."""
    result: list[Spot] = []
    for spot in spots:
        last = result[-1] if result else None
        boxes = (PlaceKind.CHOICE, PlaceKind.CHECK)
        if (
            last is not None
            and spot.place.kind in boxes
            and last.place.kind in boxes
            and spot.control is None
            and last.control is None
            and spot.place.label in (last.place.label, *spot.place.options)
        ):
            options = (*last.place.options, *spot.place.options)
            label = last.place.label if last.place.kind is PlaceKind.CHOICE else next(iter(last.place.context), "")
            last.place = replace(last.place, kind=PlaceKind.CHOICE, options=options, label=label)
            last.lines, last.spans = (*last.lines, *spot.lines), (*last.spans, *spot.spans)
            continue
        result.append(spot)
    return result


def _empty(cell: Cell, beside: CellContext, context: tuple[str, ...], section: str) -> Spot:
    names = [name for line in cell.lines for _, _, name in line.names]
    place = replace(_cell_place(cell, beside, context, section), name=next(iter(names), ""))
    if cell.options:
        place = replace(place, kind=PlaceKind.LIST, options=cell.options)
    return Spot(place, cell=cell)


def _cell_place(cell: Cell, beside: CellContext, context: tuple[str, ...], section: str) -> Place:
    around = tuple(dict.fromkeys(filter(None, (*beside.context, *context))))
    label = beside.label if len(beside.label) <= _LONGEST_LABEL else ""
    closed = cell.fixed or beside.closed or _closed("", (beside.label, *beside.context), section)
    if _HAND.search(fold(beside.label)):
        closed = "签字处"
    limit = _LIMIT.search(fold(beside.label))
    words = read_label(label)
    if words.sealed and not words.key:
        closed = "盖章处"
    return Place(
        cell.at, PlaceKind.CELL, label, around, closed=closed, limit=int(limit[1]) if limit else 0, section=section
    )
