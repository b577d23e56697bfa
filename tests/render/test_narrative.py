"""Prose from data: no empty phrases, no template code from cells."""

from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.render.narrative import narrate


def written(folder: Path, text: str) -> Path:
    path = folder / "narrative.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paragraphs_and_missing_data(tmp_path: Path) -> None:
    path = written(tmp_path, '"场地" = """\n{% if 面积 %}总面积{{ 面积 | 数 }}平方米。{% endif %}\n\n{{ 理由 }}\n"""\n')
    assert narrate(path, {"面积": None, "理由": "一\n\n二"}) == {"场地": ("一", "二")}
    assert narrate(path, {"面积": 480, "理由": ""}) == {"场地": ("总面积480平方米。",)}


def test_cells_are_not_code(tmp_path: Path) -> None:
    path = written(tmp_path, '"理由" = "{{ 理由 }}"')
    assert narrate(path, {"理由": "{{ 7*7 }}{% for %}"}) == {"理由": ("{{ 7*7 }}{% for %}",)}


@pytest.mark.parametrize("text", ['"甲" = "{{ 没有 }}"', '"甲" = "{% if %}"', '"甲" = 3', "甲 = 1", '"甲" = "'])
def test_mistakes_are_told_with_the_section(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        narrate(written(tmp_path, text), {})
