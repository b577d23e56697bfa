"""What the bytes of a file are, and why they cannot be used."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image
from workspace_maker import jpeg, pdf, png  # type: ignore[import-not-found]

from docgen.evidence import inspection
from docgen.evidence.inspection import Inspector, inspect_bytes


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


def _bomb() -> bytes:
    """A small PNG that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _pdf_without_pages() -> bytes:
    document = pikepdf.new()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media", "pages", "size"),
    [
        (jpeg(60, 40), "image/jpeg", 1, (60, 40)),
        (jpeg(60, 40, orientation=6), "image/jpeg", 1, (40, 60)),
        (jpeg(60, 40, orientation=3), "image/jpeg", 1, (60, 40)),
        (jpeg(60, 40, orientation=0), "image/jpeg", 1, (60, 40)),
        (png(30, 50), "image/png", 1, (30, 50)),
        (pdf(3), "application/pdf", 3, (0, 0)),
        (pdf(2, password="", owner="x"), "application/pdf", 2, (0, 0)),
        (b"junk before\n" + pdf(1), "application/pdf", 1, (0, 0)),
    ],
)
def test_usable_files(data: bytes, media: str, pages: int, size: tuple[int, int]) -> None:
    file = inspect_bytes(data, "x")
    assert (file.fault, file.media, file.pages, (file.width, file.height)) == ("", media, pages, size)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "空文件"),
        (jpeg(400, 300)[:9000], "不完整"),
        (jpeg(400, 300)[:-400], "不完整"),
        (png(200, 200)[:9000], "不完整"),
        (b"\xff\xd8\xff" + bytes(100), "打不开"),
        (_bomb(), "像素太多"),
        (pdf(2, password="geheim"), "密码"),
        (pdf(2)[:200], "损坏"),
        (b"%PDF-1.4 nothing", "损坏"),
        (_pdf_without_pages(), "没有一页"),
        (_picture("TIFF"), "TIFF"),
        (_picture("BMP"), "BMP"),
        (_picture("GIF"), "GIF"),
        (_picture("WEBP"), "WebP"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
        (b"PK\x03\x04...word/document.xml", "Word 文档"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\xd0\xcf\x11\xe0" + bytes(20), "旧版"),
        ("证书说明".encode(), "文字"),
        (bytes(50), "认不出"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_unusable_files_say_why_and_what_to_do(data: bytes, fault: str) -> None:
    file = inspect_bytes(data, "x")
    assert fault in file.fault
    assert file.remedy


def test_a_cut_photo_is_found_at_any_place() -> None:
    whole = jpeg(320, 240)
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        assert inspect_bytes(whole[: int(len(whole) * share)], "x").fault, share


def test_too_large_a_file_is_not_read(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    monkeypatch.setattr(inspection, "MAX_FILE_BYTES", 10)
    file = Inspector().inspect(path, "a.jpg")
    assert "没有读取" in file.fault
    assert file.sha256 == ""


def test_each_content_is_inspected_once(tmp_path, monkeypatch) -> None:
    calls = []
    monkeypatch.setattr(inspection, "inspect_bytes", lambda data, name: calls.append(name) or inspect_bytes(data, name))
    inspector = Inspector()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 same")
        assert inspector.inspect(tmp_path / name, name).path == name
    inspector.inspect(tmp_path / "a.jpg", "a.jpg")
    assert calls == ["a.jpg"]
