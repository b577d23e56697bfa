"""Pictures in Word documents: in the line of text, floating over it, fitted to a table cell. Lengths are EMU or mm."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, BinaryIO, Literal

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from PIL import Image as Pillow

from docgen.errors import InputError
from docgen.tools.pictures import refuse_torn_pictures

from .breaks import enclosing
from .objects import link_token, plain_xml
from .session import current_session

EMU_PER_MM = 36_000
EMU_PER_TWIP = 635
_CELL_MARGIN = 108
"""Word's own left and right margin of a cell, in twips."""

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_MAIN}" xmlns:pic="{_PICTURE}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ATTRIBUTE = r'\bw:{}="([^"]*)"'


class _Picture:
    """A picture's bytes, checked when they are first used, and its size."""

    def __init__(self, source: Path | str | bytes | BinaryIO) -> None:
        self._source = source
        self._loaded: tuple[bytes, Image, str] | None = None

    def loaded(self) -> tuple[bytes, Image, str]:
        """The bytes, what python-docx reads of them, the name shown. Raises InputError for no whole picture."""
        if self._loaded is None:
            content, name = _read(self._source)
            self._loaded = (content, *_checked(content, name))
        return self._loaded

    def _drawing(self, width: Any, height: Any, link: str = "") -> tuple[str, str]:
        """What stands within the drawing before and after a:graphic's frame: number and name, the picture itself."""
        content, image, name = self.loaded()
        session = current_session()
        relation = session.picture(content, image.ext)
        number, shown = session.new_id()
        click = f'<a:hlinkClick r:id="{link}"/>' if link else ""
        described = f'<wp:docPr id="{number}" name="{shown}"{f">{click}</wp:docPr>" if click else "/>"}'
        pic = (
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="0" name="{plain_xml(name)}"{f">{click}</pic:cNvPr>" if click else "/>"}'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
            '</a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        )
        frame = '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        return described + frame, pic

    def _inline(self, width: Any, height: Any, link: str = "", around: str = "") -> str:
        described, pic = self._drawing(width, height, link)
        extent = f'<wp:extent cx="{width}" cy="{height}"/>'
        return _in_run(f"<wp:inline {_SPACES}{around}>{extent}{described}{pic}</wp:inline>")

    def __str__(self) -> str:
        return self.__html__()

    def __html__(self) -> str:
        raise NotImplementedError


class InlineImage(_Picture):
    """A picture in the line of text. Arguments as in docxtpl; `tpl` is not needed and may be None.

    `width`, `height`: EMU, as docx.shared.Mm(30) gives; one of them keeps the proportion. `anchor`: where a click leads.
    """

    def __init__(
        self,
        tpl: Any = None,
        image_descriptor: Path | str | bytes | BinaryIO = b"",
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
    ) -> None:
        # Without a template, the picture itself may come first.
        first = tpl if image_descriptor == b"" and isinstance(tpl, Path | str | bytes) else image_descriptor
        super().__init__(first)
        self.width, self.height, self.anchor = width, height, anchor

    def __html__(self) -> str:
        width, height = self.loaded()[1].scaled_dimensions(self.width, self.height)
        return self._inline(int(width), int(height), link_token(self.anchor) if self.anchor else "")


class FloatingImage(_Picture):
    """A picture over (or, `behind`, under) the text, anchored where the tag stands: a seal, a signature.

    `x_mm`, `y_mm` count from the left and upper edge of what `relative` names: the paragraph, the page, or the
    character at which the tag stands. One of width and height keeps the proportion.
    """

    _FROM = {  # noqa: RUF012 - never changed
        "paragraph": ("column", "paragraph"),
        "page": ("page", "page"),
        "character": ("character", "line"),
    }

    def __init__(
        self,
        source: Path | str | bytes | BinaryIO,
        width_mm: float | None = None,
        height_mm: float | None = None,
        x_mm: float = 0,
        y_mm: float = 0,
        relative: Literal["paragraph", "page", "character"] = "paragraph",
        behind: bool = False,
    ) -> None:
        super().__init__(source)
        if relative not in self._FROM:
            raise ValueError(f"relative: {relative!r} is none of {', '.join(self._FROM)}")
        self.size = _emu(width_mm), _emu(height_mm)
        self.place = round(x_mm * EMU_PER_MM), round(y_mm * EMU_PER_MM)
        self.relative, self.behind = relative, behind

    def __html__(self) -> str:
        width, height = (int(side) for side in self.loaded()[1].scaled_dimensions(*self.size))
        described, pic = self._drawing(width, height)
        across, down = self._FROM[self.relative]
        return _in_run(
            f'<wp:anchor {_SPACES} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251659264" '
            f'behindDoc="{int(self.behind)}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="{across}"><wp:posOffset>{self.place[0]}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{self.place[1]}</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f"{described}{pic}</wp:anchor>"
        )


_NO_DISTANCE = ' distT="0" distB="0" distL="0" distR="0"'
"""Without it LibreOffice keeps 3 mm on each side, and a picture as wide as its cell is pushed over the cell's edge."""


class CellImage(_Picture):
    """A picture as wide as the table cell that its tag stands in, no higher than a row of exact height allows."""

    def __html__(self) -> str:
        session = current_session()
        mark = f"docgen-fit-{len(session.pending)}-"
        image = self.loaded()[1]
        session.pending.append(lambda xml: _fitted(xml, mark, image))
        return self._inline(f"{mark}x", f"{mark}y", around=_NO_DISTANCE)


def _fitted(xml: str, mark: str, image: Image) -> str:
    place = xml.find(f'"{mark}x"')
    cell = enclosing(xml, "w:tc", place)
    if cell < 0:
        raise InputError("CellImage 图片不在表格的单元格里。", "把它的标签放进单元格；不在表格里的图片用 InlineImage。")
    row = enclosing(xml, "w:tr", cell)
    table = enclosing(xml, "w:tbl", row)
    room = max(_cell_width(xml, table, row, cell) - _margins(xml, table, row, cell), 100) * EMU_PER_TWIP
    width, height = room, round(room * int(image.height) / int(image.width))
    limit = re.search(r"<w:trHeight\b[^>]*>", xml[row:cell])
    most = _twips(limit[0], "val") * EMU_PER_TWIP if limit and _value(limit[0], "hRule") == "exact" else 0
    if 0 < most < height:
        width, height = round(most * int(image.width) / int(image.height)), most
    return xml.replace(f'"{mark}x"', f'"{width}"').replace(f'"{mark}y"', f'"{height}"')


def _cell_width(xml: str, table: int, row: int, cell: int) -> int:
    """The width of a cell in twips: its own, or that of the grid's columns that it covers."""
    properties = xml[cell : xml.find("</w:tcPr>", cell)]
    own = re.search(r"<w:tcW\b[^>]*>", properties)
    if own and _value(own[0], "type") in ("dxa", "") and (width := _twips(own[0], "w")):
        return width
    grid = [int(float(width)) for width in re.findall(r'<w:gridCol [^>]*?w:w="([\d.]+)"', xml[table:row])]
    before = len(re.findall(r"<w:tc[ >]", xml[row:cell])) + sum(
        int(span) - 1 for span in re.findall(r'<w:gridSpan w:val="(\d+)"', xml[row:cell])
    )
    span = re.search(r'<w:gridSpan w:val="(\d+)"', properties)
    covered = grid[before : before + (int(span[1]) if span else 1)]
    if not covered:
        raise InputError("CellImage 图片所在的表格没有列宽。", "在 Word 里给这一列设定宽度，或者改用 InlineImage。")
    return sum(covered)


def _margins(xml: str, table: int, row: int, cell: int) -> int:
    """The left and right margins of a cell together, in twips: its own, the table's, or Word's."""
    own = re.search(r"<w:tcMar>.*?</w:tcMar>", xml[cell : xml.find("</w:tcPr>", cell)], re.DOTALL)
    of_table = re.search(r"<w:tblCellMar>.*?</w:tblCellMar>", xml[table:row], re.DOTALL)
    total = 0
    for sides in (("left", "start"), ("right", "end")):
        pattern = re.compile(rf"<w:(?:{'|'.join(sides)})\b[^>]*>")
        found = next((side for place in (own, of_table) if place and (side := pattern.search(place[0]))), None)
        total += _twips(found[0], "w") if found else _CELL_MARGIN
    return total


def _value(tag: str, name: str) -> str:
    match = re.search(_ATTRIBUTE.format(name), tag)
    return match[1] if match else ""


def _twips(tag: str, name: str) -> int:
    value = _value(tag, name)
    return int(float(value)) if re.fullmatch(r"\d+(\.\d+)?", value) else 0


def _in_run(drawing: str) -> str:
    """A drawing in a run of its own; what follows the tag in the template begins a new run, as with docxtpl."""
    return f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def _emu(millimetres: float | None) -> int | None:
    return None if millimetres is None else round(millimetres * EMU_PER_MM)


def _read(source: Path | str | bytes | BinaryIO) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, ""
    try:
        if isinstance(source, Path | str):
            return Path(source).read_bytes(), Path(source).name
        source.seek(0)
        return source.read(), ""
    except OSError as error:
        raise InputError(f"图片读不了：{source}。", "检查图片是否还在原来的位置、能不能打开。") from error


def _checked(content: bytes, name: str) -> tuple[Image, str]:
    shown = name or "（内存中的图片）"
    refuse_torn_pictures()
    try:
        with Pillow.open(io.BytesIO(content)) as picture:
            picture.load()
        image = Image.from_blob(content)
    except (UnrecognizedImageError, InvalidImageStreamError) as error:
        raise InputError(f"图片 {shown} 的格式 Word 模板用不了。", "另存为 PNG 或 JPG 后再试。") from error
    except (OSError, SyntaxError, ValueError, UnexpectedEndOfFileError, Pillow.DecompressionBombError) as error:
        raise InputError(f"图片 {shown} 不完整或已损坏。", "重新拍摄、扫描或另存一次后再试。") from error
    return image, name or f"image.{image.ext}"
