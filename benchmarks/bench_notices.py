"""Notices for 200 schools with 4,000 decisions: docgen beside a straightforward script with docxtpl and WeasyPrint.

Both make, in Word and PDF, the general notice with its three annexes and a notice for each school, and one workbook with
the decisions. The peer's layout is plain (a table and paragraphs, no grid, no red head): what the ratio leaves out is in
its favour. The peer runs in a process of its own, so that its memory is its own; a part of its schools is enough to tell
its rate, and the whole is given as well where there is time (--whole).
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from common import machine, versions
from docx import Document
from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from samples import secretariat

SCHOOLS, DECISIONS = 200, 4_000
SHARE = 20
"""Schools that the peer makes unless it is asked for all of them."""

Row = Mapping[str, Any]


def megabytes() -> float:
    """The most memory that this process has had."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3


def by_docgen(folder: Path) -> dict[str, float]:
    """`docgen notice`, with everything that it does besides: checks, returns, zips, mails, publishing."""
    from docgen.pipeline import notice  # noqa: PLC0415 - the memory of each contestant is its own

    place = folder / "秘书处"
    place.mkdir()
    (place / "docgen.toml").write_text(secretariat.SETTINGS, encoding="utf-8")
    (place / "评审结果.xlsx").write_bytes(secretariat.workbook(SCHOOLS, DECISIONS))
    (place / "样章.png").write_bytes(secretariat.seal())
    start, worked = time.perf_counter(), time.process_time()
    done = notice(place, folder / "成品")
    seconds, work = time.perf_counter() - start, time.process_time() - worked
    documents = sum(path.endswith((".docx", ".pdf")) for path in done.result.made)
    return {
        "seconds": seconds,
        "work": work,
        "memory": megabytes(),
        "documents": documents,
        "files": len(done.result.made),
    }


def word_template(folder: Path, name: str, columns: Sequence[str]) -> Path:
    """A title, a paragraph, and a table with one looped row."""
    document = Document()
    document.add_heading("{{ 标题 }}", 1)
    document.add_paragraph("{{ 院校 }}：")
    document.add_paragraph("{{ 正文 }}")
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    for number, column in enumerate(columns):
        table.rows[0].cells[number].text = column
        table.rows[2].cells[number].text = f"{{{{ 行.{column} }}}}"
    table.rows[1].cells[0].text = "{%tr for 行 in 各行 %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{{ 署名 }}")
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


PAGE = """<html lang="zh"><style>
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —" } }
body { font: 16pt/29.45pt "仿宋", "FandolFang", "Noto Serif CJK SC" } h1 { font-size: 22pt; text-align: center }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 1.4 } td, th { border: .5pt solid }
</style><h1>{{ 标题 }}</h1><p>{{ 院校 }}：</p><p>{{ 正文 }}</p><table><thead><tr>{% for 列 in 各列 %}<th>{{ 列 }}</th>
{% endfor %}</tr></thead>{% for 行 in 各行 %}<tr>{% for 列 in 各列 %}<td>{{ 行[列] }}</td>{% endfor %}</tr>{% endfor %}
</table><p>{{ 署名 }}</p></html>"""


def by_script(folder: Path, schools: int) -> dict[str, float]:
    """What a person would write: docxtpl and WeasyPrint for each document, openpyxl for the workbook."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - the memory of each contestant is its own
    from weasyprint import HTML  # noqa: PLC0415

    rows = secretariat.rows(SCHOOLS, DECISIONS)
    decisions, names = rows["评审结果"], [row["院校名称"] for row in rows["院校"]]
    page = jinja2.Environment(autoescape=True).from_string(PAGE)
    own, whole = (
        ("证书名称", "等级", "申报人数", "结论", "批准人数", "评审意见"),
        ("院校名称", "证书名称", "等级", "批准人数"),
    )
    templates = {columns: word_template(folder, f"t{len(columns)}", columns) for columns in (own, whole)}

    def document(name: str, columns: Sequence[str], found: Sequence[Row]) -> None:
        filled = [{column: row.get(column, "") for column in columns} for row in found]
        text = f"根据评审结果，共{len(filled)}项，批准{sum(row.get('批准人数') or 0 for row in found)}人，现通知如下。"
        fields = {
            "标题": "关于公布试点院校名单的通知",
            "院校": name,
            "正文": text,
            "署名": "示例秘书处 2021年7月5日",
            "各行": filled,
        }
        template = DocxTemplate(templates[tuple(columns)])
        template.render(fields, autoescape=True)
        template.save(folder / f"{name}.docx")
        HTML(string=page.render(fields | {"各列": columns})).write_pdf(folder / f"{name}.pdf")

    def general() -> None:
        document("名单（按院校）", whole, decisions)
        document("名单（按证书）", whole, sorted(decisions, key=lambda row: str(row["证书名称"])))

    def notices() -> None:
        for name in names[:schools]:
            document(str(name), own, [row for row in decisions if row["院校名称"] == name])

    def workbook() -> None:
        book = Workbook()
        for title in ("按院校", "明细"):
            sheet = book.create_sheet(title)
            for row in decisions:
                sheet.append([row.get(column, "") for column in ("院校名称", *own)])
        book.save(io.BytesIO())

    found = {part.__name__: _timed(part) for part in (general, notices, workbook)}
    each = SCHOOLS / schools
    seconds, work = (
        found["general"][which] + found["workbook"][which] + found["notices"][which] * each for which in (0, 1)
    )
    return {
        "seconds": seconds,
        "work": work,
        "measured": sum(wall for wall, _ in found.values()),
        "general": found["general"][0],
        "each": found["notices"][0] / schools,
        "memory": megabytes(),
        "documents": 2 * (SCHOOLS + 2),
    }


def _timed(run: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    start, worked = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - worked


def apart(who: str, schools: int) -> dict[str, float]:
    """One contestant in a process of its own."""
    command = [sys.executable, __file__, "--only", who, str(schools)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Measure and print."""
    if "--only" in sys.argv:
        who, schools = sys.argv[-2], int(sys.argv[-1])
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(by_docgen(Path(name)) if who == "docgen" else by_script(Path(name), schools)))
        return
    schools = SCHOOLS if "--whole" in sys.argv else SHARE
    print(machine(), versions("docxtpl", "weasyprint", "pikepdf", "openpyxl"), sep="; ")
    ours, theirs = apart("docgen", schools), apart("script", schools)
    print(f"\nNotices for {SCHOOLS} schools with {DECISIONS:,} decisions, annexes and workbook\n")
    print(
        "| | s | processor, s | documents (Word and PDF) | documents a second | memory, MB | ratio | ratio, processor |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, found in (("docgen notice", ours), ("docxtpl + WeasyPrint", theirs)):
        numbers = (
            f"{found['seconds']:.1f}",
            f"{found['work']:.1f}",
            f"{found['documents']:.0f}",
            f"{found['documents'] / found['seconds']:.1f}",
            f"{found['memory']:.0f}",
            f"{found['seconds'] / ours['seconds']:.1f}",
            f"{found['work'] / ours['work']:.1f}",
        )
        print(f"| {name} | {' | '.join(numbers)} |")
    print(
        f"\nThe script was measured for {theirs['measured']:.0f} s: both lists {theirs['general']:.0f} s, "
        f"{schools} schools at {theirs['each']:.2f} s each (Word and PDF), counted up to {SCHOOLS}."
    )


if __name__ == "__main__":
    main()
