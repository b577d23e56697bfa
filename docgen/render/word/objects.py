"""Values that bring their own XML: text in several formats, paragraphs, listings, links, whole documents.

The names and arguments are docxtpl's. None of them is bound to a template: they may be made once and be used in any
number of renders. docxtpl's own objects are accepted too.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, BinaryIO

import docxtpl
from docx import Document
from markupsafe import escape

from .session import HYPERLINK, current_session
from .typography import hint_for

_FORBIDDEN = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINK = "docgen-link:"
_LINK_USED = re.compile(f'"{_LINK}([^"]*)"')
_UNDERLINES = frozenset({"single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"})


def plain_xml(value: object) -> str:
    """Text escaped for XML; other characters than XML allows become U+FFFD, every kind of line end a line feed."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return str(escape(_FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))))


def xml_of(value: Any) -> str:
    """The XML of a value with `__html__`; docxtpl's objects that are bound to a DocxTemplate are taken over."""
    if isinstance(value, docxtpl.InlineImage):
        from .pictures import InlineImage  # noqa: PLC0415 - pictures needs this module

        value = InlineImage(None, value.image_descriptor, value.width, value.height, value.anchor)
    elif type(value).__module__ == "docxtpl.subdoc":
        value = _adopted(value)
    return _FORBIDDEN.sub("\ufffd", str(value.__html__()))


def link_token(url: str) -> str:
    """What stands for a hyperlink's relationship id until the part is finished."""
    return _LINK + plain_xml(url)


def resolve_links(xml: str) -> str:
    """A part with the tokens of `link_token` turned into relationships of the current render."""
    if _LINK not in xml:
        return xml
    session = current_session()

    def related(match: re.Match[str]) -> str:
        url = match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
        return f'"{session.relate(HYPERLINK, url.replace("&amp;", "&"), external=True)}"'

    return _LINK_USED.sub(related, xml)


class _Markup:
    """Something with XML of its own."""

    xml = ""

    def __html__(self) -> str:
        return self.xml

    __str__ = __html__


class RichText(_Markup):
    """Runs in several formats, within a paragraph: `{{r 说明 }}`.

    `add(text, ...)`: docxtpl's arguments. `size` is in half points, `color` and `highlight` are RRGGBB; `font` sets
    the East Asian slot too ("eastAsia:宋体" that slot besides the others); `url` makes a link, as does `url_id` from
    `WordTemplate.build_url_id`.
    """

    def __init__(self, text: object = None, **properties: Any) -> None:
        self.xml = ""
        if text:
            self.add(text, **properties)

    def add(self, text: object, *, url: str | None = None, url_id: str | None = None, **properties: Any) -> None:
        """Append text, or another RichText. Raises TypeError for None and for a property that there is not."""
        if isinstance(text, RichText | docxtpl.RichText):
            self.xml += text.xml
            return
        if text is None:
            raise TypeError("RichText.add: None is no text")
        formats = _run_properties(hint=hint_for(str(text)), **properties)
        run = f'<w:r>{formats and f"<w:rPr>{formats}</w:rPr>"}<w:t xml:space="preserve">{plain_xml(text)}</w:t></w:r>'
        target = link_token(url) if url else url_id
        self.xml += f'<w:hyperlink r:id="{target}" w:tgtFrame="_blank">{run}</w:hyperlink>' if target else run


def _run_properties(
    style: str | None = None,
    color: str | None = None,
    highlight: str | None = None,
    size: int | None = None,
    subscript: bool | None = None,
    superscript: bool | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool | str = False,
    strike: bool = False,
    font: str | None = None,
    rtl: bool = False,
    lang: str | None = None,
    hint: str = "",
) -> str:
    """The children of w:rPr in the order that ISO/IEC 29500-1 §17.3.2.28 asks for."""
    line = underline if underline in _UNDERLINES else "single"
    parts = (
        f'<w:rStyle w:val="{plain_xml(style)}"/>' if style else "",
        _fonts(font, hint) if font else f"<w:rFonts{hint}/>" if hint else "",
        "<w:b/>" if bold else "",
        "<w:bCs/>" if bold and rtl else "",
        "<w:i/>" if italic else "",
        "<w:iCs/>" if italic and rtl else "",
        "<w:strike/>" if strike else "",
        f'<w:color w:val="{plain_xml(color.removeprefix("#"))}"/>' if color else "",
        f'<w:sz w:val="{int(size)}"/><w:szCs w:val="{int(size)}"/>' if size else "",
        f'<w:u w:val="{line}"/>' if underline else "",
        f'<w:shd w:val="clear" w:fill="{plain_xml(highlight.removeprefix("#"))}"/>' if highlight else "",
        '<w:vertAlign w:val="subscript"/>' if subscript else "",
        '<w:vertAlign w:val="superscript"/>' if superscript else "",
        "<w:rtl/>" if rtl else "",
        f'<w:lang w:val="{plain_xml(lang)}"/>' if lang else "",
    )
    return "".join(parts)


def _fonts(font: str, hint: str) -> str:
    region, _, name = font.rpartition(":")
    slots = dict.fromkeys(("ascii", "eastAsia", "hAnsi", "cs"), plain_xml(name))
    if region and region not in slots:
        raise TypeError(f"RichText: there is no font slot {region}")
    return f"<w:rFonts{hint} " + " ".join(f'w:{slot}="{name}"' for slot, name in slots.items()) + "/>"


class RichTextParagraph(_Markup):
    """Whole paragraphs, in the place of one: `{{p 段落 }}`. `add(text, parastyle=...)` as in docxtpl."""

    def __init__(self, text: object = None, parastyle: str | None = None) -> None:
        self.xml = ""
        if text:
            self.add(text, parastyle)

    def add(self, text: object, parastyle: str | None = None) -> None:
        """Append a paragraph with text, or with a RichText."""
        rich = text if isinstance(text, RichText | docxtpl.RichText) else RichText(text)
        style = f'<w:pPr><w:pStyle w:val="{plain_xml(parastyle)}"/></w:pPr>' if parastyle else ""
        self.xml += f"<w:p>{style}{rich.xml}</w:p>"


class Listing(_Markup):
    r"""Text that keeps the format of its place; \n a new line, \t a tab, \a a new paragraph, \f a new page."""

    def __init__(self, text: object) -> None:
        self.xml = plain_xml(text)


class Subdoc(_Markup):
    """A whole Word document in the place of a paragraph: `{{p 附件 }}`; its pictures, styles and lists come along.

    `source`: a path, bytes, or an open file; without one, an empty document with python-docx's methods
    (`add_paragraph`, `add_table`, ...), to be had with a template's styles from `WordTemplate.new_subdoc()`.
    """

    def __init__(self, source: Path | str | bytes | BinaryIO | None = None) -> None:
        self._document: Any = None
        if source is None:
            self._document = Document()
        elif isinstance(source, bytes):
            self._bytes = source
        else:
            self._bytes = Path(source).read_bytes() if isinstance(source, Path | str) else source.read()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or self._document is None:
            raise AttributeError(name)
        return getattr(self._document, name)

    @property
    def data(self) -> bytes:
        """The document as it is now."""
        if self._document is not None:
            buffer = io.BytesIO()
            self._document.save(buffer)
            return buffer.getvalue()
        return self._bytes

    def __html__(self) -> str:
        from .merged import inserted  # noqa: PLC0415 - loads python-docx's composer, which few templates need

        return inserted(id(self), self.data)

    __str__ = __html__


def _adopted(subdoc: Any) -> Any:
    from .merged import Adopted  # noqa: PLC0415 - as above

    return Adopted(subdoc)
