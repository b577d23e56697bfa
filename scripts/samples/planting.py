"""A workspace in the making, in which every planted fault stands beside the finding that it must give."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from docgen.model.schema import SHEETS
from docgen.model.settings import EVIDENCE_FOLDER, WORKBOOK_NAME
from docgen.model.source import column_letters
from docgen.render.workbook import school_workbook

from .data.tables import Row

_SHEETS = {sheet.name: sheet for sheet in SHEETS}


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that must come: its rule, application ("" for the school), and place."""

    application: str
    rule: str
    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Fault:
    """A fault in the row that it is planted with: `header` names the column that the finding points at."""

    rule: str
    header: str
    application: str = ""


@dataclass
class Workspace:
    """Rows, files and settings, and what must be found in them."""

    settings: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)

    def add(self, sheet: str, row: Row, *faults: Fault) -> None:
        """A row, with its faults."""
        rows = self.rows.setdefault(sheet, [])
        rows.append(row)
        for fault in faults:
            self.expected.append(
                Expected(
                    fault.application, fault.rule, WORKBOOK_NAME, sheet, self._cell(sheet, fault.header, len(rows) + 1)
                )
            )

    def _cell(self, sheet: str, header: str, row: int) -> str:
        headers = [column.header for column in _SHEETS[sheet].columns]
        if _SHEETS[sheet].vertical:
            return f"B{headers.index(header) + 2}"
        return f"{column_letters(headers.index(header) + 1)}{row}"

    def evidence(self, path: str, data: bytes, *rules: str, application: str = "") -> None:
        """A file below 佐证材料/, and the rules that must complain of the file itself."""
        self.files[f"{EVIDENCE_FOLDER}/{path}"] = data
        self.expected += [Expected(application, rule, f"{EVIDENCE_FOLDER}/{path}") for rule in rules]

    def find(self, rule: str, application: str = "", sheet: str = "", file: str = WORKBOOK_NAME) -> None:
        """A finding that points at no cell: a sheet, a file or nothing at all."""
        self.expected.append(Expected(application, rule, file, sheet))

    def write(self, folder: Path) -> None:
        """Write workbook, settings and files."""
        everything = {
            WORKBOOK_NAME: school_workbook(self.rows, examples=False),
            "docgen.toml": self.settings.encode(),
            **self.files,
        }
        for path, data in everything.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)


def as_json(expected: Iterable[Expected]) -> str:
    """The list of expected findings as it is kept beside a sample."""
    return json.dumps([asdict(each) for each in sorted(expected)], ensure_ascii=False, indent=1) + "\n"
