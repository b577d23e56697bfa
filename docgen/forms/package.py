"""The files of forms: what they are by their bytes, what may not be opened, and their members kept byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from lxml import etree

from docgen.errors import InputError
from docgen.evidence.media import Family, media_of
from docgen.tools import containers

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 50_000_000


class FormKind(Enum):
    """The kinds of form."""

    WORD = "docx"
    EXCEL = "xlsx"
    OLD_EXCEL = "xls"
    PDF = "pdf"


def kind_of(data: bytes, name: str) -> FormKind:
    """What a form is, whatever its name says. Raises InputError, with what to do, for what cannot be filled."""
    if not data:
        raise InputError(f"“{name}”是空文件（0 字节）。", "可能没有下载完，请重新下载一份。")
    if len(data) > MOST_BYTES:
        raise InputError(
            f"“{name}”有 {len(data) // 1_000_000} MB，超过 {MOST_BYTES // 1_000_000} MB，没有读取。",
            "请另存一份没有图片的空白表。",
        )
    if data[:1024].find(b"%PDF-") >= 0:
        return FormKind.PDF
    if data.startswith(_OLE):
        return _compound(data, name)
    if data.startswith(b"PK"):
        return _package(data, name)
    if data.lstrip()[:5].lower() in (b"{\\rtf", b"<html", b"<?xml", b"<!doc"):
        raise InputError(
            f"“{name}”不是 Word 或 Excel 文件，而是 RTF 或网页，只是用了它的扩展名。",
            "请用 Word 或 WPS 打开它，另存为 .docx。",
        )
    what = media_of(data)
    if what.family is Family.PICTURE:
        raise InputError(
            f"“{name}”是 {what.name}，不是可以填的表格。",
            "请向发表的单位要电子版（Word、Excel 或带文字的 PDF）；照片和扫描件只能打印出来手工填写。",
        )
    raise InputError(f"“{name}”认不出是什么文件。", "能填的表格是 .docx、.xlsx、.xls 和 .pdf。")


def _compound(data: bytes, name: str) -> FormKind:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise InputError(f"“{name}”设了打开密码，读不了。", "请在 Word、Excel 或 WPS 中打开它，取消密码后另存一份。")
    if has("WordDocument"):
        old = "（虽然扩展名是 .docx）" if name.lower().endswith(".docx") else ""
        raise InputError(
            f"“{name}”是旧的 Word 97–2003 文档（.doc）{old}，填不了。",
            "请用 Word 或 WPS 打开它，另存为“Word 文档（.docx）”。",
        )
    if has("Workbook") or has("Book"):
        return FormKind.OLD_EXCEL
    raise InputError(f"“{name}”不是 Word 或 Excel 表格。", "能填的表格是 .docx、.xlsx、.xls 和 .pdf。")


def _package(data: bytes, name: str) -> FormKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    if any(member.startswith("word/") for member in names):
        return FormKind.WORD
    if any(member.startswith("xl/") for member in names):
        return FormKind.EXCEL
    if "content.xml" in names and "mimetype" in names:
        raise InputError(f"“{name}”是 OpenDocument 文件，填不了。", "请另存为 .docx 或 .xlsx。")
    raise InputError(f"“{name}”是压缩包或其他文件，不是表格。", "请先解压，再填其中的 .docx、.xlsx 或 .pdf。")


def _damaged(name: str) -> InputError:
    return InputError(f"“{name}”不完整或已损坏，打不开。", "可能没有下载完，请重新下载一份。")


@dataclass(frozen=True, slots=True)
class Package:
    """The members of a form, packed, and how to find one part from another."""

    name: str
    members: tuple[containers.Member, ...]

    @staticmethod
    def read(data: bytes, name: str) -> Package:
        """Raises InputError where it is damaged, a bomb, or has a password."""
        try:
            members = tuple(containers.read_members(data))
        except containers.BadContainer as error:
            raise InputError(f"“{name}”没有读取：{error}。", "请用 Word、Excel 或 WPS 另存一份再试。") from error
        except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
            raise _damaged(name) from error
        return Package(name, members)

    def content(self, part: str) -> bytes | None:
        """A part's bytes, None where it is not there."""
        return next((member.content for member in self.members if member.name == part), None)

    def tree(self, part: str) -> etree._Element | None:
        """A part's XML, None where it is not there. Raises InputError where it is damaged or declares a document type."""
        content = self.content(part)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(self.name) from error
        if etree.ElementTree(root).docinfo.internalDTD is not None:
            raise InputError(
                f"“{self.name}”里有文档类型声明（DOCTYPE），正常的表格没有，没有读取。", "请向发表格的单位另要一份。"
            )
        return root

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """A part's relationships: id → (kind, the other part's name); `part` "" for the package."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for link in root if root is not None else ():
            if not isinstance(link.tag, str) or link.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], target)
        return found

    def linked(self, part: str, kind: str) -> str:
        """The first part of a kind that a part leads to, "" for none."""
        return next((target for found, target in self.links(part).values() if found == kind), "")

    def written(self, changed: Mapping[str, bytes]) -> bytes:
        """The zip with some parts changed or added; all others keep their compressed bytes."""
        names = {member.name for member in self.members}
        members = [
            containers.packed(member.name, changed[member.name]) if member.name in changed else member
            for member in self.members
        ]
        members += [containers.packed(name, content) for name, content in sorted(changed.items()) if name not in names]
        return containers.container(members)


def serialised(root: etree._Element) -> bytes:
    """A part's bytes, with the declaration that Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
