"""Pillow's one process-wide switch that decides whether a torn picture is an error."""

from __future__ import annotations

from PIL import ImageFile


def refuse_torn_pictures() -> None:
    """Make Pillow raise OSError where a picture's data ends early; call it before decoding what a user gave.

    WeasyPrint, once imported, makes Pillow fill the rest with grey without a word, everywhere in the process.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
