"""Type for the values of form fields: a Chinese font, and others for the characters that it lacks, cut to the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pikepdf
from pikepdf import Dictionary

from docgen.fonts.pdftext import FontFace, StampFont, printable, wrapped
from docgen.fonts.roles import FontChoice, Role, chain

_NAME = "/DocgenText"


class Lettering:
    """The fonts that set the texts of one document; what is set must be made of the characters of `texts`.

    A rare character comes from the first font of the role's chain that has it; one that no font has is told by
    `missing` and set as 〓. Lengths are in points. Raises EnvironmentLacks when there is no Chinese font at all.
    """

    def __init__(self, texts: Iterable[str], fonts: Role | Iterable[FontChoice] = Role.SONG) -> None:
        choices = chain(fonts) if isinstance(fonts, Role) else tuple(fonts)
        wanted = "".join(texts)
        self._fonts = [StampFont(FontFace(choices[0].path, choices[0].index), [wanted])]
        lacking = self._fonts[0].missing(wanted)
        for choice in choices[1:]:
            if not lacking:
                break
            further = StampFont(FontFace(choice.path, choice.index), ["".join(lacking)])
            left = further.missing("".join(lacking))
            if len(left) < len(lacking):
                self._fonts.append(further)
            lacking = left
        self.missing = tuple(lacking)
        """The characters that no font has, each once."""
        self._embedded: tuple[pikepdf.Pdf, Dictionary] | None = None

    def _of(self, character: str) -> int:
        for place, font in enumerate(self._fonts):
            if not font.missing(character):
                return place
        return 0

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        if len(self._fonts) == 1:
            yield 0, text
            return
        for place, characters in groupby(printable(text), self._of):
            yield place, "".join(characters)

    def width(self, text: str, size: float) -> float:
        """How wide a line runs at a size."""
        return sum(self._fonts[place].width(run, size) for place, run in self._runs(text))

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """A text in lines no wider than `width`, by the rules of StampFont.wrap."""
        return wrapped(text, lambda piece: self.width(piece, size), width)

    def show(self, text: str, size: str) -> bytes:
        """Operators that show a line from where the text matrix stands. `size` as the content stream has it."""
        return b" ".join(
            f"{_NAME}{place or ''} {size} Tf ".encode() + self._fonts[place].encode(run) + b" Tj"
            for place, run in self._runs(text)
        )

    def resources(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The /Font resources of what `show` gives, embedded once."""
        if self._embedded is None or self._embedded[0] is not pdf:
            fonts = {f"{_NAME}{place or ''}": font.embed(pdf) for place, font in enumerate(self._fonts)}
            self._embedded = (pdf, Dictionary(fonts))
        return self._embedded[1]
