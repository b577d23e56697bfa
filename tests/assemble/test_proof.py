"""The proof notices what went wrong: each way of spoiling a volume is told, and what is spoiled is not delivered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from evidence_desk import Desk, jpeg, outlined, pdf
from pikepdf import Array, Dictionary, Name

from docgen.assemble import volume as assembling
from docgen.assemble.expected import Expected
from docgen.assemble.proof import prove
from docgen.assemble.spool import Spool
from docgen.evidence.documents import DRAWING

Spoiler = Callable[[pikepdf.Pdf], object]


def swap_pages(out: pikepdf.Pdf) -> None:
    out.pages.reverse()


def lose_page(out: pikepdf.Pdf) -> None:
    del out.pages[-1]


def empty_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Resources.XObject[DRAWING].write(b"")


def other_page(out: pikepdf.Pdf) -> None:
    drawings = [out.pages[index].obj.Resources.XObject for index in (3, 4)]
    drawings[0][DRAWING] = drawings[1][DRAWING]


def undrawn_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Contents = out.make_stream(b"")


def cut_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Resources.XObject[DRAWING].BBox = Array([0, 0, 1, 1])


def moved_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Resources.XObject[DRAWING].Matrix = Array([1, 0, 0, 1, 2000, 0])


def small_page(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.MediaBox = Array([0, 0, 100, 100])


def other_photo(out: pikepdf.Pdf) -> None:
    out.pages[2].obj.Resources.XObject.Photo0.write(jpeg(4), filter=Name.DCTDecode)


def swap_photos(out: pikepdf.Pdf) -> None:
    photos = out.pages[2].obj.Resources.XObject
    photos["/Photo0"], photos["/Photo1"] = photos["/Photo1"], photos["/Photo0"]


def lose_photo(out: pikepdf.Pdf) -> None:
    del out.pages[2].obj.Resources.XObject["/Photo0"]


def wrong_link(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Annots[0].Dest[0] = out.pages[0].obj


def link_beside(out: pikepdf.Pdf) -> None:
    out.pages[3].obj.Annots[0].Dest[3] = 1


def lose_link(out: pikepdf.Pdf) -> None:
    del out.pages[1].obj["/Annots"]


def wrong_index(out: pikepdf.Pdf) -> None:
    out.pages[1].obj.Annots[2].Dest = Array([out.pages[2].obj, Name.Fit])


def wrong_bookmark(out: pikepdf.Pdf) -> None:
    with out.open_outline() as outline:
        outline.root[4].children[0].destination = Array([out.pages[2].obj, Name.Fit])


def lose_bookmark(out: pikepdf.Pdf) -> None:
    with out.open_outline() as outline:
        outline.root.pop()


def attach(out: pikepdf.Pdf) -> None:
    out.attachments["a"] = b"a"


def script(out: pikepdf.Pdf) -> None:
    out.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def relabel(out: pikepdf.Pdf) -> None:
    out.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))


SPOILERS: dict[Spoiler, tuple[str, tuple[int, ...]]] = {
    swap_pages: ("内容", (3,)),
    lose_page: ("应有5页，实有4页", ()),
    empty_page: ("内容与原文件不一致", (3,)),
    other_page: ("内容与原文件不一致", (3,)),
    undrawn_page: ("排版的内容与写入的不一致", (3,)),
    cut_page: ("内容的大小不对", (3,)),
    moved_page: ("内容的大小不对", (3,)),
    small_page: ("大小不对", (3,)),
    other_photo: ("内容与原文件不一致", (1,)),
    swap_photos: ("内容与原文件不一致", (1,)),
    lose_photo: ("内容缺失", (1,)),
    wrong_link: ("链接没有落在该到的地方", (3,)),
    link_beside: ("链接没有落在该到的地方", (3,)),
    lose_link: ("批注或链接的个数不对", ()),
    wrong_index: ("链接没有落在该到的地方", ()),
    wrong_bookmark: ("没有落在该到的地方", (3,)),
    lose_bookmark: ("书签应有", ()),
    attach: ("附件与原文件不一致", ()),
    script: ("脚本", ()),
    relabel: ("页码标签不对", ()),
}


@pytest.fixture
def laid(desk: Desk) -> Desk:
    """Two photos on page 3, a document on pages 4 and 5."""
    desk.put("a.jpg", jpeg())
    desk.put("b.jpg", jpeg(3))
    desk.put("c.pdf", pdf("one", "two", change=outlined))
    return desk


@contextmanager
def expectations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Expected]]:
    """What volumes were expected to hold."""
    seen: list[Expected] = []
    with monkeypatch.context() as patch:
        patch.setattr(assembling, "prove", lambda file, expected: seen.append(expected) or prove(file, expected))
        yield seen


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_every_way_of_spoiling_a_volume_is_told(
    laid: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoil: Spoiler
) -> None:
    with expectations(monkeypatch) as seen:
        assert laid.assemble().made
    with pikepdf.open(laid.target) as made:
        spoil(made)
        made.save(tmp_path / "spoiled.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert prove(laid.target, seen[0]) == []
    faults = prove(tmp_path / "spoiled.pdf", seen[0])
    reason, owners = SPOILERS[spoil]
    assert any(reason in fault.reason and fault.owners[:2] == owners for fault in faults), faults


def test_a_file_that_is_no_whole_pdf_is_told(laid: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with expectations(monkeypatch) as seen:
        data = laid.assemble().data
    (tmp_path / "torn.pdf").write_bytes(data[: len(data) // 3])
    assert prove(tmp_path / "torn.pdf", seen[0])
    (tmp_path / "torn.pdf").write_bytes(b"")
    assert prove(tmp_path / "torn.pdf", seen[0])


def spoiling(monkeypatch: pytest.MonkeyPatch, spoil: Spoiler) -> None:
    """Let every volume be spoiled before it is proved."""

    class Spoiled(Spool):
        def write(self, target: Path) -> tuple[str, int]:
            told = super().write(target)
            with pikepdf.open(target, allow_overwriting_input=True) as made:
                spoil(made)
                made.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            return told

    monkeypatch.setattr(assembling, "Spool", Spoiled)


def test_a_file_that_does_not_arrive_whole_is_left_out_and_named(laid: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(out: pikepdf.Pdf) -> None:
        if len(out.pages) == 5:
            empty_page(out)

    spoiling(monkeypatch, spoil)
    volume = laid.assemble()
    assert volume.made
    assert [entry.title for entry in volume.entries] == ["a", "b"]
    assert [(finding.rule, finding.source.file) for finding in volume.findings] == [("ASM901", "c.pdf")]
    assert "“c.pdf”没有放进分册：合并后核验时，第4页" in volume.findings[0].message


@pytest.mark.parametrize("spoil", [attach, lose_link])
def test_a_volume_that_is_wrong_as_a_whole_is_not_delivered(
    laid: Desk, monkeypatch: pytest.MonkeyPatch, spoil: Spoiler
) -> None:
    spoiling(monkeypatch, spoil)
    volume = laid.assemble()
    assert not volume.made
    assert {finding.rule for finding in volume.findings} == {"ASM901", "ASM010"}
    assert "教师佐证材料没有通过核验" in volume.findings[-1].message


def test_a_volume_that_stays_wrong_is_not_delivered(laid: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is left out, the last page is empty: after three rounds it is given up."""

    def spoil(out: pikepdf.Pdf) -> None:
        out.pages[-1].obj.Contents = out.make_stream(b"")

    spoiling(monkeypatch, spoil)
    volume = laid.assemble()
    assert not volume.made
    assert {finding.rule for finding in volume.findings} == {"ASM901"}
    assert {"c.pdf", "b.jpg"} <= {finding.source.file for finding in volume.findings}
