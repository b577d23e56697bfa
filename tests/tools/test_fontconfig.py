"""Which faces there are: as fontconfig lists them, and as the files themselves say."""

from pathlib import Path

import pytest

from docgen.fonts.roles import CANDIDATES
from docgen.tools import fontconfig, process
from docgen.tools.fontconfig import Face, read_list, scan

LISTING = """\
/f/NotoSerifCJK-Bold.ttc|2|Noto Serif CJK SC|200|0
/f/FandolFang-Regular.otf|0|FandolFang,FandolFang R|80|0
/f/Variable.ttf|0|Noto Serif SC|[0 210]|0
/f/Variable.ttf|65536|Noto Serif SC|40|0
/f/DejaVuSans-Oblique.ttf|0|DejaVu Sans|80|110
/f/fixed.pcf.gz|0|Fixed|80|0
/f/odd|name.ttf|0|Odd|80|
"""


def test_a_listing_of_fontconfig_is_read():
    assert list(read_list(LISTING)) == [
        Face(Path("/f/NotoSerifCJK-Bold.ttc"), 2, ("Noto Serif CJK SC",), 700),
        Face(Path("/f/FandolFang-Regular.otf"), 0, ("FandolFang", "FandolFang R"), 400),
        Face(Path("/f/Variable.ttf"), 0, ("Noto Serif SC",), 400),
        Face(Path("/f/DejaVuSans-Oblique.ttf"), 0, ("DejaVu Sans",), 400, upright=False),
        Face(Path("/f/odd|name.ttf"), 0, ("Odd",), 400),
    ]


@pytest.mark.skipif(process.find_program("fc-list") is None, reason="fontconfig is not installed")
def test_without_fontconfig_the_files_themselves_tell_the_same():
    candidates = {family for families in CANDIDATES.values() for family in families}
    listed = [face for face in fontconfig.installed_faces() if candidates & set(face.families)]
    scanned = {(face.path, face.index): face for face in scan({face.path.parent for face in listed})}
    for face in listed:
        twin = scanned[face.path, face.index]
        assert candidates & set(face.families) <= set(twin.families)
        assert (twin.weight, twin.upright) == (face.weight, face.upright)


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 not a font")
    (tmp_path / "broken.ttc").write_bytes(b"ttcf")
    (tmp_path / "empty.otf").write_bytes(b"")
    (tmp_path / "readme.txt").write_text("字体", "utf-8")
    assert list(scan([tmp_path, tmp_path / "absent"])) == []
