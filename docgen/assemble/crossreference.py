"""The table at the end of a PDF that says where its objects lie: read from what qpdf wrote, written for moved objects."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\n$")
_TABLE = re.compile(
    rb"(\d+) 0 obj\n<< /Type /XRef /Length (\d+) /Filter /FlateDecode /DecodeParms << /Columns (\d+) /Predictor 12 >>"
    rb" /W \[ (\d) (\d) (\d) \](?P<rest>.*?) /ID \[[^\]]*\] >>\nstream\n",
    re.DOTALL,
)
_PLAIN = 1  # the type of an object that lies in the file itself


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The table: where it begins in what qpdf wrote, its own object's number, the other keys, a row an object."""

    start: int
    number: int
    keys: bytes
    rows: tuple[tuple[int, int, int], ...]

    def written(self, start: int, seed: bytes) -> bytes:
        """The end of a file in which the table begins at `start`. `seed` makes the file's identifier."""
        rows = [
            (kind, start if index == self.number else place, last)
            for index, (kind, place, last) in enumerate(self.rows)
        ]
        wide = _bytes_for(max(place for _, place, _ in rows))
        narrow = _bytes_for(max(last for _, _, last in rows))
        plain = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(wide, "big") + last.to_bytes(narrow, "big")
            for kind, place, last in rows
        )
        columns = 1 + wide + narrow
        packed = zlib.compress(_predicted(plain, columns))
        name = seed[:16].hex().encode()
        return b"".join(
            (
                b"%d 0 obj\n<< /Type /XRef /Length %d /Filter /FlateDecode" % (self.number, len(packed)),
                b" /DecodeParms << /Columns %d /Predictor 12 >> /W [ 1 %d %d ]" % (columns, wide, narrow),
                self.keys,
                b" /ID [<%s><%s>] >>\nstream\n" % (name, name),
                packed,
                b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start,
            )
        )


def cross_reference(data: bytes, moved: Callable[[int], int]) -> CrossReference:
    """The table of a PDF as qpdf writes it with object streams; `moved` says where what lay at an offset will lie."""
    end = _END.search(data, max(len(data) - 64, 0))
    table = _TABLE.match(data, int(end[1])) if end else None
    if end is None or table is None:
        raise RuntimeError("qpdf wrote a table of another form")
    columns, widths = int(table[3]), (int(table[4]), int(table[5]), int(table[6]))
    packed = data[table.end() : table.end() + int(table[2])]
    rows = tuple(
        (kind, moved(place) if kind == _PLAIN else place, last)
        for kind, place, last in _rows(_original(zlib.decompress(packed), columns), widths)
    )
    return CrossReference(table.start(), int(table[1]), table["rest"], rows)


def _rows(plain: bytes, widths: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    first, second = widths[0], widths[0] + widths[1]
    for at in range(0, len(plain), sum(widths)):
        row = plain[at : at + sum(widths)]
        yield (
            int.from_bytes(row[:first], "big"),
            int.from_bytes(row[first:second], "big"),
            int.from_bytes(row[second:], "big"),
        )


def _original(data: bytes, columns: int) -> bytes:
    """Rows of which each tells its difference from the one above, as they were."""
    above, rows = bytes(columns), []
    for at in range(0, len(data), columns + 1):
        above = bytes((one + other) & 255 for one, other in zip(data[at + 1 : at + 1 + columns], above, strict=True))
        rows.append(above)
    return b"".join(rows)


def _predicted(plain: bytes, columns: int) -> bytes:
    """The reverse of `_original`."""
    above, rows = bytes(columns), []
    for at in range(0, len(plain), columns):
        row = plain[at : at + columns]
        rows.append(b"\x02" + bytes((one - other) & 255 for one, other in zip(row, above, strict=True)))
        above = row
    return b"".join(rows)


def _bytes_for(value: int) -> int:
    return max((value.bit_length() + 7) // 8, 1)
