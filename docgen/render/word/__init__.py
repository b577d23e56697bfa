"""Word documents from Word templates: docxtpl's tag language, compiled once, rendered many times."""

from .language import MissingValue
from .objects import Listing, RichText, RichTextParagraph, Subdoc
from .pictures import CellImage, FloatingImage, InlineImage
from .template import WordTemplate, word_template

__all__ = [
    "CellImage",
    "FloatingImage",
    "InlineImage",
    "Listing",
    "MissingValue",
    "RichText",
    "RichTextParagraph",
    "Subdoc",
    "WordTemplate",
    "word_template",
]
