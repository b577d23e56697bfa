"""What bytes are, by what they say themselves and not by the file's name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from . import compound


class Family(StrEnum):
    """How a kind of file comes into a volume."""

    PICTURE = "picture"  # laid out as a photo, or a scan a page
    DOCUMENT = "document"  # PDF: its pages
    OFFICE = "office"  # turned into PDF by LibreOffice first
    NONE = ""  # cannot come into a volume


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file: its media type, what people call it (Chinese), how it is taken in, the fitting extensions.

    The first extension is the usual one. `remedy` says what to do with a kind that no volume takes.
    """

    type: str
    name: str
    family: Family = Family.NONE
    suffixes: tuple[str, ...] = ()
    remedy: str = ""


_SAVE_AS_PICTURE = "请另存为 JPG（或 PDF）后，放回原处。"
_SAVE_AS_PDF = "请用原来的程序打开它，另存为（导出）PDF 后，放回原处。"
_TAKE_A_FRAME = "请截取画面另存为 JPG，或换成照片。"
_UNPACK = "请解压，把里面的照片或 PDF 放回原处。"
_PRINT_PAGE = "请用浏览器打开它，打印成 PDF 后，放回原处。"

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_P, _O, _N = Family.PICTURE, Family.OFFICE, Family.NONE

PDF = Media("application/pdf", "PDF", Family.DOCUMENT, (".pdf",))
JPEG = Media("image/jpeg", "JPG 照片", _P, (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Media("image/png", "PNG 图片", _P, (".png",))
TIFF = Media("image/tiff", "TIFF 图片", _P, (".tif", ".tiff"))
BMP = Media("image/bmp", "BMP 图片", _P, (".bmp", ".dib"))
WEBP = Media("image/webp", "WebP 图片", _P, (".webp",))
GIF = Media("image/gif", "GIF 图片", _P, (".gif",))
HEIC = Media("image/heic", "HEIC 照片", _P, (".heic", ".heif", ".hif", ".heics", ".heifs"))
AVIF = Media("image/avif", "AVIF 图片", _P, (".avif", ".avifs"))
JPEG2000 = Media("image/jp2", "JPEG 2000 图片", _P, (".jp2", ".j2k", ".jpx", ".jpf", ".jpc", ".j2c"))
DOCX = Media(_OPEN_XML + "wordprocessingml.document", "Word 文档", _O, (".docx", ".docm", ".dotx", ".dotm"))
XLSX = Media(_OPEN_XML + "spreadsheetml.sheet", "Excel 工作簿", _O, (".xlsx", ".xlsm", ".xltx", ".xltm"))
PPTX = Media(
    _OPEN_XML + "presentationml.presentation", "演示文稿", _O, (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")
)
DOC = Media("application/msword", "旧版 Word（或 WPS）文档", _O, (".doc", ".wps", ".dot", ".wpt"))
XLS = Media("application/vnd.ms-excel", "旧版 Excel（或 WPS）工作簿", _O, (".xls", ".et", ".xlt", ".ett"))
PPT = Media("application/vnd.ms-powerpoint", "旧版演示文稿", _O, (".ppt", ".dps", ".pps", ".pot", ".dpt"))
ODT = Media(_ODF + "text", "ODT 文档", _O, (".odt", ".ott"))
ODS = Media(_ODF + "spreadsheet", "ODS 工作簿", _O, (".ods", ".ots"))
ODP = Media(_ODF + "presentation", "ODP 演示文稿", _O, (".odp", ".otp"))
RTF = Media("application/rtf", "RTF 文档", _O, (".rtf", ".doc"))
LOCKED = Media("application/x-locked-office", "加了密码的 Office 文件", _O)
"""An Open XML file that is wrapped in a compound file because it has a password: which of them cannot be seen."""

_OTHERS = (
    Media("application/ofd", "OFD 版式文件", remedy="请用 OFD 阅读器（或 WPS）打开它，导出 PDF 后，放回原处。"),
    Media("application/zip", "压缩包", remedy=_UNPACK),
    Media("application/vnd.rar", "RAR 压缩包", remedy=_UNPACK),
    Media("application/x-7z-compressed", "7z 压缩包", remedy=_UNPACK),
    Media("application/gzip", "GZ 压缩包", remedy=_UNPACK),
    Media("video/mp4", "视频", remedy=_TAKE_A_FRAME),
    Media("audio/mpeg", "录音", remedy="录音不能放进 PDF，请换成照片或文字材料的 PDF。"),
    Media("image/vnd.adobe.photoshop", "Photoshop 文件", remedy=_SAVE_AS_PICTURE),
    Media("image/jxl", "JPEG XL 图片", remedy=_SAVE_AS_PICTURE),
    Media("image/svg+xml", "SVG 图形", remedy=_PRINT_PAGE),
    Media("image/x-icon", "图标文件", remedy=_SAVE_AS_PICTURE),
    Media("application/postscript", "PostScript 文件", remedy=_SAVE_AS_PDF),
    Media("application/x-ole-storage", "认不出是哪种 Office 的旧版文件", remedy=_SAVE_AS_PDF),
    Media("text/html", "网页", remedy=_PRINT_PAGE),
    Media("text/plain", "文字文件", remedy=_SAVE_AS_PDF),
    Media(
        "application/octet-stream",
        "认不出格式的文件",
        remedy="请确认文件没有损坏，并另存为 JPG 或 PDF 后放回原处。",
    ),
)
_TAKEN = (PDF, JPEG, PNG, TIFF, BMP, WEBP, GIF, HEIC, AVIF, JPEG2000,
          DOCX, XLSX, PPTX, DOC, XLS, PPT, ODT, ODS, ODP, RTF, LOCKED)  # fmt: skip
ALL: Mapping[str, Media] = MappingProxyType({media.type: media for media in (*_TAKEN, *_OTHERS)})
"""Every kind that is known, by its media type."""
UNKNOWN = ALL["application/octet-stream"]
ACCEPTED = "JPG、PNG、TIFF、BMP、WebP、GIF、HEIC 等图片，PDF，Word、Excel、PPT 等 Office 文件"
"""What volumes take, for messages."""

_MAGICS: tuple[tuple[bytes, int, Media], ...] = (
    (b"\xff\xd8\xff", 0, JPEG),
    (b"\x89PNG\r\n\x1a\n", 0, PNG),
    (b"II*\x00", 0, TIFF),
    (b"MM\x00*", 0, TIFF),
    (b"II+\x00", 0, TIFF),
    (b"MM\x00+", 0, TIFF),
    (b"GIF87a", 0, GIF),
    (b"GIF89a", 0, GIF),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", 0, JPEG2000),
    (b"\xff\x4f\xff\x51", 0, JPEG2000),
    (b"{\\rtf", 0, RTF),
    (b"8BPS", 0, ALL["image/vnd.adobe.photoshop"]),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", 0, ALL["image/jxl"]),
    (b"\xff\x0a", 0, ALL["image/jxl"]),
    (b"\x00\x00\x01\x00", 0, ALL["image/x-icon"]),
    (b"Rar!", 0, ALL["application/vnd.rar"]),
    (b"7z\xbc\xaf\x27\x1c", 0, ALL["application/x-7z-compressed"]),
    (b"\x1f\x8b\x08", 0, ALL["application/gzip"]),
    (b"\x1aE\xdf\xa3", 0, ALL["video/mp4"]),
    (b"\x00\x00\x01\xba", 0, ALL["video/mp4"]),
    (b"\x00\x00\x01\xb3", 0, ALL["video/mp4"]),
    (b"FLV\x01", 0, ALL["video/mp4"]),
    (b"0&\xb2u\x8ef\xcf\x11", 0, ALL["video/mp4"]),
    (b"ID3", 0, ALL["audio/mpeg"]),
    (b"#!AMR", 0, ALL["audio/mpeg"]),
)
_RIFF = {b"WEBP": WEBP, b"AVI ": ALL["video/mp4"], b"WAVE": ALL["audio/mpeg"]}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_BITMAP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
_BITMAP_DEPTHS = {bytes((bits, 0)) for bits in (1, 4, 8, 16, 24, 32)}
_OLD_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_PARTS = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX), (b"OFD.xml", ALL["application/ofd"]))
_PDF_HEAD, _PDF_TAIL = 1024, 2048
_OBJECT = re.compile(rb"\s*(?:%[^\r\n]*\s+)?\d{1,9} \d{1,5} obj\b")
_HTML = re.compile(rb"\s*(<!doctype html|<html|<head|<body|<table)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def media_of(data: bytes) -> Media:
    """The kind of file that bytes are. Give the whole content, or at least its first 64 KB.

    Containers (zip, old Office files) keep the list of what is in them at their end: of a mere beginning they are
    recognised by the names that are seen there. What nothing is known about is application/octet-stream.
    """
    for magic, offset, media in _MAGICS:
        if data.startswith(magic, offset):
            return media
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data)
    if data.startswith(compound.MARK[:4]):
        return _of_compound(data)
    if data[4:8] == b"ftyp":
        return _of_boxes(data)
    if data[:4] == b"RIFF" and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS:
        return BMP
    if data[:4] == b"\x28\0\0\0" and data[12:14] == b"\1\0" and data[14:16] in _BITMAP_DEPTHS:
        return BMP  # from a clipboard, without a file's header
    if b"%PDF-" in data[:_PDF_HEAD] or (_OBJECT.match(data) and b"startxref" in data[-_PDF_TAIL:]):
        return PDF
    return _of_text(data)


def media_named(type: str) -> Media:
    """The kind that a media type names; application/octet-stream for one that is not known."""
    return ALL.get(type, UNKNOWN)


def _of_boxes(data: bytes) -> Media:
    """A file of boxes (ISO base media): a photo of a phone, or a film; its brands say which."""
    length = min(max(int.from_bytes(data[:4], "big"), 16), 1024)
    brands = {data[8:12]} | {data[at : at + 4] for at in range(16, min(length, len(data)), 4)}
    if brands & _AVIF_BRANDS:
        return AVIF
    return HEIC if brands & _HEIC_BRANDS else ALL["video/mp4"]


def _of_compound(data: bytes) -> Media:
    names = compound.top_streams(data)
    for name, media in _OLD_STREAMS:
        if name in names:
            return media
    # Only a beginning, or damaged: the names stand there in UTF-16 all the same.
    for name, media in _OLD_STREAMS[:-1]:
        if name.encode("utf-16-le") in data:
            return media
    return ALL["application/x-ole-storage"]


def _of_zip(data: bytes) -> Media:
    if data[30:38] == b"mimetype":
        said = data[38 : 38 + 100]
        for media in (ODT, ODS, ODP):
            if said.startswith(media.type.encode()):
                return media
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = "\n".join(archive.namelist()).encode("utf-8", "replace")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        names = b"[Content_Types].xml" + data  # only a beginning, or cut short: each member bears its name before it
    starts = {part for part, _ in _PARTS if re.search(rb"(^|\n)" + re.escape(part), names)}
    if not starts and names.startswith(b"[Content_Types].xml"):
        starts = {part for part, _ in _PARTS if part in names}
    if b"[Content_Types].xml" in names or b"OFD.xml" in starts:
        return next((media for part, media in _PARTS if part in starts), ALL["application/zip"])
    return ALL["application/zip"]


def _of_text(data: bytes) -> Media:
    head = data[:4096]
    if data.startswith(b"%!PS"):
        return ALL["application/postscript"]
    if data.startswith(_UTF16):
        return ALL["text/plain"]
    if b"\x00" in head or not head:
        return UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return ALL["text/html"]
    return ALL["image/svg+xml" if b"<svg" in start else "text/plain"]
