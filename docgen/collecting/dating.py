"""When a file came, where the report in it does not say: the folder's name, and the day that its program wrote into it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from docgen.load.dates import read_day

_FOLDER = re.compile(
    r"(?:收到|收件|收|补交|补报|交来|提交|报送)?于?\s*(20\d\d[-./年_]?\d{1,2}[-./月_]?\d{1,2}日?)\s*(?:收到|收件|收|补交|补报|交来|提交|报送)?"
)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z?</dcterms:modified>")
_OWN = re.compile(rb"<dc:creator[^>]*>docgen</dc:creator>")
_MOST_BYTES = 100_000
_AHEAD = datetime.timedelta(hours=8)
"""Offices write the time of Greenwich; the schools keep that of Beijing."""
_EARLIEST = datetime.date(2000, 1, 1)


def received_in(name: str) -> datetime.date | None:
    """The day that the folder of a file names (2021-09-20, 9 月收到的 does not), the innermost first; None without one."""
    for part in reversed(PurePosixPath(name).parts[:-1]):
        match = _FOLDER.fullmatch(part.strip())
        day = read_day(match.group(1).replace("_", "-")) if match else None
        if isinstance(day, datetime.date):
            return day
    return None


def saved_on(data: bytes) -> datetime.date | None:
    """The day on which a Word or Excel file was saved last, as it says itself; None of files of ours, which keep no time."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_CORE).file_size > _MOST_BYTES:
                return None
            core = archive.read(_CORE)
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return None  # whoever reads the report tells what is wrong with the file
    found = None if _OWN.search(core) else _MODIFIED.search(core)
    if found is None:
        return None
    try:
        day = (datetime.datetime.fromisoformat(found.group(1).decode()) + _AHEAD).date()
    except (ValueError, OverflowError):
        return None
    return day if day > _EARLIEST else None
