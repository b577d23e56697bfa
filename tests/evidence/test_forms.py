"""Fields of forms: what they show becomes part of the page, in every reader, and nothing of the form is left."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from evidence_files import pdf
from pikepdf import Array, Dictionary, Name, String

from docgen.evidence.documents import DRAWING, Document, read_document
from docgen.evidence.trial import inspect_document, write_alone
from docgen.model.records import EvidenceFile, NoteKind
from docgen.tools import pdfium


def form(*fields: dict[str, object], extra: dict[str, object] | None = None) -> bytes:
    """A page with these fields, one below the other, each 300 by 30 points."""

    def change(out: pikepdf.Pdf) -> None:
        widgets = []
        for place, entries in enumerate(fields):
            rect = Array([50, 600 - 50 * place, 350, 630 - 50 * place])
            base = {
                "/Type": Name.Annot,
                "/Subtype": Name.Widget,
                "/Rect": rect,
                "/F": 4,
                "/DA": String("/Helv 14 Tf 0 g"),
            }
            widgets.append(out.make_indirect(Dictionary({**base, **entries})))
        out.pages[0].obj.Annots = Array(widgets)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        out.Root.AcroForm = Dictionary(
            {"/Fields": Array(widgets), "/DR": Dictionary(Font=Dictionary(Helv=font)), **(extra or {})}
        )

    return pdf("x", change=change)


def text_field(name: str, value: str, **more: object) -> dict[str, object]:
    return {"/FT": Name.Tx, "/T": String(name), "/V": String(value), **{f"/{key}": item for key, item in more.items()}}


def shown(document: Document, tmp_path: Path) -> str:
    write_alone(document, tmp_path / "made.pdf")
    with pdfium.opened(tmp_path / "made.pdf") as made:
        return pdfium.words(made[0])


def test_a_value_without_an_appearance_is_written_in_chinese(tmp_path: Path) -> None:
    document = read_document(form(text_field("姓名", "李晓明 2024"), extra={"/NeedAppearances": True}))
    assert "李晓明 2024" in shown(document, tmp_path)
    assert "/Annots" not in document.pdf.pages[0].obj
    assert document.form


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"Ff": 1 << 12}, ["第一行", "第二行"]),
        ({"Ff": 1 << 13}, ["*****"]),
        ({"Q": 2}, ["第一行"]),
        ({"DA": String("")}, ["第二行"]),
    ],
)
def test_values_in_lines_secret_and_at_the_right(more: dict[str, object], words: list[str], tmp_path: Path) -> None:
    text = shown(read_document(form(text_field("备注", "第一行\n第二行", **more))), tmp_path)
    assert all(word in text for word in words)
    assert ("第一行" in text) is ("*" not in words[0])


def test_a_long_value_stays_within_its_field(tmp_path: Path) -> None:
    text = shown(read_document(form(text_field("长", "很长的内容" * 30))), tmp_path)
    assert text.count("很长的内容") == 30


def test_an_appearance_is_drawn_as_it_is(tmp_path: Path) -> None:
    def looks(out: pikepdf.Pdf) -> None:
        look = out.make_stream(b"BT /Helv 12 Tf 5 8 Td (As drawn) Tj ET", BBox=Array([0, 0, 150, 15]))
        out.pages[0].obj.Annots[0].AP = Dictionary(N=look)

    with pikepdf.open(BytesIO(form(text_field("a", "As typed")))) as source:
        looks(source)
        out = BytesIO()
        source.save(out)
    text = shown(read_document(out.getvalue()), tmp_path)
    assert "As drawn" in text
    assert "As typed" not in text


def test_fields_of_the_same_name_keep_their_values_in_one_volume(tmp_path: Path) -> None:
    documents = [read_document(form(text_field("姓名", name))) for name in ("张三", "李四")]
    with pikepdf.Pdf.new() as out:
        for document in documents:
            document.add_to(out)
        for page, leaf in zip(out.pages, [document.leaves[0] for document in documents], strict=True):
            page.obj.Contents = out.make_stream(b"q %s cm %s Do Q" % (leaf.matrix.operands, DRAWING.encode()))
        out.save(tmp_path / "both.pdf")
        assert "/AcroForm" not in out.Root
    with pdfium.opened(tmp_path / "both.pdf") as both:
        assert ["张三" in pdfium.words(both[0]), "李四" in pdfium.words(both[1])] == [True, True]
        assert "李四" not in pdfium.words(both[0])


@pytest.mark.parametrize(("state", "ink"), [("/Yes", True), ("/Off", False)])
def test_a_tick_is_drawn_only_where_there_is_one(state: str, ink: bool) -> None:
    box = {"/FT": Name.Btn, "/T": String("b"), "/AS": Name(state), "/MK": Dictionary(CA=String("8"))}
    document = read_document(form(box))
    drawing = document.pdf.pages[0].obj.Resources.XObject[DRAWING]
    assert ("/XObject" in drawing.Resources) is ink


@pytest.mark.parametrize(
    ("chosen", "high", "words"),
    [
        ({"/V": String("b")}, 40, "○甲●乙○丙"),
        ({"/V": Array([String("a"), String("c")])}, 40, "●甲○乙●丙"),
        ({"/I": Array([1])}, 40, "○甲●乙○丙"),
        ({}, 40, "○甲○乙○丙"),
        ({"/V": String("c")}, 12, "●丙"),  # no room for all
    ],
)
def test_a_list_without_an_appearance_shows_its_entries(
    chosen: dict[str, object], high: int, words: str, tmp_path: Path
) -> None:
    options = Array([Array([String(stored), String(word)]) for stored, word in zip("abc", "甲乙丙", strict=True)])
    place = Array([50, 500, 250, 500 + high])
    field = {"/FT": Name.Ch, "/T": String("list"), "/Opt": options, "/Rect": place, **chosen}
    assert words in "".join(shown(read_document(form(field)), tmp_path).split())


def test_hidden_fields_stay_hidden(tmp_path: Path) -> None:
    assert "藏" not in shown(read_document(form(text_field("a", "藏起来的", F=2))), tmp_path)


def test_the_text_of_fields_counts_as_what_the_page_says() -> None:
    file = inspect_document(form(text_field("单位", "某某职业学院")), EvidenceFile("x.pdf"))
    assert "某某职业学院" in file.texts[0]
    assert [note.kind for note in file.notes] == [NoteKind.FORM]


def test_a_form_that_only_acrobat_shows_is_told_with_what_to_do() -> None:
    with pikepdf.open(BytesIO(pdf("Please wait..."))) as source:
        source.Root.AcroForm = Dictionary(XFA=source.make_stream(b"<xdp/>"), Fields=Array([]))
        source.Root.NeedsRendering = True
        out = BytesIO()
        source.save(out)
    (note,) = inspect_document(out.getvalue(), EvidenceFile("x.pdf")).notes
    assert note.kind == NoteKind.HIDDEN
    assert "打印成普通 PDF" in note.detail


@pytest.mark.parametrize(
    ("value", "signed"),
    [
        ({"/V": Dictionary(Type=Name.Sig, Contents=String("0"))}, True),
        ({"/V": Dictionary(Type=Name.DocTimeStamp, Contents=String("0"))}, True),
        ({}, False),  # only a place for a signature
    ],
)
def test_signatures_and_time_stamps_are_told_empty_places_are_not(value: dict[str, object], signed: bool) -> None:
    document = read_document(form({"/FT": Name.Sig, "/T": String("s"), **value}))
    assert document.cleaned.signed is signed
    assert not document.form


def test_a_signature_below_a_field_and_a_certified_document_are_told() -> None:
    def change(out: pikepdf.Pdf) -> None:
        kid = out.make_indirect(Dictionary(T=String("kid"), V=Dictionary(ByteRange=Array([0, 1, 2, 3]))))
        out.Root.AcroForm = Dictionary(Fields=Array([out.make_indirect(Dictionary(FT=Name.Sig, Kids=Array([kid])))]))
        kid.Parent = out.Root.AcroForm.Fields[0]

    def certify(out: pikepdf.Pdf) -> None:
        out.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))

    assert read_document(pdf("x", change=change)).cleaned.signed
    assert read_document(pdf("x", change=certify)).cleaned.signed
