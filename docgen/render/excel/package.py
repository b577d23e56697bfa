"""The container of a workbook: its members, and which part leads to which."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from docgen.errors import InputError, reason_of

_MOST_UNPACKED = 200_000_000
_MOST_MEMBERS = 5_000
_STEEPEST = 200
_SMALL = 5_000_000
_DATE = (1980, 1, 1, 0, 0, 0)
_ADVICE = "用 Excel 或 WPS 另存为 .xlsx 后再试。"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def parse(content: bytes) -> etree._Element:
    """A part's XML; no entity is expanded. Raises etree.XMLSyntaxError where it is none, ValueError for a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(content, parser)
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise ValueError("其中有文档类型声明（DOCTYPE）")
    return root


def serialised(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_members(path: Path) -> dict[str, bytes]:
    """The members of a workbook, by name, in their order. Raises InputError where it is none, or would be too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check(path, infos)
            members = {info.filename: archive.read(info) for info in infos}
    except OSError as error:
        raise InputError(f"Excel 模板 {path} 打不开：{reason_of(error)}。", "检查文件是否存在、是否有权限。") from error
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"Excel 模板 {path} 打不开或已损坏，不是 .xlsx 文件。", _ADVICE) from error
    if b"macroEnabled" in members.get("[Content_Types].xml", b""):
        raise InputError(f"Excel 模板 {path} 带有宏，不能使用。", "另存为“Excel 工作簿（.xlsx）”后再试。")
    return members


def _check(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    steep = any(info.file_size > _SMALL and info.file_size > _STEEPEST * max(info.compress_size, 1) for info in infos)
    if total > _MOST_UNPACKED or len(infos) > _MOST_MEMBERS or steep:
        raise InputError(f"Excel 模板 {path} 解压后过大，没有读取。", "检查文件来源，删去其中的大图片后再试。")
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise InputError(f"Excel 模板 {path} 已损坏：里面有同名的文件。", _ADVICE)


def container(members: Mapping[str, bytes]) -> bytes:
    """The zip of the members, in their order. The same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # else the machine that wrote it shows
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def links(members: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships inside the container: id → (kind, the other part's name). `part` "" is the container."""
    folder, name = posixpath.split(part)
    content = members.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if content is None:
        return {}
    found = {}
    for link in parse(content):
        if not isinstance(link.tag, str) or link.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], target)
    return found


def without(members: dict[str, bytes], kind: str, owner: str) -> None:
    """Take the parts of a kind, linked from `owner`, out of the container."""
    gone = [target for found, target in links(members, owner).values() if found == kind]
    if not gone:
        return
    folder, name = posixpath.split(owner)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    for file, attribute in ((rels, "Type"), ("[Content_Types].xml", "PartName")):
        root = parse(members[file])
        for element in list(root):
            value = element.get(attribute, "")
            if value.rpartition("/")[2] == kind if attribute == "Type" else value.lstrip("/") in gone:
                root.remove(element)
        members[file] = serialised(root)
    for target in gone:
        members.pop(target, None)
