r"""Line breaks, tabs, new paragraphs and pages in values, as Word shows them.

In rendered XML a value's \n, \t, \a and \f are still characters. Within w:t each becomes what docxtpl makes of it: a
w:br, a w:tab in a run of its own, a new paragraph, a page break between two paragraphs; the run's and the paragraph's
properties go with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TEXT = '<w:t xml:space="preserve">'
_PARTS = re.compile("([\t\n\a\f])")


def resolve(xml: str) -> str:
    """The XML with the four characters turned into Word's elements wherever they stand in a w:t."""
    places = sorted(place for character in "\t\n\a\f" for place in _places(xml, character))
    if not places:
        return xml
    pieces: list[str] = []
    done = 0
    for place in places:
        # What stands in a w:t that has been dealt with is behind `done`.
        start = _opening(xml, "w:t", place, done) if place >= done else -1
        end = xml.find("</w:t>", place)
        if start >= 0 and end >= 0 and "<" not in xml[xml.find(">", start, place) + 1 : place]:
            begin = xml.index(">", start) + 1
            pieces += (xml[done:begin], _resolved(xml, start, begin, end))
            done = end
    pieces.append(xml[done:])
    return without_breaks("".join(pieces))


def without_breaks(xml: str) -> str:
    """The XML with those of the four characters that it may not have, as in an attribute, shown as U+FFFD."""
    return re.sub("[\a\f]", "\ufffd", xml) if "\a" in xml or "\f" in xml else xml


def _places(xml: str, character: str) -> Iterator[int]:
    place = xml.find(character)
    while place >= 0:
        yield place
        place = xml.find(character, place + 1)


def _resolved(xml: str, start: int, begin: int, end: int) -> str:
    run = _opening(xml, "w:r", start, 0)
    of_run = _properties(xml, run, start, "w:rPr")
    parts = _PARTS.split(xml[begin:end])
    of_paragraph = ""
    if "\a" in parts or "\f" in parts:
        of_paragraph = _properties(xml, enclosing(xml, "w:p", start), start, "w:pPr")
    again = f"<w:p>{of_paragraph}<w:r>{of_run}{_TEXT}"
    means = {
        "\t": f"</w:t></w:r><w:r>{of_run}<w:tab/></w:r><w:r>{of_run}{_TEXT}",
        "\n": f"</w:t><w:br/>{_TEXT}",
        "\a": f"</w:t></w:r></w:p>{again}",
        "\f": f'</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>{again}',
    }
    return "".join(means.get(part, part) for part in parts)


def _opening(xml: str, tag: str, before: int, after: int) -> int:
    """Where the last `<tag>` or `<tag …>` before a place begins, not in front of `after`; -1 for none."""
    place = before
    while (place := xml.rfind(f"<{tag}", after, place)) >= 0:
        if xml[place + len(tag) + 1] in " >":
            return place
    return -1


def enclosing(xml: str, tag: str, inside: int) -> int:
    """Where the element around a place begins, -1 for none: elements that ended before the place are passed over."""
    place, ended = inside, 0
    while (start := _opening(xml, tag, place, 0)) >= 0:
        ended += xml.count(f"</{tag}>", start, place)
        if not ended:
            return start
        ended -= 1
        place = start
    return -1


def _properties(xml: str, start: int, before: int, tag: str) -> str:
    """The properties that an element begins with, or ""."""
    begin = xml.find(">", start, before) + 1 if start >= 0 else 0
    if not begin or not xml.startswith(f"<{tag}>", begin):
        return ""
    end = xml.find(f"</{tag}>", begin, before)
    while tag == "w:pPr" and end >= 0 and xml.count("<w:pPr>", begin, end) > xml.count("</w:pPr>", begin, end) + 1:
        end = xml.find(f"</{tag}>", end + 1, before)
    return xml[begin : end + len(tag) + 3] if end >= 0 else ""
