"""Where a line of text may be broken (Unicode Standard Annex 14), for the characters that Chinese documents use."""

from __future__ import annotations

from itertools import product

from .unfit import Unfit

_MEMBERS: dict[str, str] = {
    "SP": " ",
    "EX": "!?﹖﹗！？",
    "QU": "\"'«»‘’‛“”‟‹›",
    "PR": "$+\\£¤¥±№−∓﹩＄￡￥￦",
    "PO": "%¢°‰‱′″‴‵‶‷⁗℃℉﹪％￠",
    "OP": "([{¡¿‚„⁅",
    "OW": "〈《「『【〔〖〘〚〝︵︷︹︻︽︿﹁﹃﹇﹙﹛﹝（［｛｟｢",
    "CP": ")]",
    "IS": ",.:;⁄",
    "HY": "-",
    "SY": "/",
    "NU": "0123456789",
    "BA": "|\u00ad\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a‐‒–‧⁖⁘⁙⁚⁛⁝⁞\u205f\u3000",
    "CL": "}⁆、。〉》」』】〕〗〙〛〞〟︶︸︺︼︾﹀﹂﹄﹈﹐﹒﹚﹜﹞），．］｝｠｡｣､",
    "GL": "\u00a0\u2007\u2011\u202f",
    "BB": "´",
    "ZW": "\u200b",
    "B2": "—",
    "IN": "․‥…⋯",
    "NS": "‼‽⁇⁈⁉々〜〻〼゛゜ゝゞ・ヽヾ﹔﹕：；･ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーｧｨｩｪｫｬｭｮｯｰ",
    "WJ": "\u2060",
}
_OUTSIDE = frozenset("\t\n\r\u0085\u2028\u2029\uff9e\uff9f")
"""Ends of lines, which are no characters of a line, and marks that join the character before them."""
_IDEOGRAPHS = "☀☁☂☃☔☕☘☚☛☜☞☟☹☺☻♨♿⚽⚾⚿⛀⛁⛂⛃⛄⛅⛆⛇⛈⛍⛏⛐⛑⛓⛔⛘⛙⛜⛟⛠⛡⛪⛱⛲⛳⛴⛵⛷⛸⛺⛽⛾⛿"
_CLASSES = {character: name for name, members in _MEMBERS.items() for character in members}
_CLASSES |= dict.fromkeys(_IDEOGRAPHS, "ID")
_NAMES = (*_MEMBERS, "ID", "AL")
_ALL = frozenset(_NAMES)
_EVEN_AFTER_SPACES = ("CL", "CP", "EX", "IS", "SY", "WJ")


def _pairs(before: str, after: str) -> frozenset[tuple[str, str]]:
    return frozenset(product(before.split(), after.split()))


_TOGETHER = (
    {(before, after) for before in _ALL for after in (*_EVEN_AFTER_SPACES, "SP", "ZW")}
    | {(before, after) for before in ("WJ", "GL", "OP", "OW", "BB", "QU") for after in _ALL}
    | {(before, "GL") for before in _ALL - {"SP", "BA", "HY"}}
    | {(before, after) for before in _ALL for after in ("QU", "BA", "HY", "NS", "IN")}
    | _pairs("AL", "NU AL PR PO OP")
    | _pairs("NU", "AL NU PO PR OP")
    | _pairs("PR PO", "AL NU")
    | _pairs("PR", "ID")
    | _pairs("ID", "PO")
    | _pairs("HY", "NU")
    | _pairs("IS", "AL")
    | _pairs("CP", "AL NU")
    | _pairs("B2", "B2")
)
"""Classes between which no line may end (LB 7 to 30 of the annex)."""
_ACROSS_SPACES = {(before, after) for before in ("OP", "OW") for after in _ALL} | {
    ("QU", "OP"),
    ("QU", "OW"),
    ("CL", "NS"),
    ("CP", "NS"),
    ("B2", "B2"),
}
"""Classes between which no line may end even where spaces stand between them (LB 11 to 17)."""
_IN_NUMBER = _pairs("CL CP SY IS", "PO PR") | _pairs("SY IS", "NU")
"""Classes between which no line may end within a number (LB 25)."""
_NO_NUMBER, _DIGITS, _CLOSED = range(3)
"""Where in a number a place is: digits with points and slashes, then one closing bracket."""


def class_of(character: str) -> str:
    """The class of a character. Raises Unfit for one that is not set by itself, such as a combining mark."""
    known = _CLASSES.get(character)
    if known is None:
        code = ord(character)
        if (
            code < 0x20
            or character in _OUTSIDE
            or 0x300 <= code < 0x370
            or 0x590 <= code < 0x1100
            or 0x200C <= code < 0x2010
        ):
            raise Unfit(f"字符 U+{code:04X}")
        if 0x202A <= code < 0x202F or 0x2061 <= code < 0x2070 or 0x302A <= code < 0x3030 or code > 0xFFFF:
            raise Unfit(f"字符 U+{code:04X}")
        known = _CLASSES[character] = "ID" if code >= 0x2E80 and not 0x3248 <= code < 0x3250 else "AL"
    return known


def break_places(text: str) -> tuple[int, ...]:
    """The offsets before which a line may end, in rising order, without 0 and the end of the text.

    `text` has no line breaks of its own. Raises Unfit: see `class_of`.
    """
    found = []
    before, last, spaced, number = "", "", False, _NO_NUMBER
    classes = [class_of(character) for character in text]
    for place, name in enumerate(classes):
        if place and name not in ("SP", "ZW"):
            if before == "ZW":
                found.append(place)
            elif spaced:
                if name not in _EVEN_AFTER_SPACES and (last, name) not in _ACROSS_SPACES:
                    found.append(place)
            elif (last, name) not in _TOGETHER and not (number and (last, name) in _IN_NUMBER):
                opens = last in ("PR", "PO") and name in ("OP", "OW") and classes[place + 1 : place + 2] == ["NU"]
                if not opens:
                    found.append(place)
        if name == "SP":
            spaced = True
            continue
        if name == "NU" or (number == _DIGITS and not spaced and name in ("SY", "IS")):
            number = _DIGITS
        else:
            closes = number == _DIGITS and not spaced and name in ("CL", "CP")
            number = _CLOSED if closes else _NO_NUMBER
        before = last = name
        spaced = False
    return tuple(found)
