"""Evidence PDFs: fitted, cleaned, named where they cannot be used."""

import zlib

import pikepdf
import pytest
from evidence_files import jpeg, outlined, pdf
from pikepdf import Array, Dictionary, Name

from docgen.evidence import drawings
from docgen.evidence.documents import DRAWING, DocumentError, read_document
from docgen.model.records import NoteKind


@pytest.mark.parametrize(
    ("size", "rotate", "landscape"),
    [((595, 842), 0, False), ((595, 842), 90, True), ((842, 595), 270, False), ((1191, 842), 180, True)],
)
def test_pages_stand_on_a4_as_they_are_seen(size: tuple[float, float], rotate: int, landscape: bool) -> None:
    document = read_document(pdf("x", size=size, rotate=rotate))
    leaf = document.leaves[0]
    assert (leaf.width > leaf.height) is landscape
    page = document.pdf.pages[0]
    assert page.obj.Rotate == 0
    assert sorted(round(float(side)) for side in page.mediabox[2:]) == [595, 842]


def test_the_crop_box_is_what_counts() -> None:
    document = read_document(pdf("x", box=[100, 200, 500, 900]))
    drawing = document.pdf.pages[0].obj.Resources.XObject[DRAWING]
    assert [float(side) for side in drawing.BBox] == [100, 200, 500, 900]


def test_a_page_without_boxes_or_content_is_an_empty_a4() -> None:
    def change(out: pikepdf.Pdf) -> None:
        del out.pages[0].obj.MediaBox
        del out.pages[0].obj.Contents
        del out.pages[0].obj.Resources

    leaf = read_document(pdf("x", change=change)).leaves[0]
    assert (round(leaf.width), round(leaf.height)) == (595, 842)


def test_traits_are_inherited_from_the_page_tree() -> None:
    def change(out: pikepdf.Pdf) -> None:
        out.Root.Pages.MediaBox = Array([0, 0, 842, 595])
        out.Root.Pages.Rotate = 90
        del out.pages[0].obj.MediaBox

    leaf = read_document(pdf("x", change=change)).leaves[0]
    assert leaf.width < leaf.height


def test_content_in_pieces_is_joined_and_shared_content_is_not_mixed_up() -> None:
    def change(out: pikepdf.Pdf) -> None:
        first, second = out.pages
        second.obj.Contents = first.obj.Contents
        first.obj.Contents = Array([first.obj.Contents, out.make_stream(b"0 0 m 9 9 l S")])
        out.pages.append(second)

    document = read_document(pdf("a", "b", change=change))
    drawn = [page.obj.Resources.XObject[DRAWING] for page in document.pdf.pages]
    assert drawn[0].read_bytes().endswith(b"\n0 0 m 9 9 l S")
    assert len({drawing.objgen for drawing in drawn}) == 3


def scripted(out: pikepdf.Pdf) -> None:
    out.attachments["名单.txt"] = b"secret"
    out.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    out.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F="calc.exe"))
    rect = Array([10, 10, 50, 50])
    out.pages[0].obj.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rect),
            Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=rect),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.URI, URI="https://a.cn")),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.JavaScript, JS="x()")),
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=rect, Contents="批注"),
        ]
    )


def test_what_acts_is_dropped_and_told_what_shows_is_kept() -> None:
    document = read_document(pdf("x", change=scripted))
    assert document.cleaned.dropped == {"脚本", "附件", "多媒体", "会启动程序或提交数据的动作"}
    annotations = document.pdf.pages[0].obj.Annots
    assert [str(note.Subtype) for note in annotations] == ["/Link", "/Link", "/Text"]
    assert [("/A" in note) for note in annotations] == [True, False, False]


def test_a_signature_is_told() -> None:
    def sign(out: pikepdf.Pdf) -> None:
        field = out.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T="sign",
                Rect=Array([10, 10, 90, 40]),
                V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"0"),
            )
        )
        out.pages[0].obj.Annots = Array([field])
        out.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    document = read_document(pdf("x", change=sign))
    assert document.cleaned.signed
    assert "/Annots" not in document.pdf.pages[0].obj


def test_annotations_move_with_their_page() -> None:
    def mark(out: pikepdf.Pdf) -> None:
        corners = Array([100, 700, 200, 700, 100, 650, 200, 650])
        out.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=Array([100, 650, 200, 700]), QuadPoints=corners)]
        )

    document = read_document(pdf("x", rotate=90, change=mark))
    matrix = document.leaves[0].matrix
    note = document.pdf.pages[0].obj.Annots[0]
    quad = [float(value) for value in note.QuadPoints]
    assert quad[:2] == pytest.approx(matrix.point(100, 700), abs=0.01)
    assert [float(side) for side in note.Rect] == pytest.approx(
        [min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])], abs=0.01
    )


def test_bookmarks_and_named_links_are_resolved() -> None:
    document = read_document(pdf("a", "b", "c", change=outlined))
    flat = [(mark.title, mark.target and mark.target.page) for top in document.bookmarks for mark in top.flat()]
    assert flat == [
        ("Chapter 0", 0),
        ("Section 0.1", 0),
        ("Chapter 1", 1),
        ("Section 1.1", 1),
        ("Chapter 2", 2),
        ("Section 2.1", 2),
    ]
    assert [target.page for target in document.cleaned.links] == [2, 1, 0]


def test_bookmarks_that_loop_come_to_an_end() -> None:
    def loop(out: pikepdf.Pdf) -> None:
        outlined(out)
        first = out.Root.Outlines.First
        first.Next = first
        first.First = first

    assert len(read_document(pdf("a", change=loop)).bookmarks) == 1


def locked() -> bytes:
    from io import BytesIO  # noqa: PLC0415

    out = BytesIO()
    with pikepdf.open(BytesIO(pdf("x"))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (locked(), "密码"),
        (b"%PDF-1.7\nnothing", "损坏"),
        (pdf("x", change=lambda out: out.pages.__delitem__(0)), "没有页面"),
        (jpeg(), "损坏"),
    ],
)
def test_what_cannot_be_used_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_document(data)


def test_a_repaired_document_is_told() -> None:
    whole = pdf("a", "b")
    document = read_document(whole[: whole.rindex(b"xref")] if b"\nxref" in whole else whole[:-30])
    assert document.repaired
    assert len(document.leaves) == 2


def test_content_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MOST_CONTENT", 1_000_000)

    def change(out: pikepdf.Pdf) -> None:
        bomb = out.make_stream(b"")
        bomb.write(zlib.compress(b" " * 400_000), filter=Name.FlateDecode)
        out.pages[0].obj.Contents = Array([bomb, bomb, bomb])

    with pytest.raises(DocumentError, match="大得不合常理"):
        read_document(pdf("x", change=change))


@pytest.mark.parametrize("name", ["/P", "/Dest", "/AF", "/Picture"])
def test_a_picture_counts_whatever_it_is_called(name):
    def drawn(out):
        picture = out.make_stream(
            zlib.compress(bytes(12)),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=2,
            Height=2,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
            Filter=Name.FlateDecode,
        )
        out.pages[0].obj.Resources["/XObject"] = Dictionary({name: picture})

    document = read_document(pdf("one", change=drawn))
    plain = read_document(pdf("one"))
    assert len(document.leaves[0].prints) == len(plain.leaves[0].prints) + 1


@pytest.mark.parametrize("kind", [Name.FileAttachment, Name.Screen])
def test_the_look_of_an_attachment_stays_on_its_page(kind: Name) -> None:
    def change(out: pikepdf.Pdf) -> None:
        look = out.make_stream(b"1 0 0 rg 0 0 20 20 re f", Subtype=Name.Form, BBox=Array([0, 0, 20, 20]))
        file = Dictionary(Type=Name.Filespec, F="a.txt", EF=Dictionary(F=out.make_stream(b"data")))
        note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([50, 50, 70, 70]), AP=Dictionary(N=look), FS=file)
        out.pages[0].obj.Annots = Array([note, Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([9, 9, 20, 20]))])

    document = read_document(pdf("x", change=change))
    (note,) = document.pdf.pages[0].obj.Annots
    assert (note.Subtype, "/FS" in note, "/AP" in note) == (Name.Stamp, False, True)
    assert document.cleaned.dropped


def test_a_package_of_files_is_told_to_be_one() -> None:
    def bundled(out: pikepdf.Pdf) -> None:
        out.attachments["合同.pdf"] = pikepdf.AttachedFileSpec(out, pdf("Contract"), filename="合同.pdf")
        out.Root.Collection = Dictionary(Type=Name.Collection)

    document = read_document(pdf("Cover", change=bundled))
    assert [note.detail for note in document.notes() if note.kind is NoteKind.HIDDEN] == [
        "文件包里装的文件，要一一取出来，单独放"
    ]
