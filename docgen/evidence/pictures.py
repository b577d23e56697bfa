"""Pictures as evidence: what a picture file is, what is wrong with it, and its frames ready to be embedded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.model.records import EvidenceFile, FileNote, NoteKind

from .decoding import COPY_AGAIN
from .picture import Coding, Picture, PictureError
from .picture_files import JPEG_QUALITY, PictureFile

__all__ = ["JPEG_QUALITY", "Coding", "Picture", "PictureError", "PictureFile", "inspect_picture"]
_MOST_NAMED = 20


def inspect_picture(source: bytes | Path, file: EvidenceFile) -> EvidenceFile:
    """Decode every frame once, since a torn picture opens without complaint and fails only where it is used.

    Gives `file` with pages, width, height (upright, of the first frame that can be read), notes and likeness; or with
    fault and remedy. Pages of a TIFF that cannot be read are named in a note, where others can.
    """
    try:
        with PictureFile(source) as pictures:
            return _inspected(pictures, file)
    except PictureError as error:
        return replace(file, fault=str(error), remedy=error.remedy or COPY_AGAIN)


def _inspected(pictures: PictureFile, file: EvidenceFile) -> EvidenceFile:
    lost: list[int] = []
    first: tuple[int, int] | None = None
    likeness = ""
    refusal: PictureError | None = None
    for frame in range(pictures.frames):
        try:
            look = pictures.look(frame)
            if first is None:
                first, likeness = pictures.size(frame), look
        except PictureError as error:
            refusal = refusal or error
            lost.append(frame + 1)
    if first is None:
        raise refusal or PictureError("图片里没有一页")
    notes = pictures.notes
    if lost:
        named = "、".join(map(str, lost[:_MOST_NAMED])) + ("等" if len(lost) > _MOST_NAMED else "")
        notes += (FileNote(NoteKind.PAGES_LOST, f"第{named}页"),)
    width, height = first
    pages = pictures.frames - len(lost)
    return replace(file, pages=pages, width=width, height=height, notes=notes, likeness=likeness)
