"""A workbook file → its sheets as grids, or one clear sentence why it cannot be read."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, PasswordError

from docgen.errors import InputError, reason_of

from .container import MAX_CELLS, MAX_WORKBOOK_BYTES, Container, sniff
from .grid import Grid, rows_of
from .parts import SheetFacts, ods_facts, xlsx_facts
from .reader import RawSheet, read_sheets, read_sheets_apart

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
LOCK_PREFIXES = ("~$", ".~lock.", "._")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read. `name` is its path below the workspace, as findings give it; `sha256` of its bytes."""

    name: str
    sha256: str
    grids: tuple[Grid, ...]


def workbooks_in(directory: Path) -> tuple[Path, ...]:
    """The files directly in a folder that are workbooks by name, sorted; lock files are none."""
    return tuple(
        sorted(
            path
            for path in directory.iterdir()
            if path.suffix.lower() in SUFFIXES and not path.name.startswith(LOCK_PREFIXES) and path.is_file()
        )
    )


def lock_file_of(path: Path) -> Path | None:
    """The lock file that Excel, WPS or LibreOffice keeps beside a workbook while it is open, if it is there."""
    for name in (f"~${path.name}", f".~lock.{path.name}#"):
        lock = path.with_name(name)
        if lock.exists():
            return lock
    return None


def read_book(path: Path, name: str) -> Book:
    """Read the workbook at `path`; `name` is what messages and findings call it.

    Raises InputError where it is not there, may not be read, or is no workbook that can be read.
    """
    return book_of(_read_bytes(path, name), name)


def book_of(data: bytes, name: str) -> Book:
    """The workbook in these bytes. Raises InputError where they are none that can be read."""
    container = sniff(data, name)
    try:
        facts = {Container.XLSX: xlsx_facts, Container.ODS: ods_facts, Container.XLS: _no_facts}[container](data)
        _refuse_sprawl(facts, name)
        sheets = read_sheets_apart(data) if container is Container.XLS else read_sheets(data)
        grids = tuple(_grid(sheet, facts.get(sheet.name, SheetFacts())) for sheet in sheets)
    except PasswordError as error:
        raise InputError(f"“{name}”设了打开密码，读不了。", "请在 Excel 或 WPS 中清除打开密码，保存后再试。") from error
    except (CalamineError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, StopIteration) as error:
        raise _unreadable(name) from error
    except BaseException as error:
        # A defect inside the Rust reader comes out as PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name) from error
    return Book(name, hashlib.sha256(data).hexdigest(), grids)


def _unreadable(name: str) -> InputError:
    return InputError(
        f"“{name}”的内容已损坏，读不出来。",
        "请用 Excel 或 WPS 打开它（如提示修复就修复），另存为“Excel 工作簿（.xlsx）”后再试。",
    )


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"“{name}”是一个文件夹，不是工作簿。", "请把填好的工作簿放到这里，名称不变。")
        if path.exists() and not path.is_file():
            raise InputError(f"“{name}”是管道或设备，不是工作簿。", "请把填好的工作簿本身放到这里。")
        size = path.stat().st_size
        if size > MAX_WORKBOOK_BYTES:
            raise InputError(
                f"“{name}”有 {size // 1_000_000} MB，超过 {MAX_WORKBOOK_BYTES // 1_000_000} MB，没有读取。",
                "工作簿里只填文字和数字；照片放进“佐证材料”文件夹，不要贴在工作簿里。",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"找不到工作簿“{name}”。", "请核对文件名和所在文件夹。") from error
    except PermissionError as error:
        raise InputError(
            f"没有权限读取“{name}”。", "请关闭正在使用它的程序，或在文件属性中给自己读取权限后再试。"
        ) from error
    except OSError as error:
        raise InputError(
            f"读取“{name}”时出错：{reason_of(error)}。", "请检查磁盘或网络盘是否正常，或把文件复制到本机再试。"
        ) from error


def _no_facts(data: bytes) -> dict[str, SheetFacts]:  # noqa: ARG001 - same shape as the other two
    return {}


def _refuse_sprawl(facts: dict[str, SheetFacts], name: str) -> None:
    for sheet, fact in facts.items():
        if fact.rows * fact.columns > MAX_CELLS:
            raise InputError(
                f"“{name}”的工作表“{sheet}”一直用到第 {fact.rows} 行、第 {fact.columns} 列，太大了，没有读取。",
                "多半是很远的地方误填了内容：在该表按 Ctrl+End 找到它，删除多余的行和列后保存。",
            )


def _grid(sheet: RawSheet, facts: SheetFacts) -> Grid:
    if sheet.start is None:
        return Grid(sheet.name, hidden=sheet.hidden)
    rows = rows_of(sheet.rows, sheet.start, sheet.merges or facts.merges, facts.faults)
    return Grid(sheet.name, rows, facts.faults, sheet.hidden)
