"""Drawings on pages: codes, charts."""

import datetime
from decimal import Decimal

import pypdfium2
import pytest
from page_engines import ours, page_of, theirs
from PIL import ImageChops

from docgen.render.chart import ProgressChart, Series, progress_svg
from docgen.render.codes import code_svg
from docgen.render.flow.drawings import drawing_of
from docgen.render.flow.unfit import Unfit

DAYS = tuple(datetime.date(2021, 9, 14) + datetime.timedelta(14 * period) for period in range(6))
SERIES = (
    Series("培训", tuple(map(Decimal, (20, 60, 80, 120, 150, 160)))),
    Series("考核", tuple(map(Decimal, (0, 0, 40, 40, 90, 120)))),
)
CHART = progress_svg(ProgressChart(datetime.date(2021, 9, 1), DAYS, SERIES, 180))
SHAPES = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 40 20">'
    '<rect x="1" y="1" width="8" height="8" fill="#1a4480"/><circle cx="15" cy="5" r="4" fill="none" stroke="#b01818"/>'
    '<path d="M20 1h8v8H20z m2 2l4 4" stroke="#000" fill="none"/><polygon points="30,9 34,1 38,9" fill="#333"/>'
    '<line x1="1" y1="15" x2="38" y2="15" stroke="#000" stroke-width=".5" stroke-dasharray="2 1"/></svg>'
)


@pytest.mark.parametrize("svg", [SHAPES, CHART, str(code_svg("docgen:approval:A01=0123456789abcdef", 26))])
def test_drawings_look_as_weasyprint_draws_them(svg: str) -> None:
    html = page_of(f"<div>{svg}</div><p>后文</p>", "svg { display: block }")
    pictures = [
        pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L") for data in (ours(html), theirs(html))
    ]
    assert pictures[0].getextrema()[0] < 60
    unlike = sum(ImageChops.difference(*pictures).histogram()[80:])
    assert unlike < 0.0006 * pictures[0].width * pictures[0].height


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="x.png"/>',
        '<g><rect width="1" height="1"/></g>',
        '<path d="M0 0C1 1 2 2 3 3"/>',
        '<rect width="1" height="1" transform="rotate(3)"/>',
        '<rect width="a" height="1"/>',
        '<text x="1" y="1">甲</text>',
        '<rect width="1" height="1" style="fill:red"/>',
    ],
)
def test_what_it_cannot_draw_it_leaves_to_weasyprint(inside: str) -> None:
    with pytest.raises(Unfit):
        drawing_of(f'<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm" viewBox="0 0 9 9">{inside}</svg>')
