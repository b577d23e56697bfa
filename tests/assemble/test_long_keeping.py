"""Volumes are PDF/A where their parts allow it: what of ISO 19005-2 and -3 can be checked without a validator, is."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from evidence_desk import Desk, jpeg, outlined, pdf, png
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms

from docgen.assemble.fields import front_fields
from docgen.assemble.volume import FontFace, FrontMatter
from docgen.fonts.pdftext import StampFont
from docgen.render.pdf import render_pdf
from docgen.render.templates import find_template

_ACTIONS = {"/GoTo", "/GoToR", "/Thread", "/URI", "/Named", "/SubmitForm"}
_BLEND_MODES = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"}
_FILTERS = {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode", "/ASCIIHexDecode",
            "/ASCII85Decode", "/RunLengthDecode"}  # fmt: skip


def embedded(face: FontFace, text: str = "长期保存") -> bytes:
    """A PDF of one page whose font is embedded."""
    font = StampFont(face, [text])

    def write(out: pikepdf.Pdf) -> None:
        page = out.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F=font.embed(out)))
        page.Contents = out.make_stream(b"BT /F 20 Tf 60 700 Td " + font.encode(text) + b" Tj ET")
        outlined(out)
        page.Annots[0].F = 4

    return pdf("x", change=write)


def real_front(matter: FrontMatter) -> bytes:
    """Cover and index by WeasyPrint, as `docgen build` makes them."""
    fields = {
        "院校": {"院校名称": "某校"},
        "申报": dict.fromkeys(("申报编号", "证书名称", "等级"), "A01"),
        "题名": "教师佐证材料",
        "册": "",
        "共几册": "",
    } | front_fields(matter)
    return render_pdf(find_template("evidence"), fields, "archival").data


def every(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All dictionaries and streams of a PDF, direct ones as well."""
    open_: list[object] = list(pdf.objects)
    while open_:
        value = open_.pop()
        if isinstance(value, Stream | Dictionary):
            yield value
            open_.extend(inner for _, inner in value.items() if not getattr(inner, "is_indirect", False))
        elif isinstance(value, Array):
            open_.extend(inner for inner in value if not getattr(inner, "is_indirect", False))


def faults(data: bytes) -> list[str]:
    """What in a PDF offends against ISO 19005-2 (level B) or, with attachments, ISO 19005-3."""
    return [*_file(data), *_catalogue(data), *_objects(data)]


def _file(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "6.1.2 header"
    if not data.endswith(b"%%EOF\n"):
        yield "6.1.3 something after the end"
    if any(data[match.start() - 1 : match.start()] != b"\n" for match in re.finditer(rb"endstream\nendobj", data)):
        yield "6.1.7.1 no line end before endstream"


def _catalogue(data: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/ID" not in pdf.trailer or "/Encrypt" in pdf.trailer:
            yield "6.1.3 no identifier, or encrypted"
        (intent,) = pdf.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
        if intent.S != Name.GTS_PDFA1 or intent.DestOutputProfile.N != 3:
            yield "6.2.3 output intent"
        if profile[12:20] != b"mntrRGB " or int.from_bytes(profile[:4], "big") != len(profile) or profile[8] > 4:
            yield "6.2.3 profile"
        with pdf.open_metadata() as metadata:
            part, level = metadata["pdfaid:part"], metadata["pdfaid:conformance"]
            if metadata["dc:title"] != pdf.docinfo["/Title"] or metadata["pdf:Producer"] != pdf.docinfo["/Producer"]:
                yield "6.6.2 metadata and information differ"
            if metadata["dc:creator"] != [str(pdf.docinfo["/Author"])]:
                yield "6.6.2 metadata and information differ"
        packet = pdf.Root.Metadata.read_bytes()
        if b"bytes=" in packet.split(b"?>")[0] or b"encoding=" in packet.split(b"?>")[0]:
            yield "6.6.2.1 packet header"
        names = pdf.Root.get("/Names", Dictionary())
        if "/JavaScript" in names or "/AA" in pdf.Root or "/Requirements" in pdf.Root or "/XFA" in pdf.Root:
            yield "6.5, 6.4 actions or forms"
        files = [item for item in every(pdf) if item.get("/Type") == Name.Filespec]
        if (part, level) != ("3" if files else "2", "B"):
            yield f"6.6.4 says {part}{level}"
        for file in files:
            stream = file.EF.F
            if not {"/F", "/UF", "/AFRelationship"} <= set(file.keys()) or "/Subtype" not in stream:
                yield "19005-3 6.8 attachment"
            if file.objgen not in [item.objgen for item in pdf.Root.AF]:
                yield "19005-3 6.8 attachment of nothing"
        layers = pdf.Root.get("/OCProperties")
        if layers is not None and ("/Name" not in layers.D or "/AS" in layers.D):
            yield "6.9 layers"


def _objects(data: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in every(pdf):
            kind, sort = str(item.get("/Type")), str(item.get("/Subtype"))
            if isinstance(item, Stream):
                filters = item.get("/Filter", Array())
                names = {str(name) for name in (filters if isinstance(filters, Array) else [filters])}
                if not names <= _FILTERS or {"/F", "/FFilter", "/FDecodeParms"} & set(item.keys()):
                    yield f"6.1.7 filters {names}"
            if "/S" in item and kind in ("/Action", "None") and str(item.S) in ("/JavaScript", "/Launch", "/Movie"):
                yield f"6.5.1 action {item.S}"
            if kind == "/Annot" and sort != "/Popup" and (int(item.get("/F", 0)) & 0b100111) != 4:
                yield f"6.3.2 flags of {sort}"
            if kind == "/Annot" and sort not in ("/Popup", "/Link") and "/AP" not in item:
                yield f"6.3.3 no appearance of {sort}"
            if kind == "/ExtGState" and (
                {"/TR", "/HTP"} & set(item.keys()) or item.get("/BM", Name.Normal) not in map(Name, _BLEND_MODES)
            ):
                yield "6.2.5 graphics state"
            if sort == "/Image" and (
                {"/Alternates", "/OPI"} & set(item.keys()) or bool(item.get("/Interpolate", False))
            ):
                yield "6.2.8 picture"
            if sort == "/Image" and item.get("/ColorSpace") == Name.DeviceCMYK:
                yield "6.2.4.3 CMYK without a profile"
            if sort == "/Form" and {"/OPI", "/PS", "/Ref"} & set(item.keys()):
                yield "6.2.9 form"
            if kind == "/Font":
                yield from _font(item)
            if kind == "/Page" and any(not 3 <= float(side) <= 14400 for side in list(item.MediaBox)[2:]):
                yield "6.1.13 size of a page"


def _font(font: pikepdf.Object) -> Iterator[str]:
    """Embedded, and as wide as the PDF says."""
    if font.Subtype == Name.Type0:
        if font.Encoding != Name("/Identity-H"):
            yield "6.2.11.3.3 CMap"
        return
    descriptor = font.get("/FontDescriptor", Dictionary())
    files = [descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    if len(files) != 1:
        yield f"6.2.11.4 {font.get('/BaseFont')} is not embedded"
        return
    widths: dict[int, float] = {}
    run = list(font.get("/W", Array()))
    while len(run) > 1:
        first, second = int(run.pop(0)), run.pop(0)
        if isinstance(second, Array):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(run.pop(0)))
    for glyph, own in _own_widths(files[0]).items():
        if glyph in widths and abs(widths[glyph] - own) > 1:
            yield f"6.2.11.5 glyph {glyph} of {font.BaseFont}: {widths[glyph]}, in the font {own}"


def _own_widths(file: pikepdf.Object) -> dict[int, float]:
    data = file.read_bytes()
    if file.get("/Subtype") == Name.CIDFontType0C:
        fonts = CFFFontSet()
        fonts.decompile(BytesIO(data), None)
        assert fonts[0].ROS
        return {}
    with TTFont(BytesIO(data)) as font:
        scale = 1000 / font["head"].unitsPerEm
        return {index: font["hmtx"][name][0] * scale for index, name in enumerate(font.getGlyphOrder())}


def test_the_checks_notice_what_is_wrong(desk: Desk) -> None:
    desk.put("a.pdf", pdf("Helvetica", change=outlined))
    told = " ".join(_objects(desk.assemble().data))
    assert "6.2.11.4 /Helvetica is not embedded" in told


def test_a_volume_of_photos_and_documents_with_their_fonts_is_pdf_a(desk: Desk, face: FontFace) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    desk.put("a.jpg", jpeg())
    desk.put("b.jpg", jpeg(6, icc_profile=profile))
    desk.put("c.png", png("RGBA"))
    desk.put("grey.jpg", jpeg(mode="L"))
    desk.put("d.pdf", embedded(face))
    desk.put("d again.pdf", embedded(face))
    for draft in (False, True):
        volume = desk.assemble(real_front, draft=draft)
        assert volume.findings == ()
        assert faults(volume.data) == []


def test_a_volume_with_a_signed_original_is_pdf_a_3(desk: Desk, face: FontFace) -> None:
    def sign(out: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="s", Rect=Array([0, 0, 0, 0]),
            V=Dictionary(Type=Name.Sig, Contents=b"0" * 64),
        )  # fmt: skip
        with pikepdf.open(BytesIO(embedded(face))) as inner:
            out.add_pages_from(inner)
        del out.pages[0]
        out.pages[0].obj.Annots = Array([out.make_indirect(field)])
        out.Root.AcroForm = Dictionary(Fields=Array([out.pages[0].obj.Annots[0]]), SigFlags=3)

    desk.put("signed.pdf", pdf("x", change=sign))
    volume = desk.assemble(real_front)
    assert [entry.attached for entry in volume.entries] == [True]
    assert volume.findings == ()
    assert faults(volume.data) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("a.pdf", pdf("x"), "Helvetica"), ("cmyk.jpg", jpeg(mode="CMYK"), "CMYK")],
    ids=["font", "CMYK"],
)
def test_what_stands_in_the_way_is_named(desk: Desk, name: str, data: bytes, reason: str) -> None:
    desk.put("good.jpg", jpeg())
    desk.put(name, data)
    volume = desk.assemble()
    (finding,) = volume.findings
    assert (finding.rule, finding.level.value) == ("ASM010", "info")
    assert f"“{name}”" in finding.message
    assert reason in finding.message
    with pikepdf.open(BytesIO(volume.data)) as made:
        assert "/OutputIntents" not in made.Root
        assert b"pdfaid" not in made.Root.Metadata.read_bytes()


def test_ghostscript_reads_it_without_a_word(desk: Desk, face: FontFace, tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    if not shutil.which("gs"):
        pytest.skip("Ghostscript is not installed")
    desk.put("a.jpg", jpeg())
    desk.put("b.pdf", embedded(face))
    assert desk.assemble(real_front).made
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=ppmraw", "-r20", "-o", "p%d.ppm"]
    told = subprocess.run([*command, str(desk.target)], check=False, cwd=tmp_path, capture_output=True, text=True)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    with Image.open(tmp_path / "p1.ppm") as cover:
        assert cover.convert("L").getextrema()[0] < 128
