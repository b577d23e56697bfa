"""The spots of one line: blanks, dates, boxes and controls, each with its label and the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .grids import CellContext
from .headings import Around, by_hand, closed_by
from .inline import UNIT_BEHIND, Blank, Choice, blanks, choices, dates, last_clause, words_before
from .labels import THRESHOLD, WEAK
from .results import Place, PlaceKind
from .sentences import label_behind, unclosed
from .spelling import read_label
from .structure import Control, Line, Spot
from .vocabulary import school_vocabulary

_Gap = tuple[int, int, str, tuple[tuple[int, int], ...], str]
_SCHOOL_NAME = "院校.院校名称"
_MOST_QUESTION = 60
_UNIT_NOTE = re.compile(r"(?:^|[\s（(])(?:计量|金额)?单\s*位\s*[:：]\s?$")
_CARRIED_ON = re.compile("[_＿]证书$")
_DATED = re.compile(r"日\s*期|时\s*间")
_OPINION = re.compile("意见|审批|批示|结论")
_SPACES = " \t\u00a0\u3000"


def in_line(
    line: Line,
    context: tuple[str, ...],
    section: str,
    beside: CellContext | None = None,
    whole: str = "",
    around: Around | None = None,
) -> list[Spot]:
    """The spots of one line.

    `beside` are the labels of the cell that it stands in, `whole` all that the cell says. `around` is what has been
    read above a paragraph.
    """
    signer = around.signer if around else ""
    own = beside.label if beside else ""
    left = beside.context if beside else ()
    # In running text a signature closes its own gap; in a cell it makes the whole cell somebody's to sign.
    named: list[str] = []
    spots: list[tuple[int, Spot]] = []

    def place(kind: PlaceKind, number: int, label: str, **more: object) -> Place:
        before = tuple(reversed(named))
        near = tuple(dict.fromkeys(filter(None, (*before, *((own,) if label != own else ()), *left))))
        near = (*near, signer) if signer and kind in (PlaceKind.DATE, PlaceKind.BLANK) and _DATED.match(label) else near
        around = tuple(dict.fromkeys((*near, *context)))
        suffix = {PlaceKind.CHOICE: "选项", PlaceKind.DATE: "日期", PlaceKind.BLANK: "空"}.get(kind, "控件")
        at = f"{line.at} 第{number}{suffix}"
        named.append(label)
        # 审核人： in the cell beside names its own gap; 审核意见 speaks of all that stands beside it.
        beside_it = tuple(each for each in (own, *left) if label == own or not each.rstrip().endswith((":", "：")))
        # 审批意见：□同意　经办人：＿＿　日期：＿＿ is one line of somebody else's.
        beside_it = (*beside_it, *(each for each in before if _OPINION.search(each)))
        reason = closed_by(whole, beside_it, section) or ("签字处" if by_hand(label) else "")
        return Place(at, kind, label, around, closed=reason, section=section, near=len(near), **more)  # type: ignore[arg-type]

    for item in _items(line, own):
        if isinstance(item, Control):
            label = words_before(line, item.position) or own
            spot_place = place(item.kind, len(spots) + 1, label, options=item.options, name=item.name)
            spots.append((item.position, Spot(spot_place, line=line, control=item)))
        elif isinstance(item, Choice):
            spots.append((item.boxes[0].start, _choice(item, line, own, place, len(spots) + 1)))
        else:
            start, end, label, spans, prefix = item
            kind = PlaceKind.DATE if len(spans) == 3 else PlaceKind.BLANK
            bare = kind is PlaceKind.DATE and not label and beside is None
            signs = bool(around and signer and around.drawn)
            label = "日期" if bare and signs else label or own
            spot_place = place(kind, len(spots) + 1, label, name=_name_at(line, start, end))
            if bare and not signs:
                spot_place = replace(spot_place, closed=spot_place.closed or "没有说明是什么日期")
            spaces = not line.text[start:end].strip(_SPACES) and not _underlined(line, start, end)
            if spaces and around and around.named and read_label(label).sealed:
                spot_place = replace(spot_place, closed=spot_place.closed or "盖章处")
            spots.append((start, Spot(spot_place, line=line, spans=spans, prefix=prefix)))
    return _told_apart([spot for _, spot in spots])


def _told_apart(spots: list[Spot]) -> list[Spot]:
    """证书名称及等级：＿＿（等级：＿＿）: what has a gap of its own is not asked for twice."""
    for spot, after in pairwise(spots):
        both = re.fullmatch("(.+?)(?:及其?|和|与|、)(.+)", read_label(spot.place.label).key)
        if both and read_label(after.place.label).key == both[2]:
            spot.place = replace(spot.place, label=both[1])
    return spots


def _items(line: Line, own: str = "") -> list[Control | Choice | _Gap]:
    """Everything fillable in a line, from left to right."""
    found: list[tuple[int, Control | Choice | _Gap]] = [(each.position, each) for each in line.controls]
    days, groups = dates(line), choices(line)
    taken = [(day.start, day.end) for day in days] + [(each.boxes[0].begin, each.boxes[-1].stop) for each in groups]
    taken += [(each.position, each.position + 1) for each in line.controls]
    found += [(day.start, (day.start, day.end, day.label, day.spans, day.prefix)) for day in days]
    found += [(group.boxes[0].start, group) for group in groups]
    behind: list[int] = []
    for gap in blanks(line, taken, own):
        if any(0 <= position - gap.end <= 1 for position, _ in found):
            continue
        if not gap.ruled and UNIT_BEHIND.match(line.text[gap.end :]) and _UNIT_NOTE.search(line.text[: gap.start]):
            continue  # 单位：人
        if not gap.ruled and any(not line.text[stop : gap.start].strip(f"{_SPACES}:：") for stop in behind):
            continue  # ＿＿（学校名称）：
        label = _label_of(line, gap, behind)
        if label:
            found.append((gap.start, (gap.start, gap.end, label, ((gap.start, gap.end),), "")))
            taken.append((gap.start, gap.end + 1))
    for start, end, _name in line.names:
        if not line.text[start:end].strip() and not any(first <= start < last for first, last in taken):
            found.append((start, (start, end, words_before(line, start), ((start, end),), "")))
    return [item for _, item in sorted(found, key=lambda each: each[0])]


def _label_of(line: Line, gap: Blank, behind: list[int]) -> str:
    """What names a gap: words behind it where they do, else those before, with the unit that follows.

    Where a bracket behind names it, the bracket's end is added to `behind`.
    """
    text = line.text
    if _CARRIED_ON.search(text[: gap.start]) or (
        text[: gap.start].endswith("证书") and any(last == gap.start - 2 for _, last in line.underlined)
    ):
        return ""  # ＿＿证书＿＿本: the word belongs to the gap before
    before = unclosed(last_clause(text[behind[-1] : gap.start]) if behind else gap.label)
    label = before
    if gap.ruled:
        label, stop = label_behind(text, gap.start, gap.end, before)
        if stop:
            behind.append(stop)
    unit = UNIT_BEHIND.match(text[gap.end :])
    return f"{label}（{unit[1]}）" if label == before != "" and unit and unit[1] not in label else label


def _underlined(line: Line, start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in line.underlined)


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


def take_note(spots: Sequence[Spot], around: Around) -> None:
    """Tell `around` what a paragraph with those spots asked for."""
    around.filled()
    for spot in spots:
        matches = school_vocabulary().match(spot.place.label)
        if not matches or matches[0].field.key != _SCHOOL_NAME or matches[0].score < WEAK:
            continue
        drawn = spot.place.kind is PlaceKind.BLANK and spot.spans[0][0] < spot.spans[0][1]
        around.named = around.named or not spot.place.closed
        if matches[0].score >= THRESHOLD and (drawn or read_label(spot.place.label).sealed):
            around.sign(spot.place.label, drawn=drawn)


def note_table(spots: Sequence[Spot], around: Around) -> None:
    """Tell `around` what a table asked for."""
    around.asked = around.asked or bool(spots)
    for spot in spots:
        if not around.named and not spot.place.closed:
            matches = school_vocabulary().match(spot.place.label)
            around.named = bool(matches) and matches[0].field.key == _SCHOOL_NAME and matches[0].score >= WEAK


def questions(lines: Sequence[object]) -> tuple[dict[int, str], set[int]]:
    """Options on lines of their own: the question of each such line, by the line's number, and which lines are questions."""
    asked: dict[int, str] = {}
    asking: set[int] = set()
    question = ""
    number_of = -1
    for number, line in enumerate(lines):
        if not isinstance(line, Line):
            question = ""
        elif _is_option(line):
            if question:
                asked[number] = question
                asking.add(number_of)
        elif line.text.strip():
            question = line.text.strip() if len(line.text.strip()) <= _MOST_QUESTION and _is_open(line) else ""
            number_of = number
    return asked, asking


def _is_option(line: Line) -> bool:
    groups = choices(line)
    return len(groups) == 1 and not groups[0].label and not line.text[: groups[0].boxes[0].begin].strip()


def _is_open(line: Line) -> bool:
    """Whether a line asks for nothing itself, but for what may stand behind the colon at its end."""
    if line.controls or choices(line) or dates(line):
        return False
    gaps = blanks(line)
    return not any(gap.ruled or line.text[gap.end :].strip() for gap in gaps)


def joined(spots: Sequence[Spot]) -> list[Spot]:
    """Boxes on several lines under one label, as one choice."""
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
            near = last.place.near if last.place.kind is PlaceKind.CHOICE else max(last.place.near - 1, 0)
            last.place = replace(last.place, kind=PlaceKind.CHOICE, options=options, label=label, near=near)
            last.lines, last.spans = (*last.lines, *spot.lines), (*last.spans, *spot.spans)
            continue
        result.append(spot)
    return result
