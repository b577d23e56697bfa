"""How a person reads a cell: width, spaces and brackets do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Full-width forms that are right in Chinese running text and must survive tidying.
_CHINESE_PUNCTUATION = "，。；：？！（）、“”‘’《》【】「」〔〕…—～"
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
# A table, since this runs over every cell of the workbook: U+FF01..FF5E stand 0xFEE0 above their ASCII counterparts.
_NARROWER = {0x3000: 0x20} | {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in _CHINESE_PUNCTUATION
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_FOLDED = str.maketrans("【〔［[｛{）】〕］]｝}“”‘’—–－", "((((((" + ")))))))" + "\"\"''---")


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones; Chinese punctuation is kept."""
    return text.translate(_NARROWER)


def tidy(text: str) -> str:
    """A cell's text as a person means it: no invisible characters, no stray spaces at the ends or in runs.

    Line breaks are kept, since a long cell (申报理由) may have paragraphs.
    """
    text = half_width(text.translate(_INVISIBLE)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[ \t\u00a0\u3000]+", " ", line).strip() for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def tidy_name(text: str) -> str:
    """A name's text: as `tidy`, on one line, and without spaces between Chinese characters (张　三 → 张三)."""
    return _SPACE_BETWEEN_HAN.sub("", _SPACES.sub(" ", tidy(text))).strip()


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """A key under which spellings meet: NFKC, case, all spaces, and every kind of bracket, quote and dash folded."""
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    text = text.translate(_FOLDED)
    return _SPACES.sub("", text)
