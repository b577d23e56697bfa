"""Fixtures of the assembling tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence_desk import Desk

from docgen.fonts.pdftext import FontFace
from docgen.fonts.roles import Role, find_fonts


@pytest.fixture(scope="session")
def face() -> FontFace:
    """黑体, in which feet and captions are set."""
    choice = find_fonts()[Role.HEI]
    return FontFace(choice.path, choice.index)


@pytest.fixture
def desk(tmp_path: Path, face: FontFace) -> Desk:
    """A place to put files and assemble them."""
    return Desk(tmp_path, face)
