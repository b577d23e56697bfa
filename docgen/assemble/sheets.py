"""Transforms pieces into the sheets of a volume: which piece comes on which page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docgen.acroform.geometry import Box, Matrix
from docgen.evidence.geometry import A4_LONG, A4_SHORT, photo_cells, picture_matrix

from .pieces import Pages, Photo, Piece, Scans
from .records import Entry


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """A page of photos, each with its cell."""

    photos: tuple[tuple[Photo, Box], ...]
    width: float = A4_SHORT
    height: float = A4_LONG


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """One page of a document, `leaf` counting from 0."""

    pages: Pages
    leaf: int

    @property
    def width(self) -> float:
        """Of the A4 page, in points."""
        return self.pages.document.leaves[self.leaf].width

    @property
    def height(self) -> float:
        """Of the A4 page, in points."""
        return self.pages.document.leaves[self.leaf].height


Sheet = PhotoSheet | DocumentSheet


def lay_out(pieces: Iterable[Piece], photos_per_page: int) -> list[Sheet]:
    """The sheets in order: neighbouring photos together, scans and documents on pages of their own."""
    sheets: list[Sheet] = []
    waiting: list[Photo] = []

    def flush() -> None:
        if waiting:
            cells = photo_cells(max(photos_per_page, 1))
            sheets.append(PhotoSheet(tuple(zip(waiting, cells, strict=False))))
            waiting.clear()

    for piece in pieces:
        if isinstance(piece, Photo) and not piece.alone:
            waiting.append(piece)
            if len(waiting) >= photos_per_page:
                flush()
            continue
        flush()
        if isinstance(piece, Photo | Scans):
            shots = piece.shots if isinstance(piece, Scans) else (piece,)
            sheets.extend(PhotoSheet(((shot, photo_cells(1)[0]),)) for shot in shots)
        else:
            sheets.extend(DocumentSheet(piece, leaf) for leaf in range(len(piece.document.leaves)))
    flush()
    return sheets


def first_sheets(sheets: Iterable[Sheet]) -> dict[int, int]:
    """Where each piece begins: its number to its first sheet, from 0."""
    first: dict[int, int] = {}
    for index, sheet in enumerate(sheets):
        numbers = [photo.number for photo, _ in sheet.photos] if isinstance(sheet, PhotoSheet) else [sheet.pages.number]
        for number in numbers:
            first.setdefault(number, index)
    return first


def index_of(pieces: Iterable[Piece], sheets: Iterable[Sheet], front_pages: int) -> tuple[Entry, ...]:
    """The lines of the index, for front matter of that many pages."""
    first = first_sheets(sheets)
    return tuple(
        Entry(
            piece.item.title,
            piece.item.caption,
            piece.kind,
            piece.length,
            front_pages + first[piece.number] + 1,
            piece.reduced,
            isinstance(piece, Pages) and piece.attachment is not None,
        )
        for piece in pieces
    )


def place_of(photo: Photo, cell: Box) -> Box:
    """Where the photo itself stands: it and its lines are centred in the cell together."""
    group = cell.centred(photo.width, photo.height + photo.text_height)
    return Box(group.left, group.top - photo.height, group.right, group.top)


def drawing_matrix(photo: Photo, place: Box) -> Matrix:
    """How the photo's stored pixels come to stand upright, so that the part to be shown is in its place."""
    start, end = photo.part
    whole = place.height / (end - start)
    top = place.top + start * whole
    return picture_matrix(photo.orientation, Box(place.left, top - whole, place.right, top))
