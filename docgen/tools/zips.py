"""Zip containers (.xlsx, .docx) whose bytes depend on nothing but their contents."""

from __future__ import annotations

import io
import re
import zipfile

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip entry can bear."""

_CORE = "docProps/core.xml"
_CORE_DATES = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_CORE_DATE = b"1980-01-01T00:00:00Z"

_LEVEL = 6


def stable_zip(data: bytes) -> bytes:
    """The same zip with fixed dates, attributes and compression; members and their order are kept.

    In Office files the dates of docProps/core.xml are fixed too: openpyxl writes the time of saving there, whatever
    the workbook's properties say. Raises zipfile.BadZipFile where `data` is no zip.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _CORE:
                content = _CORE_DATES.sub(rb"\g<1>" + _CORE_DATE + rb"\g<3>", content)
            entry = zipfile.ZipInfo(member.filename, _FIXED_DATE)
            entry.create_system = 3  # else the machine that wrote it shows: 0 on Windows, 3 elsewhere
            entry.external_attr = 0o644 << 16
            copy.writestr(entry, content, zipfile.ZIP_DEFLATED, _LEVEL)
    return target.getvalue()
