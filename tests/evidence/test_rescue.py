"""Damaged, mislabelled and hostile PDFs: their pages are saved, or the file is named, and it never takes long."""

import re
import time
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from evidence_files import pdf
from pikepdf import Array, Dictionary, Name
from raw_pdf import CATALOGUE, LINE, PAGE, raw_pdf, stream

from docgen.evidence.documents import DRAWING, DocumentError, read_document
from docgen.evidence.trial import inspect_document
from docgen.model.records import EvidenceFile, NoteKind


def tree(kids: bytes, count: int = 1) -> bytes:
    return b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)


def drawn(data: bytes, page: int = 0) -> bytes:
    document = read_document(data)
    return bytes(document.pdf.pages[page].obj.Resources.XObject[DRAWING].read_bytes())


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (raw_pdf([CATALOGUE, tree(b"3 0 R 2 0 R", 2), PAGE, LINE]), ()),  # the tree contains itself
        (raw_pdf([CATALOGUE, b"<</Kids[3 0 R]/Count 9>>", PAGE, LINE]), ()),  # no type, a wrong count
        (raw_pdf([CATALOGUE, tree(b"null 3 0 R 9 0 R", 3), PAGE, LINE]), (1, 3)),  # places of pages that are gone
        (raw_pdf([CATALOGUE, tree(b"3 0 R (page) 7", 3), PAGE, LINE]), (2, 3)),
        (raw_pdf([CATALOGUE, tree(b"5 0 R 3 0 R", 2), PAGE, LINE, b"<</Type/Font/Subtype/Type3>>"]), (1,)),
        (raw_pdf([b"<</Type/Catalog>>", b"null", PAGE, LINE]), ()),  # no tree at all
        (raw_pdf([b"null", b"null", PAGE, LINE]), ()),  # no catalogue either
        (raw_pdf([CATALOGUE, b"(Pages)", PAGE, LINE], trailer=b""), ()),
        (raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE])[:-120], ()),  # the end is missing
        (raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE]).replace(b"0000000", b"7777777"), ()),  # the table is wrong
    ],
)
def test_pages_are_saved_from_damaged_trees(data: bytes, lost: tuple[int, ...]) -> None:
    document = read_document(data)
    assert [leaf.number for leaf in document.leaves] == [1 if 1 not in lost else 2]
    assert document.lost == lost
    assert b"200 300 l" in drawn(data)


def numbered_from(first: int, data: bytes) -> bytes:
    """A hand-written PDF whose objects 1 to 4 have higher numbers, as in a page cut out of a long document."""
    data = re.sub(rb"\b([1-4]) 0 (obj|R)", lambda match: b"%d 0 %s" % (first - 1 + int(match[1]), match[2]), data)
    table = data.rindex(b"xref\n0 5")
    places = b"".join(b"%010d 00000 n \n" % data.index(b"%d 0 obj" % number) for number in range(first, first + 4))
    return data[:table] + b"xref\n%d 4\n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        first,
        places,
        first + 4,
        first,
        table,
    )


def test_a_short_cut_out_of_a_long_document_keeps_its_high_numbers() -> None:
    document = read_document(numbered_from(9001, raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE])))
    assert not document.repaired
    assert b"200 300 l" in drawn(numbered_from(9001, raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE])))
    assert b"200 300 l" in drawn(numbered_from(9001, raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE]))[:-90])


def test_a_file_with_only_its_attachments_locked_is_read_as_readers_do() -> None:
    locked = (
        b"<</Filter/Standard/V 4/R 4/Length 128/P -1028/StmF/Identity/StrF/Identity/EFF/StdCF/EncryptMetadata false"
        b"/CF<</StdCF<</AuthEvent/EFOpen/CFM/AESV2/Length 16>>>>/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32)
    )
    objects = [CATALOGUE, tree(b"3 0 R"), PAGE, LINE, locked]
    identity = b"/Root 1 0 R/Encrypt 5 0 R/ID[<%s><%s>]" % (b"33" * 16, b"33" * 16)
    assert b"200 300 l" in drawn(raw_pdf(objects, identity))
    assert not read_document(raw_pdf(objects, identity)).repaired
    objects[4] = locked.replace(b"/StmF/Identity/StrF/Identity", b"/StmF/StdCF/StrF/StdCF")
    with pytest.raises(DocumentError, match="打开密码"):
        read_document(raw_pdf(objects, identity))


@pytest.mark.parametrize(
    "data",
    [
        b"Dear colleague,\r\n" + pdf("x") + b"\r\n-- \r\nsent by mail",
        b"\x00" * 5000 + pdf("x"),  # further in than readers look
        pdf("x") + b"\x00" * 5000,
        b"%!PS-Adobe-3.0\n" + pdf("x"),
    ],
)
def test_what_stands_before_and_behind_is_passed_over(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    assert len(read_document(data).leaves) == len(read_document(tmp_path / "x.pdf").leaves) == 1


def test_one_bad_page_costs_none_of_the_others() -> None:
    bomb = zlib.compress(b" " * 101_000_000, 6)
    bad = PAGE.replace(b"4 0 R", b"6 0 R")
    data = raw_pdf(
        [CATALOGUE, tree(b"3 0 R 5 0 R 7 0 R", 3), PAGE, LINE, bad, stream(bomb, b"/Filter/FlateDecode"), PAGE]
    )
    file = inspect_document(data, EvidenceFile("x.pdf"))
    assert file.fault == ""
    assert file.pages == 2
    assert [(note.kind, note.detail) for note in file.notes] == [(NoteKind.PAGES_LOST, "第2页")]


def test_links_and_bookmarks_follow_the_pages_that_are_left() -> None:
    outline = b"<</First 9 0 R/Last 9 0 R>>"
    items = [b"<</Title(gone)/Dest[5 0 R/Fit]/Next 10 0 R>>", b"<</Title(last)/Dest[7 0 R/Fit]>>"]
    links = b"<</Subtype/Link/Rect[0 0 9 9]/Dest[5 0 R/Fit]>><</Subtype/Link/Rect[0 0 9 9]/Dest[7 0 R/Fit]>>"
    first = PAGE.replace(b"/Contents", b"/Annots[%s]/Contents" % links)
    bomb = stream(zlib.compress(b" " * 101_000_000, 6), b"/Filter/FlateDecode")
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Outlines 8 0 R>>"
    bad = PAGE.replace(b"4 0 R", b"6 0 R")
    document = read_document(
        raw_pdf([catalogue, tree(b"3 0 R 5 0 R 7 0 R", 3), first, LINE, bad, bomb, PAGE, outline, *items])
    )
    assert document.lost == (2,)
    assert [(mark.title, mark.target and mark.target.page) for mark in document.bookmarks] == [
        ("gone", None),
        ("last", 1),
    ]
    notes = document.pdf.pages[0].obj.Annots
    assert ["/DocgenLink" in note for note in notes] == [False, True]
    assert document.cleaned.links[int(notes[1]["/DocgenLink"])].page == 1


def test_content_that_breaks_off_is_kept_as_far_as_readers_show_it() -> None:
    lines = b"".join(b"5 w %d %d m 200 300 l S\n" % (x * 7 % 300, x * 31 % 400) for x in range(400))
    torn = bytearray(zlib.compress(lines, 9))
    torn[len(torn) // 2 :] = b"\xff" * 50
    page = PAGE.replace(b"4 0 R", b"[4 0 R 5 0 R]")
    document = read_document(
        raw_pdf([CATALOGUE, tree(b"3 0 R"), page, LINE, stream(bytes(torn), b"/Filter/FlateDecode")])
    )
    assert document.repaired
    assert document.pdf.pages[0].obj.Resources.XObject[DRAWING].read_bytes().count(b"200 300 l") > 20


def test_a_garbage_page_is_readable_as_far_as_it_goes() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 (a) 99999999999999999999.0]/Rotate 47.5/UserUnit -3/Resources 7/Annots 8/Contents 4 0 R>>"
    file = inspect_document(raw_pdf([CATALOGUE, tree(b"3 0 R"), page, LINE]), EvidenceFile("x.pdf"))
    assert (file.fault, file.pages) == ("", 1)


def nested(open_: bytes, close: bytes, depth: int) -> bytes:
    return PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject " + open_ * depth + close * depth + b">>")


def chain(count: int) -> list[bytes]:
    """A page tree that is one branch of so many nodes."""
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (place + 6) for place in range(count)]
    return [CATALOGUE, b"<</Type/Pages/Count 1/Kids[5 0 R]>>", PAGE, LINE, *nodes, PAGE]


def million() -> bytes:
    objects = b"".join(b"%d 0 obj null endobj\n" % number for number in range(10, 200_000))
    return raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE]) + objects


def packed(kind: bytes) -> bytes:
    """An object or table stream that unpacks to 300 MB."""
    bomb = zlib.compress(b"1 0 " * 75_000_000, 9)
    extra = b"/Type/%s/N 1000000/First 8000000/Filter/FlateDecode/W[1 4 2]/Size 9/Root 1 0 R" % kind
    data = raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE, LINE, stream(bomb, extra)])
    at = data.index(b"5 0 obj")
    return data[: data.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % at


HOSTILE = {
    "arrays": raw_pdf([CATALOGUE, tree(b"3 0 R"), nested(b"[", b"]", 100_000), LINE]),
    "dictionaries": raw_pdf([CATALOGUE, tree(b"3 0 R"), nested(b"<</A", b">>", 100_000), LINE]),
    "deep tree": raw_pdf(chain(3000)),
    "parent loop": raw_pdf(
        [CATALOGUE, tree(b"3 0 R")[:-2] + b"/Parent 2 0 R>>", PAGE.replace(b"/MediaBox[0 0 300 400]", b""), LINE]
    ),
    "many objects": million(),
    "object stream": packed(b"ObjStm"),
    "table stream": packed(b"XRef"),
    "a kid a thousand times": raw_pdf([CATALOGUE, tree(b"3 0 R " * 1000, 1000), PAGE, LINE]),
    "too many pages": raw_pdf(
        [CATALOGUE, tree(b" ".join(b"%d 0 R" % (n + 5) for n in range(6000)), 6000), PAGE, LINE, *[PAGE] * 6000]
    ),
    "huge page": raw_pdf([CATALOGUE, tree(b"3 0 R"), PAGE.replace(b"300 400", b"300000000 400000000"), LINE]),
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 4000,
    "nothing": b"%PDF-1.7\n%%EOF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon_as_pages_or_as_a_named_fault(name: str) -> None:
    began = time.perf_counter()
    file = inspect_document(HOSTILE[name], EvidenceFile("x.pdf"))
    assert time.perf_counter() - began < 25
    assert file.pages if not file.fault else file.remedy


def test_more_pages_than_anyone_reads_are_refused_with_advice() -> None:
    file = inspect_document(HOSTILE["too many pages"], EvidenceFile("x.pdf"))
    assert "超过 5000 页" in file.fault
    assert "另存成一份较短的 PDF" in file.remedy


def test_a_huge_page_is_still_seen() -> None:
    scribble = stream(b"30000000 w 0 0 m 300000000 400000000 l S")
    page = PAGE.replace(b"300 400", b"300000000 400000000")
    document = read_document(raw_pdf([CATALOGUE, tree(b"3 0 R"), page, scribble]))
    matrix = document.leaves[0].matrix
    assert matrix.operands.startswith(b"0.00000")
    assert float(matrix.operands.split()[0]) * 400_000_000 == pytest.approx(matrix.a * 400_000_000, abs=0.1)


def test_pages_whose_parts_hang_together_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.evidence.fingerprints.MOST_STEPS", 1000)

    def change(out: pikepdf.Pdf) -> None:
        many = out.make_indirect(Array([Dictionary(A=Array([number])) for number in range(600)]))
        out.pages[0].obj.Resources[Name.Properties] = Dictionary(Mine=many)

    with pytest.raises(DocumentError, match="复杂得不合常理"):
        read_document(pdf("x", change=change))


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_what_opens_without_a_password_is_unlocked_and_proven(revision: int, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf("open"))) as plain:
        plain.save(
            tmp_path / "x.pdf",
            encryption=pikepdf.Encryption(
                owner="eigen", user="", R=revision, aes=revision >= 4, metadata=revision >= 4
            ),
        )
    file = inspect_document(tmp_path / "x.pdf", EvidenceFile("x.pdf"))
    assert file.fault == ""
    assert NoteKind.UNLOCKED in [note.kind for note in file.notes]
    assert "open" in file.texts[0]
