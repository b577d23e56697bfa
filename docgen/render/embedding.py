"""Embeds lean fonts in a PDF by taking out just the glyphs shown, where WeasyPrint would subset each font in full.

It hangs on two things that WeasyPrint offers: `Document.fonts`, where the fonts of the pages are gathered, and the
`finisher` of `write_pdf`. What it relies on besides is asked for at run time: of a WeasyPrint that is built otherwise,
every font takes the usual way, which is slower, and the pages are the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from docgen.fonts.lean import lean_outlines
from docgen.fonts.outlines import Outlines

_OPENTYPE = b"OTTO"
"""What WeasyPrint tells a font with PostScript outlines by."""
_LEVEL = 6
"""How hard to compress: the highest level takes twice the time for a hundredth of the size."""
_DIRECTORY = 4096
"""Bytes at the beginning of a font file that hold the checksums of all its tables."""


class LeanFonts(dict[str, Any]):
    """The fonts of one document, for `Document.fonts`; `finish` is the `finisher` to write it with."""

    def __init__(self) -> None:
        super().__init__()
        self._programs: dict[bytes, bytes] = {}

    def __setitem__(self, key: str, font: Any) -> None:
        outlines = _outlines_of(font)
        if outlines:
            font.clean = self._cleaner(font, outlines, font.clean)
        super().__setitem__(key, font)

    def _cleaner(self, font: Any, outlines: Outlines, usual: Callable[..., None]) -> Callable[..., None]:
        def clean(shown: dict[int, str], hinting: bool) -> None:
            # A missing character is drawn by WeasyPrint's own means; nothing shown means that all must be there.
            if font.missing or not shown:
                usual(shown, hinting)
                return
            program = outlines.program(shown, font.name.decode("ascii", "replace").lstrip("/"))
            font.file_content = _OPENTYPE + program
            self._programs[font.file_content] = program

        return clean

    def finish(self, document: Any, pdf: Any) -> None:  # noqa: ARG002 - the words are WeasyPrint's
        """Say of each font program what it is, a bare CFF, not an OpenType file; and compress every stream, once.

        Written with an identifier, each stream would be compressed twice, for its digest and for the file.
        """
        for part in pdf.objects:
            content = getattr(part, "stream", None)
            if not content or not all(isinstance(piece, bytes) for piece in content):
                continue
            if program := self._programs.get(content[0]):
                content = [program]
                part.extra["Subtype"] = "/CIDFontType0C"
            if part.compress and "Filter" not in part.extra:
                part.stream = [zlib.compress(b"\n".join(content), _LEVEL)]
                part.extra["Filter"] = "/FlateDecode"
                part.compress = False


def _outlines_of(font: Any) -> Outlines | None:
    """The outlines of the lean face that a font of WeasyPrint is; None where it is another."""
    family = getattr(font, "family", "")
    if not (family.startswith("docgen-") and hasattr(font, "clean") and hasattr(font, "missing")):
        return None
    outlines = lean_outlines(family)
    content = getattr(font, "file_content", b"")
    if outlines is None or len(content) != outlines.source.size:
        return None
    return outlines if content[:_DIRECTORY] == outlines.source.between(0, _DIRECTORY) else None
