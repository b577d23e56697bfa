"""The styles of a workbook: a date in a cell without a format for dates gets one."""

from __future__ import annotations

import copy

from .package import parse, serialised
from .rows import M

_FORMATS = {"date": "14", "datetime": "22", "time": "21"}
"""The built-in number formats (ECMA-376, 18.8.30); Excel shows them as the machine's language writes dates."""
_UNDATED = ("0", "49")  # 常规, 文本


class Styles:
    """The cell formats of styles.xml, and those that dates need besides, in the order in which they were asked for."""

    def __init__(self, content: bytes | None) -> None:
        self._root = parse(content) if content else None
        self._formats = self._root.find(f"{M}cellXfs") if self._root is not None else None
        self._added: dict[tuple[str, str], str] = {}

    def dated(self, style: str, kind: str) -> str:
        """The number of a format that shows a date ("date", "datetime", "time") and is otherwise `style`."""
        if self._formats is None:
            return style
        key = (style or "0", kind)
        if key not in self._added:
            given = self._formats[int(key[0])]
            if given.get("numFmtId", "0") not in _UNDATED:
                self._added[key] = style
            else:
                twin = copy.deepcopy(given)
                twin.set("numFmtId", _FORMATS[kind])
                twin.set("applyNumberFormat", "1")
                self._formats.append(twin)
                self._formats.set("count", str(len(self._formats)))
                self._added[key] = str(len(self._formats) - 1)
        return self._added[key]

    def changed(self) -> bytes | None:
        """The new styles.xml; None where nothing was added."""
        if self._root is None or all(new == old or not new for (old, _), new in self._added.items()):
            return None
        return serialised(self._root)
