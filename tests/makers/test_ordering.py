"""What documents of the whole school are told of the dossiers' files."""

import re
from pathlib import Path

import pypdfium2
import pytest

from docgen.pipeline import build

pytestmark = pytest.mark.xdist_group("small_school")
NAME = "主管领导审核汇总页.pdf"


def text_of(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document)


def test_of_very_many_dossiers_the_summary_shows_only_the_digest_that_each_approval_page_shows(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = workspace / "成品"
    assert "教师佐证材料.pdf" in text_of(out / NAME)
    monkeypatch.setattr("docgen.makers.ordering._MANY", 1)
    (out / NAME).unlink()
    assert build(workspace).result.made == (NAME,)
    brief = text_of(out / NAME)
    assert "教师佐证材料.pdf" not in brief
    assert brief.count("个文件（见其审核页）") == 2
    for page in out.glob("A0*/主管领导审核页.pdf"):
        (digest,) = set(re.findall(r"总摘要：([0-9a-f]{16})", text_of(page)))
        assert digest in brief
