"""What pages say: in one form, and nothing where there is nothing."""

import pikepdf
import pytest
from evidence_files import pdf
from pikepdf import Name

from docgen.evidence.texts import tidied
from docgen.evidence.trial import inspect_document
from docgen.model.records import EvidenceFile


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("建筑信息模型（ＢＩＭ）\r\n中级", "建筑信息模型(BIM)\n中级"),
        ("第 3 页", "第 3 页"),
        ("甲方：某某学院\r\n乙方：某某公司", "甲方:某某学院\n乙方:某某公司"),
        ("  a \u00a0 b\x00\u200b\ufeff  \r\n\r\n c ", "a b\nc"),
        ("⼈⼯智能", "人工智能"),  # radicals, as some programs write them
        ("", ""),
    ],
)
def test_text_is_brought_into_one_form(raw: str, text: str) -> None:
    assert tidied(raw) == text


def test_a_hidden_layer_of_recognised_text_counts_and_a_blank_page_says_nothing() -> None:
    def hide(out: pikepdf.Pdf) -> None:
        font = out.pages[0].obj.Resources.Font.F
        out.pages[0].obj.Contents = out.make_stream(b"BT 3 Tr /F 20 Tf 50 500 Td (recognised) Tj ET 0 0 9 9 re f")
        assert font.Subtype == Name.Type1
        out.pages[1].obj.Contents = out.make_stream(b"")

    file = inspect_document(pdf("a", "b", change=hide), EvidenceFile("x.pdf"))
    assert file.texts == ("recognised", "")
