"""Lines that go on from one to the next, for want of width, as the one paragraph that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.forms.structure import Line

from .printed import Printed

_FULL = 1.6  # of the type size: a line with less than this left has no room for one more character and its mark
_APART = 2.4  # of the type size: lines that are farther apart are paragraphs
_ENDED = "。；;：:_＿！？"
_BEGINS = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]|[①-⑳*※·•■◆]|附[件表])")


def run_on(lines: Sequence[Line]) -> list[Line]:
    """Lines of one room, from the top, joined where one is full and the next goes on."""
    made: list[Line] = []
    for line in lines:
        if made and _goes_on(made[-1], line):
            made[-1] = _joined(made[-1], line)
        else:
            made.append(line)
    return made


def _goes_on(line: Line, following: Line) -> bool:
    one: Printed = line.handle
    other: Printed = following.handle
    text = line.text.rstrip()
    if not text or text[-1] in _ENDED or line.level != following.level or _BEGINS.match(following.text):
        return False
    last, first = one.boxes[len(text) - 1], other.boxes[0]
    size = max(one.size, other.size)
    return (
        len(text) == len(line.text)  # nothing to be written on behind its words
        and one.room.right - last.right < _FULL * size
        and first.left - one.room.left < _FULL * size
        and 0 < last.top - first.top < _APART * size
        and abs(one.size - other.size) < 0.15 * size
        and not following.text[:1].isspace()
    )


def _joined(line: Line, following: Line) -> Line:
    one: Printed = line.handle
    other: Printed = following.handle
    shift = len(line.text)
    for control in following.controls:
        control.position += shift
    handle = replace(
        one,
        boxes=(*one.boxes, *other.boxes),
        marks={**one.marks, **{place + shift: mark for place, mark in other.marks.items()}},
        combs=(*one.combs, *((start + shift, end + shift) for start, end in other.combs)),
    )
    return Line(
        line.at,
        line.text + following.text,
        (*line.underlined, *((start + shift, end + shift) for start, end in following.underlined)),
        (*line.controls, *following.controls),
        level=line.level,
        handle=handle,
    )
