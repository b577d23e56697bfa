"""Punctuation: half-width between Chinese characters, doubled marks, stray spaces, brackets and quotes without partner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .slip import Slip, SlipKind

_HAN = "\u3400-\u9fff"
_FULL = dict(zip(",;:!?", "，；：！？", strict=True))
_HALF_BETWEEN = re.compile(rf"(?<=[{_HAN}”’）》】])(?:[,;:!?](?=[ ]?[{_HAN}“‘（《【])|[;!?](?=[ ]?[0-9]))")
_DOT_BETWEEN = re.compile(rf"(?<=[{_HAN}][{_HAN}])\.(?=[{_HAN}]{{2}})")
_HALF_BRACKETS = re.compile(rf"\([^()（）\n]*[{_HAN}][^()（）\n]*\)")
_DOUBLED = re.compile("([，、；：])[，。、；：]+|。[，、；：]+|。。+|，,|,，|[!！]。|？。|。[.]")
_SPACE = re.compile(rf"(?<=[{_HAN}]{{2}}) (?=[{_HAN}]{{2}})")
_HEADING = re.compile(r"第[一二三四五六七八九十0-9]+[章节条款编部]|[附表图][件表]?[一二三四五六七八九十0-9]*$")
_PROSE_LINE = 15
_MOST_STRAY = 2
_OPEN = dict(zip("（【《〈“‘〔「『[(", "）】》〉”’〕」』])", strict=True))
_CLOSE = {right: left for left, right in _OPEN.items()}
_SAME = {"(": "（", ")": "）", "[": "【", "]": "】"}
_MARKS = re.compile("[" + re.escape("".join(_OPEN) + "".join(_CLOSE)) + "]")
_COUNTER = re.compile(r"(?:^|[\s，。；：、,;:])[0-9０-９a-zA-Z一二三四五六七八九十]{1,3}$")


def half_width(text: str) -> Iterator[Slip]:
    """Half-width , ; : ! ? . between Chinese characters, and half-width brackets about Chinese characters."""
    reason = "中文里用全角标点"
    for match in _HALF_BETWEEN.finditer(text):
        yield Slip(match.start(), match.end(), match.group(), _FULL[match.group()], SlipKind.PUNCTUATION, reason)
    for match in _DOT_BETWEEN.finditer(text if "，" in text or "。" in text else ""):  # 申报.等级 is no sentence
        yield Slip(match.start(), match.end(), ".", "。", SlipKind.PUNCTUATION, reason)
    for match in _HALF_BRACKETS.finditer(text):
        yield Slip(match.start(), match.start() + 1, "(", "（", SlipKind.PUNCTUATION, reason)
        yield Slip(match.end() - 1, match.end(), ")", "）", SlipKind.PUNCTUATION, reason)


def doubled_marks(text: str) -> Iterator[Slip]:
    """Marks that follow one another: ，， 。。 ，。"""
    for match in _DOUBLED.finditer(text):
        found = match.group()
        dots = set(found) == {"。"} and len(found) > 2
        suggestion = "……" if dots else "。" if "。" in found else found[0]
        yield Slip(match.start(), match.end(), found, suggestion, SlipKind.PUNCTUATION, "标点重复")


def stray_spaces(text: str) -> Iterator[Slip]:
    """A space within a sentence; spaces that lay out headings, names and tables are left alone."""
    offset = 0
    for line in text.split("\n"):
        if len(line) >= _PROSE_LINE and any(mark in line for mark in "，。；"):
            places = [match.start() for match in _SPACE.finditer(line)]
            if 0 < len(places) <= _MOST_STRAY and line.count(" ") - len(places) <= _MOST_STRAY:
                for place in places:
                    if not _HEADING.search(line[max(place - 6, 0) : place]):
                        yield Slip(offset + place, offset + place + 1, " ", "", SlipKind.SPACE, "汉字之间多了空格")
        offset += len(line) + 1


def pairs(text: str) -> Iterator[Slip]:
    """Brackets and quotes without partner, wrongly nested, or half-width with full-width; `1）` counts, and is right."""
    opened: list[tuple[int, str]] = []
    awaited: Counter[str] = Counter()
    for match in _MARKS.finditer(text):
        place, mark = match.start(), match.group()
        if mark in _OPEN:
            opened.append((place, mark))
            awaited[_OPEN[mark]] += 1
        elif opened and _OPEN[opened[-1][1]] == mark:
            opened.pop()
            awaited[mark] -= 1
        elif opened and _matches(opened[-1][1], mark):
            start, left = opened.pop()
            awaited[_OPEN[left]] -= 1
            if mark in _SAME:
                yield _mixed(place, mark, _OPEN[left])
            else:
                yield _mixed(start, left, _CLOSE[mark])
        elif awaited[mark]:
            while opened and _OPEN[opened[-1][1]] != mark:
                awaited[_OPEN[opened[-1][1]]] -= 1
                yield _alone(*opened.pop())
            opened.pop()
            awaited[mark] -= 1
        elif not (mark in "）)" and _COUNTER.search(text, max(place - 5, 0), place)) and not _apostrophe(text, place):
            yield _alone(place, mark)
    for place, mark in opened:
        yield _alone(place, mark)


def _matches(left: str, right: str) -> bool:
    return _SAME.get(_OPEN[left], _OPEN[left]) == _SAME.get(right, right)


def _mixed(place: int, mark: str, suggestion: str) -> Slip:
    return Slip(place, place + 1, mark, suggestion, SlipKind.PAIR, "左右两边全角半角不一致")


def _alone(place: int, mark: str) -> Slip:
    other, side = (_OPEN[mark], "后") if mark in _OPEN else (_CLOSE[mark], "前")
    return Slip(place, place + 1, mark, "", SlipKind.PAIR, f"{side}面没有与它成对的“{other}”")


def _apostrophe(text: str, place: int) -> bool:
    """Whether ’ stands in an English word (school’s)."""
    return text[place] == "’" and place > 0 and text[place - 1].isascii()
