"""The proof notices what went wrong: each way of spoiling a volume is told, and the volume is not delivered."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from evidence_desk import Desk, jpeg, outlined, pdf
from pikepdf import Array, Name

from docgen.assemble import volume as assembling
from docgen.assemble.composing import Composer, Expected
from docgen.evidence.documents import DRAWING


def swap_pages(out: pikepdf.Pdf) -> None:
    out.pages.reverse()


def lose_page(out: pikepdf.Pdf) -> None:
    del out.pages[-1]


def empty_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Resources.XObject[DRAWING].write(b"")


def other_page(out: pikepdf.Pdf) -> None:
    drawings = [out.pages[index].obj.Resources.XObject for index in (3, 4)]
    drawings[0][DRAWING] = drawings[1][DRAWING]


def other_photo(out: pikepdf.Pdf) -> None:
    out.pages[2].obj.Resources.XObject.Photo0.write(jpeg(3), filter=Name.DCTDecode)


def lose_photo(out: pikepdf.Pdf) -> None:
    del out.pages[2].obj.Resources.XObject["/Photo0"]


def wrong_link(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Annots[0].Dest[0] = out.pages[0].obj


def lose_link(out: pikepdf.Pdf) -> None:
    del out.pages[1].obj["/Annots"]


def wrong_index(out: pikepdf.Pdf) -> None:
    out.pages[1].obj.Annots[1].Dest = Array([out.pages[2].obj, Name.Fit])


def wrong_bookmark(out: pikepdf.Pdf) -> None:
    with out.open_outline() as outline:
        outline.root[3].children[0].destination = Array([out.pages[2].obj, Name.Fit])


def lose_bookmark(out: pikepdf.Pdf) -> None:
    with out.open_outline() as outline:
        outline.root.pop()


def attach(out: pikepdf.Pdf) -> None:
    out.attachments["a"] = b"a"


SPOILERS = {
    swap_pages: "内容与原文件不一致",
    lose_page: "应有5页，实有4页",
    empty_page: "“b.pdf”）内容与原文件不一致",
    other_page: "第4页（“b.pdf”）内容与原文件不一致",
    other_photo: "第3页（“a.jpg”）内容与原文件不一致",
    lose_photo: "第3页（“a.jpg”）内容与原文件不一致",
    wrong_link: "第4页（“b.pdf”）链接没有落在该到的页上",
    lose_link: "第2页批注或链接的个数不对",
    wrong_index: "第2页链接没有落在该到的页上",
    wrong_bookmark: "没有落在该到的页上",
    lose_bookmark: "书签的个数不对",
    attach: "里面还有脚本或附件",
}


class Spoiled(Composer):
    """A composer that spoils its volume after the fact."""

    spoil: Callable[[pikepdf.Pdf], None]

    def compose(self) -> tuple[bytes, Expected]:
        data, expected = super().compose()
        out = BytesIO()
        with pikepdf.open(BytesIO(data)) as made:
            type(self).spoil(made)
            made.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue(), expected


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_a_spoiled_volume_is_not_delivered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    desk.put("a.jpg", jpeg())
    desk.put("b.pdf", pdf("one", "two", change=outlined))
    assert desk.assemble().data
    monkeypatch.setattr(assembling, "Composer", type("Broken", (Spoiled,), {"spoil": staticmethod(spoil)}))
    volume = desk.assemble()
    assert volume.data == b""
    assert {finding.rule for finding in volume.findings} == {"ASM901"}
    assert any(SPOILERS[spoil] in finding.message for finding in volume.findings), volume.findings


def test_bytes_that_are_no_pdf_are_not_delivered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn(Composer):
        def compose(self) -> tuple[bytes, Expected]:
            data, expected = super().compose()
            return data[:100], expected

    desk.put("a.jpg", jpeg())
    monkeypatch.setattr(assembling, "Composer", Torn)
    volume = desk.assemble()
    assert (volume.data, [finding.rule for finding in volume.findings]) == (b"", ["ASM901"])
