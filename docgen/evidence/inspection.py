"""The bytes of one evidence file → what it is, how large, and why it cannot be used, if so."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError

from docgen.errors import reason_of
from docgen.model.records import EvidenceFile
from docgen.tools.pictures import refuse_torn_pictures

MAX_FILE_BYTES = 200_000_000
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
SUFFIXES = {JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"), PNG: (".png",), PDF: (".pdf",)}
"""The usable kinds, and the extensions that fit them; the first is the usual one."""

_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_SAVE_AS_PICTURE = "请另存为 JPG（或 PDF）后，放回原处。"
_SAVE_AS_PDF = "请用原来的程序打开它，另存为（导出）PDF 后，放回原处。"
_COPY_AGAIN = "文件可能没有复制或下载完：请从手机、相机或发送人处重新取一份，替换它。"
_REMEDIES = {"picture": _SAVE_AS_PICTURE, "document": _SAVE_AS_PDF}
_OTHERS: tuple[tuple[bytes, int, str, str, str], ...] = (
    (b"II*\x00", 0, "image/tiff", "TIFF 图片", "picture"),
    (b"MM\x00*", 0, "image/tiff", "TIFF 图片", "picture"),
    (b"GIF8", 0, "image/gif", "GIF 图片", "picture"),
    (b"BM", 0, "image/bmp", "BMP 图片", "picture"),
    (b"WEBP", 8, "image/webp", "WebP 图片", "picture"),
    (b"ftypheic", 4, "image/heic", "苹果手机的 HEIC 照片", "picture"),
    (b"ftypheix", 4, "image/heic", "苹果手机的 HEIC 照片", "picture"),
    (b"ftypmif1", 4, "image/heic", "苹果手机的 HEIC 照片", "picture"),
    (b"ftypavif", 4, "image/avif", "AVIF 图片", "picture"),
    (b"8BPS", 0, "image/vnd.adobe.photoshop", "Photoshop 文件", "picture"),
    (b"ftyp", 4, "video/mp4", "视频", ""),
    (b"Rar!", 0, "application/vnd.rar", "RAR 压缩包", "archive"),
    (b"7z\xbc\xaf", 0, "application/x-7z-compressed", "7z 压缩包", "archive"),
    (b"\xd0\xcf\x11\xe0", 0, "application/x-ole-storage", "旧版 Word、Excel 或 WPS 文档", "document"),
    (b"{\\rtf", 0, "application/rtf", "RTF 文档", "document"),
    (b"%!PS", 0, "application/postscript", "PostScript 文件", "document"),
)
_PICTURE_ERRORS = (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, struct.error, zlib.error)


class Inspector:
    """Inspects files, each content once. Holds what it found for as long as one load runs."""

    def __init__(self) -> None:
        self._by_digest: dict[str, EvidenceFile] = {}
        self._by_path: dict[str, EvidenceFile] = {}

    def inspect(self, path: Path, name: str) -> EvidenceFile:
        """What the file at `path` is; `name` is its path below the evidence folder. A fault is a value, never raised."""
        if name not in self._by_path:
            self._by_path[name] = self._inspect(path, name)
        return self._by_path[name]

    def _inspect(self, path: Path, name: str) -> EvidenceFile:
        try:
            if not path.is_file():
                return EvidenceFile(name, fault="不是普通的文件", remedy="请换成照片或 PDF 文件。")
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                fault = f"文件有 {size // 1_000_000} MB，超过 {MAX_FILE_BYTES // 1_000_000} MB，没有读取"
                return EvidenceFile(name, size, fault=fault, remedy="请降低扫描分辨率，或拆成几个文件。")
            data = path.read_bytes()
        except PermissionError:
            return EvidenceFile(name, fault="没有权限读取", remedy="请在文件属性中给自己读取权限，或重新复制一份。")
        except OSError as error:
            fault = f"读取时出错（{reason_of(error)}）"
            return EvidenceFile(name, fault=fault, remedy="请检查磁盘或网络盘是否正常，或重新复制一份。")
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._by_digest:
            self._by_digest[digest] = inspect_bytes(data, name)
        return replace(self._by_digest[digest], path=name, size=len(data), sha256=digest)


def inspect_bytes(data: bytes, name: str) -> EvidenceFile:
    """What bytes are: kind, pages, picture size; or the fault and its remedy. `name` is only carried along."""
    blank = EvidenceFile(name, len(data))
    if not data:
        return replace(blank, fault="是空文件（0 字节）", remedy=_COPY_AGAIN)
    if data.startswith(b"\xff\xd8\xff"):
        return _inspect_picture(data, replace(blank, media=JPEG))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _inspect_picture(data, replace(blank, media=PNG))
    if b"%PDF-" in data[:1024]:
        return _inspect_pdf(data, replace(blank, media=PDF))
    media, kind, remedy = _other(data)
    return replace(blank, media=media, fault=f"是{kind}，佐证材料只能用 JPG、PNG 照片和 PDF", remedy=remedy)


def _other(data: bytes) -> tuple[str, str, str]:
    """Media type, name and remedy of what is no usable kind."""
    for magic, offset, media, kind, family in _OTHERS:
        if data.startswith(magic, offset):
            if family == "archive":
                return media, kind, "请解压，把里面的照片或 PDF 放回原处。"
            return media, kind, _REMEDIES.get(family, "请截取画面另存为 JPG，或换成照片。")
    if data.startswith(b"PK"):
        for marker, media, kind in (
            (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档"),
            (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 工作簿"),
            (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "演示文稿"),
            (b"OFD.xml", "application/ofd", "OFD 版式文件"),
        ):
            if marker in data:
                return media, kind, _SAVE_AS_PDF
        return "application/zip", "压缩包", "请解压，把里面的照片或 PDF 放回原处。"
    if b"\x00" not in data[:4096]:
        return "text/plain", "文字或网页文件", _SAVE_AS_PDF
    return "application/octet-stream", "认不出格式的文件", "请确认文件没有损坏，并另存为 JPG 或 PDF 后放回原处。"


def _inspect_picture(data: bytes, file: EvidenceFile) -> EvidenceFile:
    """Decode the whole picture: a cut one opens without complaint and fails only where it is used."""
    refuse_torn_pictures()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd EXIF and of large pictures; both are handled here
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
                width, height = image.size
                if _turned(image):
                    width, height = height, width
                if file.media == JPEG:
                    # Every byte is still read, at an eighth of the size: the check needs no pixels.
                    image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
                image.load()
    except Image.DecompressionBombError:
        return replace(
            file, fault="照片的像素太多（超过 1.7 亿），没有读取", remedy="请把照片缩小到一亿像素以内再放回原处。"
        )
    except UnidentifiedImageError:
        return replace(file, fault="照片已损坏，打不开", remedy=_COPY_AGAIN)
    except _PICTURE_ERRORS:
        return replace(file, fault="照片不完整或已损坏，只能读出一部分", remedy=_COPY_AGAIN)
    return replace(file, pages=1, width=width, height=height)


def _turned(image: Image.Image) -> bool:
    """Whether the camera lay on its side, by the Orientation that it noted; a broken note counts as none."""
    try:
        return image.getexif().get(_ORIENTATION) in _TURNED
    except _PICTURE_ERRORS:
        return False


def _inspect_pdf(data: bytes, file: EvidenceFile) -> EvidenceFile:
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            repaired = any("damaged" in str(warning) for warning in document.get_warnings())
    except pikepdf.PasswordError:
        return replace(
            file, fault="PDF 设了打开密码", remedy="请用密码打开后，打印（或另存）成一份没有密码的 PDF，放回原处。"
        )
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return replace(file, fault="PDF 已损坏，打不开", remedy=_COPY_AGAIN)
    if not pages:
        fault = "PDF 已损坏，一页也读不出来" if repaired else "PDF 里没有一页"
        return replace(file, fault=fault, remedy=_COPY_AGAIN)
    if repaired:
        return replace(file, pages=pages, fault="PDF 不完整或已损坏，可能缺页", remedy=_COPY_AGAIN)
    return replace(file, pages=pages)
