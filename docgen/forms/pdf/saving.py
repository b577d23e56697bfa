"""Writes a filled form out: anew, or for a signed one by adding to it, so that what was signed stays as it was.

The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import warnings
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.tools import qpdf

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_KEPT = ("/Root", "/Info")
_TAIL = 2048


def whole(pdf: pikepdf.Pdf) -> bytes:
    """A PDF as it stands now. What was not touched is copied as it was packed. Raises any of qpdf.ERRORS."""
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # widgets that no field lists are listed before, or are nobody's
        pdf.save(
            out,
            deterministic_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
        )
    return out.getvalue()


def appended(source: bytes, pdf: pikepdf.Pdf) -> bytes | None:
    """The file as it was, with what changed since behind it (ISO 32000-1, 7.5.6: an incremental update).

    Signatures cover the bytes before and stay as valid as they were. None where that cannot be: the file is encrypted,
    or damaged, so that its own table of objects cannot be built upon.
    """
    start = _START.search(source[-_TAIL:])
    head = source.find(b"%PDF-", 0, 8192)
    if start is None or pdf.is_encrypted or head != 0:
        return None
    previous = int(start[1])
    if previous >= len(source):
        return None
    with qpdf.open_pdf(source) as before:
        if before.get_warnings():
            return None
        changed = _changed(before, pdf)
    out = bytearray(source)
    if not out.endswith(b"\n"):
        out += b"\n"
    offsets: dict[tuple[int, int], int] = {}
    for item in changed:
        offsets[item.objgen] = len(out)
        out += b"%d %d obj\n" % item.objgen + _written(item) + b"\nendobj\n"
    trailer = Dictionary({key: pdf.trailer[key] for key in _KEPT if key in pdf.trailer})
    trailer["/Prev"] = previous
    trailer["/ID"] = _identity(pdf, bytes(out))
    if source[previous : previous + 4] == b"xref":
        _table(out, offsets, trailer, _size(pdf))
    else:
        _stream(out, offsets, trailer, _size(pdf))
    return bytes(out)


def _changed(before: pikepdf.Pdf, after: pikepdf.Pdf) -> list[pikepdf.Object]:
    known = {item.objgen: item for item in before.objects if item.objgen != (0, 0)}
    found: list[pikepdf.Object] = []
    for item in after.objects:
        if item.objgen == (0, 0) or not isinstance(item, Dictionary | Array | Stream):
            continue
        old = known.get(item.objgen)
        if item.get("/Type") in (Name.XRef, Name.ObjStm) if isinstance(item, Stream) else False:
            continue
        if old is None or _plain(old) != _plain(item):
            found.append(item)
    return found


def _plain(item: pikepdf.Object) -> bytes:
    """An object as it is written; of a stream that was there before, its dictionary (their data are never changed)."""
    return Dictionary(dict(item.items())).unparse() if isinstance(item, Stream) else item.unparse(resolved=True)


def _written(item: pikepdf.Object) -> bytes:
    if not isinstance(item, Stream):
        return item.unparse(resolved=True)
    data = item.read_raw_bytes()
    traits = Dictionary({key: value for key, value in item.items() if key != "/Length"})
    if "/Filter" not in traits:
        data = zlib.compress(data)
        traits["/Filter"] = Name.FlateDecode
    traits["/Length"] = len(data)
    return traits.unparse() + b"\nstream\n" + data + b"\nendstream"


def _size(pdf: pikepdf.Pdf) -> int:
    return max((item.objgen[0] for item in pdf.objects), default=0) + 1


def _identity(pdf: pikepdf.Pdf, data: bytes) -> Array:
    own = hashlib.sha256(data).digest()[:16]
    known = pdf.trailer.get("/ID")
    first = bytes(known[0]) if isinstance(known, Array) and len(known) else own
    return Array([pikepdf.String(first), pikepdf.String(own)])


def _runs(offsets: dict[tuple[int, int], int]) -> list[list[tuple[tuple[int, int], int]]]:
    """The entries in runs of following numbers, as both kinds of table want them."""
    runs: list[list[tuple[tuple[int, int], int]]] = []
    for entry in sorted(offsets.items()):
        if runs and runs[-1][-1][0][0] + 1 == entry[0][0]:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _table(out: bytearray, offsets: dict[tuple[int, int], int], trailer: Dictionary, size: int) -> None:
    start = len(out)
    out += b"xref\n"
    for run in _runs(offsets):
        out += b"%d %d\n" % (run[0][0][0], len(run))
        for (_, generation), offset in run:
            out += b"%010d %05d n \n" % (offset, generation)
    trailer["/Size"] = size
    out += b"trailer\n" + trailer.unparse() + b"\nstartxref\n%d\n%%%%EOF\n" % start


def _stream(out: bytearray, offsets: dict[tuple[int, int], int], trailer: Dictionary, size: int) -> None:
    start = len(out)
    entries = {**offsets, (size, 0): start}
    rows, index = b"", []
    for run in _runs(entries):
        index += [run[0][0][0], len(run)]
        for (_, generation), offset in run:
            rows += b"\x01" + offset.to_bytes(4) + generation.to_bytes(2)
    trailer["/Type"], trailer["/Size"] = Name.XRef, size + 1
    trailer["/W"], trailer["/Index"], trailer["/Length"] = Array([1, 4, 2]), Array(index), len(rows)
    out += b"%d 0 obj\n" % size + trailer.unparse() + b"\nstream\n" + rows + b"\nendstream\nendobj\n"
    out += b"startxref\n%d\n%%%%EOF\n" % start
