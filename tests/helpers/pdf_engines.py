"""Pictures of PDF pages by every engine of the machine: PDFium (Chrome), poppler (Evince, Okular), MuPDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PIL import Image

from docgen.tools import pdfium

ENGINES = ("PDFium", *(["poppler"] if shutil.which("pdftoppm") else []), *(["MuPDF"] if shutil.which("mutool") else []))


def picture(engine: str, data: bytes, folder: Path, dpi: int = 50) -> Image.Image:
    """The first page in grey."""
    if engine == "PDFium":
        with pdfium.opened(data) as document:
            return pdfium.grey(document[0], dpi / 72)
    source, target = folder / "page.pdf", folder / f"{engine}.pgm"
    source.write_bytes(data)
    if engine == "poppler":
        command = ["pdftoppm", "-gray", "-r", str(dpi), "-singlefile", source, target.with_suffix("")]
    else:
        command = ["mutool", "draw", "-q", "-c", "gray", "-r", str(dpi), "-o", target, source]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(target) as image:
        return image.convert("L")


def ink(image: Image.Image, box: tuple[float, float, float, float], dpi: int = 50, cells: int = 24) -> list[float]:
    """How dark each of `cells` columns of a box (points from the upper left corner) is, from 0 to 1."""
    scale = dpi / 72
    part = image.crop(tuple(round(side * scale) for side in box))  # type: ignore[arg-type]
    return [1 - value / 255 for value in part.resize((cells, 1), Image.Resampling.BOX).tobytes()]


def words(engine: str, data: bytes, folder: Path) -> str:
    """What the first page and its fields say, by the engine's own text extraction."""
    source = folder / "words.pdf"
    source.write_bytes(data)
    if engine == "poppler":
        return subprocess.run(["pdftotext", "-layout", source, "-"], capture_output=True, check=True).stdout.decode()
    if engine == "MuPDF":
        command = ["mutool", "draw", "-q", "-F", "text", source]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()
    with pdfium.opened(data) as document:
        return pdfium.words(document[0])
