"""What keeps a document's pages out of a PDF/A-2b is named; what can be put right without changing the look is."""

from collections.abc import Callable

import pikepdf
import pytest
from evidence_files import pdf
from pikepdf import Array, Dictionary, Name

from docgen.evidence.documents import DRAWING, read_document
from docgen.evidence.trial import inspect_document
from docgen.model.records import EvidenceFile


def reason(change: Callable[[pikepdf.Pdf], None]) -> str:
    """Why a page that draws nothing but what `change` adds may not stand in a PDF/A."""

    def only(out: pikepdf.Pdf) -> None:
        del out.pages[0].obj.Resources.Font
        out.pages[0].obj.Contents = out.make_stream(b"0 0 1 rg 9 9 99 99 re f")
        change(out)

    return read_document(pdf("x", change=only)).unarchival


def content(data: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(out: pikepdf.Pdf) -> None:
        out.pages[0].obj.Contents = out.make_stream(data)

    return change


def resource(category: str, make: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], None]:
    def change(out: pikepdf.Pdf) -> None:
        out.pages[0].obj.Resources["/" + category] = Dictionary(X=make(out))

    return change


def image(**more: object) -> Callable[[pikepdf.Pdf], object]:
    entries = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    return lambda out: out.make_stream(b"\x00" * 4, **{**entries, **more})


def note(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(out: pikepdf.Pdf) -> None:
        base = {"Type": Name.Annot, "Subtype": Name.Stamp, "Rect": Array([9, 9, 99, 99])}
        if entries.pop("AP", True):
            base["AP"] = Dictionary(
                N=out.make_stream(b"9 9 m", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary())
            )
        out.pages[0].obj.Annots = Array([Dictionary(**{**base, **entries})])

    return change


def lzw(out: pikepdf.Pdf) -> None:
    stream = out.make_stream(b"")
    stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    out.pages[0].obj.Contents = stream


PLAIN_FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda out: None, ""),
        (resource("Font", lambda out: PLAIN_FONT), "字体 Helvetica 没有嵌入"),
        (
            resource(
                "Font",
                lambda out: Dictionary(
                    Subtype=Name.Type0,
                    BaseFont=Name("/STSong-Light"),
                    DescendantFonts=Array([Dictionary(Subtype=Name.CIDFontType0)]),
                ),
            ),
            "字体 STSong-Light 没有嵌入",
        ),
        (
            resource(
                "XObject",
                lambda out: out.make_stream(
                    b"", Subtype=Name.Form, Resources=Dictionary(Font=Dictionary(F=PLAIN_FONT))
                ),
            ),
            "Helvetica",
        ),
        (
            resource(
                "Font",
                lambda out: Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=out.make_stream(b"1 0 0 0 k 9 9 m"))),
            ),
            "CMYK",
        ),
        (content(b"0 0 0 1 k 9 9 99 99 re f"), "CMYK"),
        (content(b"/DeviceCMYK cs 0 0 0 1 sc"), "CMYK"),
        (content(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID xx EI"), "小图"),
        (content(b"q " * 40 + b"Q " * 40), "绘图命令"),
        (content(b"Q"), "绘图命令"),
        (content(b"BX 1 2 foo EX"), "绘图命令"),
        (lzw, ""),  # packed anew
        (resource("XObject", image()), ""),
        (resource("XObject", image(ColorSpace=Name.DeviceCMYK)), "CMYK"),
        (resource("XObject", image(Interpolate=True, Alternates=Array([]))), ""),
        (resource("XObject", image(ColorSpace=Array([Name.Indexed, Name.DeviceCMYK, 0, b"0000"]))), "CMYK"),
        (resource("XObject", lambda out: out.make_stream(b"", Subtype=Name.PS)), "PostScript"),
        (resource("ExtGState", lambda out: Dictionary(TR=Name.Identity)), ""),
        (resource("ExtGState", lambda out: Dictionary(TR=Dictionary(FunctionType=2))), "传递函数"),
        (resource("ExtGState", lambda out: Dictionary(BM=Name.Shiny)), "叠加"),
        (
            resource("ColorSpace", lambda out: Array([Name.ICCBased, out.make_stream(b"no profile", N=3)])),
            "ICC",
        ),
        (note(), ""),
        (note(AP=False), "外观"),
        (note(AP=False, Subtype=Name.Link), ""),
        (note(F=2), "隐藏"),
        (note(Subtype=Name.Projection), "Projection"),
    ],
)
def test_the_first_obstacle_is_named(change: Callable[[pikepdf.Pdf], None], words: str) -> None:
    found = reason(change)
    assert words in found
    assert bool(words) is bool(found)


def test_what_a_pdf_a_may_not_have_is_not_missed_afterwards() -> None:
    def change(out: pikepdf.Pdf) -> None:
        del out.pages[0].obj.Resources.Font
        content(b"0 0 1 rg 9 9 99 99 re f")(out)
        other = Dictionary(Image=image()(out), DefaultForPrinting=True)
        resource("XObject", image(Alternates=Array([other])))(out)
        note()(out)
        looks = out.pages[0].obj.Annots[0].AP
        looks.D = out.make_stream(b"1 1 m", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary())

    found = inspect_document(pdf("x", change=change), EvidenceFile("a.pdf"))
    assert (found.fault, found.unarchival) == ("", "")


def test_what_was_put_right_looks_the_same() -> None:
    def change(out: pikepdf.Pdf) -> None:
        del out.pages[0].obj.Resources.Font
        resource("XObject", image(Interpolate=True))(out)
        note()(out)

    document = read_document(pdf("x", change=change))
    page = document.pdf.pages[0].obj
    assert "/Interpolate" not in page.Resources.XObject[DRAWING].Resources.XObject.X
    assert page.Annots[0].F == 4
