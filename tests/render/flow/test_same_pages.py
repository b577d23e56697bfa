"""What the engine sets looks as WeasyPrint sets it: each character at its place, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from page_engines import ours, theirs
from page_maker import page
from page_places import apart
from PIL import ImageChops

from docgen.pipeline import build
from docgen.render import pdf
from docgen.render.flow.engine import set_document
from docgen.render.templates import TemplateFolder

TOLERATED = 1.5
"""Points. Of single words it is a third of a millimetre at most: WeasyPrint rounds kerning, and shapes a line by itself."""
SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.mark.parametrize("seed", range(14))
def test_random_pages_are_set_alike(seed: int) -> None:
    html = page(seed)
    assert apart(ours(html), theirs(html)) < TOLERATED


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The HTML of the first document of each kind that a build of one application sets."""
    found: dict[str, str] = {}

    def keep(folder: TemplateFolder, html: str, identifier: str, boxes: frozenset[str]) -> pdf.Pages:
        found.setdefault(folder.title, html)
        return pdf.Pages(*set_document(html, pdf._shared_style(), identifier.encode()[:16]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_page_of", keep)
        build(SAMPLES / "school", tmp_path_factory.mktemp("shown") / "out", only=("A01",), jobs=1)
    return found


@pytest.mark.parametrize(
    "title", ["申报书", "自查表", "主管领导审核页", "佐证材料", "院校信息表", "主管领导审核汇总页"]
)
def test_docgens_own_templates_are_set_alike(shown: Mapping[str, str], title: str) -> None:
    first, second = ours(shown[title]), theirs(shown[title])
    assert apart(first, second) < 0.3
    for one, other in zip(pypdfium2.PdfDocument(first), pypdfium2.PdfDocument(second), strict=True):
        pictures = [sheet.render(scale=100 / 72).to_pil().convert("L") for sheet in (one, other)]
        unlike = sum(ImageChops.difference(*pictures).histogram()[64:])
        # Hairlines fall on this or that side of a pixel; a word that is not there would be thousands.
        assert unlike < 0.005 * pictures[0].width * pictures[0].height


def test_own_templates_need_no_weasyprint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: Any) -> pdf.Pages:
        raise AssertionError("set by WeasyPrint")

    monkeypatch.setattr(pdf, "_printed", refuse)
    made = build(SAMPLES / "school", tmp_path / "out", only=("A02",), jobs=1)
    assert any(path.suffix == ".pdf" for path in (tmp_path / "out").rglob("*"))
    assert not made.notes
