"""Which font plays which style, on machines that have many, few, or none."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import EnvironmentLacks
from docgen.fonts.roles import CANDIDATES, Role, chain, choose, css_family, find_fonts
from docgen.tools import pango
from docgen.tools.fontconfig import Face


def face(family: str, weight: int = 400, *, file: str = "", index: int = 0, upright: bool = True) -> Face:
    return Face(Path("/fonts") / (file or f"{family}-{weight}.ttf"), index, (family, f"{family} R"), weight, upright)


DEBIAN = (
    face("Noto Serif CJK SC", 400, index=2),
    face("Noto Serif CJK SC", 700, index=2),
    face("Noto Sans CJK SC", 400, index=2),
    face("Noto Sans CJK SC", 700, index=2),
    face("FandolFang"),
    face("FandolKai"),
    face("DejaVu Sans"),
)
WINDOWS = (face("SimSun"), face("SimHei"), face("FangSong"), face("KaiTi"), face("Microsoft YaHei"))


def names(faces: tuple[Face, ...]) -> dict[str, tuple[str, int, bool]]:
    return {role.name: (choice.family, choice.weight, choice.stand_in) for role, choice in choose(faces).items()}


def test_the_fonts_of_the_setup():
    assert names(DEBIAN) == {
        "SONG": ("Noto Serif CJK SC", 400, False),
        "FANGSONG": ("FandolFang", 400, False),
        "HEI": ("Noto Sans CJK SC", 400, False),
        "KAI": ("FandolKai", 400, False),
        "TITLE": ("Noto Serif CJK SC", 700, True),
    }


def test_the_faces_that_the_standard_names_go_before_free_ones():
    fonts = names(WINDOWS + DEBIAN)
    assert [fonts[role][0] for role in ("SONG", "FANGSONG", "HEI", "KAI")] == ["SimSun", "FangSong", "SimHei", "KaiTi"]
    assert names((*WINDOWS, face("方正小标宋简体")))["TITLE"] == ("方正小标宋简体", 400, False)


def test_a_style_that_is_missing_is_played_by_another_and_says_so():
    only_song = names((face("Noto Serif CJK SC"),))
    assert only_song["FANGSONG"] == ("Noto Serif CJK SC", 400, True)
    assert only_song["HEI"] == ("Noto Serif CJK SC", 700, True)
    assert only_song["SONG"] == ("Noto Serif CJK SC", 400, False)


def test_bold_song_comes_from_the_bold_file():
    assert choose(DEBIAN)[Role.TITLE].path.name == "Noto Serif CJK SC-700.ttf"


def test_an_italic_is_never_taken():
    assert (
        choose((face("SimSun", file="a.ttf", upright=False), face("SimSun", file="b.ttf")))[Role.SONG].path.name
        == "b.ttf"
    )


@pytest.mark.parametrize("faces", [(), (face("DejaVu Sans"), face("Arial"))])
def test_without_a_chinese_font_nothing_is_set(faces):
    with pytest.raises(EnvironmentLacks) as lack:
        choose(faces)
    assert "中文字体" in lack.value.message
    for system in ("Debian", "macOS", "Windows"):
        assert system in lack.value.hint


@given(st.permutations(WINDOWS + DEBIAN + (face("SimSun", file="copy.ttf"),)))
def test_the_order_in_which_fonts_are_listed_does_not_matter(faces):
    assert choose(faces) == choose(sorted(faces))


def test_no_family_is_candidate_for_two_roles():
    families = [family for candidates in CANDIDATES.values() for family in candidates]
    assert len(families) == len(set(families))


def test_a_chain_begins_with_the_roles_own_font_and_names_each_family_once():
    for role in Role:
        fonts = chain(role)
        assert fonts[0] == find_fonts()[role]
        assert len({choice.family for choice in fonts}) == len(fonts)
        assert all(choice.path.is_file() for choice in fonts)


def test_weasyprint_sets_each_role_in_the_font_that_was_chosen():
    pango.require()
    import weasyprint  # noqa: PLC0415 - only once its libraries are known to be there

    for role, choice in find_fonts().items():
        style = f"font-family: {css_family(role)}; font-weight: {choice.weight}"
        pdf = weasyprint.HTML(string=f'<p style="{style}">试点申报</p>').write_pdf()
        fonts = pypdf.PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
        embedded = {font.get_object()["/BaseFont"].split("+")[-1].replace("-", " ") for font in fonts}
        with TTFont(choice.path, fontNumber=choice.index, lazy=True) as font:
            family = font["name"].getBestFamilyName()
        assert len(embedded) == 1
        assert embedded.pop().startswith(family), role
