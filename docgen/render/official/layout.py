"""An official document → pages: 版头, 主体, 版记 at the places that GB/T 9704-2012 gives them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from docgen.fonts.roles import Role
from docgen.model.official import Annex, Form, OfficialDocument, Paging, TablePaging, listed_annexes, parts_of

from . import measures as m
from .faces import Faces
from .imprint import Imprint
from .leaves import Ink, Leaf, ink_of
from .lines import Line, Setter
from .tables import TableSetter
from .titles import title_lines

_SEAL_BLANK_LINES = 2
_MOST_KEPT = 5000
_LINES_WITH_SIGNATURE = 2
_LONGEST_ISSUER = 22
_SPARE_LINES = 2


class Compositor:
    """Sets the documents of a batch, one after the other; what was set once is kept."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.body = Setter(faces, m.EM, m.CELL)
        self.title = Setter(faces, m.TITLE_PT * m.PT, m.TITLE_PT * m.PT)
        self.small = Setter(faces, m.SMALL_PT * m.PT, m.SMALL_PT * m.PT)
        # Word narrows no marks: cells come to the same lines there.
        self.table = Setter(faces, m.TABLE_PT * m.PT, m.TABLE_PT * m.PT, narrowed=0.0)
        self.tables = TableSetter(self.table, self.ink)
        self._paragraphs: dict[str, list[Ink]] = {}

    def ink(self, line: Line, size: float) -> Ink:
        """A line ready to be put on a page."""
        return ink_of(line, self.faces, size)

    def body_ink(self, lines: Iterable[Line]) -> list[Ink]:
        """Lines of running text, ready to be put on pages."""
        return [self.ink(line, m.BODY_PT) for line in lines]

    def paragraph(self, text: str) -> list[Ink]:
        """The lines of a paragraph of running text; what many documents of a batch say is set once."""
        if text not in self._paragraphs:
            first, second, rest = parts_of(text)
            pieces = ((Role.HEI, first), (Role.KAI, second), (Role.FANGSONG, rest))
            if len(self._paragraphs) >= _MOST_KEPT:
                self._paragraphs.clear()
            self._paragraphs[text] = self.body_ink(self.body.lines(pieces, m.TEXT_WIDTH, first=2 * m.CELL))
        return self._paragraphs[text]

    def pages(self, document: OfficialDocument) -> tuple[list[Leaf], Paging]:
        """The finished pages, and what is where on them."""
        return _Composition(self, document).run()


class _Composition:
    """One document on its way: the pages so far, and the height where the next line goes."""

    def __init__(self, compositor: Compositor, document: OfficialDocument) -> None:
        self.c, self.document = compositor, document
        self.leaves = [Leaf(1)]
        self.y = m.TOP
        self.imprint = Imprint(compositor.small, compositor.ink, document)
        self._headings: frozenset[int] = frozenset()
        self._annexes: list[tuple[int, tuple[TablePaging, ...]]] = []
        self._tight = False

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    def turn(self) -> Leaf:
        """A new page."""
        self.leaves.append(Leaf(len(self.leaves) + 1))
        self.y = m.TOP
        return self.leaf

    def run(self) -> tuple[list[Leaf], Paging]:
        heads = {Form.OFFICIAL: self._official_head, Form.LETTER: self._letter_head}
        if self.document.form in heads:
            heads[self.document.form]()
        self._title(self.document.title, self.y)
        self._main()
        for number, annex in enumerate(self.document.annexes, 1):
            self._annex(annex, number if len(self.document.annexes) > 1 else 0)
        text_pages = len(self.leaves)
        room = self.imprint.put(self.leaves, self.y)
        self._feet()
        if self.document.draft:
            word = self.c.ink(self.c.title.lines([(Role.HEI, "草稿")], 200, even=False)[0], m.TITLE_PT)
            scaled = Ink(tuple((x * 7, font, text) for x, font, text in word.runs), word.shown, word.width * 7)
            for leaf in self.leaves:
                leaf.mark(scaled, m.TITLE_PT * 7)
        apart = len(self.leaves) > text_pages
        return self.leaves, Paging(
            text_pages, apart, room, self._tight, self.imprint.has_addressee, tuple(self._annexes)
        )

    # 版头

    def _mark(self, top: float) -> float:
        """发文机关标志: its ink's upper edge at `top`, as large as the text width allows; where its ink ends.

        A very long one stands in lines broken by sense.
        """
        text = self.document.mark
        above, below = self.c.faces.reach(Role.TITLE, text)
        natural = self.c.title.width(Role.TITLE, text) / self.c.title.size
        size = min(m.MARK_LARGEST_PT, max(m.MARK_SMALLEST_PT, math.floor(m.TEXT_WIDTH / natural / m.PT)))
        setter = Setter(self.c.faces, size * m.PT, size * m.PT)
        baseline = top + above * size * m.PT
        for words in title_lines(text, longest=max(1, math.floor((m.TEXT_WIDTH + 0.5) / setter.size))):
            line = setter.lines([(Role.TITLE, words)], m.TEXT_WIDTH + 0.5, even=False)[0]
            self.leaf.text(self.c.ink(line, size), m.LEFT + (m.TEXT_WIDTH - line.width) / 2, baseline, size, m.RED)
            bottom = baseline - below * size * m.PT
            baseline += size * m.PT * 1.3
        return bottom

    def _official_head(self) -> None:
        bottom = self._mark(m.MARK_TOP)
        top = bottom + m.GAP + 2 * m.PITCH
        line = self._one_line(self.document.number or " ")
        self._put(line, m.LEFT + (m.TEXT_WIDTH - line.width) / 2, top)
        rule = top + m.EM + m.RULE_BELOW_NUMBER + m.RED_RULE / 2
        self.leaf.rule(m.LEFT, rule, m.TEXT_WIDTH, m.RED_RULE, m.RED)
        self.y = rule + 2 * m.PITCH + m.GAP / 2

    def _letter_head(self) -> None:
        """信函格式 (10.1): red double rules below the mark and above the foot, 文号 below the first one at the right."""
        bottom = self._mark(m.LETTER_MARK_TOP)
        left = (m.PAGE_WIDTH - m.LETTER_RULE_WIDTH) / 2
        first, last = bottom + m.RULE_BELOW_NUMBER, m.PAGE_HEIGHT - m.LETTER_RULE_FOOT
        for y, thickness in ((first, m.THICK), (first + 1.1, m.THIN), (last - 1.1, m.THIN), (last, m.THICK)):
            self.leaf.rule(left, y, m.LETTER_RULE_WIDTH, thickness, m.RED)
        if not self.document.number:
            self.y = first + 1.1 + 2 * m.PITCH + m.GAP / 2
            return
        top = first + 1.1 + m.EM * 7 / 8
        line = self._one_line(self.document.number)
        self._put(line, m.RIGHT - line.width, top)
        self.y = top + m.EM + m.GAP + 2 * m.PITCH

    # 主体

    def _put(self, ink: Ink, x: float, top: float) -> None:
        self.leaf.text(ink, x, top + m.INK * m.EM, m.BODY_PT)

    def _one_line(self, text: str, role: Role = Role.FANGSONG) -> Ink:
        """A text of running type that is known to be short."""
        return self.c.body_ink(self.c.body.lines([(role, text)], m.TEXT_WIDTH, even=False)[:1])[0]

    def _title(self, text: str, y: float) -> None:
        size = m.TITLE_PT * m.PT
        for words in title_lines(text, self.document.names):
            line = self.c.title.lines([(Role.TITLE, words)], m.TEXT_WIDTH + 2, even=False)[0]
            baseline = y + m.INK * size
            self.leaf.text(self.c.ink(line, m.TITLE_PT), m.LEFT + (m.TEXT_WIDTH - line.width) / 2, baseline, m.TITLE_PT)
            y += m.TITLE_PITCH
        # One line stays empty below the title (7.3.2).
        self.y = y - (m.TITLE_PITCH - size) + m.GAP + m.PITCH

    def _annex_note(self) -> list[Ink]:
        """附件说明: one line below the text, two characters in; further lines stand below the name's first character."""
        lines: list[Line] = []
        for place, (number, title) in enumerate(listed_annexes(self.document.annexes)):
            head = ("附件：" if place == 0 else "") + number
            width = self.c.body.width(Role.FANGSONG, head)
            start = 2 * m.CELL + (0 if place == 0 else 3 * m.CELL)
            text = [(Role.FANGSONG, head + title)]
            lines += self.c.body.lines(text, m.TEXT_WIDTH, first=start, rest=start + width, even=False)
        return self.c.body_ink(lines)

    def _main(self) -> None:
        addressee = self.document.addressee
        if addressee:
            text = [(Role.FANGSONG, f"{addressee.rstrip('：:')}：")]
            lines = self.c.body_ink(self.c.body.lines(text, m.TEXT_WIDTH))
            full = self.y + len(lines) * m.PITCH + m.EM > m.BOTTOM
            # Page 1 must carry text (7.3.3): the list goes into 版记, if that has room for it.
            if not (full and self.imprint.add_addressee(addressee)):
                self._flow(lines)
        paragraphs = [self.c.paragraph(text) for text in self.document.body]
        body = [line for lines in paragraphs for line in lines]
        self._headings = _heading_ends(self.document.body, [len(lines) for lines in paragraphs])
        note = self._annex_note() if self.document.annexes else []
        self._flow_with_signature(body, note)

    def _flow(self, lines: list[Ink]) -> None:
        for line in lines:
            self._room(1)
            self._put(line, m.LEFT, self.y)
            self.y += m.PITCH

    def _room(self, lines: int) -> None:
        """Turn the page unless so many lines fit."""
        if self.y + (lines - 1) * m.PITCH + m.EM > self._floor() + 0.01:
            self.turn()

    def _floor(self) -> float:
        """Where text ends on the current page; a letter's first page has its rule there (10.1)."""
        if self.document.form is Form.LETTER and len(self.leaves) == 1:
            return min(m.BOTTOM, m.PAGE_HEIGHT - m.LETTER_RULE_FOOT - 1.1 - m.EM * 7 / 8)
        return m.BOTTOM

    def _left(self) -> int:
        return max(0, math.floor((self._floor() - self.y - m.EM + 0.01) / m.PITCH) + 1)

    def _flow_with_signature(self, body: list[Ink], note: list[Ink]) -> None:
        """Text, 附件说明 and signature: the signature never stands on a page without text (7.3.5)."""
        block = self._signature_lines()
        lines: list[Ink | None] = [*body, *([None, *note] if note else [])]
        capacity = self._left()
        total = len(lines)
        pages = 1 if total <= capacity else 1 + math.ceil((total - capacity) / m.LINES)
        rest = capacity - total if pages == 1 else m.LINES - (total - capacity - (pages - 2) * m.LINES)
        used = (capacity if pages == 1 else m.LINES) - rest
        tail = len(lines) - len(body)
        # Where the signature does not fit, or only 附件说明 would stand above it, two lines of text go over with them;
        # one line at least stays behind.
        early = 0
        if rest < block or (pages > 1 and used < tail + _LINES_WITH_SIGNATURE):
            early = max(len(body) - _LINES_WITH_SIGNATURE, 1)
            while early > 1 and early - 1 in self._headings:
                early -= 1
        self._tight = bool(early) or rest - block < _SPARE_LINES
        for place, line in enumerate(lines):
            if early and place == early:
                self.turn()
            self._room(2 if place in self._headings else 1)
            if line is not None:
                self._put(line, m.LEFT, self.y)
            self.y += m.PITCH
        self._signature()

    def _signature_lines(self) -> int:
        """How many lines the signature takes, with what follows it."""
        above = _SEAL_BLANK_LINES if self.document.seal else 1
        below = 1 if self.document.seal or self.document.note else 0  # the seal reaches into the line below the date
        return above + len(self._issuer()) + 1 + below

    def _issuer(self) -> tuple[str, ...]:
        """署名; a very long one in lines broken by sense."""
        return title_lines(self.document.issuer, longest=_LONGEST_ISSUER)

    def _signature(self) -> None:
        document, setter = self.document, self.c.body
        end = self.y - m.GAP  # the lower edge of the text's last line
        date = self._one_line(document.date)
        names = [self._one_line(words) for words in self._issuer()]
        self._room(self._signature_lines())
        if document.seal:
            self.y += _SEAL_BLANK_LINES * m.PITCH
            x = m.RIGHT - 4 * m.CELL - date.width
            middle = x + date.width / 2
            for name in names:
                self._put(name, min(middle - name.width / 2, m.RIGHT - name.width), self.y)
                self.y += m.PITCH
            self._put(date, x, self.y)
            self.leaf.picture("Seal", middle - m.SEAL / 2, max(end, m.TOP) + m.SEAL_DROP, m.SEAL, m.SEAL)
        else:
            self.y += m.PITCH
            longest = max(names, key=lambda name: name.width)
            x = min(m.RIGHT - 2 * m.CELL - longest.width, m.RIGHT - 4 * m.CELL - date.width)
            for name in names:
                self._put(name, x, self.y)
                self.y += m.PITCH
            self._put(date, x + 2 * m.CELL, self.y)
        self.y += m.PITCH
        if document.note:
            text = [(Role.FANGSONG, f"（{document.note}）")]
            self._flow(self.c.body_ink(setter.lines(text, m.TEXT_WIDTH, first=2 * m.CELL, rest=2 * m.CELL)))

    # 附件

    def _annex(self, annex: Annex, number: int) -> None:
        self.turn()
        label = self._one_line(f"附件{number or ''}", Role.HEI)
        self._put(label, m.LEFT, self.y)
        self._title(annex.title, self.y + 2 * m.PITCH)
        start = len(self.leaves)
        tables = []
        for paragraph in annex.lead:
            self._flow(self.c.paragraph(paragraph))
        for table in annex.tables:
            if table.caption:
                self._room(3)
                line = self.c.table.lines([(Role.HEI, table.caption)], m.TEXT_WIDTH, even=False)[0]
                self.leaf.text(self.c.ink(line, m.TABLE_PT), m.LEFT, self.y + m.INK * m.EM, m.TABLE_PT)
                self.y += m.PITCH * 0.8
            paging, self.y = self.c.tables.draw(table, self.leaf, self.y, self.turn)
            tables.append(paging)
            self.y += m.PITCH * 0.6
        for paragraph in annex.tail:
            self._flow(self.c.paragraph(paragraph))
        self._annexes.append((start, tuple(tables)))

    def _feet(self) -> None:
        """页码 (7.5): 4号 宋体 between dashes, outside, one character in, 7 mm below 版心."""
        for leaf in self.leaves:
            if not leaf.number or (self.document.form is Form.LETTER and leaf.number == 1):
                continue
            line = self.c.small.lines([(Role.SONG, f"— {leaf.number} —")], m.TEXT_WIDTH, even=False)[0]
            ink = self.c.ink(line, m.SMALL_PT)
            size = m.SMALL_PT * m.PT
            above, below = self.c.faces.reach(Role.SONG, "—")
            baseline = m.BOTTOM + m.NUMBER_BELOW + (above + below) / 2 * size
            x = m.RIGHT - size - ink.width if leaf.number % 2 else m.LEFT + size
            leaf.text(ink, x, baseline, m.SMALL_PT)


def _heading_ends(paragraphs: tuple[str, ...], lengths: list[int]) -> frozenset[int]:
    """Which lines of the text end a paragraph that is a heading alone: such a line never ends a page."""
    ends, place = set(), 0
    for paragraph, length in zip(paragraphs, lengths, strict=True):
        place += length
        if not parts_of(paragraph)[2]:
            ends.add(place - 1)
    return frozenset(ends)
