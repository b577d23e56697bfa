"""One official document of each form, set once."""

from __future__ import annotations

import pytest
from official_documents import LETTER, PLAIN, document  # type: ignore[import-not-found]

from docgen.render.official import OfficialPdf, set_documents


@pytest.fixture(scope="session")
def made() -> dict[str, OfficialPdf]:
    """The documents as PDF."""
    documents = {"sealed": document(), "plain": PLAIN, "letter": LETTER}
    return dict(zip(documents, set_documents(list(documents.values())), strict=True))
