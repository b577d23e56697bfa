"""Fixtures that several test folders share: the sample, built once a session."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import hypothesis
import pytest

from docgen.pipeline import Built, build

# Started in the background by a shell, this process ignores Ctrl-C, and so would the programs that tests break off by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more of the machine than of docgen: the first one imports and compiles.
hypothesis.settings.register_profile("docgen", deadline=None)
hypothesis.settings.load_profile("docgen")

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """`docgen build samples/school`, once for all tests that only look at the result."""
    return build(SAMPLES / "school", tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="session")
def built_faulty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """`docgen build samples/school-faulty`."""
    return build(SAMPLES / "school-faulty", tmp_path_factory.mktemp("faulty") / "out")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A copy of the sample's workspace that a test may spoil."""
    return Path(shutil.copytree(SAMPLES / "school", tmp_path / "school"))


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at a built sample go to one worker (make test uses --dist loadgroup), so that it is built once."""
    for item in items:
        for name in ("built_faulty", "built_sample"):
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))
                break


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name files in tests' ids by what they are for: their bytes are long, and those of locked PDFs differ every time."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None
