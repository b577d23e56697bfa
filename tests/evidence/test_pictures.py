"""Pictures are embedded as they are, and stand upright."""

from io import BytesIO

import pikepdf
import pytest
from evidence_files import jpeg, picture, png
from PIL import Image, ImageChops

from docgen.evidence.pictures import PictureError, read_picture, reduce_picture


@pytest.mark.parametrize(("mode", "channels", "inverted"), [("RGB", 3, False), ("L", 1, False), ("CMYK", 4, True)])
def test_a_jpeg_is_embedded_byte_by_byte(mode: str, channels: int, inverted: bool) -> None:
    data = jpeg(mode=mode)
    read = read_picture(data)
    assert (read.channels, read.inverted) == (channels, inverted)
    pdf = pikepdf.new()
    stream = read.embed(pdf)
    assert stream.read_raw_bytes() == data
    assert stream.Filter == pikepdf.Name.DCTDecode
    assert ("/Decode" in stream) is inverted


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_tells_the_upright_size(orientation: int) -> None:
    read = read_picture(jpeg(orientation, 400, 300))
    assert (read.orientation, read.upright) == (orientation, (400, 300))


def test_a_profile_travels_along() -> None:
    from PIL import ImageCms  # noqa: PLC0415

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf = pikepdf.new()
    space = read_picture(jpeg(icc_profile=profile)).embed(pdf).ColorSpace
    assert (space[0], space[1].read_bytes()) == (pikepdf.Name.ICCBased, profile)
    grey = read_picture(jpeg(mode="L", icc_profile=profile)).embed(pdf)
    assert grey.ColorSpace == pikepdf.Name.DeviceGray  # a profile for other colours is not used


def extracted(data: bytes) -> Image.Image:
    """The picture as a PDF shows it, by pikepdf's own decoding."""
    pdf = pikepdf.new()
    return pikepdf.PdfImage(pdf.make_indirect(read_picture(data).embed(pdf))).as_pil_image().convert("RGB")


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_a_png_without_transparency_keeps_every_pixel(mode: str) -> None:
    data = png(mode)
    with Image.open(BytesIO(data)) as image:
        assert ImageChops.difference(extracted(data), image.convert("RGB")).getbbox() is None


def test_a_png_without_transparency_is_not_coded_again() -> None:
    data = png("RGB")
    assert read_picture(data).data in data


def test_transparency_becomes_white_paper() -> None:
    shown = extracted(png("RGBA"))
    assert shown.getpixel((0, 0)) == (255, 255, 255)
    assert shown.getpixel((0, 299)) == pytest.approx((0, 0, 255), abs=2)


@pytest.mark.parametrize("bits", [16])
def test_sixteen_bits_a_channel_are_kept(bits: int) -> None:
    image = Image.frombytes("I;16", (2, 2), b"\x00\x00\xff\xff\x00\x80\x00\x40")
    out = BytesIO()
    image.save(out, "PNG")
    assert read_picture(out.getvalue()).bits == bits


def test_reducing_is_the_same_every_time_and_keeps_orientation_and_colours() -> None:
    data = jpeg(6, 1600, 1200)
    whole = read_picture(data)
    small = reduce_picture(whole, data, 400, 300)
    assert small == reduce_picture(whole, data, 400, 300)
    assert (small.upright, small.orientation, small.channels) == ((400, 300), 6, 3)
    assert len(small.data) < len(data)


def test_reducing_an_inverted_cmyk_picture_leaves_it_right_way_round() -> None:
    data = jpeg(mode="CMYK", width=1600, height=1200)
    small = reduce_picture(read_picture(data), data, 400, 300)
    assert small.inverted
    with Image.open(BytesIO(small.data)) as image:
        assert image.convert("RGB").getpixel((200, 150)) == pytest.approx((255, 255, 255), abs=8)


def test_a_reduced_png_loses_nothing_more() -> None:
    data = png("RGB", 1600, 1200)
    small = reduce_picture(read_picture(data), data, 400, 300)
    assert (small.jpeg, small.width, small.height) == (False, 400, 300)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xd8\xff\xe0nothing more", "不是能读的图片"),
        (png()[:40], "不是能读的图片"),
        (png("RGBA")[:300], "不完整"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(PictureError, match=reason):
        read_picture(data)


def test_other_formats_are_named() -> None:
    out = BytesIO()
    picture().save(out, "GIF")
    with pytest.raises(PictureError, match="GIF"):
        read_picture(out.getvalue())
