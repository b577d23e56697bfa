"""The container of a workbook: its members, and which part leads to which."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from docgen.errors import InputError, reason_of
from docgen.tools import containers as zipping
from docgen.tools.containers import Member, packed

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


def read_members(path: Path, what: str = "Excel 模板") -> tuple[Member, ...]:
    """The members of a workbook, in their order. Raises InputError where it is none, or would be too large.

    `what` is what messages call it.
    """
    try:
        members = tuple(zipping.read_members(path.read_bytes()))
    except OSError as error:
        raise InputError(f"{what} {path} 打不开：{reason_of(error)}。", "检查文件是否存在、是否有权限。") from error
    except zipping.BadContainer as error:
        raise InputError(f"{what} {path} 没有读取：{error}。", _ADVICE) from error
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{what} {path} 打不开或已损坏，不是 .xlsx 文件。", _ADVICE) from error
    if any(b"macroEnabled" in member.content for member in members if member.name == "[Content_Types].xml"):
        raise InputError(f"{what} {path} 带有宏，不能使用。", "另存为“Excel 工作簿（.xlsx）”后再试。")
    return members


def container(members: Iterable[Member], contents: Mapping[str, bytes], before: Mapping[str, bytes]) -> Iterator[bytes]:
    """The zip of `contents`, piece by piece; what is as it was `before` keeps its compressed bytes, in `members`. The
    same parts give the same bytes.
    """
    kept = {member.name: member for member in members}
    return zipping.container_pieces(
        kept[name] if content is before.get(name) else packed(name, content) for name, content in contents.items()
    )


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
