"""Relationships that lead out of a template: links stay, what Word would fetch when it opens the file does not."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from docgen.errors import InputError
from docgen.tools.containers import Member, packed

from .session import Relation, owner_of, parsed, read_relations

_LINK = "/hyperlink"
_TEMPLATE = "/attachedTemplate"
_PICTURE = "/image"
_NOWHERE = "NULL"
"""What WPS writes for a picture that is not there; Word shows an empty frame and fetches nothing."""


def without_links_out(members: Sequence[Member], template: str) -> tuple[list[Member], tuple[str, ...]]:
    """The members without an attached template and linked pictures, and a sentence in Chinese about each.

    Raises InputError for anything else from outside: embedded objects, partial documents, frames, data sources.
    """
    by_name = {member.name: member for member in members}
    notes: list[str] = []
    for name in [name for name in by_name if name.endswith(".rels")]:
        relations = read_relations(name, by_name[name].content)
        out = [one for one in relations if one.external and not one.kind.endswith(_LINK) and one.target != _NOWHERE]
        for relation in out:
            notes.append(_note(relation, template))
        if out:
            by_name |= _cut(by_name, name, {relation.id: relation.kind for relation in out})
    return list(by_name.values()), tuple(notes)


def _note(relation: Relation, template: str) -> str:
    kind = posixpath.basename(relation.kind)
    if kind == _TEMPLATE[1:]:
        return f"模板附着在另一个文件上（{relation.target}），生成的文档里已去掉这个关联。"
    if kind == _PICTURE[1:]:
        return f"模板里有一张图片只是链接（{relation.target}），没有存在文件里，生成的文档里不会显示。"
    raise InputError(
        f"Word 模板 {template} 要从外面取内容（{kind}：{relation.target}），没有使用。",
        "在 Word 里打开模板，断开链接或删去链接的对象，另存后再试。",
    )


def _cut(members: dict[str, Member], name: str, out: dict[str, str]) -> dict[str, Member]:
    """The members that change: the relationships, and the settings that name the attached template."""
    changed = {}
    root = parsed(members[name].content)
    for element in list(root):
        kind = out.get(element.get("Id", ""), "")
        if kind.endswith(_TEMPLATE):
            root.remove(element)
        elif kind:
            element.set("Target", _NOWHERE)
    changed[name] = packed(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    owner = owner_of(name)
    if any(kind.endswith(_TEMPLATE) for kind in out.values()) and owner in members:
        root = parsed(members[owner].content)
        for element in list(root):
            if isinstance(element.tag, str) and element.tag.endswith("}attachedTemplate"):
                root.remove(element)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        changed[owner] = packed(owner, content)
    return changed
