"""Bytes → what kind of workbook they are, or one clear sentence why they cannot be used. Nothing is unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum

from docgen.errors import InputError

from .compound import is_encrypted, is_whole, workbook_streams

MAX_WORKBOOK_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_RATIO = 300
MAX_CELLS = 5_000_000
"""Rows times columns of a sheet's used area: the reader lays the whole area out in memory."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?([0-9]{1,40})""")
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”。"


class Container(Enum):
    """The kinds of workbook that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


def sniff(data: bytes, name: str) -> Container:
    """What the bytes of workbook `name` are, whatever the name says.

    Raises InputError, with what to do, for everything that is no readable workbook: empty, encrypted, truncated, a web
    page or text under a workbook's name, another kind of document, or a trap (unpacks to far more than it should).
    """
    if not data:
        raise InputError(f"“{name}”是空文件（0 字节）。", "可能没有保存或复制完，请重新复制一份，或用备份恢复。")
    if data.startswith(b"PK"):
        return _sniff_zip(data, name)
    if data.startswith(_OLE):
        return _sniff_ole(data, name)
    _refuse_text(data, name)
    raise InputError(f"“{name}”不是 Excel 工作簿，认不出是什么文件。", f"文件可能已损坏。{_SAVE_AS}")


def _password(name: str) -> InputError:
    return InputError(
        f"“{name}”设了打开密码，读不了。",
        "请在 Excel 或 WPS 的“文件 → 信息 → 保护工作簿（文档加密）”中清除密码，保存后再试。",
    )


def _damaged(name: str) -> InputError:
    return InputError(
        f"“{name}”不完整或已损坏，打不开。",
        f"可能没有下载完或复制完，请重新复制一份；如果 Excel 还能打开：{_SAVE_AS}",
    )


def _sniff_zip(data: bytes, name: str) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            _refuse_bomb(members, len(data), name)
            if any(member.flag_bits & 0x1 for member in members):
                raise _password(name)
            _read_through(archive, members)
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise _password(name)
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged(name) from error
    if b"opendocument.spreadsheet" in mimetype and "content.xml" in names:
        return Container.ODS
    if any(member.endswith("workbook.xml") for member in names):
        return Container.XLSX
    kind = _other_package(names)
    raise InputError(f"“{name}”不是 Excel 工作簿，而是{kind}。", f"请把申报数据填在工作簿里。{_SAVE_AS}")


def _other_package(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "Word 文档"
    if "ppt/presentation.xml" in names:
        return "演示文稿"
    if "xl/workbook.bin" in names:
        return "二进制工作簿（.xlsb），docgen 不读这种格式"
    return "压缩包"


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > 100_000_000 and unpacked > MAX_RATIO * packed):
        raise InputError(
            f"“{name}”解开后有 {unpacked // 1_000_000} MB，远超一本申报工作簿应有的大小，没有读取。",
            "请删去用不到的工作表、图片和成片的空白格式；或用 docgen init 新建工作簿，把数据粘贴过去。",
        )


def _read_through(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack each XML part once, so that lengths and checksums are proved before another reader trusts them.

    Raises ValueError where a part announces more entries than any workbook can hold: the fast reader would set memory
    aside for all of them.
    """
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                tail = b""
                while block := part.read(1 << 20):
                    if any(int(count) > MAX_CELLS for count in _COUNT.findall(tail + block)):
                        raise ValueError(f"{member.filename} announces too many entries")
                    tail = block[-64:]


def _sniff_ole(data: bytes, name: str) -> Container:
    def has_stream(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has_stream("EncryptedPackage") or is_encrypted(data):
        raise _password(name)
    if has_stream("Workbook") or has_stream("Book") or any(workbook_streams(data)):
        if not is_whole(data):
            raise _damaged(name)
        return Container.XLS
    kind = "Word 文档" if has_stream("WordDocument") else "其他程序的文件"
    raise InputError(f"“{name}”不是 Excel 工作簿，而是{kind}。", f"请把申报数据填在工作簿里。{_SAVE_AS}")


def _refuse_text(data: bytes, name: str) -> None:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<div")):
        raise InputError(f"“{name}”其实是一个网页，只是用了工作簿的扩展名。", f"多半是从网页系统导出的。{_SAVE_AS}")
    if head.startswith((b"<?xml", b"<workbook")):
        kind = "“XML 表格 2003”" if b"office:spreadsheet" in data[:4096] else "XML 文件"
        raise InputError(f"“{name}”其实是{kind}，只是用了工作簿的扩展名。", _SAVE_AS)
    if re.search(rb"[\x01-\x08\x0e-\x1a]", head) is None:
        kind = "文本表格（CSV）" if re.search(rb"[,\t;]", head) else "纯文本"
        raise InputError(f"“{name}”其实是{kind}，只是用了工作簿的扩展名。", _SAVE_AS)
