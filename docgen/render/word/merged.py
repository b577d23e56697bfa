"""Whole documents put into a template: the one kind of render for which python-docx holds the package."""

from __future__ import annotations

import io
import random
import re
import threading
import zipfile
from typing import Any, cast

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docxtpl.subdoc import SubdocComposer
from lxml import etree

from docgen.errors import InputError

from .session import IMAGE, current_session

_DRAWING = threading.Lock()
_BODY = re.compile(r"</?w:body[^>]*>")


class NeedsMaster(Exception):  # noqa: N818 - a signal, no error
    """A document is to be inserted: the render begins again with a Master. `base`: what python-docx has open, to begin with."""

    def __init__(self, base: Any = None) -> None:
        super().__init__()
        self.base = base


class Master:
    """The package while documents are inserted; adds relationships and pictures through python-docx."""

    def __init__(self, data: bytes, base: Any = None) -> None:
        self.base = base
        if base is not None:
            buffer = io.BytesIO()
            base.save(buffer)
            data = buffer.getvalue()
        self.document: Any = Document(io.BytesIO(data))
        package = self.document.part.package
        self._parts = {str(part.partname).lstrip("/"): part for part in package.iter_parts()}

    def relate(self, part: str, kind: str, target: str, external: bool) -> str:
        """The id of a relationship from `part`."""
        if kind == IMAGE and not external:
            images = {str(image.partname).lstrip("/"): image for image in self.document.part.package.image_parts}
            return str(self._parts[part].relate_to(images[target], RELATIONSHIP_TYPE.IMAGE))
        return str(self._parts[part].relate_to(target, kind, is_external=external))

    def add_media(self, content: bytes, extension: str) -> str:  # noqa: ARG002 - python-docx finds it out
        """The name of the member that holds a picture."""
        image = self.document.part.package.get_or_add_image_part(io.BytesIO(content))
        return str(image.partname).lstrip("/")

    def insert(self, data: bytes) -> str:
        """The XML of a document's body, after all that it needs has been added to the package."""
        try:
            document: Any = Document(io.BytesIO(data))
            _attach(self.document, document)
        except (ValueError, KeyError, etree.XMLSyntaxError, OSError, zipfile.BadZipFile, OpcError) as error:
            raise InputError(
                f"要插入的 Word 文档读不了：{error}", "用 Word 或 WPS 打开，另存为 .docx 后再试。"
            ) from error
        body = document.element.body
        if body.sectPr is not None:
            body.remove(body.sectPr)
        return _BODY.sub("", etree.tostring(body, encoding="unicode"))

    def saved(self) -> bytes:
        """The package with all that was added."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def _attach(master: Any, document: Any) -> None:
    # The composer draws numbers for lists from the process's generator: the same ones each time make the same bytes.
    with _DRAWING:
        state = random.getstate()
        random.seed(len(master.part.rels))
        try:
            SubdocComposer(master).attach_parts(document)
        finally:
            random.setstate(state)


def inserted(key: int, data: bytes) -> str:
    """The XML of a document in the current render; one that is used twice is attached once."""
    session = current_session()
    session.has_tables = True
    if not isinstance(session.package, Master):
        raise NeedsMaster
    if key not in session.documents:
        session.documents[key] = session.package.insert(data)
    return session.documents[key]


class Adopted:
    """A docxtpl Subdoc. It has changed the package of its DocxTemplate, so that one becomes the render's."""

    def __init__(self, subdoc: Any) -> None:
        self._subdoc = subdoc

    def __html__(self) -> str:
        session = current_session()
        session.has_tables = True
        base = session.package.base if isinstance(session.package, Master) else None
        if base is None:
            raise NeedsMaster(self._subdoc.docx)
        if base is not self._subdoc.docx:
            raise InputError(
                "两个子文档（Subdoc）属于不同的 DocxTemplate，不能放进同一份文档。",
                "改用 docgen.render.word.Subdoc，它不属于任何模板。",
            )
        return cast(str, self._subdoc._get_xml())
