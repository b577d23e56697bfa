"""A small school with its documents, made once for all tests of this folder."""

import shutil
from pathlib import Path

import pytest
from small_school import small_school

from docgen.pipeline import build


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its documents, which nobody changes."""
    workspace = small_school(tmp_path_factory.mktemp("finished") / "学校")
    built = build(workspace)
    assert not any(dossier.draft for dossier in built.plan.dossiers)
    return workspace


@pytest.fixture
def workspace(finished: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(finished, tmp_path / "学校"))


@pytest.fixture
def bare(finished: Path, tmp_path: Path) -> Path:
    """A copy without any document; what was found out about the evidence is known."""
    return Path(shutil.copytree(finished, tmp_path / "学校", ignore=shutil.ignore_patterns("成品")))
