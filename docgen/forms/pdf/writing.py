"""Proposals → a filled PDF form: values into its fields, or ink upon its pages; what it came to is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.acroform.geometry import Box
from docgen.errors import InputError
from docgen.findings import Finding
from docgen.tools import qpdf

from ..faults import NO_PICTURE, ROWS_ADDED, ROWS_LEFT, SMALLER, TOO_LONG, finding
from ..filled import told
from ..photos import photo_of
from ..results import FillResult, Place, PlaceKind, Proposal, State
from ..structure import Line, Spot
from ..tables import NUMBERING
from ..values import Picture, date_parts
from .faults import NO_GLYPH, REFUSED, SIGNED, TOLD, UNREAD
from .filling import write_fields
from .flattening import flatten as burn_in
from .overlay import Note, Overlay, Tick
from .photos import Stamp
from .printed import LINE_HEIGHT, Marked, Printed, span_box
from .reading import PdfForm, marks_of, rows_of
from .saving import appended, whole

_FOOT = 50.0  # points at the foot of a page that stay free
_ROUND = "○◯〇●"


@dataclass(slots=True)
class _Filling:
    """One form being filled in."""

    form: PdfForm
    values: dict[str, str | tuple[int, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    overlay: Overlay = field(default_factory=Overlay)
    noted: list[Place] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    picture: Picture | None = None

    def put(self, spot: Spot, proposal: Proposal, chosen: Sequence[int]) -> None:
        """Take note of what is to be written for one proposal."""
        place = proposal.place
        if spot.table is not None:
            self._rows(spot, proposal)
        elif place.kind in (PlaceKind.CHOICE, PlaceKind.CHECK):
            self._choose(spot, place, chosen)
        elif place.kind is PlaceKind.DATE and spot.line is not None:
            self._date(spot, spot.line, proposal)
        elif marks := (marks_of(spot) or _handle(spot)):
            value = place.options[chosen[0]] if place.kind is PlaceKind.LIST and chosen else proposal.value
            self._field(marks[0], place, value)
        elif spot.line is not None:
            self._blank(spot.line, spot.spans[0], place, proposal.value)
        elif spot.cells:
            for cell, sign in zip(spot.cells, proposal.value, strict=False):
                tooth: Printed = cell.handle
                self._note(Note(tooth.page, sign, tooth.room, tooth.size, centred=True), place)
        elif spot.cell is not None and place.kind is PlaceKind.PICTURE:
            self._photo(spot.cell.handle, place)
        elif spot.cell is not None:
            printed: Printed = spot.cell.handle
            self._note(Note(printed.page, proposal.value, printed.room, printed.size), place)

    def _photo(self, printed: Printed, place: Place) -> None:
        """A photo into its box, over the words that ask for it."""
        photo = photo_of(self.picture) if self.picture is not None else "没有照片"
        if isinstance(photo, str):
            self.findings.append(finding(NO_PICTURE, self.form.name, place.at, f"{photo}。"))
        else:
            self.overlay.stamps.append(Stamp(printed.page, printed.room, photo))

    def _field(self, mark: Marked, place: Place, value: str | tuple[int, ...]) -> None:
        self.values[mark.field] = value
        self.places[mark.field] = place

    def _note(self, note: Note, place: Place) -> None:
        self.overlay.notes.append(note)
        self.noted.append(place)

    def _rows(self, spot: Spot, proposal: Proposal) -> None:
        """Rows into the empty rows of a table; those for which there is no room are told."""
        table = spot.table
        room = spot.last_row - spot.first_row + 1
        marks = rows_of(spot)
        for number, values in enumerate(proposal.rows[:room]):
            for column, value in enumerate(values):
                cell = table.cell(spot.first_row + number, spot.columns[column][0]) if table is not None else None
                if cell is None or not value:
                    continue
                if (mark := marks[number][column]) is not None:
                    self._field(mark, replace(proposal.place, at=f"字段 {mark.field}"), value)
                elif cell.empty and not any(mark is not None for row in marks for mark in row):
                    printed: Printed = cell.handle
                    at = replace(proposal.place, at=cell.at)
                    short = proposal.columns.get(column) == NUMBERING or value.isdigit()
                    self._note(Note(printed.page, value, printed.room, printed.size, centred=short), at)
        if (left := len(proposal.rows) - room) > 0:
            names = "、".join(
                _short(next((cell for cell in row if cell and not cell.isdigit()), "")) for row in proposal.rows[room:]
            )
            message = f"表格只有{room}个空行，“{proposal.title}”有{len(proposal.rows)}行，{left}行没有填：{names}。"
            hint = "PDF 不能加行：请把没有填的另附一页，或向发表的单位要 Word 版。"
            self.findings.append(finding(ROWS_LEFT, self.form.name, proposal.place.at, message, hint))

    def _choose(self, spot: Spot, place: Place, chosen: Sequence[int]) -> None:
        """Tick boxes, printed ones or fields; fields of the other options are left off."""
        marks = marks_of(spot)
        if not marks and spot.control is not None and isinstance(spot.control.handle, Marked):
            self._field(spot.control.handle, place, tuple(chosen))
            return
        pressed: dict[str, list[int]] = {}
        for option, mark in marks.items():
            widgets = pressed.setdefault(mark.field, [])
            if option in chosen:
                widgets.append(mark.number)
        for name, widgets in pressed.items():
            self.values[name] = tuple(widgets)
            self.places[name] = place
        if marks:
            return
        for option in chosen:
            line, (start, end) = spot.lines[option], spot.spans[option]
            printed: Printed = line.handle
            box = span_box(printed, line.text, start, end)
            sign = line.text[start:end].strip()
            self.overlay.ticks.append(Tick(printed.page, box, printed.size, disc=sign in _ROUND and bool(sign)))

    def _date(self, spot: Spot, line: Line, proposal: Proposal) -> None:
        parts = date_parts(proposal.value)
        if parts is None:
            return
        prefix = sum(sign.isdigit() or sign in "二〇○零" for sign in spot.prefix)
        marks = marks_of(spot)
        for place, ((start, end), text) in enumerate(
            zip(spot.spans, (parts[0][prefix:], parts[1], parts[2]), strict=True)
        ):
            if place in marks:
                self._field(marks[place], replace(proposal.place, at=f"字段 {marks[place].field}"), text)
            else:
                printed: Printed = line.handle
                box = span_box(printed, line.text, start, end)
                if line.text[start - 1 : start] == "：":  # the right half of a wide colon is empty
                    box = Box(box.left - printed.size / 2, box.bottom, box.right, box.top)
                self._note(Note(printed.page, text, box, printed.size, inside=False, centred=True), proposal.place)

    def _blank(self, line: Line, span: tuple[int, int], place: Place, value: str) -> None:
        """Text into a gap of a line; a gap at its end reaches as far as the line may."""
        printed: Printed = line.handle
        start, end = span
        comb = next((one for one in printed.combs if one[0] <= start and end <= one[1]), None)
        if comb is not None and len(value) <= comb[1] - comb[0]:
            for place_, sign in enumerate(value):
                self._note(Note(printed.page, sign, printed.boxes[comb[0] + place_], printed.size, False, True), place)
            return
        box = span_box(printed, line.text, start, end)
        ruled = any(first < max(end, start + 1) and last > start for first, last in line.underlined)
        ruled = ruled or any(sign in "_＿" for sign in line.text[start:end])
        if not line.text[end:].strip() and not ruled:
            box = Box(box.left, box.bottom, max(printed.room.right, box.left + 10), box.top)
            below = self._below(printed, box)
            if "\n" in value or (
                len(value) * printed.size > box.width > 0 and below.height > 2 * LINE_HEIGHT * printed.size
            ):
                self._note(Note(printed.page, value, below, printed.size), place)
                return
        box = Box(box.left, box.bottom, max(box.right, self._reach(printed, line.text, end, box)), box.top)
        self._note(Note(printed.page, value.replace("\n", " "), box, printed.size, inside=False), place)

    @staticmethod
    def _reach(printed: Printed, text: str, end: int, box: Box) -> float:
        """How far to the right a text may run on, over the spaces behind its gap."""
        rest = text[end:]
        blank = len(rest) - len(rest.lstrip(" \u3000\u00a0"))
        if not blank or end + blank >= len(text):
            return box.right
        following = printed.boxes[end + blank]
        near = abs(following.bottom - printed.boxes[max(end - 1, 0)].bottom) < printed.size / 2
        return following.left - printed.size / 2 if near else box.right

    def _below(self, printed: Printed, box: Box) -> Box:
        """The empty part of the page right below a line, down to whatever is printed next."""
        surface = self.form.pages[printed.page - 1]
        room = printed.room
        marks = [sign.box.top for sign in surface.signs if not sign.blank]
        marks += [rule.at for rule in surface.level if rule.begin < room.right and rule.end > room.left]
        foot = max(room.bottom, surface.box.bottom + _FOOT)
        floor = max([mark for mark in marks if mark < box.bottom + 1], default=foot)
        return Box(room.left, min(max(floor, foot) + 2, box.bottom), room.right, box.bottom)

    def write(self, *, flatten: bool) -> bytes:
        """Write everything, and what it came to into `findings` and `refused`. Gives the file."""
        opened = self.form.opened
        signed = opened.signatures > 0
        try:
            if not self.form.flat:
                self._write_fields()
            if self.overlay.notes or self.overlay.ticks or self.overlay.stamps:
                self._write_ink()
            if flatten:
                burn_in(opened.pdf)
            data = None if flatten or not signed else appended(opened.source, opened.pdf)
            if signed:
                self._tell_signed(kept=data is not None)
            return data if data is not None else whole(opened.pdf)
        except qpdf.ERRORS as error:
            raise InputError(
                f"{self.form.name} 的内部结构坏了，填不进去。", "请在阅读器里打开后另存为新的 PDF 再试。"
            ) from error

    def _tell_signed(self, *, kept: bool) -> None:
        opened = self.form.opened
        if kept and not opened.sealed:
            message = "表单里已有电子签名；填写的内容追加在后面，原签名仍可验证，阅读器会提示签名后有改动。"
        elif kept:
            message = "表单里的签名不允许任何改动，填写后签名不再有效。"
        else:
            message = "表单里已有电子签名，这样写出的文件里签名不再有效。"
        self.findings.append(
            finding(SIGNED, self.form.name, "", message, "请先填写、后签名；或向发表的单位要没有签名的表。")
        )

    def _write_fields(self) -> None:
        for answer in write_fields(self.form.opened, self.values):
            name = answer.field.name
            place = self.places[name]
            if answer.refused is not None:
                self.refused[place.at] = answer.refused.why
                self.findings.append(
                    finding(REFUSED, self.form.name, place.at, f"{answer.refused.why}，没有填。", answer.refused.hint)
                )
                continue
            value = answer.value if isinstance(answer.value, str) else ""
            self._measured(place, value, answer.size, answer.asked, tight=answer.tight)
            self._lacking(place, value, answer.missing)

    def _write_ink(self) -> None:
        laid, missing = self.overlay.draw(self.form.opened.pdf, self.form.pages)
        for note, place, layout in zip(self.overlay.notes, self.noted, laid, strict=True):
            self._measured(place, note.text, layout.size, layout.asked, tight=not layout.fits)
            self._lacking(place, note.text, missing)

    def _measured(self, place: Place, value: str, size: float, asked: float, *, tight: bool) -> None:
        if tight:
            message = f"“{_short(value)}”太长，缩小到 {size:g} 磅才放得下，看不清楚。"
            self.findings.append(finding(TOO_LONG, self.form.name, place.at, message, "请在数据里改短，或另附一页。"))
        elif asked and size < 0.85 * asked:
            message = f"“{_short(value)}”从 {asked:g} 磅缩小到 {size:g} 磅才放得下。"
            self.findings.append(finding(SMALLER, self.form.name, place.at, message))

    def _lacking(self, place: Place, value: str, missing: Sequence[str]) -> None:
        if signs := "".join(sign for sign in missing if sign in value):
            message = f"“{_short(value)}”里的“{signs}”字体里没有，用〓代替。"
            self.findings.append(finding(NO_GLYPH, self.form.name, place.at, message, "请装上有这个字的字体再填。"))


def write_pdf(
    form: PdfForm,
    proposals: Sequence[Proposal],
    chosen: Mapping[int, Sequence[int]],
    *,
    flatten: bool = False,
    picture: Picture | None = None,
) -> FillResult:
    """Fill a form that was read: `proposals` are one a spot of `form.spots`, `chosen` the options of each choice by its number.

    `picture` is the photo for the places that take one.

    Only what is FILLED is written; the result's proposals say of what a field refused that it is not. The form is used up:
    read it again for the next fill. Raises InputError where its objects are too wild to be written, EnvironmentLacks where
    there is no Chinese font.
    """
    filling = _Filling(form, picture=picture)
    filling.findings += [finding(TOLD, form.name, "", note) for note in form.opened.notes]
    if form.scanned:
        pages = "、".join(map(str, form.scanned))
        filling.findings.append(finding(UNREAD, form.name, f"第{pages}页", "是扫描图，没有文字，没有填。"))
    for number, (spot, proposal) in enumerate(zip(form.spots, proposals, strict=True)):
        if proposal.state is State.FILLED:
            filling.put(spot, proposal, chosen.get(number, ()))
    data = filling.write(flatten=flatten)
    answers = tuple(
        replace(proposal, state=State.PROPOSED, why=filling.refused[proposal.place.at])
        if proposal.state is State.FILLED and proposal.place.at in filling.refused
        else proposal
        for proposal in proposals
    )
    common = [each for each in told(form.name, form.spots, answers, macros=False) if each.rule != ROWS_ADDED.id]
    return FillResult(data, answers, (*filling.findings, *common))


def _handle(spot: Spot) -> dict[int, Marked]:
    held = spot.control.handle if spot.control is not None else None
    return {0: held} if isinstance(held, Marked) else {}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"
