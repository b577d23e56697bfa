"""The workspace that a test of loading fills, and a short form of what loading said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workspace_maker import Workspace  # type: ignore[import-not-found]

from docgen.load import Loaded


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@pytest.fixture
def told() -> Callable[..., list[tuple[str, str]]]:
    """Rule and cell of the findings, without those about sheets and columns that a small test leaves out."""

    def of(loaded: Loaded, *unless: str) -> list[tuple[str, str]]:
        passed_over = {"DAT002", "DAT005", "DAT006", "DAT025", *unless}
        return [(found.rule, found.source.cell) for found in loaded.findings if found.rule not in passed_over]

    return of
