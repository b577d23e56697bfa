"""Three engines that have nothing in common show a finished volume alike: poppler, MuPDF and PDFium."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from evidence_desk import Desk, jpeg, outlined, pdf, png
from PIL import Image, ImageChops, ImageStat

from docgen.fonts.pdftext import FontFace

pytestmark = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("mutool")), reason="poppler or MuPDF is not installed"
)
_DPI = 36
_ALIKE = 6.0  # mean difference of grey values, of 255: engines smooth edges differently


def _run(*command: str, folder: Path) -> str:
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    assert told.stderr.replace("warning: ICC support is not available\n", "") == ""  # as some builds of MuPDF are
    return told.stdout


def _words(text: str) -> list[str]:
    """Every character once for each time it stands there, sorted: engines order lines and blanks in their own ways."""
    return sorted(re.sub(r"\s", "", text))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, face: FontFace) -> dict[str, list[tuple[list[str], Image.Image]]]:
    """Text and picture of each page, by engine."""
    folder = tmp_path_factory.mktemp("engines")
    desk = Desk(folder, face)
    desk.put("a.jpg", jpeg(6), "BIM 实训室", "证明工位40个")
    desk.put("b.png", png("RGBA"))
    desk.put("c.pdf", pdf("Hello", "World", change=outlined))
    desk.put("wide.pdf", pdf("Landscape", size=(1191, 842)))
    desk.put("turned.pdf", pdf("Turned", rotate=90, box=[10, 20, 400, 300]))
    desk.put("cmyk.jpg", jpeg(mode="CMYK"))
    desk.put("scan.jpg", jpeg(width=1240, height=1754))
    volume = desk.assemble(draft=True)
    assert volume.made
    pages = volume.pages
    _run("pdftoppm", "-r", str(_DPI), "volume.pdf", "poppler", folder=folder)
    _run("mutool", "draw", "-q", "-r", str(_DPI), "-o", "mupdf-%d.png", "volume.pdf", folder=folder)
    texts = {
        "poppler": _run("pdftotext", "-q", "volume.pdf", "-", folder=folder).split("\f")[:pages],
        "MuPDF": _run("mutool", "draw", "-q", "-F", "text", "volume.pdf", folder=folder).split("\f")[:pages],
    }
    pictures = {
        "poppler": [Image.open(path).convert("L") for path in sorted(folder.glob("poppler-*.ppm"))],
        "MuPDF": [Image.open(folder / f"mupdf-{number}.png").convert("L") for number in range(1, pages + 1)],
    }
    with pypdfium2.PdfDocument(BytesIO(volume.data)) as document:
        texts["PDFium"] = [page.get_textpage().get_text_range() for page in document]
        pictures["PDFium"] = [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]
    return {name: list(zip(map(_words, texts[name]), pictures[name], strict=True)) for name in texts}


@pytest.mark.parametrize("engine", ["MuPDF", "PDFium"])
def test_engines_agree(shown: dict[str, list[tuple[list[str], Image.Image]]], engine: str) -> None:
    assert len(shown["poppler"]) == len(shown[engine]) == 9
    for number, ((text, picture), (other_text, other)) in enumerate(zip(shown["poppler"], shown[engine], strict=True)):
        assert text == other_text, f"page {number + 1}"
        fitted = other.resize(picture.size)
        difference = ImageStat.Stat(ImageChops.difference(picture, fitted)).mean[0]
        assert difference < _ALIKE, f"page {number + 1} differs by {difference:.1f}"


def test_every_page_says_where_it_is(shown: dict[str, list[tuple[list[str], Image.Image]]]) -> None:
    for pages in shown.values():
        for number, (text, _) in enumerate(pages[1:], 2):
            assert set(f"第{number}页共9页") <= set(text)
