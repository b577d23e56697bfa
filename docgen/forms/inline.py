"""Blanks, dates and choices within one line of text: where they are, and which words name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .structure import OBJECT, Line

BOXES = "□○◯☐◻▢⬜〇❑❏▫"
CHECKED = {
    "□": "☑",
    "☐": "☑",
    "◻": "☑",
    "▢": "☑",
    "⬜": "☑",
    "❑": "☑",
    "❏": "☑",
    "▫": "☑",
    "○": "●",
    "◯": "●",
    "〇": "●",
}
MARKS = "☑☒■●√✓✔☆"
"""What stands for a chosen box on a filled form."""

_SPACE = r"[ \t\u00a0\u3000]"
_GAP = rf"(?:{_SPACE}|[_＿])"
_DATE = re.compile(
    rf"(?P<y>(?:(?P<pre>20\d{{0,1}}|二[〇○零]二?){_GAP}*|{_GAP}*))年(?:度)?(?P<m>{_GAP}*)月(?P<d>{_GAP}*)日"
)
_UNDERSCORES = re.compile(rf"[_＿]+(?:{_SPACE}*[_＿]+)*|[‾¯]{{3,}}|-{{5,}}|—{{4,}}|…{{2,}}|\.{{6,}}")
_AFTER_COLON = re.compile(
    rf"(?<=[:：]){_SPACE}?(?=(?:人次|人|名|万元|元|㎡|平方米|台套|台|套|个|间|期)(?:$|[^\u4e00-\u9fff]))|(?<=[:：]){_SPACE}{{2,}}|(?<=[:：]){_SPACE}*$|(?<=[:：]){_SPACE}*(?=[（(](?:盖章|公章|加盖|单位盖章|学校盖章))"
)
_COUNTS = re.compile(rf"(?<=[共分]){_SPACE}*(?=期(?:$|[，,。；;]))|(?<=每期){_SPACE}*(?=[人名](?:$|[，,。；;]))")
"""共　期，每期　人: a number goes between, however little room there is."""
_LONGEST_OPTION = 12
_WIDE = 4
"""An empty bracket of so many spaces takes words."""
_BRACKETED = re.compile(rf"[（(]((?:{_SPACE}|[√✓✔])*)[）)]")
_BOX = re.compile(f"[{BOXES}{MARKS}](?=.)|[\\[［](?:{_SPACE}|[√✓✔])*[\\]］](?=.)")
_OPTION_END = re.compile(rf"{_SPACE}+|[,，;；。\n]|(?=[{BOXES}{MARKS}])|(?=[\[［](?:{_SPACE}|[√✓✔])*[\]］])")
_LETTERED = re.compile(rf"(?:[A-Za-z]|\d{{1,2}})[.、．)）]{_SPACE}*")
UNIT_ONLY = re.compile(
    r"\s*[（(]?(?:人次|人|名|万元|元|㎡|m2|m²|平方米|台套|台|套|个|间|处|期|年|岁|门|亩|册|%|％)[）)]?\s*"
)
"""What stands beside a gap that takes a number: the unit alone."""
UNIT_BEHIND = re.compile(
    rf"{_SPACE}*[（(]?(人次|人|名|万元|元|㎡|m2|m²|平方米|台套|台|套|个|间|期)[）)]?(?![\u4e00-\u9fffa-zA-Z0-9])"
)
"""The unit that follows a gap."""
_CLAUSE = re.compile(
    rf"[_＿]+|[:：]|[（(]{_SPACE}{{0,3}}[）)]{_SPACE}*[^\s（(:：]*|[{BOXES}{MARKS}]{_SPACE}?[^\s:：]*|[,，;；。!！]|{_SPACE}{{3,}}"
)
"""What parts a label from what stands before it on the line: another blank, its label, boxes, a clause."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap in a line and the words before it. `ruled`: it is drawn (underlined, underscores) rather than just space."""

    start: int
    end: int
    label: str
    ruled: bool


@dataclass(frozen=True, slots=True)
class DateBlank:
    """「　年　月　日」: the spans of year, month and day, the digits of the year that stand there, the words before it."""

    spans: tuple[tuple[int, int], ...]
    prefix: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box to be ticked: its span, the words beside it, and where both together begin and stop."""

    start: int
    end: int
    option: str
    begin: int
    stop: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Boxes that belong together, under one label."""

    label: str
    boxes: tuple[Box, ...]


def dates(line: Line) -> list[DateBlank]:
    """The dates to be filled in."""
    found = []
    for match in _DATE.finditer(line.text):
        prefix = match["pre"] or ""
        year = (match.start("y") + len(prefix), match.end("y"))
        spans = (year, match.span("m"), match.span("d"))
        if not match["y"] and match.start() and line.text[match.start() - 1].isdigit():
            continue  # 2021年　月　日: the year is said
        found.append(DateBlank(spans, prefix, _label_before(line.text, match.start("y")), match.start(), match.end()))
    return found


def choices(line: Line) -> list[Choice]:
    """The groups of boxes, from left to right."""
    boxes = sorted((*_boxes(line.text), *_brackets(line.text)), key=lambda box: box.start)
    if behind := _boxes_behind(line.text):
        return [behind]
    groups: list[Choice] = []
    end = 0
    current: list[Box] = []
    label = ""
    for box in boxes:
        before = line.text[end : box.begin]
        if not current or re.search("[:：]", before):
            if current:
                groups.append(Choice(label, tuple(current)))
            label, current = re.sub("^[)）]|(?:属于|为|是|是一所)$", "", _last_clause(before)), []
        current.append(box)
        end = box.stop
    if current:
        groups.append(Choice(label, tuple(current)))
    return groups


def _boxes_behind(text: str) -> Choice | None:
    """中职□　高职□　本科□: each box behind its option; None where boxes stand before."""
    signs = list(re.finditer(f"[{BOXES}{MARKS}]", text))
    if len(signs) < 2 or text[signs[-1].end() :].strip():
        return None
    head, _, first = re.sub("：", ":", text[: signs[0].start()]).rpartition(":")
    boxes, start = [], signs[0].start() - len(first)
    for sign in signs:
        option = text[start : sign.start()].strip(" 、,，/\t\u3000\u00a0")
        if not option or len(option) > _LONGEST_OPTION or re.search(r"\s{2,}|\s\S+\s", option):
            return None
        boxes.append(Box(sign.start(), sign.end(), option, start, sign.end()))
        start = sign.end()
    return Choice(_last_clause(f"{head}:") if head else "", tuple(boxes))


def _boxes(text: str) -> list[Box]:
    found = []
    for match in _BOX.finditer(text):
        if match[0] in "√✓✔" and re.match(rf"{_SPACE}*[）)]", text[match.end() :]):
            continue  # between brackets, which are the box
        start = match.end()
        while start < len(text) and text[start] in " \t\u3000\u00a0":
            start += 1
        lettered = _LETTERED.match(text, start)  # A. 中职
        end = _OPTION_END.search(text, lettered.end() if lettered else start)
        stop = end.start() if end else len(text)
        if stop > start:
            found.append(Box(match.start(), match.end(), text[start:stop], match.start(), stop))
    return found


def _is_box(text: str, bracket: re.Match[str]) -> bool:
    """Whether an empty bracket is there to be ticked: narrow, and not （√） in a label, which says how to."""
    ticked = text[bracket.end() : bracket.end() + 1] in (":", "：") and bool(bracket[1].strip())
    return len(bracket[1]) < _WIDE and not ticked


def _brackets(text: str) -> list[Box]:
    """（　）中职　（　）高职, or 中职（　）高职（　）."""
    marks = [each for each in _BRACKETED.finditer(text) if _is_box(text, each)]
    if len(marks) < 2:
        return []
    head = re.split("[:：]", text[: marks[0].start()])[-1].strip()
    if re.match("[\u4e00-\u9fff]", text[marks[-1].end() :]):  # 贵校属于（　）中职（　）高职
        head = ""
    found = []
    for number, mark in enumerate(marks):
        following = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        if head:
            start = marks[number - 1].end() if number else marks[0].start() - len(head)
            option, stop = text[start : mark.start()].strip(" 、,，/\u3000"), mark.end()
            begin = start
        else:
            begin = mark.start()
            option = re.split(r"[\s、,，;；。]", text[mark.end() : following].strip())[0]
            stop = text.find(option, mark.end()) + len(option)
        if not option or len(option) > 12:
            return []
        found.append(Box(*mark.span(1), option, begin, stop))
    return found


def blanks(line: Line, taken: Sequence[tuple[int, int]] = (), own: str = "") -> list[Blank]:
    """The gaps to be filled in, but for those within spans that are `taken`.

    `own` is the label of the cell that the line stands in, for the one drawn gap that has none of its own. A drawn gap
    may have no label: what stands behind it may name it.
    """
    spans = sorted(_gaps(line), key=lambda gap: gap[:2])
    found: list[Blank] = []
    end = 0
    for start, stop, ruled in spans:
        if start < end or any(start < last and stop > first for first, last in taken):
            continue
        begin = max([end, *(last for _, last in taken if last <= start)])
        label = _last_clause(line.text[begin:start])
        if not label and ruled and own and not found and not line.text[:start].strip():
            unit = UNIT_ONLY.fullmatch(line.text[stop:])
            label = f"{own}（{line.text[stop:].strip(' ()（）')}）" if unit else own
        if label or ruled:
            found.append(Blank(start, stop, label, ruled))
            end = stop if label else end
    return found


def _gaps(line: Line) -> Iterator[tuple[int, int, bool]]:
    text = line.text
    ruled = [(match.start(), match.end()) for match in _UNDERSCORES.finditer(text)]
    for start, end in line.underlined:
        if end - start >= 2 and not text[start:end].strip(" \t\u3000\u00a0_"):
            ruled.append((start, end))
    for start, end in ruled:
        while end < len(text) and text[end] in "_＿":
            end += 1
        yield start, end, True
    for match in _BRACKETED.finditer(text):
        if (
            len(match[1]) >= _WIDE
            and not match[1].strip()
            and not any(start < match.end() and match.start() < end for start, end in ruled)
        ):
            yield match.start(1), match.end(1), True
    for match in _COUNTS.finditer(text):
        if not any(start <= match.end() and match.start() <= end for start, end in ruled):
            yield match.start(), match.end(), True
    for match in _AFTER_COLON.finditer(text):
        if not any(start <= match.end() and match.start() <= end for start, end in ruled):
            yield match.start(), match.end(), False


def _label_before(text: str, position: int) -> str:
    return _last_clause(text[:position])


def _last_clause(text: str) -> str:
    """The words that name what follows them: the last clause, without the colon."""
    text = text.replace(OBJECT, "\n").rpartition("\n")[2].rstrip().rstrip("_＿").rstrip(":： \t\u3000\u00a0")
    text = text.removesuffix("（").removesuffix("(")  # 学校代码（　　　　）
    pieces = [piece for piece in _CLAUSE.split(text) if piece and piece.strip()]
    label = ""
    while pieces and len(label) < 2:  # 姓    名: a word that is spread out
        label = f"{pieces.pop().strip()}{label}"
        if pieces and len("".join(pieces[-1].split())) > 1:
            break
    return label


def last_clause(text: str) -> str:
    """The words that name what follows a text: its last clause."""
    return _last_clause(text)


def words_before(line: Line, position: int) -> str:
    """The label of something at a position: the last clause before it."""
    return _label_before(line.text, position)
