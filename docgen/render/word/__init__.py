"""Word documents from Word templates: docxtpl's tag language, compiled once, rendered many times."""

from .template import WordTemplate, word_template

__all__ = ["WordTemplate", "word_template"]
