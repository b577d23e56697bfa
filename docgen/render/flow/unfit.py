"""Why a page is left to the general engine."""

from __future__ import annotations


class Unfit(Exception):  # noqa: N818 - it is no fault: another engine sets the page
    """A page asks for something that this engine does not set; the text says what."""


class Tangled(Exception):  # noqa: N818 - as above: the page is set as a whole
    """Something in a long page must be known as a whole before its first page can be painted."""
