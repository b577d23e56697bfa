"""One render: the relationships, pictures and numbers that objects in the context add. The template keeps none of it."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from lxml import etree

from docgen.tools.containers import LEVEL, Member, packed

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IMAGE = f"{_OFFICE}/image"
HYPERLINK = f"{_OFFICE}/hyperlink"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_NAME = "[Content_Types].xml"
_NUMBERED_IMAGE = re.compile(r"word/media/image(\d+)\.\w+")
_MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part; `target` is a member's name, or what an external one names."""

    id: str
    kind: str
    target: str
    external: bool


class Linked(Protocol):
    """What a session needs of the container that it adds to."""

    def relate(self, part: str, kind: str, target: str, external: bool) -> str:
        """The id of a relationship from `part`, an existing one or a new one."""

    def add_media(self, content: bytes, extension: str) -> str:
        """The name of the member that holds a picture."""


class Session:
    """What objects see while a part is rendered."""

    def __init__(self, package: Linked, next_ids: Mapping[str, int]) -> None:
        self.package = package
        self.part = ""
        self.has_tables = False
        """Whether a document was inserted, which may bring tables."""
        self.has_xml = False
        """Whether a value brought XML of its own."""
        self.pending: list[Callable[[str], str]] = []
        """What is done to the finished part, as fitting a picture to its cell."""
        self.documents: dict[int, str] = {}
        self._first_ids = next_ids
        self._next_ids = dict(next_ids)

    def begin(self, part: str) -> None:
        """Turn to another part."""
        self.part = part
        self.has_tables = self.has_xml = False
        self.pending = []

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a relationship from the part that is being rendered."""
        return self.package.relate(self.part, kind, target, external)

    def picture(self, content: bytes, extension: str) -> str:
        """The relationship id of a picture; the same bytes are stored once."""
        return self.relate(IMAGE, self.package.add_media(content, extension))

    def new_id(self) -> tuple[int, str]:
        """A number for a drawing that no other in the part has, and the name that docxtpl gives all of them."""
        number = self._next_ids.get(self.part, 1)
        self._next_ids[self.part] = number + 1
        return number, f"Picture {self._first_ids.get(self.part, 1)}"


CURRENT: ContextVar[Session] = ContextVar("render")


def current_session() -> Session:
    """The render that is going on. Raises RuntimeError outside of one."""
    session = CURRENT.get(None)
    if session is None:
        raise RuntimeError("an object that needs a render was asked for its XML outside of one")
    return session


class Package:
    """The relationships and media of a template, read once and not changed."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = {member.name: member for member in members}
        self.relations = {
            owner_of(name): read_relations(name, member.content)
            for name, member in self.members.items()
            if name.endswith(".rels")
        }

    @cached_property
    def media(self) -> dict[str, str]:
        """SHA-1 of each picture that the document knows, and its member."""
        names = {
            rel.target for rels in self.relations.values() for rel in rels if rel.kind == IMAGE and not rel.external
        }
        return {
            hashlib.sha1(self.members[name].content, usedforsecurity=False).hexdigest(): name
            for name in sorted(names, reverse=True)
            if name in self.members
        }


def owner_of(relations_name: str) -> str:
    """The part whose relationships a member like word/_rels/document.xml.rels holds; "" for the package's own."""
    folder, name = posixpath.split(relations_name)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relations_name(part: str) -> str:
    """The member that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parsed(content: bytes) -> etree._Element:
    """A part's root. No entity is resolved and nothing is fetched. Raises etree.XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def read_relations(name: str, content: bytes) -> tuple[Relation, ...]:
    """The relationships in a .rels member, with targets as members' names."""
    base = posixpath.dirname(owner_of(name))
    found = []
    for element in parsed(content).iter(f"{{{_RELATIONSHIPS}}}Relationship"):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
        found.append(Relation(element.get("Id", ""), element.get("Type", ""), target, external))
    return tuple(found)


class Additions:
    """What one render adds to a template's package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._relations: dict[str, list[Relation]] = {}
        self._media: dict[str, tuple[str, bytes]] = {}

    def relate(self, part: str, kind: str, target: str, external: bool) -> str:
        """The id of a relationship; ids fill gaps from rId1 on, as python-docx numbers them."""
        known: list[Relation] = [*self._package.relations.get(part, ()), *self._relations.get(part, ())]
        for relation in known:
            if (relation.kind, relation.target, relation.external) == (kind, target, external):
                return relation.id
        taken = {relation.id for relation in known}
        free: str = next(f"rId{number}" for number in range(1, len(known) + 2) if f"rId{number}" not in taken)
        self._relations.setdefault(part, []).append(Relation(free, kind, target, external))
        return free

    def add_media(self, content: bytes, extension: str) -> str:
        """The member that holds these bytes: the template's, one that was added before, or a new one."""
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        if digest in self._package.media:
            return self._package.media[digest]
        if digest not in self._media:
            names = [*self._package.members, *(name for name, _ in self._media.values())]
            taken = {int(match[1]) for name in names if (match := _NUMBERED_IMAGE.fullmatch(name))}
            number = next(number for number in range(1, len(taken) + 2) if number not in taken)
            self._media[digest] = f"word/media/image{number}.{extension}", content
        return self._media[digest][0]

    def members(self) -> dict[str, Member]:
        """The members that are new or changed."""
        changed: dict[str, bytes] = {}
        for part, relations in self._relations.items():
            name = relations_name(part)
            changed[name] = self._with_relations(name, part, relations)
        if self._media:
            changed[TYPES_NAME] = self._with_types({name.rpartition(".")[2] for name, _ in self._media.values()})
        changed |= dict(self._media.values())
        # Photos are compressed already: the lowest level loses nothing.
        return {name: packed(name, content, 1 if "/media/" in name else LEVEL) for name, content in changed.items()}

    def _with_relations(self, name: str, part: str, relations: Sequence[Relation]) -> bytes:
        member = self._package.members.get(name)
        root = parsed(member.content) if member else etree.Element(f"{{{_RELATIONSHIPS}}}Relationships")
        base = posixpath.join("/", posixpath.dirname(part))
        for relation in relations:
            element = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
            element.set("Id", relation.id)
            element.set("Type", relation.kind)
            target = relation.target if relation.external else posixpath.relpath(f"/{relation.target}", base)
            element.set("Target", target)
            if relation.external:
                element.set("TargetMode", "External")
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _with_types(self, extensions: set[str]) -> bytes:
        root = parsed(self._package.members[TYPES_NAME].content)
        known = {element.get("Extension", "").lower() for element in root.iter(f"{{{_TYPES}}}Default")}
        for extension in sorted(extensions - known):
            element = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=_MEDIA_TYPES[extension])
            root.insert(0, element)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
