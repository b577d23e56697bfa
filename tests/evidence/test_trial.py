"""One document alone: what could not stand the proof of a volume is named with what to do."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from evidence_files import jpeg, pdf
from pikepdf import Dictionary, Name

from docgen.evidence import trial
from docgen.evidence.documents import DRAWING, read_document
from docgen.evidence.trial import inspect_document
from docgen.model.records import EvidenceFile, NoteKind

FILE = EvidenceFile("x.pdf", media="application/pdf")


def locked() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf("x"))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "fault", "remedy"),
    [
        (b"", "空文件", "重新取一份"),
        (locked(), "打开密码", "没有密码的 PDF"),
        (pdf("x", change=lambda out: out.pages.__delitem__(0)), "没有页面", "重新取一份"),
        (b"%PDF-1.7\n" + b"?" * 900, "已损坏", "重新取一份"),
        (jpeg(), "已损坏", "重新取一份"),
    ],
)
def test_faults_come_with_a_remedy(data: bytes, fault: str, remedy: str) -> None:
    file = inspect_document(data, FILE)
    assert fault in file.fault
    assert remedy in file.remedy
    assert file.texts == ()


@pytest.mark.parametrize("linear", [True, False])
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode.__members__.values()))
def test_all_ways_of_writing_a_pdf_pass(mode: pikepdf.ObjectStreamMode, linear: bool, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf("one", "two"))) as plain:
        plain.save(tmp_path / "x.pdf", object_stream_mode=mode, linearize=linear)
    file = inspect_document(tmp_path / "x.pdf", FILE)
    assert (file.fault, file.pages, file.texts, file.notes) == ("", 2, ("one", "two"), ())


def test_a_page_changed_later_is_read_as_it_is_now() -> None:
    first = pdf("old")
    number = int(first.split(b"/Size ")[1].split()[0].rstrip(b">"))
    start = first.rindex(b"startxref") + 10
    before = int(first[start:].split()[0])
    page = (
        b"%d 0 obj\n<</Length 47>>stream\nBT /F 40 Tf 30 700 Td (new) Tj ET             \nendstream\nendobj\n" % number
    )
    with pikepdf.open(BytesIO(first)) as source:
        held = source.pages[0].obj.Contents.objgen[0]
    again = page.replace(b"%d 0 obj" % number, b"%d 0 obj" % held, 1)
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        held,
        at,
        number,
        before,
        at + len(again),
    )
    assert inspect_document(first + again + table, FILE).texts == ("new",)


def test_a_page_that_would_fade_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fade(source: object, **how: object) -> object:
        document = read_document(source, **how)
        drawing = document.pdf.pages[1].obj.Resources.XObject[DRAWING]
        drawing.BBox = [0, 0, 0.001, 0.001]
        return document

    monkeypatch.setattr(trial, "read_document", fade)
    file = inspect_document(pdf("a", "b"), FILE)
    assert file.fault == "PDF 第2页放进分册后会变成空白"
    assert file.remedy


def test_a_page_that_was_blank_may_stay_blank() -> None:
    def empty(out: pikepdf.Pdf) -> None:
        out.pages[1].obj.Contents = out.make_stream(b"")

    assert inspect_document(pdf("a", "b", change=empty), FILE).fault == ""


def test_content_that_does_not_arrive_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(source: object, **how: object) -> object:
        document = read_document(source, **how)
        document.pdf.pages[0].obj.Resources.XObject[DRAWING].write(b"0 0 9 9 re f")
        return document

    monkeypatch.setattr(trial, "read_document", change)
    assert "第1页的内容放进分册后与原文件不一致" in inspect_document(pdf("a"), FILE).fault


def test_streams_in_every_plain_packing_are_recognised() -> None:
    def change(out: pikepdf.Pdf) -> None:
        form = {"Subtype": Name.Form, "BBox": pikepdf.Array([0, 0, 9, 9])}
        hexed = out.make_stream(b"", **form)
        hexed.write(b"30 20 30 20 6d>", filter=Name.ASCIIHexDecode)
        inside = out.make_stream(b"", **form)
        inside.write(b"61>", filter=pikepdf.Array([Name.ASCIIHexDecode]))
        plain = out.make_stream(b"0 0 m", **form)
        out.pages[0].obj.Resources.XObject = Dictionary(A=hexed, B=inside, C=plain)

    assert inspect_document(pdf("a", change=change), FILE).fault == ""


def test_very_many_pages_are_told() -> None:
    notes = inspect_document(pdf(*["x"] * 301), FILE).notes
    assert [(note.kind, note.detail) for note in notes] == [(NoteKind.LONG, "301页")]
