"""File and folder names that Windows, Linux and macOS all take."""

from __future__ import annotations

import re
import unicodedata

_ILLEGAL = str.maketrans(
    {'"': "”", "<": "〈", ">": "〉", ":": "：", "/": "／", "\\": "＼", "|": "｜", "?": "？", "*": "＊"}
)
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}
"""Unicode categories of what a name must not hide: controls, marks that turn the writing round, halves of pairs."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
LONGEST = 60
"""Characters: three such names and the extension stay under the 255 bytes that Linux allows for UTF-8."""


def safe_name(text: str, longest: int = LONGEST) -> str:
    """A file name made from any text: illegal characters become full-width ones, the ends are tidied; never empty."""
    seen = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    name = "".join(sign for sign in seen if unicodedata.category(sign) not in _UNSEEN).translate(_ILLEGAL)
    name = re.sub(r"\s+", " ", name).strip()[:longest].strip(" .")
    if not name:
        return "未命名"
    return f"_{name}" if _RESERVED.match(name) else name


def distinct(names: list[str]) -> list[str]:
    """The same names, where the second of equal ones (case does not count) gets （2） and so on."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        key = name.casefold()
        seen[key] = seen.get(key, 0) + 1
        result.append(name if seen[key] == 1 else f"{name}（{seen[key]}）")
    return result
