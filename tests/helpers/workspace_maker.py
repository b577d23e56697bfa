"""Workspaces made of rows: a test shows what stands in the workbook and in the folders, and what was read from it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from PIL import Image

from docgen.load import Loaded, load

Rows = Sequence[Sequence[Any]]
SCHOOL: Rows = [["项目", "内容"], ["院校名称", "甲职业学院"], ["院校类型", "高职"]]
APPLICATIONS: Rows = [
    ["申报编号", "证书名称", "等级"],
    ["A01", "网店运营推广", "中级"],
    ["A02", "网店运营推广", "初级"],
]


class NoCatalogue:
    """A catalogue that knows nothing: loading only hands it through."""


def jpeg(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """A real photo, noisy enough that half of it is missed when it is cut."""
    image = Image.effect_noise((width, height), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(width: int = 60, height: int = 40) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 80).save(out, "PNG")
    return out.getvalue()


def pdf(pages: int = 2, password: str | None = None, owner: str = "") -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    out = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=owner or password) if password is not None else False
    document.save(out, encryption=encryption, deterministic_id=not encryption)
    return out.getvalue()


def workbook(sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """An .xlsx of the given rows; 院校信息 and 申报证书 are added unless given (None leaves one out)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in ({"院校信息": SCHOOL, "申报证书": APPLICATIONS} | dict(sheets)).items():
        if rows is None:
            continue
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Workspace:
    """A workspace on disk."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def put(self, path: str, data: bytes | str) -> Path:
        """Write a file below the workspace."""
        target = self.directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        return target

    def sheets(self, merges: Mapping[str, Sequence[str]] | None = None, /, **sheets: Any) -> Workspace:
        """Write 申报数据.xlsx of the given sheets."""
        self.put("申报数据.xlsx", workbook(sheets, merges))
        return self

    def load(self, **options: Any) -> Loaded:
        return load(self.directory, NoCatalogue(), **options)  # type: ignore[arg-type]

    def evidence(self, files: Mapping[str, bytes], rows: Rows = ()) -> Loaded:
        """Load with these files below 佐证材料/ and these rows (申报编号, 类别, 文件, 对应名称) in the sheet."""
        self.sheets(佐证材料=[["申报编号", "类别", "文件", "对应名称"], *rows])
        (self.directory / "佐证材料").mkdir(exist_ok=True)
        for path, data in files.items():
            self.put(f"佐证材料/{path}", data)
        return self.load()
