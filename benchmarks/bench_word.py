"""Word templates: docgen's compiled ones beside docxtpl, in one run; and the memory of ten thousand documents."""

from __future__ import annotations

import io
import resource
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from common import in_turn, machine, table, versions
from docx import Document
from docxtpl import DocxTemplate
from sample import application_fields

from docgen.render.environment import make_environment
from docgen.render.templates import find_template
from docgen.render.word import WordTemplate

DOCUMENTS = 10_000


def by_docxtpl(path: Path, context: Mapping[str, Any]) -> Callable[[], int]:
    """One document by docxtpl, with the filters that docgen's templates use."""
    environment = make_environment(autoescape=True)

    def render() -> int:
        template = DocxTemplate(path)
        template.render(dict(context), environment)
        buffer = io.BytesIO()
        template.save(buffer)
        return buffer.tell()

    return render


def compare(title: str, path: Path, context: Mapping[str, Any], rounds: int) -> None:
    """Measure a template with both, and say what reading and compiling it costs once."""
    compiled = WordTemplate(path)
    contestants = [("docgen", lambda: compiled.render(context)), ("docxtpl", by_docxtpl(path, context))]
    medians = in_turn(contestants, rounds=rounds)
    table(title, medians)
    once = in_turn([("", lambda: WordTemplate(path))], rounds=min(rounds, 5))[""]
    print(f"\nreading and compiling it, once: {once * 1000:.0f} ms")


def rows_template(folder: Path) -> Path:
    """A table with one looped row of six cells."""
    document = Document()
    grid = document.add_table(rows=4, cols=6)
    for number, cell in enumerate(grid.rows[0].cells):
        cell.text = f"第{number + 1}列"
    grid.rows[1].cells[0].text = "{%tr for 行 in 行列 %}"
    for number, cell in enumerate(grid.rows[2].cells):
        cell.text = f"{{{{ 行.列{number} }}}}"
    grid.rows[3].cells[0].text = "{%tr endfor %}"
    path = folder / "rows.docx"
    document.save(str(path))
    return path


def variables_template(folder: Path, number: int) -> Path:
    """A thousand paragraphs with as many variables as asked for."""
    document = Document()
    for paragraph in range(number // 10):
        document.add_paragraph(" ".join(f"{{{{ 值{paragraph * 10 + one} }}}}" for one in range(10)))
    path = folder / "variables.docx"
    document.save(str(path))
    return path


def resident() -> float:
    """The memory that this process has now, in MB; its largest so far where the system does not say."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3


def memory(path: Path, context: Mapping[str, Any]) -> None:
    """Render many documents and print the memory on the way."""
    compiled = WordTemplate(path)
    print(
        f"\nMemory of the process while one template renders {DOCUMENTS} documents\n\n| documents | MB |\n|---:|---:|"
    )
    for number in range(1, DOCUMENTS + 1):
        compiled.render({**context, "编号": number})
        if number in (10, 1_000, DOCUMENTS):
            print(f"| {number} | {resident():.1f} |")


def main() -> None:
    """Measure and print."""
    print(machine(), versions("docxtpl", "jinja2"), sep="; ")
    context = application_fields()
    path = find_template("application").file("template.docx")
    memory(path, context)
    compare("One 申报书.docx", path, context, rounds=25)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [{f"列{column}": f"第{row}行 & {column}" for column in range(6)} for row in range(5_000)]
        compare("A table of 5,000 rows and six columns", rows_template(folder), {"行列": rows}, rounds=2)
        values = {f"值{number}": f"甲{number}" for number in range(10_000)}
        compare("10,000 variables in 1,000 paragraphs", variables_template(folder, 10_000), values, rounds=2)


if __name__ == "__main__":
    main()
