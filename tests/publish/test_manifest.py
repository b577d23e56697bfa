"""The manifest's bytes: JSON as Python writes it, whatever the number of files, and the same again when read."""

import json
from pathlib import Path

import pytest

from docgen import __version__
from docgen.publish.manifest import MANIFEST_NAME, Entry, Manifest, read_manifest

ENTRIES = (
    Entry("b/引“号”\n.pdf", "b" * 64, 5, None, "题", "A01", True, "f" * 64),
    Entry("a.pdf", "a" * 64, 7, 3, "题", "", False, "e" * 64, (("数据.xlsx", "1" * 64), ("模板 x", "2" * 64))),
)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_bytes_are_those_of_the_whole_in_one_piece(count: int, tmp_path: Path) -> None:
    manifest = Manifest("学校", ENTRIES[:count], {"z": "3" * 64, "a": "4" * 64}, ({"number": "A01"},))
    content = {
        "docgen": __version__,
        "format": 1,
        "school": "学校",
        "applications": [{"number": "A01"}],
        "inputs": [{"name": "a", "sha256": "4" * 64}, {"name": "z", "sha256": "3" * 64}],
        "files": [entry.as_dict() for entry in sorted(ENTRIES[:count], key=lambda entry: entry.path)],
    }
    data = manifest.as_bytes()
    assert data.decode() == json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (tmp_path / MANIFEST_NAME).write_bytes(data)
    again = read_manifest(tmp_path)
    assert again is not None
    assert set(again.entries) == set(ENTRIES[:count])
