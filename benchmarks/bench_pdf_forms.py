"""Filling PDF fields with Chinese: docgen beside pypdf, and beside PyPDFForm where it is installed.

What is counted is what readers show: for each engine of the machine, the fields whose text it finds, and those that it
draws where the value belongs. Then the bytes that each adds, and the time.
"""

from __future__ import annotations

import importlib.util
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
from common import in_turn, machine, table, versions

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "helpers"))
from pdf_engines import ENGINES, ink, picture, words
from pdf_forms import COMB, MULTILINE, FormMaker

from docgen.forms.pdf.filling import write_fields
from docgen.forms.pdf.opening import open_form
from docgen.forms.pdf.saving import whole

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it says of each value that it may come out corrupted
ROUNDS = 7
WIDE = 300
VALUES = {
    "school": "桂林示例职业技术学院（东城校区）",
    "rare": "㙍丨䶮、喆、堃、犇",
    "long": "广西壮族自治区桂林市示例区示例街道示例路一百二十八号实训楼三层",
    "mixed": "1+X证书 Web前端开发 2026-05-01",
    "reason": "学校现有试点专业五个，在校生一千二百人，实训条件齐备，师资雄厚。" * 3,
    "comb": "桂林某学院",
    "phone": "13800138000",
}


def form() -> tuple[bytes, dict[str, tuple[float, float, float, float]]]:
    """A form of one page, and where its fields stand."""
    made = FormMaker()
    boxes = {}
    top = 40.0
    for name in VALUES:
        height = 90.0 if name == "reason" else 24.0
        flags = {"reason": {"Ff": MULTILINE}, "comb": {"Ff": COMB, "MaxLen": 10}}.get(name, {})
        made.text(name, 150, top, WIDE, height, **flags)
        boxes[name] = (151, top + 1, 149 + WIDE, top + height - 1)
        top += height + 10
    return made.made(), boxes


def by_docgen(source: bytes) -> bytes:
    opened = open_form(source, "form.pdf")
    write_fields(opened, VALUES)
    return whole(opened.pdf)


def by_pypdf(source: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(source)))
    writer.update_page_form_field_values(writer.pages[0], dict(VALUES), auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pypdfform(source: bytes) -> bytes:
    from PyPDFForm import PdfWrapper  # noqa: PLC0415 - a guest of this benchmark

    return bytes(PdfWrapper(source).fill(dict(VALUES)).read())


def shown(data: bytes, empty: bytes, boxes: dict[str, tuple[float, float, float, float]], folder: Path) -> list[str]:
    """For each engine: how many values its text has in full, how many it draws in their place."""
    answers = []
    for engine in ENGINES:
        said = "".join(words(engine, data, folder).split()) if engine != "PDFium" else None
        drawn, blank = picture(engine, data, folder, 100), picture(engine, empty, folder, 100)
        inked = sum(max(ink(drawn, box, 100)) - max(ink(blank, box, 100)) > 0.03 for box in boxes.values())
        texts = "–" if said is None else str(sum("".join(value.split()) in said for value in VALUES.values()))
        answers.append(f"{texts} / {inked}")
    return answers


def main() -> None:
    source, boxes = form()
    contestants: list[tuple[str, Callable[[bytes], bytes]]] = [("docgen", by_docgen), ("pypdf", by_pypdf)]
    guests = ["pypdf", "pikepdf"]
    if importlib.util.find_spec("PyPDFForm"):
        contestants.append(("PyPDFForm", by_pypdfform))
    print(f"{machine()}; {versions(*guests)}; {len(VALUES)} fields, {len(source)} bytes")
    print("\nValues found in the text / drawn in their place, by engine\n")
    print(f"| | {' | '.join(ENGINES)} | bytes added |\n|---|{'---|' * len(ENGINES)}---:|")
    with tempfile.TemporaryDirectory() as name:
        for label, fill in contestants:
            data = fill(source)
            cells = shown(data, source, boxes, Path(name))
            print(f"| {label} | {' | '.join(cells)} | {len(data) - len(source)} |")
            if len(sys.argv) > 1:
                save(data, Path(sys.argv[1]), label)
    table("One form filled", in_turn([(label, lambda fill=fill: fill(source)) for label, fill in contestants], ROUNDS))


def save(data: bytes, folder: Path, label: str) -> None:
    """Keep a filled form and its pictures, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{label}.pdf"
    target.write_bytes(data)
    if shutil.which("pdftoppm"):
        subprocess.run(
            ["pdftoppm", "-r", "60", "-png", "-singlefile", target, target.with_suffix("")],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    main()
