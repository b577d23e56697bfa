"""Tables as plain text (.csv, .tsv, tables copied into a text file) → a grid: UTF-8 or the GBK of Chinese Windows."""

from __future__ import annotations

import csv
import io

from docgen.errors import InputError

from .grid import Cell, Grid, rows_of

_DELIMITERS = (",", "\t", ";", "；", "|")
_MOST_BYTES, _MOST_CELLS = 20_000_000, 2_000_000


def looks_delimited(data: bytes, name: str) -> bool:
    """Whether the bytes are a text with columns: by the file's name, or (.txt) by its first lines."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    if not name.lower().endswith(".txt") or b"\0" in data[:4096]:
        return False
    lines = [line for line in data[:4096].splitlines() if line.strip()]
    return len(lines) >= 2 and all(line.count(b"\t") >= 2 for line in lines[1:3])


def delimited_grid(data: bytes, name: str) -> Grid:
    """The one table of a delimited text. Raises InputError where it is no text, or far too large."""
    if len(data) > _MOST_BYTES:
        raise InputError(f"“{name}”大得不正常，没有读取。", "请核对是不是放错了文件。")
    text = _decoded(data, name)
    delimiter = max(_DELIMITERS, key=text[:20_000].count)
    try:
        lines: list[list[Cell]] = [list(line) for line in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise InputError(
            f"“{name}”不是完整的 CSV 文件。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新交来。"
        ) from error
    width = max(map(len, lines), default=0)
    if width * len(lines) > _MOST_CELLS:
        raise InputError(f"“{name}”大得不正常，没有读取。", "请核对是不是放错了文件。")
    return Grid("CSV", rows_of([line + [""] * (width - len(line)) for line in lines], (1, 1), (), {}))


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        f"“{name}”里的文字读不出来（不是 UTF-8，也不是 GBK）。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新交来。"
    )
