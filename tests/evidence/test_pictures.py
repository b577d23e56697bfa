"""Pictures of every format are embedded, as they are where that is possible, and stand upright in their colours."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from evidence_files import jpeg, picture, png
from PIL import Image, ImageChops, ImageCms, ImageStat

from docgen.acroform.geometry import Box
from docgen.evidence.geometry import picture_matrix
from docgen.evidence.pictures import Coding, Picture, PictureError, PictureFile

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
INK = 30  # how far what PDFium makes of four inks may be from what Pillow makes of them
BACK = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # orientation → the transposition that takes it back


def saved(image: Image.Image, kind: str, orientation: int = 0, **how: object) -> bytes:
    out = BytesIO()
    if orientation:
        exif = Image.Exif()
        exif[0x0112] = orientation
        how["exif"] = exif
        if orientation in BACK:
            image = image.transpose(Image.Transpose(BACK[orientation]))
    image.save(out, kind, **how)
    return out.getvalue()


def heic(image: Image.Image, orientation: int = 1) -> bytes:
    import pillow_heif  # noqa: PLC0415

    exif = Image.Exif()
    exif[0x0112] = orientation
    if orientation in BACK:
        image = image.transpose(Image.Transpose(BACK[orientation]))
    out = BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=90, exif=exif.tobytes())
    return out.getvalue()


def shown(embedded: Picture) -> Image.Image:
    """The picture as PDFium shows it on a page, upright."""
    pdf = pikepdf.new()
    width, height = embedded.upright
    page = pdf.add_blank_page(page_size=(width, height))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=embedded.embed(pdf)))
    matrix = picture_matrix(embedded.orientation, Box(0, 0, width, height)).operands
    page.obj.Contents = pdf.make_stream(b"q " + matrix + b" cm /P Do Q")
    out = BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    return document[0].render(scale=1).to_pil().convert("RGB")


def assert_looks_like(embedded: Picture, wanted: Image.Image, within: float = 4) -> None:
    assert embedded.upright == wanted.size
    assert max(ImageStat.Stat(ImageChops.difference(shown(embedded), wanted.convert("RGB"))).mean) < within


TIFFS = [{"compression": compression} for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")]


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        pytest.param(jpeg(), Coding.JPEG, id="jpeg"),
        pytest.param(jpeg(progressive=True), Coding.JPEG, id="progressive jpeg"),
        pytest.param(png(), Coding.ROWS, id="png"),
        pytest.param(saved(picture(), "BMP"), Coding.ROWS, id="bmp"),
        pytest.param(saved(picture(), "GIF"), Coding.ROWS, id="gif"),
        pytest.param(saved(picture(), "WEBP", quality=90), Coding.JPEG, id="webp with loss"),
        pytest.param(saved(picture(), "WEBP", lossless=True), Coding.ROWS, id="webp without loss"),
        pytest.param(saved(picture(), "AVIF", quality=90), Coding.JPEG, id="avif"),
        pytest.param(saved(picture(), "JPEG2000"), Coding.JPEG, id="jpeg 2000"),
        pytest.param(heic(picture()), Coding.JPEG, id="heic"),
        *[
            pytest.param(
                saved(picture(), "TIFF", **how),
                Coding.JPEG if how["compression"] == "jpeg" else Coding.ROWS,
                id=str(how),
            )
            for how in TIFFS
        ],
        pytest.param(saved(picture(mode="CMYK"), "TIFF"), Coding.ROWS, id="cmyk tiff"),
        pytest.param(saved(picture(mode="P"), "TIFF"), Coding.ROWS, id="palette tiff"),
        pytest.param(saved(picture(mode="YCbCr"), "TIFF"), Coding.ROWS, id="ycbcr tiff"),
    ],
)
def test_every_format_is_shown_in_its_colours(data: bytes, coding: Coding) -> None:
    embedded = PictureFile(data).picture()
    assert embedded.coding is coding
    assert_looks_like(embedded, picture(), INK if embedded.channels == 4 else 4)


@pytest.mark.parametrize("compression", ["raw", "group3", "group4", "tiff_lzw"])
@pytest.mark.parametrize("white", [0, 255])
def test_black_and_white_is_kept_as_fax_and_not_inverted(compression: str, white: int) -> None:
    drawn = picture(400, 300, "L").point(lambda value: value if white else 255 - value).convert("1")
    embedded = PictureFile(saved(drawn, "TIFF", compression=compression)).picture()
    assert (embedded.coding, embedded.bits) == (Coding.FAX, 1)
    assert ImageChops.difference(shown(embedded), drawn.convert("RGB")).getbbox() is None


@pytest.mark.parametrize(("mode", "channels", "inverted"), [("RGB", 3, False), ("L", 1, False), ("CMYK", 4, True)])
def test_a_jpeg_is_embedded_byte_by_byte(mode: str, channels: int, inverted: bool) -> None:
    data = jpeg(mode=mode)
    file = PictureFile(data)
    read = file.picture()
    assert file.direct()
    assert (read.channels, read.inverted) == (channels, inverted)
    pdf = pikepdf.new()
    stream = read.embed(pdf)
    assert stream.read_raw_bytes() == data
    assert stream.Filter == pikepdf.Name.DCTDecode
    assert ("/Decode" in stream) is inverted
    assert_looks_like(read, picture(mode="L" if mode == "L" else "RGB"), INK if mode == "CMYK" else 8)


def test_what_lies_behind_a_jpeg_does_not_travel() -> None:
    data = jpeg()
    for behind in (b"\0\0\0\x18ftypmp42 a film of three seconds", jpeg(width=80, height=60), b"\0" * 100):
        file = PictureFile(data + behind)
        assert file.direct()
        assert file.picture().data == data


def test_cmyk_that_adobe_did_not_write_is_not_inverted() -> None:
    data = jpeg(mode="CMYK")
    at = data.index(b"\xff\xee")
    plain = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    embedded = PictureFile(plain).picture()
    assert not embedded.inverted
    reduced = PictureFile(plain).reduced(200, 150)  # Pillow alone takes it for one of Adobe's
    small = shown(embedded).resize((200, 150))
    assert max(ImageStat.Stat(ImageChops.difference(shown(reduced), small)).mean) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "PNG", "AVIF", "HEIC"])
def test_every_orientation_stands_upright(kind: str, orientation: int) -> None:
    data = heic(picture(), orientation) if kind == "HEIC" else saved(picture(), kind, orientation)
    file = PictureFile(data)
    assert file.size() == (400, 300)
    assert_looks_like(file.picture(), picture(), 6)
    assert_looks_like(file.reduced(200, 150), picture().resize((200, 150)), 8)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "PNG"])
def test_an_orientation_that_does_not_exist_counts_as_upright(kind: str, orientation: int) -> None:
    assert_looks_like(PictureFile(saved(picture(), kind, orientation)).picture(), picture())


def test_a_profile_travels_along_where_it_fits() -> None:
    pdf = pikepdf.new()
    space = PictureFile(jpeg(icc_profile=SRGB)).picture().embed(pdf).ColorSpace
    assert (space[0], space[1].read_bytes()) == (pikepdf.Name.ICCBased, SRGB)
    assert PictureFile(png(icc_profile=SRGB)).picture().profile == SRGB
    assert PictureFile(png("RGBA", icc_profile=SRGB)).picture().profile == SRGB
    broken = SRGB[:200] + b"\xff" * (len(SRGB) - 200)
    for data in (jpeg(mode="L", icc_profile=SRGB), jpeg(icc_profile=broken), jpeg(icc_profile=SRGB[:140])):
        assert PictureFile(data).picture().embed(pdf).ColorSpace in (pikepdf.Name.DeviceGray, pikepdf.Name.DeviceRGB)


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_a_png_without_transparency_keeps_every_pixel_and_is_not_coded_again(mode: str) -> None:
    data = png(mode)
    file = PictureFile(data)
    assert file.direct()
    assert file.picture().data in data
    with Image.open(BytesIO(data)) as image:
        assert ImageChops.difference(shown(file.picture()), image.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_transparency_becomes_white_paper(kind: str) -> None:
    clear = picture()
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    seen = shown(PictureFile(saved(clear, kind)).picture())
    assert seen.getpixel((0, 0)) == pytest.approx((255, 255, 255), abs=4)
    assert seen.getpixel((2, 297)) == pytest.approx((0, 0, 255), abs=10)


def test_a_transparent_colour_of_a_palette_becomes_white_paper() -> None:
    for kind in ("GIF", "PNG"):
        data = saved(picture(mode="P"), kind, transparency=picture(mode="P").getpixel((0, 0)))
        assert shown(PictureFile(data).picture()).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_and_fractions_keep_their_brightness() -> None:
    ramp = Image.linear_gradient("L")
    deep = Image.frombytes("I;16", ramp.size, b"".join(bytes((value, value)) for value in ramp.tobytes()))
    assert PictureFile(saved(deep, "PNG")).picture().bits == 16
    for data in (saved(deep, "PNG"), saved(deep, "TIFF"), saved(ramp.convert("F").point(lambda v: v / 255), "TIFF")):
        assert_looks_like(PictureFile(data).picture(), ramp, 2)
    assert_looks_like(PictureFile(saved(deep, "PNG")).reduced(64, 64), ramp.resize((64, 64)), 3)


def test_lab_colours_are_shown() -> None:
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(picture(), transform)
    assert lab is not None
    assert_looks_like(PictureFile(saved(lab, "TIFF")).picture(), picture(), 6)


def test_every_page_of_a_tiff_is_there_and_no_preview() -> None:
    pages = [picture(60 + 10 * number, 50).convert("1" if number % 2 else "RGB") for number in range(5)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    with PictureFile(out.getvalue()) as file:
        assert file.frames == 5
        assert [file.size(frame) for frame in range(5)] == [page.size for page in pages]
        for frame in (4, 0, 3, 1):
            assert_looks_like(file.picture(frame), pages[frame], 1)
        with pytest.raises(PictureError, match="没有第6页"):
            file.picture(5)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_the_first_picture_of_an_animation_is_shown_and_the_others_counted(kind: str) -> None:
    others = [Image.new("RGB", (400, 300), colour) for colour in ("red", "green")]
    out = BytesIO()
    picture().save(out, kind, save_all=True, append_images=others, duration=100)
    file = PictureFile(out.getvalue())
    assert (file.frames, [note.detail for note in file.notes]) == (1, ["动画的第1幅已排入，另有2幅没有排入"])
    assert_looks_like(file.picture(), picture(), 6)


def test_the_main_picture_of_a_heic_is_shown() -> None:
    import pillow_heif  # noqa: PLC0415

    both = pillow_heif.from_pillow(Image.new("RGB", (400, 300), "red"))
    both.add_from_pillow(picture())
    out = BytesIO()
    both.save(out, primary_index=1, quality=90)
    file = PictureFile(out.getvalue())
    assert [note.detail for note in file.notes] == ["主图已排入，另有1幅没有排入"]
    assert_looks_like(file.picture(), picture(), 6)


def test_a_file_is_read_whatever_its_name_says_and_not_held(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(png())
    file = PictureFile(path)
    path.write_bytes(saved(picture(80, 60), "PNG"))
    assert file.picture().upright == (80, 60)
    path.unlink()
    with pytest.raises(PictureError, match="读不到"):
        file.picture()


def test_reducing_is_the_same_every_time_and_keeps_orientation_and_colours() -> None:
    data = jpeg(6, 1600, 1200, icc_profile=SRGB)
    small = PictureFile(data).reduced(400, 300)
    assert small == PictureFile(data).reduced(400, 300)
    assert (small.upright, small.orientation, small.channels, small.profile) == ((400, 300), 6, 3, SRGB)
    assert len(small.data) < len(data)
    assert len(PictureFile(data).reduced(400, 300, quality=40).data) < len(small.data)
    assert_looks_like(small, picture(400, 300), 6)


def test_reducing_to_no_less_changes_nothing() -> None:
    file = PictureFile(jpeg())
    assert file.reduced(400, 300) == file.reduced(4000, 3000) == file.picture()


def test_reducing_an_inverted_cmyk_picture_leaves_it_right_way_round() -> None:
    small = PictureFile(jpeg(mode="CMYK", width=1600, height=1200)).reduced(400, 300)
    assert small.inverted
    assert_looks_like(small, picture(), INK)


def test_drawings_stay_without_loss_and_photos_do_not() -> None:
    assert PictureFile(png("RGB", 1600, 1200)).reduced(400, 300).coding is Coding.ROWS
    photo = Image.effect_noise((900, 600), 60).convert("RGB")
    assert PictureFile(saved(photo, "PNG")).reduced(300, 200).coding is Coding.JPEG


def test_black_and_white_made_smaller_becomes_sixteen_greys() -> None:
    lines = Image.new("1", (1200, 900), 1)
    for x in range(0, 1200, 30):
        lines.paste(0, (x, 0, x + 3, 900))
    small = PictureFile(saved(lines, "TIFF", compression="group4")).reduced(400, 300)
    assert (small.coding, small.bits, len(small.palette)) == (Coding.ROWS, 4, 48)
    assert_looks_like(small, lines.convert("L").resize((400, 300), Image.Resampling.LANCZOS), 6)


@pytest.mark.parametrize(
    "data",
    [
        jpeg(6, icc_profile=SRGB),
        jpeg(mode="CMYK"),
        png("P"),
        saved(picture(mode="1"), "TIFF"),
        saved(picture(), "WEBP"),
    ],
)
def test_a_packed_picture_comes_back_as_it_was(data: bytes) -> None:
    made = PictureFile(data).picture()
    assert Picture.unpack(made.pack()) == made
    assert made.pack() == PictureFile(data).picture().pack()


@pytest.mark.parametrize("packed", [b"", b"docgen picture 1\n", b"docgen picture 1\n\0\0\0\x02{}", png()])
def test_what_is_no_packed_picture_is_refused(packed: bytes) -> None:
    with pytest.raises(PictureError, match="不完整"):
        Picture.unpack(packed)
    whole = PictureFile(png()).picture().pack()
    with pytest.raises(PictureError):
        Picture.unpack(whole[:-1])
