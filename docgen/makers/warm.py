"""Imported once for all workers: with it come the renderers, fonts and style sheets, which they then share."""

from .bench import warm_up

warm_up()
