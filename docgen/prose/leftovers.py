"""What was left behind: words that only keep a place, and the traces of a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .slip import Slip, SlipKind

_LEFT = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ×✕]{2,}(?![A-Za-z0-9])"
    r"|某某|(?<![等期接对看招优交有亟尚仍还急须])待(?:补充|填写|补填|完善(?![的提])|定(?![位期点性额向制价义岗])|填(?![补报列]))(?![A-Za-z0-9])"
    r"|此处(?:填写|填|输入)|[\[【（(<〈](?:请)?(?:在此)?(?:处)?(?:填写|输入|填)[^\]】）)>〉\n]{0,12}[\]】）)>〉]"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME|[Ll]orem ipsum)(?![A-Za-z])|[?？]{2,}|_{3,}|＿{2,}|\*{3,}|…{4,}|□□"
)
_WHOLE = frozenset(("待定", "待确定", "同上", "略", "测试", "test", "示例", "?", "？"))
_GARBLED = re.compile("(?:锟斤拷)+|锟斤|烫烫烫|屯屯屯|\ufffd+|(?:[ÃÂåæçèéä][\u0080-\u00bf]){2,}|[\ue000-\uf8ff]")


def left(text: str) -> Iterator[Slip]:
    """Words that only keep a place."""
    whole = text.strip("（）()[]【】。. ")
    if whole.casefold() in _WHOLE:
        start = text.find(whole)
        yield Slip(start, start + len(whole), whole, "", SlipKind.LEFTOVER, "还没有写完")
        return
    for match in _LEFT.finditer(text):
        yield Slip(match.start(), match.end(), match.group(), "", SlipKind.LEFTOVER, "还没有写完")


def garbled(text: str) -> Iterator[Slip]:
    """Traces of a wrong encoding, and characters that no font has."""
    for match in _GARBLED.finditer(text):
        yield Slip(match.start(), match.end(), match.group(), "", SlipKind.GARBLED, "文字编码出错留下的乱码")
