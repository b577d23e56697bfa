"""A record's values under the headers of its sheet, as templates and workbooks want them."""

from __future__ import annotations

from typing import Any

from .columns import Sheet


def values_of(record: Any, sheet: Sheet) -> dict[str, Any]:
    """Header → value: a text for what was not given, choices as their text, numbers as they are; then unknown columns."""
    values = {column.header: _plain(getattr(record, column.attribute)) for column in sheet.columns}
    return {**record.extra, **values}


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else value
