"""The parts of a workbook's container while it is being marked: read, changed, linked, written again."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from docgen.tools.containers import Member
from docgen.tools.spreadsheetml import MAIN, q

from ..excel.package import RELATIONSHIP, container, links, parse, serialised

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def new_root(name: str, namespace: str = MAIN) -> etree._Element:
    """An empty element whose namespace needs no prefix."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


@dataclass(slots=True)
class Parts:
    """The members of a workbook; XML parts are parsed when first asked for and written back at the end."""

    members: Sequence[Member]
    contents: dict[str, bytes] = field(init=False)
    _before: dict[str, bytes] = field(init=False)
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = {member.name: member.content for member in self.members}
        self.contents = dict(self._before)

    def tree(self, name: str) -> etree._Element:
        """A part's XML, to be changed in place. Raises etree.XMLSyntaxError, ValueError or KeyError where it is none."""
        if name not in self._trees:
            self._trees[name] = parse(self.contents[name])
        return self._trees[name]

    def add(self, name: str, root: etree._Element, content_type: str) -> None:
        """A new part."""
        self._trees[name] = root
        self.contents[name] = b""
        types = self.tree("[Content_Types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def replace(self, name: str, root: etree._Element) -> None:
        """Other XML for a part that is there."""
        self._trees[name] = root

    def drop(self, name: str, owner: str) -> None:
        """Take a part and all that only it links away, with the link from `owner`."""
        rels = rels_of(owner)
        for link in list(self.tree(rels)):
            if self._target(owner, link) == name:
                self.tree(rels).remove(link)
        for gone in (name, rels_of(name)):
            self.contents.pop(gone, None)
            self._trees.pop(gone, None)
            types = self.tree("[Content_Types].xml")
            for override in types.findall(f"{{{_TYPES}}}Override"):
                if override.get("PartName", "").lstrip("/") == gone:
                    types.remove(override)

    @staticmethod
    def _target(owner: str, link: etree._Element) -> str:
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), link.get("Target", ""))).lstrip("/")

    def default_type(self, extension: str, content_type: str) -> None:
        """Say once what parts of an extension are."""
        types = self.tree("[Content_Types].xml")
        known = {element.get("Extension", "").lower() for element in types.findall(f"{{{_TYPES}}}Default")}
        if extension not in known:
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type))

    def link(self, owner: str, target: str, kind: str) -> str:
        """A new link from `owner` to a part; its id."""
        name = rels_of(owner)
        if name not in self.contents:
            self._trees[name] = new_root("Relationships", _LINKS)
            self.contents[name] = b""
        rels = self.tree(name)
        taken = {link.get("Id") for link in rels}
        number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        where = posixpath.relpath(target, posixpath.dirname(owner))
        etree.SubElement(rels, f"{{{_LINKS}}}Relationship", Id=f"rId{number}", Type=_KINDS + kind, Target=where)
        return f"rId{number}"

    def linked(self, owner: str, kind: str) -> str:
        """The first part of a kind that `owner` links to, "" if there is none."""
        return next((target for found, target in self._links(owner).values() if found == kind), "")

    def _links(self, owner: str) -> dict[str, tuple[str, str]]:
        rels = rels_of(owner)
        if rels in self._trees:
            self.contents[rels] = serialised(self._trees[rels])
        return links(self.contents, owner)

    def free_name(self, pattern: str) -> str:
        """A part's name that is not taken; `pattern` has {} for the number."""
        return next(name for number in range(1, 10_000) if (name := pattern.format(number)) not in self.contents)

    def sheets(self) -> Iterator[tuple[str, str, etree._Element]]:
        """(title, part, the workbook's element) of each worksheet, in order."""
        book = self.linked("", "officeDocument")
        targets = self._links(book)
        for element in self.tree(book).iter(q("sheet")):
            kind, part = targets.get(element.get(RELATIONSHIP, ""), ("", ""))
            if kind == "worksheet":
                yield element.get("name", ""), part, element

    def saved(self) -> bytes:
        """The container's bytes; parts that were not touched are as they were."""
        for name, tree in self._trees.items():
            content = serialised(tree)
            before = self._before.get(name)
            same = before is not None and etree.tostring(parse(before)) == etree.tostring(parse(content))
            self.contents[name] = before if same and before is not None else content
        return b"".join(container(self.members, self.contents, self._before))


def rels_of(part: str) -> str:
    """The part that holds another's links."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
