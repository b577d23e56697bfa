"""Transforms an order for evidence into one verified PDF: take in, lay out, front, compose, prove."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.errors import OutputError, reason_of
from docgen.evidence.store import Store
from docgen.findings import Finding
from docgen.fonts.pdftext import FontFace, StampFont

from . import remarks, stamps
from .composing import Composer
from .expected import Expected
from .front import make_front
from .intake import Intake
from .limits import Step, limit_of, needed, steps, too_large
from .pieces import Piece
from .proof import Fault, prove
from .records import DOCUMENT, PHOTO, Entry, FrontMaker, FrontMatter, Volume, VolumeItem, VolumeOrder
from .sheets import lay_out
from .spool import Spool

__all__ = [
    "DOCUMENT",
    "PHOTO",
    "Entry",
    "FontFace",
    "FrontMaker",
    "FrontMatter",
    "Volume",
    "VolumeItem",
    "VolumeOrder",
    "assemble",
]

_MOST_ROUNDS = 3


def assemble(order: VolumeOrder, front: FrontMaker | None, face: FontFace, store: Store, target: Path) -> Volume:
    """The volume of an order as the file `target`, opened again and compared with its files (guide 二（二）2（4））.

    `front` makes the PDF of cover and index; it is called again until its own length no longer changes the page
    numbers. None: there is neither. `face` sets the stamps. `store` keeps pictures that had to be decoded, so that none
    is decoded twice. While it works, there is a nameless file in the folder of `target` too.

    Files that cannot be used are named in the findings, the others go on; so are files whose pages do not pass the
    proof, and the volume is made again without them. One that does not pass it even so is deleted. Raises
    EnvironmentLacks where the font cannot be read, OutputError where the volume cannot be written.
    """
    job = _Job(order, front, StampFont(face, _texts(order)), store, target)
    try:
        return job.run()
    except OSError as error:
        raise OutputError(
            f"写入 {target.name} 时出错：{reason_of(error)}。", "检查磁盘空间和写入权限，再运行一次。"
        ) from error
    finally:
        if not job.passed:
            with contextlib.suppress(OSError):  # it has a temporary name still, which nobody will take for a volume
                target.unlink()


@dataclass(slots=True)
class _Draft:
    """A volume that is written, but not proved. `payload` is how many bytes its files brought, about."""

    expected: Expected
    pieces: Sequence[Piece]
    entries: tuple[Entry, ...]
    findings: list[Finding]
    sha256: str
    size: int
    payload: int
    step: Step


class _NothingLeftError(Exception):
    """Not one file could be taken in; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings


@dataclass(slots=True)
class _Job:
    """One call of `assemble`."""

    order: VolumeOrder
    front: FrontMaker | None
    font: StampFont
    store: Store
    target: Path
    passed: bool = False
    _left_out: list[Finding] = field(default_factory=list)

    def run(self) -> Volume:
        """Write and prove, leaving out what does not pass."""
        order = self.order
        for _ in range(_MOST_ROUNDS):
            try:
                draft = self._fitted(order)
            except _NothingLeftError as nothing:
                return Volume(False, 0, (), (*nothing.findings, *self._left_out))
            faults = prove(self.target, draft.expected)
            if not faults:
                return self._finished(draft)
            guilty = _guilty(faults, draft.pieces)
            if not guilty:
                break
            self._left_out.extend(remarks.left_out(piece, reasons) for piece, reasons in guilty)
            items = {id(piece.item) for piece, _ in guilty}
            order = replace(order, items=tuple(item for item in order.items if id(item) not in items))
        told = (*draft.findings, *self._left_out, *remarks.broken(self.order, faults))
        return Volume(False, len(draft.expected.pages), draft.entries, told)

    def _finished(self, draft: _Draft) -> Volume:
        self.passed = True
        told = (*draft.findings, *self._left_out)
        return Volume(True, len(draft.expected.pages), draft.entries, told, draft.sha256, draft.size)

    def _fitted(self, order: VolumeOrder) -> _Draft:
        """The volume at the gentlest step that keeps its size limit, else at the last."""
        limit, ladder = limit_of(order), steps(order)
        draft = self._written(order, ladder[0])
        payload, rest = draft.payload, draft.size - draft.payload
        number, last = 0, len(ladder) - 1
        while limit and payload + rest > limit and number < last:
            number = needed(ladder, number, payload, limit - rest)
            # Cover, index and structure are the same at every step: what is too large without them is not written.
            next_ = self._drafted(order, ladder[number], first=False, most=None if number == last else limit - rest)
            if isinstance(next_, _Draft):
                draft, payload, rest = next_, next_.payload, next_.size - next_.payload
            else:
                payload = next_
        if limit and draft.size > limit:
            draft.findings.append(too_large(order, draft.size, draft.step, _shares(draft.pieces)))
        return draft

    def _written(self, order: VolumeOrder, step: Step) -> _Draft:
        """The volume at the first step, however large."""
        draft = self._drafted(order, step)
        if not isinstance(draft, _Draft):
            raise TypeError("a volume without a limit is written")
        return draft

    def _drafted(self, order: VolumeOrder, step: Step, *, first: bool = True, most: int | None = None) -> _Draft | int:
        """The volume at one step, written; what its parts take in bytes where that is more than `most` (None: no matter)."""
        with Spool(self.target.parent) as spool:
            intake = Intake(order, self.font, self.store, spool, step, first)
            intake.take_all()
            if not intake.pieces and self.order.items:
                raise _NothingLeftError(intake.findings)
            if most is not None and intake.payload > most:
                return intake.payload
            sheets = lay_out(intake.pieces, order.photos_per_page)
            pages, entries = make_front(order, intake.pieces, sheets, self.front, step.dpi)
            composer = Composer(order, self.font, pages, intake.pieces, sheets, entries, spool)
            expected = composer.compose()
            sha256, size = spool.write(self.target)
        told = [
            *intake.findings,
            *(remarks.unlinked(entries, composer.linked) if self.front else ()),
            *remarks.unprintable(order, self.font),
            *remarks.unarchival(order, intake.pieces),
        ]
        return _Draft(expected, intake.pieces, entries, told, sha256, size, intake.payload, step)


def _texts(order: VolumeOrder) -> Iterator[str]:
    yield from (order.heading, order.subject, " · ", stamps.foot_text("", "", 0, 0), "0123456789. （）张段，共")
    yield stamps.DRAFT_WORD
    for item in order.items:
        yield item.title
        yield item.caption


def _guilty(faults: Sequence[Fault], pieces: Sequence[Piece]) -> list[tuple[Piece, list[str]]]:
    """The pieces that faults are about, each with what is wrong; [] where a fault is about no single piece."""
    reasons: dict[int, list[str]] = {}
    for fault in faults:
        owners = [owner for owner in fault.owners if owner]
        if not owners:
            return []
        for owner in owners:
            where = "" if fault.page is None else f"第{fault.page + 1}页"
            reasons.setdefault(owner, []).append(f"{where}{fault.reason}")
    return [(piece, reasons[piece.number]) for piece in pieces if piece.number in reasons]


def _shares(pieces: Sequence[Piece]) -> Iterator[tuple[str, int]]:
    """Each file's name, and about how many bytes it takes of the volume."""
    for piece in pieces:
        yield piece.item.path.name, piece.share
