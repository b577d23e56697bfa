"""A filled form → its values, with label, field and place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .finding import find_spots
from .inline import MARKS
from .labels import THRESHOLD, Kind
from .maps import FormMap, fitted
from .matching import propose
from .pairs import JOIN
from .results import Extracted, ExtractedRows, ExtractResult, PlaceKind, Proposal
from .structure import Spot, Story
from .tables import NUMBERING, ROW_TABLES
from .unfilling import unfill
from .values import FormData, canonical
from .vocabulary import school_vocabulary

_UNIT = re.compile(r"(-?\d[\d,.]*)\s*(?:人次|人|名|万元|元|㎡|m2|m²|平方米|台套|台|套|个|间|处|期|年|岁|门)")
_TICKED = re.compile("[√✓✔]")


def read_back(name: str, stories: Sequence[Story], known: FormMap | None = None) -> ExtractResult:
    """What a filled form says: values beside labels, in text, ticked, chosen, and the rows of lists.

    `known` names the fields of places, where their labels agree. A value whose label means nothing has no field.
    """
    unfill(stories)
    spots = find_spots(stories)
    places = [spot.place for spot in spots]
    mapped = {at: field for at, field in fitted(known, places, name)[0].items() if field} if known is not None else {}
    proposals = propose(places, FormData({}), mapped)
    values: list[Extracted] = []
    tables: list[ExtractedRows] = []
    for spot, proposal in zip(spots, proposals, strict=True):
        sure = proposal.field if proposal.score >= THRESHOLD else ""
        if proposal.place.kind is PlaceKind.TABLE:
            rows = _rows(spot, proposal)
            if rows:
                tables.append(ExtractedRows(proposal.place, sure, tuple(rows)))
        elif value := spot_value(spot, sure):
            values += read_values(proposal, sure, value)
    return ExtractResult(name, tuple(values), tuple(tables))


def read_values(proposal: Proposal, sure: str, value: str) -> list[Extracted]:
    """What a place says, as the one field that it means, or as two where it holds both (李某某 13800000000)."""
    keys, parts = sure.split(JOIN), value.split()
    if len(keys) > 1 and len(keys) == len(parts):
        titles = proposal.title.split("、")
        return [
            Extracted(proposal.place, key, title, part, proposal.score)
            for key, title, part in zip(keys, titles, parts, strict=True)
        ]
    if len(keys) > 1:
        return [Extracted(proposal.place, "", "", value, proposal.score)]
    title = proposal.title if sure or not proposal.field else ""
    return [Extracted(proposal.place, sure, title, value, proposal.score)]


def spot_value(spot: Spot, key: str = "") -> str:
    """What stands at a spot, "" where it is blank."""
    field = school_vocabulary().by_key(key)
    kind = spot.place.kind
    if spot.control is not None:
        text = spot.control.value
    elif kind in (PlaceKind.CHOICE, PlaceKind.CHECK) and spot.lines:
        text = _chosen(spot)
    elif spot.line is not None and spot.cell is None:
        said = spot.line.said or spot.line.text
        text = (
            said[spot.spans[0][0] - len(spot.prefix) : spot.spans[-1][1]]
            if kind is PlaceKind.DATE
            else said[slice(*spot.spans[0])]
        )
        if kind is PlaceKind.DATE:
            text = f"{text}日" if re.search(r"\d", text) else ""
    elif spot.cell is not None and spot.cell.emptied:
        text = "\n".join(line.text.strip() for line in spot.cell.lines).strip("\n")
    else:
        text = ""
    text = text.strip(" \t\u3000\u00a0_＿\n") if "\n" not in text else text.strip()
    if field is not None and field.kind in (Kind.NUMBER, Kind.MONEY) and (match := _UNIT.fullmatch(text)):
        text = match[1]
    return canonical(field, text) if field is not None else text


def _chosen(spot: Spot) -> str:
    """The words beside the boxes that are ticked."""
    ticked = []
    for line, (start, end), option in zip(spot.lines, spot.spans, spot.place.options or ("是",), strict=False):
        box = line.text[start:end]
        if box in MARKS or _TICKED.search(box):
            ticked.append(option)
    if spot.place.kind is PlaceKind.CHECK:
        return "是" if ticked else ""
    return "、".join(ticked)


def _rows(spot: Spot, proposal: Proposal) -> list[Mapping[str, str]]:
    """The rows of a list, by key; by header where the column is not known."""
    table = spot.table
    if table is None:
        return []
    fields = {each.key: each for known in ROW_TABLES if known.name == proposal.field for each in known.columns}
    rows: list[Mapping[str, str]] = []
    for number in range(spot.first_row, spot.last_row + 1):
        row: dict[str, str] = {}
        for column, (first, _) in enumerate(spot.columns):
            key = proposal.columns.get(column, "")
            cell = table.cell(number, first)
            if cell is None or key == NUMBERING:
                continue
            text = "\n".join(line.text.strip() for line in cell.lines).strip()
            field = fields.get(key)
            name = key or "".join(proposal.place.columns[column].split())
            if text:
                row.setdefault(name, canonical(field, text) if field is not None else text)
        if row:
            rows.append(row)
    return rows
