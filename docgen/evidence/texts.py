"""What the pages of a document say, by PDFium, in one form: compatibility characters made plain, lines kept.

A scan that carries a hidden layer of recognised text says what that layer says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pypdfium2

from docgen.tools import pdfium

MOST_TEXT = 400_000
"""Characters of one document's text; what comes after is left out."""
_MOST_RAW = 200_000  # of one page, before it is tidied up
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc-\uffff\ud800-\udfff]"
)


def tidied(text: str) -> str:
    """Text as it can be searched: NFKC, one space at most, one line break at most.

    Lines and gaps stay: 甲方：… ends where its line ends. A name that wraps is for the rules to join (rules.evidence_texts).
    """
    text = text[:_MOST_RAW].replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-\n")
    text = unicodedata.normalize("NFKC", text)
    text = _UNSEEN.sub("", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def texts_of(
    document: pypdfium2.PdfDocument, each: Callable[[int, pypdfium2.PdfPage], None] | None = None
) -> tuple[tuple[str, ...], bool]:
    """What each page says, and whether every page could be read; `each` is called with every page while it is open."""
    texts: list[str] = []
    whole = True
    room = MOST_TEXT
    for index in range(len(document)):
        text = ""
        try:
            page = document[index]
        except pdfium.ERRORS:
            whole = False
            texts.append(text)
            continue
        try:
            if room:
                text = tidied(pdfium.words(page))[:room]
        except pdfium.ERRORS:
            whole = False
        try:
            if each:
                each(index, page)
        finally:
            page.close()
        room -= len(text)
        texts.append(text)
    return tuple(texts), whole
