"""Where the characters of a line stand on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docgen.acroform.geometry import Box
from docgen.forms.structure import Control

LINE_HEIGHT = 1.3
"""Of the type size: how high the room of a line is."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A field's widget as it is to stand among the text: its box, the sign for it (OBJECT or □), its control, whose it is."""

    box: Box
    sign: str
    control: Control | None
    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a line or an empty cell stands: its page (from 1), a box for each character of the text, the type size, the
    room that it stands in, and the widgets among its characters; an empty cell's own widget has the number 0. `combs` are
    the spans of boxes that take one character each."""

    page: int
    boxes: tuple[Box, ...]
    size: float
    room: Box
    marks: Mapping[int, Marked] = field(default_factory=dict)
    combs: tuple[tuple[int, int], ...] = ()


def span_box(printed: Printed, text: str, start: int, end: int) -> Box:
    """Where a span of a line stands; one of no length stands behind the character before it."""
    boxes = printed.boxes
    if start < end:
        part = _on_one_line(boxes[start:end])
        left, right = min(box.left for box in part), max(box.right for box in part)
    else:
        left = boxes[start - 1].right if start else boxes[0].left
        right = boxes[start].left if start < len(boxes) else printed.room.right
        if start < len(boxes) and text[start - 1 : start] in "（([［":
            left, right = boxes[start - 1].left, boxes[start].right
    near = part if start < end else boxes[max(start - 1, 0) : end + 1] or boxes
    middles = sorted((box.bottom + box.top) / 2 for box in near)
    middle = middles[len(middles) // 2]
    high = LINE_HEIGHT * printed.size
    return Box(left, middle - high / 2, max(right, left + 1), middle + high / 2)


def _on_one_line(boxes: Sequence[Box]) -> Sequence[Box]:
    """Of a span that runs on to the next line, the longer part."""
    parts: list[list[Box]] = []
    for box in boxes:
        if parts and box.left >= parts[-1][-1].left - 1:
            parts[-1].append(box)
        else:
            parts.append([box])
    return max(parts, key=lambda part: part[-1].right - part[0].left)
