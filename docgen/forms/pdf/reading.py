"""A PDF form → its places: those of its fields, named by the words around them, or those that its print leaves blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.acroform.geometry import MM, Box
from docgen.errors import InputError

from ..finding import find_spots
from ..results import Place, PlaceKind
from ..structure import OBJECT, Control, Spot, Story
from .columns import with_columns
from .fields import Field, Kind
from .layout import story_of
from .opening import Form, open_form
from .printed import Marked, Printed, span_box
from .settling import closed
from .surface import Sign, Surface, readable

_CONTROLS = {Kind.TEXT: PlaceKind.CONTROL, Kind.COMBO: PlaceKind.LIST, Kind.LIST: PlaceKind.LIST}
_MEANINGLESS = re.compile(
    r"(?:(?:text|txt|field|fill|undefined|untitled|check(?:\s?box)?|cb|combo\s?box|list\s?box|button|radio|group|form|topmostsubform|page"
    r"|文本|文本域|文本框|复选框|单选|按钮|域|字段|未命名)[\s_.\-]*\d*[\[\]\d.\s_\-]*)+|[\d\W_]+|[a-z]{0,2}\d*",
    re.IGNORECASE,
)
_ABOVE = 3.0  # of the body size: how far above a field its name may stand
_SCANNED = "请向发表的单位要电子版（Word、Excel 或带文字的 PDF）；扫描件只能打印出来手工填写。"


@dataclass(slots=True)
class PdfForm:
    """A PDF form, read: its fields, its pages, its places in the order of reading.

    `marks` are the widgets of each spot, by the number of the option or of the span (0 for all others).
    """

    name: str
    opened: Form
    pages: list[Surface]
    stories: tuple[Story, ...] = ()
    spots: list[Spot] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        """Whether it has no fields, so that its pages are written upon."""
        return not self.opened.fillable

    @property
    def scanned(self) -> tuple[int, ...]:
        """The pages, from 1, that are pictures without text."""
        return tuple(surface.number for surface in self.pages if surface.scanned)


def read_pdf(source: bytes | Path, name: str = "", *, filled: bool = False) -> PdfForm:
    """Read a PDF form, a blank one or one that is `filled`. Raises InputError for what cannot be filled in: locked, broken, dynamic XFA, scans."""
    opened = open_form(source, name)
    pages = readable(opened.source)
    form = PdfForm(opened.name, opened, pages)
    if form.flat:
        if not pages:
            raise InputError(
                f"{form.name} 的页面读不出来，也没有可填的域。", "请在阅读器里打开后另存（打印）为新的 PDF 再试。"
            )
        if all(surface.scanned or not surface.signs for surface in pages):
            raise InputError(f"{form.name} 是扫描件：页面是图片，没有文字，找不到要填的位置。", _SCANNED)
    marked = [list(_marked(opened, surface)) for surface in pages]
    story = story_of(pages, marked, filled=filled)
    form.stories = (replace(story, blocks=tuple(with_columns(story.blocks))),)
    if form.flat and filled:
        return form
    spots = find_spots(form.stories)
    form.spots = spots if form.flat else _of_fields(form, spots)
    for spot in form.spots:
        spot.place = replace(spot.place, where=_where(form, spot))
    return form


def _where(form: PdfForm, spot: Spot) -> str:
    """Where a place is, as one finds it on paper; "" for a field that shows nowhere."""
    for page, box in [area for area in areas_of(form, spot) if area[0] <= len(form.pages)][:1]:
        sheet = form.pages[page - 1].box
        sizes = (box.left - sheet.left, sheet.top - box.top, box.width, box.height)
        left, top, wide, high = (round(size / MM) for size in sizes)
        return f"第{page}页 左{left} 上{top} 宽{wide} 高{high} 毫米"
    return ""


def areas_of(form: PdfForm, spot: Spot) -> list[tuple[int, Box]]:
    """Where a spot stands, each time its page (from 1) and box: its widgets, its spans, its cell, its table's cells."""
    marks = list(marks_of(spot).values()) + [mark for row in rows_of(spot) for mark in row if mark is not None]
    if not marks and spot.control is not None and isinstance(spot.control.handle, Marked):
        marks = [spot.control.handle]
    if marks:
        held = [(form.opened.fields[mark.field].widgets, mark) for mark in marks]
        placed = [(widgets[mark.number].page, mark.box) for widgets, mark in held if mark.number < len(widgets)]
        return [(page, box) for page, box in placed if page]
    if spot.table is not None:
        rows = range(spot.first_row, spot.last_row + 1)
        cells = [spot.table.cell(row, first) for row in rows for first, _ in spot.columns]
        return [(cell.handle.page, cell.handle.room) for cell in cells if cell is not None]
    if spot.line is not None:
        lines = spot.lines or (spot.line,) * len(spot.spans)
        return [
            (line.handle.page, span_box(line.handle, line.text, *span))
            for line, span in zip(lines, spot.spans, strict=True)
        ]
    return [(spot.cell.handle.page, spot.cell.handle.room)] if spot.cell is not None else []


def _marked(opened: Form, surface: Surface) -> Iterator[Marked]:
    """The widgets of a page that take a value."""
    for one in opened.fields.values():
        if one.kind in (Kind.BUTTON, Kind.SIGNATURE) or closed(one) in ("隐藏的域", "密码域"):
            continue
        for place, widget in enumerate(one.widgets):
            if widget.page != surface.number or widget.box is None or widget.hidden:
                continue
            box = surface.turned.box(widget.box)
            if one.kind in (Kind.CHECK, Kind.RADIO):
                yield Marked(box, "□", None, one.name, place)
                continue
            options = tuple(shown for _, shown in one.options)
            control = Control(0, _CONTROLS[one.kind], _known_name(one), options)
            yield Marked(box, OBJECT, control, one.name, place)


def _known_name(one: Field) -> str:
    """What a field is called in a way that may mean something: its hint, else its own name."""
    last = one.name.rpartition(".")[2]
    return next((name for name in (one.hint.strip(), last) if name and not _MEANINGLESS.fullmatch(name)), "")


def marks_of(spot: Spot) -> dict[int, Marked]:
    """The widgets of a spot: of a choice by the option's number, of a date by the part's, else under 0."""
    if spot.table is not None:
        return {}
    if spot.line is None:
        held = spot.cell.handle.marks if spot.cell is not None else {}
        return dict(held)
    if spot.control is not None:
        return {0: spot.line.handle.marks[spot.control.position]}
    lines = spot.lines or (spot.line,) * len(spot.spans)
    found: dict[int, Marked] = {}
    for place, (line, (start, end)) in enumerate(zip(lines, spot.spans, strict=True)):
        printed: Printed = line.handle
        for position in range(start, end):
            if position in printed.marks:
                found[place] = printed.marks[position]
                break
    return found


def _of_fields(form: PdfForm, spots: Sequence[Spot]) -> list[Spot]:
    """The spots that fields are behind, addressed by the field's name; fields that none was found for come last.

    Pages without any field are written upon, as those of a flat form are.
    """
    fields = form.opened.fields
    taken = {
        widget.page
        for one in fields.values()
        if one.kind not in (Kind.BUTTON, Kind.SIGNATURE)
        for widget in one.widgets
        if not widget.hidden
    }
    kept: list[Spot] = []
    seen: set[str] = set()
    for spot in spots:
        if spot.table is not None:
            names = [mark.field for row in rows_of(spot) for mark in row if mark is not None]
            if names or _page_of(spot) not in taken:
                seen.update(names)
                kept.append(spot)
            continue
        marks = marks_of(spot)
        names = list(dict.fromkeys(mark.field for mark in marks.values()))
        if not names and _page_of(spot) not in taken:
            kept.append(spot)
            continue
        if not names or all(name in seen for name in names):
            continue
        seen.update(names)
        spot.place = _as_field(spot.place, fields, names, form, marks)
        kept.append(spot)
    for name, one in fields.items():
        if name not in seen and one.kind not in (Kind.BUTTON, Kind.SIGNATURE):
            kept.append(_alone(one, form))
    return kept


def _page_of(spot: Spot) -> int:
    """The page that a spot is printed on."""
    if spot.table is not None:
        return int(spot.table.cells[0].handle.page)
    holder = spot.line if spot.line is not None else spot.cell
    return int(holder.handle.page) if holder is not None else 0


def _as_field(
    place: Place, fields: dict[str, Field], names: Sequence[str], form: PdfForm, marks: dict[int, Marked]
) -> Place:
    first = fields[names[0]]
    kind = place.kind
    if first.kind is Kind.TEXT and kind in (PlaceKind.CELL, PlaceKind.LIST):
        kind = PlaceKind.CONTROL
    shut = next((why for name in names if (why := closed(fields[name]))), "")
    label = place.label
    if not label and first.kind in _CONTROLS:
        label = _above(form, marks[min(marks)])
    return replace(
        place,
        at=f"字段 {names[0]}",
        kind=kind,
        label=label,
        closed=place.closed or shut,
        limit=place.limit or (first.most if first.kind is Kind.TEXT else 0),
        name=place.name or _known_name(first),
    )


def _alone(one: Field, form: PdfForm) -> Spot:
    """A field with no words around that name it: named by its hint, or what stands above it."""
    kind = PlaceKind.CHECK if one.kind in (Kind.CHECK, Kind.RADIO) else _CONTROLS[one.kind]
    options = tuple(shown for _, shown in one.options)
    if one.kind in (Kind.CHECK, Kind.RADIO) and len(one.widgets) > 1:
        kind = PlaceKind.CHOICE
        options = tuple((one.state_names(place) or ["?"])[0] for place in range(len(one.widgets)))
    name = _known_name(one)
    mark = next(
        (
            Marked(form.pages[widget.page - 1].turned.box(widget.box), OBJECT, None, one.name, place)
            for place, widget in enumerate(one.widgets)
            if widget.box is not None and 0 < widget.page <= len(form.pages)
        ),
        Marked(Box(0, 0, 0, 0), OBJECT, None, one.name, 0),
    )
    label = _above(form, mark, one) if one.kind in _CONTROLS else ""
    place = Place(
        f"字段 {one.name}", kind, label or name, options=options, closed=closed(one), limit=one.most, name=name
    )
    return Spot(place, control=Control(0, kind, name, options, handle=mark))


def _above(form: PdfForm, mark: Marked, one: Field | None = None) -> str:
    """The words right above a field, as far as they reach over it."""
    one = one or form.opened.fields[mark.field]
    page = one.widgets[mark.number].page if mark.number < len(one.widgets) else 0
    if not 0 < page <= len(form.pages):
        return ""
    box = mark.box
    over = [
        sign
        for sign in form.pages[page - 1].signs
        if box.top - 2 <= (sign.box.bottom + sign.box.top) / 2 <= box.top + _ABOVE * max(sign.size, 8)
        and box.left - 3 <= (sign.box.left + sign.box.right) / 2 <= box.right + 3
        and not sign.blank
    ]
    return "".join(sign.text for sign in _lowest_row(over)).strip(":： ")


def _lowest_row(signs: Sequence[Sign]) -> list[Sign]:
    if not signs:
        return []
    foot = min(sign.box.bottom for sign in signs)
    size = max(sign.size for sign in signs)
    return sorted((sign for sign in signs if sign.box.bottom <= foot + 0.6 * size), key=lambda sign: sign.box.left)


def rows_of(spot: Spot) -> list[list[Marked | None]]:
    """The widgets of a table's empty rows, row by row, column by column."""
    table = spot.table
    if table is None:
        return []
    rows = []
    for row in range(spot.first_row, spot.last_row + 1):
        cells = [table.cell(row, first) for first, _ in spot.columns]
        rows.append([cell.handle.marks.get(0) if cell is not None else None for cell in cells])
    return rows
