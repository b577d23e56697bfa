"""A photo into a cell: a picture as large as the cell takes, its part, its relationship, its content type."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from ..package import Package
from ..photos import EMU, ONE_INCH, Photo, photo_of
from ..structure import Cell
from ..values import Picture
from .measured import height_of, room_of
from .xml import W

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{x}" cy="{y}"/><wp:docPr id="{number}" name="照片{number}" descr="{name}"/><a:graphic><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


@dataclass(slots=True)
class Album:
    """The pictures that were put into one form. `parts` are the members to write, beside the document's."""

    package: Package
    part: str
    parts: dict[str, bytes] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)

    def put(self, cell: Cell, picture: Picture) -> str:
        """A picture into a cell, in the place of the words that ask for it. Gives what is in the way, "" if nothing."""
        photo = photo_of(picture)
        if isinstance(photo, str):
            return photo
        height = height_of(cell)[0] - 4 if height_of(cell)[0] > ONE_INCH[1] / 2 else ONE_INCH[1]
        size = photo.within(room_of(cell) or ONE_INCH[0], height)
        relation = self._linked(photo)
        drawing = _DRAWING.format(
            x=round(size[0] * EMU),
            y=round(size[1] * EMU),
            number=9000 + len(self._links),
            name=_escaped(picture.name),
            relation=relation,
        )
        paragraph = cell.lines[0].handle.element
        for line in cell.lines:
            for child in list(line.handle.element):
                if child.tag != f"{W}pPr":
                    line.handle.element.remove(child)
        etree.SubElement(paragraph, f"{W}r").append(etree.fromstring(drawing))
        return ""

    def _linked(self, photo: Photo) -> str:
        """The relationship of a picture, made once for the same bytes."""
        if photo.digest in self._links:
            return self._links[photo.digest]
        folder, base = posixpath.split(self.part)
        name = f"media/{photo.name}"
        self.parts[posixpath.join(folder, name)] = photo.picture.data
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self._tree(links, f'<Relationships xmlns="{_RELATIONS}"/>')
        used = {link.get("Id") for link in root}
        relation = next(f"rIdPhoto{number}" for number in range(1, 10_000) if f"rIdPhoto{number}" not in used)
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=name)
        self.parts[links] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._declare(photo.suffix, photo.media)
        self._links[photo.digest] = relation
        return relation

    def _declare(self, suffix: str, media: str) -> None:
        root = self._tree("[Content_Types].xml", "<Types/>")
        namespace = root.tag.rpartition("}")[0] + "}" if root.tag.startswith("{") else ""
        if not any(each.get("Extension", "").lower() == suffix for each in root):
            made = etree.Element(f"{namespace}Default", Extension=suffix, ContentType=media)
            root.insert(0, made)
            self.parts["[Content_Types].xml"] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )

    def _tree(self, part: str, empty: str) -> etree._Element:
        if part in self.parts:
            return etree.fromstring(self.parts[part])
        root = self.package.tree(part)
        return root if root is not None else etree.fromstring(empty)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
