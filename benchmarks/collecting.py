"""A hundred schools' returned reports collected into one workbook: how long, beside reading the same cells with openpyxl.

Run: python benchmarks/collecting.py [schools]. The returns are in seven shapes (see tests/helpers/returned_reports.py).
The peer only opens each .xlsx and walks its cells, which anyone who adds up by a script of their own has to do too; it
understands nothing. Both run in this one process, so that the ratio holds on a busy machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "helpers"))

from returned_reports import write_returns

from docgen.collecting import collect


def walked(folder: Path) -> int:
    """How many cells openpyxl sees in the .xlsx files."""
    count = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = load_workbook(path, data_only=True)
        count += sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for _ in row)
    return count


def main() -> None:
    """Print both times."""
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "returns"
        reports = write_returns(folder, schools)
        collect([folder], Path(name) / "warm.xlsx")
        start = time.perf_counter()
        done = collect([folder], Path(name) / "all.xlsx")
        whole = time.perf_counter() - start
        start = time.perf_counter()
        walked(folder)
        peer = time.perf_counter() - start
        entries = len(done.collection.entries) if done.collection else 0
        files = len(list(folder.glob("*.xlsx")))
        print(f"collect: {schools} schools, {entries} rows of {sum(len(r.rows) for r in reports)}: {whole:.1f} s")
        print(f"openpyxl alone, opening the {files} .xlsx among them: {peer:.1f} s")


if __name__ == "__main__":
    main()
