"""A damaged or hostile picture is named with reason and remedy; a good one is measured, however it was saved."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from evidence_files import jpeg, picture, png
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from docgen.evidence import decoding
from docgen.evidence.notes import sentence
from docgen.evidence.pictures import PictureError, PictureFile, inspect_picture
from docgen.model.records import EvidenceFile, NoteKind

FILE = EvidenceFile("A01/教师/证书.jpg")
PHOTO = Image.merge("RGB", [Image.effect_noise((640, 480), 40 + 10 * at) for at in range(3)])


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def tiff_of(count: int) -> bytearray:
    pages = [picture(60 + number, 50) for number in range(count)]
    return bytearray(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw"))


def directories(tiff: bytes) -> list[int]:
    """Where the directories of a little-endian TIFF start, and last where the last one says there is no next."""
    places, at = [], 4
    while start := struct.unpack_from("<I", tiff, at)[0]:
        places.append(start)
        at = start + 2 + 12 * struct.unpack_from("<H", tiff, start)[0]
    return [*places, at]


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "AVIF", "JPEG2000"])
@pytest.mark.parametrize("share", [3, 50, 95])
def test_a_torn_picture_is_refused_in_every_format(kind: str, share: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    data = saved(PHOTO, kind)
    torn = inspect_picture(data[: len(data) * share // 100], FILE)
    assert torn.fault in ("照片不完整或已损坏，只能读出一部分", "照片已损坏，打不开")
    assert "重新取一份" in torn.remedy


def damages() -> dict[str, bytes]:
    data = saved(PHOTO, "JPEG", quality=80)
    half = len(data) // 2
    return {
        "half of it, and an end": data[:half] + b"\xff\xd9",
        "zeros from the middle on": data[:half] + bytes(len(data) - half),
        "a sector of zeros": data[:half] + bytes(4096) + data[half + 4096 :],
        "a sector of something else": data[:half] + PHOTO.tobytes()[:4096] + data[half + 4096 :],
        "a piece missing": data[:half] + data[half + 700 :],
    }


@pytest.mark.parametrize("data", damages().values(), ids=damages().keys())
def test_damage_inside_a_jpeg_is_found_though_it_decodes(data: bytes) -> None:
    assert inspect_picture(data, FILE).fault == "照片不完整或已损坏，只能读出一部分"


def test_careless_but_whole_jpegs_are_taken() -> None:
    data = saved(PHOTO, "JPEG", quality=80)
    padded = data[:-2] + bytes(40) + b"\xff\xd9"
    junk = data[:20] + b"\0\0\0" + data[20:]
    behind = data + b"\0" * 4096
    for odd in (padded, junk, behind):
        found = inspect_picture(odd, FILE)
        assert (found.fault, found.pages, found.width, found.height) == ("", 1, 640, 480)
        PictureFile(odd).picture()


def test_a_changed_byte_in_a_png_is_found() -> None:
    data = bytearray(png())
    data[data.index(b"IDAT") + 200] ^= 1
    assert inspect_picture(bytes(data), FILE).fault


def test_pages_of_a_tiff_that_cannot_be_read_are_named_and_the_others_kept() -> None:
    data = tiff_of(5)
    second, fourth = directories(data)[1], directories(data)[3]
    for place in (second, fourth):
        count = struct.unpack_from("<H", data, place)[0]
        for at in range(place + 2, place + 2 + 12 * count, 12):
            if struct.unpack_from("<H", data, at)[0] == 273:  # the strip is said to lie beyond the file
                struct.pack_into("<I", data, at + 8, 0x7FFFFFF0)
    found = inspect_picture(bytes(data), FILE)
    assert (found.fault, found.pages, found.width) == ("", 3, 60)
    assert [(note.kind, note.detail) for note in found.notes] == [(NoteKind.PAGES_LOST, "第2、4页")]
    file = PictureFile(bytes(data))
    assert file.picture(2).upright == (62, 50)
    with pytest.raises(PictureError):
        file.picture(1)


def test_a_first_page_that_is_no_page_does_not_take_the_others_with_it() -> None:
    data = tiff_of(3)
    struct.pack_into("<H", data, directories(data)[0] + 2, 999)  # its first tag, the width, is another now
    found = inspect_picture(bytes(data), FILE)
    assert (found.pages, found.width, found.notes[0].detail) == (2, 61, "第1页")


def test_a_tiff_whose_pages_go_round_in_a_circle_ends() -> None:
    data = tiff_of(3)
    struct.pack_into("<I", data, directories(data)[-1], directories(data)[0])
    assert inspect_picture(bytes(data), FILE).pages == 3


def test_a_tiff_that_leads_out_of_the_file_is_told() -> None:
    data = tiff_of(3)
    struct.pack_into("<I", data, directories(data)[-1], len(data) + 1000)
    found = inspect_picture(bytes(data), FILE)
    assert (found.pages, found.notes[0].detail) == (3, "第3页之后的内容")


def test_a_tiff_of_too_many_pages_is_refused() -> None:
    directory = struct.pack("<HHHII", 1, 256, 3, 1, 1)
    pages = [directory + struct.pack("<I", 8 + 18 * number) for number in range(1, 2502)]
    found = inspect_picture(b"II*\0\x08\0\0\0" + b"".join(pages), FILE)
    assert "超过 2000" in found.fault
    assert "拆成几个文件" in found.remedy


def test_a_preview_in_a_tiff_is_not_taken_for_a_page() -> None:
    small = Image.new("RGB", (20, 15), "red")
    small.encoderinfo = {"tiffinfo": {254: 1}}
    found = inspect_picture(saved(picture(), "TIFF", save_all=True, append_images=[small]), FILE)
    assert (found.pages, found.notes[0].kind, found.notes[0].detail) == (1, NoteKind.FRAMES, "另有1幅缩略图没有排入")


@pytest.mark.parametrize("notes", [b"XX*\0\x08\0\0\0", b"II*\0\x08\0\0\0\x01\0\x12\x01"])
def test_a_direction_that_cannot_be_read_is_told_and_the_picture_is_taken_as_it_is(notes: bytes) -> None:
    found = inspect_picture(saved(picture(), "JPEG", exif=b"Exif\0\0" + notes), FILE)
    assert (found.fault, found.pages) == ("", 1)
    assert "拍摄方向已损坏" in sentence(found.notes[0], "照片.jpg")


def test_notes_without_a_direction_are_no_fault() -> None:
    exif = Image.Exif()
    exif[271] = "相机"
    assert inspect_picture(saved(picture(), "JPEG", exif=exif.tobytes()), FILE).notes == ()


def bombs() -> dict[str, bytes]:
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    png_bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )
    gif_bomb = bytearray(saved(picture(), "GIF"))
    gif_bomb[6:10] = b"\xff" * 4
    jpeg_bomb = bytearray(jpeg())
    at = jpeg_bomb.index(b"\xff\xc0")
    jpeg_bomb[at + 5 : at + 9] = b"\xff" * 4
    tiff_bomb = tiff_of(1)
    directory = directories(tiff_bomb)[0]
    for at in range(directory + 2, directory + 26, 12):
        if struct.unpack_from("<H", tiff_bomb, at)[0] in (256, 257):
            struct.pack_into("<HII", tiff_bomb, at + 2, 4, 1, 60000)
    bmp_bomb = bytearray(saved(picture(), "BMP"))
    struct.pack_into("<ii", bmp_bomb, 18, 60000, 60000)
    return {
        "png": png_bomb,
        "gif": bytes(gif_bomb),
        "jpeg": bytes(jpeg_bomb),
        "tiff": bytes(tiff_bomb),
        "bmp": bytes(bmp_bomb),
    }


@pytest.mark.parametrize("data", bombs().values(), ids=bombs().keys())
def test_too_many_pixels_are_refused_before_they_take_memory(data: bytes) -> None:
    found = inspect_picture(data, FILE)
    assert found.fault == "照片的像素太多（超过 1.7 亿），没有读取"
    assert "缩小" in found.remedy


def test_a_text_in_a_png_that_unfolds_without_end_is_left_out() -> None:
    plain = png()
    bomb = zlib.compress(bytes(50_000_000), 9)
    after = 8 + 25
    data = plain[:after] + chunk(b"zTXt", b"Comment\0\0" + bomb) + chunk(b"iCCP", b"p\0\0" + bomb) + plain[after:]
    found = inspect_picture(data, FILE)
    assert (found.fault, found.width) == ("", 400)
    file = PictureFile(data)
    assert file.direct()
    assert file.picture() == PictureFile(plain).picture()


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01" * 9000, b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0"]
)
def test_a_broken_note_of_the_camera_breaks_no_picture(exif: bytes) -> None:
    for data in (
        saved(picture(), "JPEG", exif=exif),
        saved(picture(), "WEBP", exif=exif),
        saved(picture(), "PNG", exif=exif),
    ):
        found = inspect_picture(data, FILE)
        assert (found.fault, found.width, found.height) == ("", 400, 300)


def test_an_animation_of_countless_pictures_is_counted_no_further_than_is_sensible() -> None:
    head = saved(picture(), "GIF")[:-1]
    found = inspect_picture(head + b"\x2c" + bytes(4) + b"\x01\0\x01\0\0\x02\x01\0\0" * 2000 + b";", FILE)
    assert (found.fault, found.pages) == ("", 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"BM",
        b"GIF89a",
        b"II*\0",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic" + b"\0" * 50,
        b"\xff\xd8\xff\xe0nothing more",
        png()[:40],
    ],
)
def test_what_is_hardly_a_picture_is_refused_in_chinese(data: bytes) -> None:
    found = inspect_picture(data, FILE)
    assert "照片" in found.fault
    with pytest.raises(PictureError, match="照片"):
        PictureFile(data).picture()


def test_jpegs_that_pdf_readers_cannot_show_are_coded_again_or_named() -> None:
    colours = bytearray(saved(picture(), "JPEG", quality=95))
    twelve = colours.copy()
    twelve[twelve.index(b"\xff\xc0") + 4] = 12
    assert inspect_picture(bytes(twelve), FILE).fault == "是不常见的 JPG（不是每通道 8 位，或通道数少见），读不了"
    at = colours.index(b"\xff\xe0")
    bare = bytes(colours[:at] + colours[at + 18 :])  # nothing says now whether it is RGB
    names = bare.index(b"\xff\xc0") + 10
    odd = bytearray(bare)
    for number, letter in enumerate(b"RGB"):
        odd[names + 3 * number] = letter
    scan = odd.index(b"\xff\xda") + 5
    for number, letter in enumerate(b"RGB"):
        odd[scan + 2 * number] = letter
    file = PictureFile(bytes(odd))
    assert not file.direct()
    assert file.picture().jpeg


def test_a_good_picture_is_measured_upright_and_has_a_likeness() -> None:
    found = inspect_picture(jpeg(6, 1600, 1200), FILE)
    assert (found.pages, found.width, found.height, found.notes) == (1, 1600, 1200, ())
    assert found.likeness
    assert inspect_picture(saved(Image.new("RGB", (900, 600), "white"), "PNG"), FILE).likeness == ""


def test_texts_of_a_picture_may_be_long() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", "<x>" + "y" * 3_000_000 + "</x>", zip=True)
    assert inspect_picture(saved(picture(), "PNG", pnginfo=notes), FILE).fault == ""


def test_without_pillow_heif_the_photo_is_named_and_its_remedy_too() -> None:
    script = """
import sys
sys.modules["pillow_heif"] = None
from docgen.evidence.pictures import inspect_picture
from docgen.model.records import EvidenceFile
found = inspect_picture(b"\\0\\0\\0\\x18ftypheic" + bytes(60), EvidenceFile("a.heic"))
sys.stdout.buffer.write((found.fault + "|" + found.remedy).encode())
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    fault, remedy = done.stdout.decode().split("|")
    assert fault == "没有安装 pillow-heif，读不了 HEIC 照片"
    assert "兼容性最佳" in remedy


@given(st.integers(700, 6000), st.binary(max_size=40))
@settings(max_examples=60)
def test_the_quick_decoder_takes_no_photo_for_sound_that_qpdf_finds_torn(at: int, junk: bytes) -> None:
    """Photos with bytes overwritten, and (where there is no junk) cut short."""
    pytest.importorskip("simplejpeg")
    whole = jpeg(160, 120)
    at %= len(whole)
    torn = whole[:at] + junk + whole[at + len(junk) :] if junk else whole[:at]
    assert decoding._decodes_quickly(whole)
    assert decoding._decodes(torn) or not decoding._decodes_quickly(torn)
