"""Where each character stands on the pages of a PDF, and how far two PDFs agree in that."""

from __future__ import annotations

from collections import defaultdict

import pypdfium2
import pypdfium2.raw

Place = tuple[float, float]


def places(pdf: bytes) -> list[dict[str, list[Place]]]:
    """For each page, each character that is seen, with the places of its origin in points."""
    document = pypdfium2.PdfDocument(pdf)
    result = []
    for page in document:
        text = page.get_textpage()
        found: dict[str, list[Place]] = defaultdict(list)
        x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
        for number in range(text.count_chars()):
            sign = chr(pypdfium2.raw.FPDFText_GetUnicode(text, number))
            if sign.strip() and sign not in "\ufffe\u3000\x00":
                pypdfium2.raw.FPDFText_GetCharOrigin(text, number, x, y)
                found[sign].append((x.value, y.value))
        result.append(found)
    return result


def apart(one: bytes, other: bytes) -> float:
    """The greatest distance in points, up or across, of a character from its place in the other file.

    Infinite where pages or characters differ.
    """
    first, second = places(one), places(other)
    if len(first) != len(second):
        return float("inf")
    worst = 0.0
    for page, counterpart in zip(first, second, strict=True):
        if {sign: len(found) for sign, found in page.items()} != {
            sign: len(found) for sign, found in counterpart.items()
        }:
            return float("inf")
        for sign, found in page.items():
            left = list(counterpart[sign])
            for x, y in found:
                nearest = min(left, key=lambda place: max(abs(place[0] - x), abs(place[1] - y)))
                worst = max(worst, abs(nearest[0] - x), abs(nearest[1] - y))
                left.remove(nearest)
    return worst
