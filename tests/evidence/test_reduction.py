"""Pictures inside evidence PDFs become smaller only where that is not seen, and only what is certain is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageDraw, ImageStat

from docgen.evidence.documents import DRAWING, Document, read_document
from docgen.evidence.drawn import drawn_pictures
from docgen.evidence.fingerprints import SourcePrints
from docgen.evidence.reduction import reduce_document
from docgen.evidence.store import Store

A4 = (595, 842)
WIDTH, HEIGHT = 1650, 2200  # 200 dpi on a page of A4


def scan(mode: str = "RGB", width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A noisy scan: paper with lines, a red seal, a dark corner that tells which way up it is."""
    image = Image.new("RGB", (width, height), (248, 246, 240))
    draw = ImageDraw.Draw(image)
    for y in range(100, height - 100, 60):
        draw.line((100, y, width - 100, y), fill=(40, 40, 45), width=6)
    draw.ellipse((width // 2, height // 2, width // 2 + 400, height // 2 + 400), outline=(210, 30, 30), width=16)
    draw.rectangle((0, 0, width // 4, height // 6), fill=(20, 60, 120))
    noise = Image.effect_noise((width, height), 6).convert("RGB")
    return ImageChops.add(image, noise, 1, -128).convert(mode)


def as_jpeg(image: Image.Image, quality: int = 92) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def image_stream(out: pikepdf.Pdf, image: Image.Image, jpeg: bool = True, **more: object) -> Stream:
    space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    traits = {"Width": image.width, "Height": image.height, "ColorSpace": space, "BitsPerComponent": 8, **more}
    data = as_jpeg(image) if jpeg else image.tobytes()
    stream = out.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **traits)
    if jpeg:
        stream.Filter = Name.DCTDecode
    return stream


Maker = Callable[[pikepdf.Pdf], Stream]
FULL = "q 595 0 0 842 0 0 cm /I Do Q"


def pdf(make: Maker, *contents: str, fonts: Maker | None = None, change: Callable[..., None] | None = None) -> bytes:
    """A PDF whose pages all may draw one picture, /I, or the picture within a form, /F, that is 100 units wide."""
    out = pikepdf.new()
    picture = make(out)
    form = out.make_stream(
        b"q 100 0 0 100 0 0 cm /I Do Q",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 200]),
        Matrix=Array([2, 0, 0, 2, 0, 0]),
        Resources=Dictionary(XObject=Dictionary(I=picture)),
    )
    for content in contents or (FULL,):
        page = out.add_blank_page(page_size=A4)
        page.obj.Resources = Dictionary(XObject=Dictionary(I=picture, F=form))
        page.obj.Contents = out.make_stream(content.encode())
        if change:
            change(out, page, picture)
    data = BytesIO()
    out.save(data, static_id=True, compress_streams=True)
    return data.getvalue()


def picture_of(document: Document, page: int = 0) -> Stream:
    return document.pdf.pages[page].obj.Resources.XObject[DRAWING].Resources.XObject.I


def shown(document: Document, page: int = 0, dpi: int = 60) -> Image.Image:
    """A page as PDFium shows it."""
    for index, leaf in enumerate(document.leaves):
        content = b"q %s cm %s Do Q" % (leaf.matrix.operands, DRAWING.encode())
        document.pdf.pages[index].obj.Contents = document.pdf.make_stream(content)
    data = BytesIO()
    document.pdf.save(data)
    with pypdfium2.PdfDocument(data.getvalue()) as opened:
        return opened[page].render(scale=dpi / 72).to_pil().convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, in levels of 256."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize(
    ("make", "space"),
    [
        (lambda out: image_stream(out, scan()), "/DeviceRGB"),
        (lambda out: image_stream(out, scan("L")), "/DeviceGray"),
        (lambda out: image_stream(out, scan("L"), jpeg=False), "/DeviceGray"),
        (lambda out: image_stream(out, scan("RGB", 1200, 1600), jpeg=False), "/DeviceRGB"),
        (lambda out: image_stream(out, scan(), Decode=Array([0, 1, 0, 1, 0, 1])), "/DeviceRGB"),
    ],
    ids=["jpeg", "grey-jpeg", "grey-rows", "rows", "plain-decode"],
)
def test_a_fine_picture_becomes_smaller_and_looks_the_same(make: Maker, space: str) -> None:
    data = pdf(make)
    before, after = read_document(data), read_document(data)
    raw = len(picture_of(before).read_raw_bytes())
    saved = reduce_document(after, 100, 75)
    picture = picture_of(after)
    assert saved == raw - len(picture.read_raw_bytes()) > 0.5 * raw
    # The page is fitted above the foot, so that it is drawn a little smaller than A4.
    assert 760 <= int(picture.Width) <= 827
    assert (picture.Filter, str(picture.ColorSpace)) == (Name.DCTDecode, space)
    assert difference(shown(before), shown(after)) < 2.5


def test_its_colours_keep_their_profile() -> None:
    def make(out: pikepdf.Pdf) -> Stream:
        profile = out.make_stream(b"a profile", N=3, Alternate=Name.DeviceRGB)
        return image_stream(out, scan(), ColorSpace=Array([Name.ICCBased, profile]))

    document = read_document(pdf(make))
    assert reduce_document(document, 100, 75) > 0
    assert picture_of(document).ColorSpace[1].read_bytes() == b"a profile"


def test_the_prints_are_those_of_what_is_there_now() -> None:
    document = read_document(pdf(lambda out: image_stream(out, scan()), FULL, "0 0 10 10 re f"))
    old = [leaf.prints for leaf in document.leaves]
    reduce_document(document, 100, 75)
    for page, leaf in zip(document.pdf.pages, document.leaves, strict=True):
        assert leaf.prints == SourcePrints().of(page.obj.Resources.XObject[DRAWING])
    now = hashlib.sha256(picture_of(document).read_raw_bytes()).hexdigest()
    assert now in document.leaves[0].prints
    assert old[0] != document.leaves[0].prints


@pytest.mark.parametrize(
    ("content", "points"),
    [
        ("q 300 0 0 400 0 0 cm /I Do Q", (300, 400)),
        ("q 0 300 -400 0 500 0 cm /I Do Q", (300, 400)),
        ("q 2 0 0 2 0 0 cm q 0.5 0 0 0.5 0 0 cm q 150 0 0 200 0 0 cm /I Do Q Q Q", (150, 200)),
        ("q 50 0 0 50 0 0 cm /I Do Q q 300 0 0 10 0 0 cm /I Do Q", (300, 50)),
        ("/F Do", (200, 200)),
        ("q 2 0 0 2 0 0 cm /F Do Q", (400, 400)),
        ("Q Q q 300 0 0 400 0 0 cm /I Do", (300, 400)),
        ("BT (\\) cm /I Do) Tj ET q 300 0 0 400 0 0 cm /I Do Q", (300, 400)),
    ],
)
def test_the_largest_drawing_counts(content: str, points: tuple[float, float]) -> None:
    document = read_document(pdf(lambda out: image_stream(out, scan("L", 200, 200)), content))
    scale = document.leaves[0].matrix.a
    (drawn,) = drawn_pictures(document)
    assert (drawn.width, drawn.height) == pytest.approx((points[0] * scale, points[1] * scale), rel=1e-3)


def test_a_picture_on_several_pages_is_as_fine_as_the_largest_needs() -> None:
    small, large = "q 60 0 0 80 0 0 cm /I Do Q", "q 450 0 0 600 0 0 cm /I Do Q"
    document = read_document(pdf(lambda out: image_stream(out, scan()), small, large, small))
    reduce_document(document, 100, 75)
    assert 550 <= int(picture_of(document).Width) <= 625


def _cut_short(out: pikepdf.Pdf) -> Stream:
    stream = image_stream(out, scan())
    stream.write(as_jpeg(scan())[:90_000], filter=Name.DCTDecode)
    return stream


def _half_masked(out: pikepdf.Pdf) -> Stream:
    mask = out.make_stream(bytes(100) + b"\xff" * 300, Width=20, Height=20, ColorSpace=Name.DeviceGray)
    mask.BitsPerComponent, mask.Subtype = 8, Name.Image
    return image_stream(out, scan(), SMask=mask)


LEFT_ALONE: dict[str, Maker] = {
    "cmyk": lambda out: image_stream(out, scan("CMYK")),
    "inverted": lambda out: image_stream(out, scan(), Decode=Array([1, 0] * 3)),
    "colour key": lambda out: image_stream(out, scan(), Mask=Array([0, 0, 0, 0, 0, 0])),
    "half masked": _half_masked,
    "indexed": lambda out: image_stream(
        out, scan("L"), jpeg=False, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(bytes(768))])
    ),
    "other colours": lambda out: image_stream(out, scan(), ColorSpace=Array([Name.Lab, Dictionary()])),
    "grey that says rgb": lambda out: image_stream(out, scan("L"), ColorSpace=Name.DeviceRGB),
    "size that is none": lambda out: image_stream(out, scan(), Width=WIDTH * 3),
    "no size": lambda out: image_stream(out, scan(), Width=Name.Big),
    "one bit": lambda out: image_stream(out, scan("L"), jpeg=False, BitsPerComponent=1),
    "cut short": _cut_short,
    "too few rows": lambda out: image_stream(out, scan("L"), jpeg=False, Height=HEIGHT * 2),
    "garbage": lambda out: image_stream(out, scan(), Decode=Array([Name.A, 1, 0, 1, 0, 1])),
    "already small": lambda out: image_stream(out, scan("RGB", 840, 1100)),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_not_certain_to_look_the_same_stays(name: str) -> None:
    document = read_document(pdf(LEFT_ALONE[name]))
    before, leaves = picture_of(document).read_raw_bytes(), list(document.leaves)
    assert reduce_document(document, 100, 75) == 0
    assert picture_of(document).read_raw_bytes() == before
    assert document.leaves == leaves


def test_a_soft_mask_that_hides_nothing_goes_with_the_smaller_picture() -> None:
    def make(out: pikepdf.Pdf) -> Stream:
        mask = out.make_stream(b"\xff" * 400, Type=Name.XObject, Subtype=Name.Image, Width=20, Height=20)
        mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
        return image_stream(out, scan(), SMask=mask)

    data = pdf(make)
    before, after = read_document(data), read_document(data)
    assert reduce_document(after, 100, 75) > 0
    assert int(picture_of(after).SMask.Width) == 20
    assert difference(shown(before), shown(after)) < 2.5


def _pattern(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
    tile = out.make_stream(b"q 900 0 0 900 0 0 cm /I Do Q", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1)
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 900, 900]), 900, 900
    tile.Resources = Dictionary(XObject=Dictionary(I=picture))
    page.obj.Resources.Pattern = Dictionary(P=tile)


def _stamp(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
    look = out.make_stream(b"q 900 0 0 900 0 0 cm /I Do Q", Subtype=Name.Form, BBox=Array([0, 0, 900, 900]))
    look.Resources = Dictionary(XObject=Dictionary(I=picture))
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 90, 90]), AP=Dictionary(N=look))
    page.obj.Annots = Array([out.make_indirect(stamp)])


def _own_mask(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
    page.obj.Resources.XObject.M = image_stream(out, scan("L", 40, 40), SMask=picture)
    page.obj.Contents = out.make_stream(b"q 50 0 0 50 0 0 cm /I Do /M Do Q")


@pytest.mark.parametrize("change", [_pattern, _stamp, _own_mask])
def test_a_picture_that_is_also_drawn_in_another_way_stays(change: Callable[..., None]) -> None:
    document = read_document(pdf(lambda out: image_stream(out, scan("L")), "q 50 0 0 50 0 0 cm /I Do Q", change=change))
    assert reduce_document(document, 100, 75) == 0


def _loop(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
    page.obj.Resources.XObject.F.Resources.XObject.F = page.obj.Resources.XObject.F
    page.obj.Resources.XObject.F.write(b"q 100 0 0 100 0 0 cm /I Do Q /F Do")


def _fan(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
    """Ten forms, each drawing the next ten times over: ten thousand million drawings."""
    inner = page.obj.Resources.XObject.F
    for _ in range(10):
        inner = out.make_stream(
            b"/F Do " * 10,
            Subtype=Name.Form,
            BBox=Array([0, 0, 9, 9]),
            Resources=Dictionary(XObject=Dictionary(F=inner)),
        )
    page.obj.Resources.XObject.F = inner


@pytest.mark.parametrize(
    ("content", "change"),
    [
        ("/F Do", _loop),
        ("/F Do", _fan),
        ("q " * 1000 + FULL, None),
        (FULL + "\n(" + "x" * 9_000_000 + ") Tj", None),
        ("1 0 0 cm /I Do", None),
        ("/A /B /C cm /I Do", None),
        ("<<<< >> [ ( /I Do", None),
    ],
)
def test_tangled_pages_are_left_as_they_are(content: str, change: Callable[..., None] | None) -> None:
    document = read_document(pdf(lambda out: image_stream(out, scan("L")), content, change=change))
    assert reduce_document(document, 100, 75) == 0


def test_a_tangled_page_does_not_bar_the_others() -> None:
    def change(out: pikepdf.Pdf, page: pikepdf.Page, picture: Stream) -> None:
        del page.obj.Resources.XObject.F
        if len(out.pages) == 2:
            page.obj.Resources.XObject.I = image_stream(out, scan("L"))

    document = read_document(pdf(lambda out: image_stream(out, scan("L")), FULL, "1 cm /I Do", change=change))
    assert reduce_document(document, 100, 75) > 0
    assert int(picture_of(document, 0).Width) < WIDTH == int(picture_of(document, 1).Width)


def test_what_was_made_once_is_taken_from_the_store(tmp_path) -> None:
    data = pdf(lambda out: image_stream(out, scan("L")))
    owner = hashlib.sha256(data).hexdigest()
    with Store(tmp_path) as store:
        first = read_document(data)
        saved = reduce_document(first, 100, 75, store, owner)
        (kept,) = [path for path in (tmp_path / "made").rglob("*") if path.is_file()]
        assert kept.name.startswith(owner)
        # A kept picture of another look shows where the second came from.
        marked = as_jpeg(Image.new("L", (int(picture_of(first).Width), int(picture_of(first).Height)), 128))
        kept.write_bytes(marked)
        second = read_document(data)
        reduce_document(second, 100, 75, store, owner)
        assert picture_of(second).read_raw_bytes() == marked
        kept.write_bytes(marked[:-20])  # a disk that lost its end
        third = read_document(data)
        assert reduce_document(third, 100, 75, store, owner) == saved
        assert picture_of(third).read_raw_bytes() == picture_of(first).read_raw_bytes()


def test_no_picture_is_reduced_twice() -> None:
    document = read_document(pdf(lambda out: image_stream(out, scan("L"))))
    reduce_document(document, 150, 80)
    with pytest.raises(ValueError, match="already"):
        reduce_document(document, 100, 75)
