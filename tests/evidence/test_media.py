"""What bytes are, by what they say themselves."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import openpyxl
import pytest
import xlwt
from evidence_files import jpeg, pdf, picture, png

from docgen.evidence import compound
from docgen.evidence.media import ALL, Family, media_named, media_of


def saved(kind: str) -> bytes:
    out = io.BytesIO()
    picture(16, 12).save(out, kind)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def old_excel() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("设备")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, b"x" * 40)
    return out.getvalue()


def boxes(brand: bytes, *others: bytes) -> bytes:
    content = b"ftyp" + brand + bytes(4) + b"".join(others)
    return struct.pack(">I", len(content) + 4) + content + bytes(40)


def container(*names: str, loop: bool = False) -> bytes:
    """A compound file with these streams below its root, and a table inside the first one's storage."""
    entries = []
    for number, name in enumerate(("Root Entry", *names)):
        text = (name + "\0").encode("utf-16-le")
        right = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        right = 1 if loop and number == len(names) else right
        child = 1 if number == 0 else 0xFFFFFFFF
        entries.append(
            text.ljust(64, b"\0") + struct.pack("<HBB", len(text), 5 if number == 0 else 2, 1)
            + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(48)
        )  # fmt: skip
    directory = b"".join(entries).ljust(512, b"\0")
    header = bytearray(512)
    header[:8] = compound.MARK
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    return bytes(header) + table + directory


WORD_XML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (jpeg(), "image/jpeg"),
        (png(), "image/png"),
        *((saved(kind), f"image/{kind.lower()}") for kind in ("TIFF", "BMP", "WEBP", "GIF")),
        (saved("JPEG2000"), "image/jp2"),
        *((boxes(brand), "image/heic") for brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")),
        (boxes(b"XXXX", b"mif1", b"heic"), "image/heic"),
        (b"\x28\0\0\0\5\0\0\0\5\0\0\0\1\0\x18\0" + bytes(90), "image/bmp"),  # as a clipboard has it
        (b"%\xe2\xe3\r1 0 obj <<>> endobj\nstartxref\n0\n%%EOF", "application/pdf"),  # its first line is gone
        (boxes(b"avif"), "image/avif"),
        (boxes(b"mif1", b"avif"), "image/avif"),
        (boxes(b"isom", b"mp42"), "video/mp4"),
        (boxes(b"qt  "), "video/mp4"),
        (pdf("a"), "application/pdf"),
        (b"\xef\xbb\xbfmail header\r\n" + pdf("a"), "application/pdf"),
        (pdf("a")[9:].lstrip(b"%\xbf\xf7\xa2\xfe\n"), "application/pdf"),
        (word(), WORD_XML),
        (word()[:8000], WORD_XML),
        (excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (old_excel(), "application/vnd.ms-excel"),
        (container("WordDocument", "1Table"), "application/msword"),
        (container("PowerPoint Document", "Pictures"), "application/vnd.ms-powerpoint"),
        (container("ObjectPool", "WordDocument"), "application/msword"),
        (container("EncryptionInfo", "EncryptedPackage"), "application/x-locked-office"),
        (container("Contents"), "application/x-ole-storage"),
        (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (zipped("word/照片.jpg"), "application/zip"),
        (b"{\\rtf1 x}", "application/rtf"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar"),
        (b"%!PS-Adobe-3.0\n", "application/postscript"),
        (b"\n<!DOCTYPE html><html>", "text/html"),
        ("BM是一段文字，不是图片，也不是文档".encode(), "text/plain"),
        (bytes(50), "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)  # fmt: skip
def test_kinds_are_recognised_by_content(data: bytes, type: str) -> None:
    assert media_of(data).type == type


def test_a_loop_in_an_old_files_directory_ends() -> None:
    assert media_of(container("A", "WordDocument", loop=True)).type == "application/msword"


def test_every_kind_has_a_name_and_what_no_volume_takes_a_remedy() -> None:
    for media in ALL.values():
        assert media.name
        assert bool(media.remedy) is (media.family is Family.NONE), media
        assert media_named(media.type) is media
    assert media_named("x/y").family is Family.NONE
