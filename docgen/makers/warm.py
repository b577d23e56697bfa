"""Imported once for all workers: with it come the renderers, fonts, style sheets and compiled Word templates, which they
then share.
"""

from contextlib import suppress

from docgen.errors import DocgenError
from docgen.render.templates import template_folders
from docgen.render.word import word_template

from .bench import WORD_NAME, warm_up

_OF_DOSSIERS = {"application", "approval"}

with suppress(DocgenError):  # what the machine lacks is told by the worker that needs it
    warm_up()
    for folder in template_folders():
        if folder.kind in _OF_DOSSIERS and folder.has(WORD_NAME):
            word_template(folder.file(WORD_NAME))
