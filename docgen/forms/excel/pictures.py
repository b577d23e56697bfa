"""Photos into the cells of a sheet: a drawing, its anchors, the picture's part, relationships and content types."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from docgen.tools.spreadsheetml import SHEET_ORDER, put_in_order

from ..photos import EMU, Photo
from .reading import ExcelForm, Sheet
from .xml import RELATION, S

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ANCHOR = (
    f'<xdr:oneCellAnchor xmlns:xdr="{_DRAWN}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{_OFFICE}"><xdr:from><xdr:col>{{column}}</xdr:col><xdr:colOff>{{left}}</xdr:colOff><xdr:row>{{row}}</xdr:row>'
    '<xdr:rowOff>{top}</xdr:rowOff></xdr:from><xdr:ext cx="{x}" cy="{y}"/><xdr:pic><xdr:nvPicPr>'
    '<xdr:cNvPr id="{number}" name="照片{number}" descr="{name}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr>'
    '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    "<xdr:clientData/></xdr:oneCellAnchor>"
)
_FIRST_ID = 9000


@dataclass(slots=True)
class Anchor:
    """Where a photo goes: row and column from 0, which move where rows are put in above, its offset and size in points."""

    sheet: Sheet
    row: int
    column: int
    left: float
    top: float
    size: tuple[float, float]
    photo: Photo


@dataclass(slots=True)
class Album:
    """Puts photos into sheets. `parts` are members that changed or are new; `trees` those that others have open."""

    form: ExcelForm
    trees: dict[str, etree._Element]
    parts: dict[str, bytes] = field(default_factory=dict)

    def put(self, anchors: list[Anchor]) -> None:
        """All photos of a form, in their order."""
        for number, anchor in enumerate(anchors):
            part = self._drawing(anchor.sheet)
            drawing = self._tree(part)
            relation = self._linked(part, f"{_OFFICE}/image", self._media(anchor.photo))
            text = _ANCHOR.format(
                column=anchor.column,
                row=anchor.row,
                left=round(anchor.left * EMU),
                top=round(anchor.top * EMU),
                x=round(anchor.size[0] * EMU),
                y=round(anchor.size[1] * EMU),
                number=_FIRST_ID + number,
                name=_escaped(anchor.photo.picture.name),
                relation=relation,
            )
            drawing.append(etree.fromstring(text))

    def _media(self, photo: Photo) -> str:
        """The part of a picture, made once for the same bytes."""
        name = f"xl/media/{photo.name}"
        self.parts[name] = photo.picture.data
        types = self._tree("[Content_Types].xml", f'<Types xmlns="{_TYPES}"/>')
        if not any(each.get("Extension", "").lower() == photo.suffix for each in types):
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=photo.suffix, ContentType=photo.media))
        return name

    def _drawing(self, sheet: Sheet) -> str:
        """The drawing of a sheet, made where it has none."""
        known = sheet.root.find(f"{S}drawing")
        if known is not None:
            targets = self._targets(sheet.part)
            if part := targets.get(known.get(RELATION, "")):
                return part
        names = {member.name for member in self.form.package.members} | set(self.trees)
        part = next(name for number in range(1, 10_000) if (name := f"xl/drawings/drawing{number}.xml") not in names)
        self._tree(part, f'<xdr:wsDr xmlns:xdr="{_DRAWN}"/>')
        types = self._tree("[Content_Types].xml", f'<Types xmlns="{_TYPES}"/>')
        types.append(etree.Element(f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_DRAWING_TYPE))
        element = etree.Element(f"{S}drawing", {RELATION: self._linked(sheet.part, f"{_OFFICE}/drawing", part)})
        put_in_order(sheet.root, element, SHEET_ORDER)
        return part

    def _targets(self, part: str) -> dict[str, str]:
        folder, base = posixpath.split(part)
        links = self._tree(posixpath.join(folder, "_rels", f"{base}.rels"), f'<Relationships xmlns="{_RELATIONS}"/>')
        return {
            link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            for link in links
        }

    def _linked(self, part: str, kind: str, target: str) -> str:
        """The relationship of one part to another, made once."""
        known = next((each for each, name in self._targets(part).items() if name == target), "")
        if known:
            return known
        folder, base = posixpath.split(part)
        links = self._tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        used = {link.get("Id") for link in links}
        relation = next(f"rIdPhoto{number}" for number in range(1, 10_000) if f"rIdPhoto{number}" not in used)
        away = posixpath.relpath(target, folder)
        etree.SubElement(links, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=kind, Target=away)
        return relation

    def _tree(self, part: str, empty: str = "") -> etree._Element:
        if part not in self.trees:
            root = self.form.package.tree(part)
            self.trees[part] = root if root is not None else etree.fromstring(empty)
        return self.trees[part]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
