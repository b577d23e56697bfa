"""A photo into a cell: a picture as large as the cell takes, its part, its relationship, its content type."""

from __future__ import annotations

import hashlib
import io
import posixpath
from dataclasses import dataclass, field

from lxml import etree
from PIL import Image, UnidentifiedImageError

from ..package import Package
from ..structure import Cell
from ..values import Picture
from .measured import height_of, room_of
from .xml import W

_EMU = 12_700
"""English Metric Units a point."""
_KINDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
_MOST_PIXELS = 60_000_000
_ONE_INCH_PHOTO = (71.0, 99.0)
"""25 × 35 mm in points: what a cell for a photo holds where it does not say how large it is."""
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
        try:
            with Image.open(io.BytesIO(picture.data)) as image:
                kind, size = image.format or "", image.size
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            return f"“{picture.name}”不是能用的照片"
        if kind not in _KINDS or size[0] * size[1] > _MOST_PIXELS or not min(size):
            return f"“{picture.name}”不是 JPG 或 PNG，或者太大"
        width = room_of(cell) or _ONE_INCH_PHOTO[0]
        height = height_of(cell)[0] - 4 if height_of(cell)[0] > _ONE_INCH_PHOTO[1] / 2 else _ONE_INCH_PHOTO[1]
        scale = min(width / size[0], height / size[1])
        relation = self._linked(picture, *_KINDS[kind])
        drawing = _DRAWING.format(
            x=round(size[0] * scale * _EMU),
            y=round(size[1] * scale * _EMU),
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

    def _linked(self, picture: Picture, suffix: str, media: str) -> str:
        """The relationship of a picture, made once for the same bytes."""
        digest = hashlib.sha256(picture.data).hexdigest()[:16]
        if digest in self._links:
            return self._links[digest]
        folder, base = posixpath.split(self.part)
        name = f"media/docgen-{digest}.{suffix}"
        self.parts[posixpath.join(folder, name)] = picture.data
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self._tree(links, f'<Relationships xmlns="{_RELATIONS}"/>')
        used = {link.get("Id") for link in root}
        relation = next(f"rIdPhoto{number}" for number in range(1, 10_000) if f"rIdPhoto{number}" not in used)
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=name)
        self.parts[links] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._declare(suffix, media)
        self._links[digest] = relation
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
