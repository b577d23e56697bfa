"""What the proofreader finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SlipKind(StrEnum):
    """What sort of slip; the value is what a user reads."""

    SOUND = "同音"
    SHAPE = "形近"
    EXTRA = "多字"
    MISSING = "漏字"
    USAGE = "搭配"
    PHRASE = "词语"
    BROKEN = "错字"
    NAME = "名称"
    DOUBLED = "重复"
    PAIR = "成对标点"
    PUNCTUATION = "标点"
    SPACE = "空格"
    DIGITS = "数字"
    UNIT = "单位"
    DOCUMENT_NUMBER = "文号"
    DATE = "日期"
    LEFTOVER = "占位"
    GARBLED = "乱码"


@dataclass(frozen=True, slots=True)
class Slip:
    """One place: `text[start:end] == found`. `suggestion` is what to write instead, "" where only a person can tell."""

    start: int
    end: int
    found: str
    suggestion: str
    kind: SlipKind
    reason: str
