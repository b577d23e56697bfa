"""Layouts of forms as offices make them, each with its right answers in it."""

from pathlib import Path

import pytest
from form_data import DATA
from form_layouts import asked, judged

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_every_place_is_filled_rightly(path):
    text = path.read_text("utf-8")
    score = judged(text, DATA)
    assert bool(score.right) is bool(asked(text))
    assert not score.faults, "\n".join(score.faults)
