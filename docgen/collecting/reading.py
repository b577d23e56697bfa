"""One returned file → its returns, by what its bytes are; what cannot be read says why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docgen.carried import carried
from docgen.errors import InputError
from docgen.load.delimited import delimited_grid, looks_delimited
from docgen.load.progress.documents import word_grids
from docgen.load.workbook import book_of
from docgen.model.catalogue import CatalogueView
from docgen.model.source import Source

from .carrying import KIND, carried_return
from .gathering import Given
from .interpreting import interpret
from .records import Return, Unread

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"BM", b"GIF8", b"II*\x00", b"MM\x00*")


def read_return(given: Given, catalogue: CatalogueView) -> tuple[Return, ...]:
    """The returns in a file: one, or one for each period that its table has. Never raises for what is in the file."""
    try:
        return _read(given, catalogue)
    except InputError as error:
        return (_refused(given, error.message.replace(f"“{given.name}”", "文件"), error.hint),)


def _refused(given: Given, why: str, remedy: str) -> Return:
    return Return(given.name, unread=(Unread(Source(given.name), why.rstrip("。"), remedy, whole=True),))


def _read(given: Given, catalogue: CatalogueView) -> tuple[Return, ...]:
    data = given.data
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return (_read_pdf(given),)
    if data.startswith(_PICTURES) or data[4:12] in (b"ftypheic", b"ftypmif1"):
        why = "是一张照片或截图，里面的数字读不出来"
        return (_refused(given, why, "请学校交 Excel、Word 或用 docgen 生成的 PDF；或者照着照片录入一份 Excel。"),)
    if data.startswith(b"PK") and b"word/document.xml" in data:
        return _read_word(given, catalogue)
    if data.startswith(_OLE) and "WordDocument".encode("utf-16-le") in data:
        return (_refused(given, "是旧格式的 Word 文档（.doc）", "请用 Word 或 WPS 打开，另存为 .docx 后再汇总。"),)
    if not data.startswith((b"PK", _OLE)) and data and looks_delimited(data, given.name):
        return interpret(given.name, (delimited_grid(data, given.name),), catalogue)
    if (
        not data.startswith((b"PK", _OLE))
        and data
        and not given.name.lower().endswith((".xlsx", ".xls", ".xlsm", ".ods"))
    ):
        return (
            _refused(
                given,
                "不是 Excel、Word 或 PDF 文件，没有读取",
                "不是双周报的，不必理会；是的话，请另存为 .xlsx、.csv 或 .docx。",
            ),
        )
    return interpret(given.name, book_of(data, given.name).grids, catalogue)


def _read_pdf(given: Given) -> Return:
    data: Mapping[str, Any] | None = carried(given.data)
    if data is None:
        why = "是 PDF，里面没有带着数据（扫描件，或不是 docgen 生成的）"
        return _refused(given, why, "请学校交 Excel 或 Word 版，或用 docgen report 生成的 PDF。")
    if data["kind"] != KIND:
        return _refused(given, "是 docgen 生成的另一种文件，不是双周报", "不必理会；申报书用另一种汇总。")
    return carried_return(given.name, data)


def _read_word(given: Given, catalogue: CatalogueView) -> tuple[Return, ...]:
    text = word_grids(given.data, given.name)
    returns = tuple(
        replace(each, draft=each.draft or text.draft) for each in interpret(given.name, text.grids, catalogue)
    )
    if text.pictures and not any(each.lines for each in returns):
        why = f"Word 里贴的是图片（{text.pictures} 张），没有写着证书和人数的表格"
        return (_refused(given, why, "图片里的数字读不出来：请学校把表格填成文字，或交 Excel 版。"),)
    return returns
