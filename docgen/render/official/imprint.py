"""版记: at the foot of the last even page, its last rule on 版心's lower edge (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from collections.abc import Callable

from docgen.fonts.roles import Role
from docgen.model.official import Form, OfficialDocument

from . import measures as m
from .leaves import Ink, Leaf
from .lines import Line, Setter

_SIZE = m.SMALL_PT * m.PT


class Imprint:
    """The 版记 of one document: rows between rules, or (in a letter) 抄送 alone without them."""

    def __init__(self, setter: Setter, ink: Callable[[Line, float], Ink], document: OfficialDocument) -> None:
        self._setter, self._ink, self._document = setter, ink, document
        self._addressee = ""

    @property
    def has_addressee(self) -> bool:
        """Whether 主送 stands here."""
        return bool(self._addressee)

    def add_addressee(self, addressee: str) -> bool:
        """Let 主送 stand here, above 抄送 (7.3.2). False where that would be higher than a page: then nothing is changed."""
        self._addressee = addressee
        if (sum(map(len, self._rows())) + self._last) * m.IMPRINT_PITCH > m.TEXT_HEIGHT:
            self._addressee = ""
        return bool(self._addressee)

    def _rows(self) -> list[list[Line]]:
        """The rows, each in lines."""
        rows = []
        for label, text in (("主送：", self._addressee), ("抄送：", self._document.copies)):
            if text:
                words = [(Role.FANGSONG, f"{label}{text.rstrip('。；;，,、')}。")]
                rest = _SIZE + self._setter.width(Role.FANGSONG, label)
                # One character in on both sides; further lines stand below the first body's name.
                rows.append(self._setter.lines(words, m.TEXT_WIDTH - _SIZE, first=_SIZE, rest=rest, even=False))
        return rows

    @property
    def _last(self) -> bool:
        return bool(self._document.printer or self._document.printed) and self._document.form is not Form.LETTER

    def put(self, leaves: list[Leaf], y: float) -> float:
        """Draw it. `y` is where the next line of the last page would go. Pages that it adds bear no number (7.5).

        Returns what stays free in mm between the text and it, 0 where they share no page.
        """
        rows = self._rows()
        if not rows and not self._last:
            return 0.0
        lines = sum(map(len, rows)) + self._last
        height = lines * m.IMPRINT_PITCH
        room = m.BOTTOM - height - (y - m.GAP + m.GAP / 2)
        fits = room >= 0
        before = len(leaves)
        if self._document.form is Form.LETTER:
            if not fits:
                leaves.append(Leaf(len(leaves) + 1))
        elif not (fits and len(leaves) % 2 == 0):
            # A page without text, so that it stands on an even page; two where the last page is even but full.
            leaves.extend(Leaf() for _ in range(1 if len(leaves) % 2 else 2))
        self._draw(leaves[-1], rows, m.BOTTOM - height)
        return room if len(leaves) == before else 0.0

    def _draw(self, leaf: Leaf, rows: list[list[Line]], y: float) -> None:
        ruled = self._document.form is not Form.LETTER
        if ruled:
            leaf.rule(m.LEFT, y, m.TEXT_WIDTH, m.IMPRINT_THICK)
        for place, row in enumerate(rows):
            if place and ruled:
                leaf.rule(m.LEFT, y, m.TEXT_WIDTH, m.IMPRINT_THIN)
            for line in row:
                self._put(leaf, line, m.LEFT, y)
                y += m.IMPRINT_PITCH
        if self._last:
            if rows:
                leaf.rule(m.LEFT, y, m.TEXT_WIDTH, m.IMPRINT_THIN)
            left, right = self._document.printer, f"{self._document.printed}印发" if self._document.printed else ""
            for text, flush in ((left, False), (right, True)):
                if text:
                    line = self._setter.lines([(Role.FANGSONG, text)], m.TEXT_WIDTH, even=False)[0]
                    self._put(leaf, line, m.RIGHT - _SIZE - line.width if flush else m.LEFT + _SIZE, y)
            y += m.IMPRINT_PITCH
        if ruled:
            leaf.rule(m.LEFT, y, m.TEXT_WIDTH, m.IMPRINT_THICK)

    def _put(self, leaf: Leaf, line: Line, x: float, y: float) -> None:
        baseline = y + (m.IMPRINT_PITCH - _SIZE) / 2 + m.INK * _SIZE
        leaf.text(self._ink(line, m.SMALL_PT), x, baseline, m.SMALL_PT)
