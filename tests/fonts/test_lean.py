"""Lean fonts: complete, kept, and deterministic."""

import os
from pathlib import Path

import pytest
import uharfbuzz

from docgen.fonts.lean import _cut_file, cut, everyday, font_css, lean_faces, rare
from docgen.fonts.roles import Role, find_fonts


def points_of(path: str) -> set[int]:
    return set(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)).unicodes)


def test_the_two_cuts_make_gbk_and_do_not_overlap() -> None:
    assert {ord(character) for character in "北京，1a〔〕㎡①☑—“”"} <= everyday()
    assert {ord(character) for character in "喆堃珺镕"} <= rare()
    assert not everyday() & rare()
    characters = {ord(c) for lead in range(0xB0, 0xF8) for c in bytes((lead, 0xA1)).decode("gb2312", "ignore")}
    assert characters <= everyday()


def test_every_style_has_a_face_with_the_glyphs_of_its_font() -> None:
    faces = {face.family: face for face in lean_faces()}
    for role, choice in find_fonts().items():
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(choice.path)), choice.index)
        everyday_face = faces[f"docgen-{role.name.lower()}"]
        assert points_of(str(everyday_face.path)) >= set(face.unicodes) & everyday()


def test_cutting_twice_gives_the_same_bytes() -> None:
    choice = find_fonts()[Role.KAI]
    points = [ord(character) for character in "楷体字样"]
    assert cut(choice.path, choice.index, points) == cut(choice.path, choice.index, reversed(points))


def test_style_sheet_names_every_role_and_ends_in_full_fonts() -> None:
    css = font_css()
    for role in Role:
        assert f"--{role.name.lower()}: " in css
    assert find_fonts()[Role.SONG].family in css


def test_a_torn_font_in_the_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    choice = find_fonts()[Role.KAI]
    points = frozenset(map(ord, "楷体"))
    path = _cut_file(choice, lambda: points, "test")
    whole = path.read_bytes()
    for torn in (b"", whole[:40], whole[:-1]):
        path.write_bytes(torn)
        assert _cut_file(choice, lambda: points, "test").read_bytes() == whole
    assert [each for each in path.parent.iterdir() if each.name != "digests.json"] == [path]
