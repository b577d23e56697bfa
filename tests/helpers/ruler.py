"""A ruler for PDF pages: where text, rules and pictures lie, in millimetres from the page's upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

MM = 25.4 / 72
HEIGHT = 297.0


@dataclass(frozen=True)
class Box:
    """What lies where. `text` for text only."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Ruler:
    """One page, measured by PDFium: text by its characters' ink up and down, by their cells from left to right."""

    def __init__(self, data: bytes, page: int) -> None:
        document = pypdfium2.PdfDocument(data)
        self.page = document[page]
        text = self.page.get_textpage()
        self.text = text.get_text_range()
        self.characters = [
            Box(left * MM, HEIGHT - top * MM, right * MM, HEIGHT - bottom * MM, self.text[place])
            for place in range(text.count_chars())
            for _, bottom, _, top in [text.get_charbox(place)]
            for left, _, right, _ in [text.get_charbox(place, loose=True)]
        ]

    def find(self, words: str) -> Box:
        """Where these words stand for the first time; spaces and line breaks that PDFium guesses do not matter."""
        seen = [box for box in self.characters if box.text.strip()]
        place = "".join(box.text for box in seen).index("".join(words.split()))
        inked = seen[place : place + len("".join(words.split()))]
        return Box(
            min(box.left for box in inked),
            min(box.top for box in inked),
            max(box.right for box in inked),
            max(box.bottom for box in inked),
            words,
        )

    def lines(self) -> list[Box]:
        """The lines of the page from top to bottom."""
        found = []
        place = 0
        for line in self.text.replace("\r", "\n").split("\n"):
            if line.strip():
                start = self.text.index(line, place)
                inked = [box for box in self.characters[start : start + len(line)] if box.width > 0]
                place = start + len(line)
                found.append(
                    Box(inked[0].left, min(b.top for b in inked), inked[-1].right, max(b.bottom for b in inked), line)
                )
        return sorted(found, key=lambda box: box.top)

    def _objects(self, kind: int) -> list[Box]:
        found = [part.get_bounds() for part in self.page.get_objects() if part.type == kind]
        return sorted(
            (Box(left * MM, HEIGHT - top * MM, right * MM, HEIGHT - bottom * MM) for left, bottom, right, top in found),
            key=lambda box: (box.top, box.left),
        )

    def rules(self) -> list[Box]:
        """The horizontal rules from top to bottom."""
        return [box for box in self._objects(raw.FPDF_PAGEOBJ_PATH) if box.width > box.height]

    def pictures(self) -> list[Box]:
        return self._objects(raw.FPDF_PAGEOBJ_IMAGE)


def pages_of(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))
