"""Which font faces the machine has: asked of fontconfig, or read from the usual folders where it is not there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from . import process

_FORMAT = "%{file}|%{index}|%{family}|%{weight}|%{slant}\n"
_ADVICE = (
    "Debian、Ubuntu：apt-get install fontconfig；macOS：brew install fontconfig；Windows：随 MSYS2 的 Pango 一起安装。"
)
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# fontconfig's scale of weights against that of CSS and OpenType.
_WEIGHTS = (
    (0, 100),
    (40, 200),
    (50, 300),
    (55, 350),
    (75, 380),
    (80, 400),
    (100, 500),
    (180, 600),
    (200, 700),
    (205, 800),
    (210, 900),
)


@dataclass(frozen=True, slots=True, order=True)
class Face:
    """One face of a font file: `index` counts within a collection; `weight` is that of CSS (400 regular, 700 bold)."""

    path: Path
    index: int
    families: tuple[str, ...]
    weight: int
    upright: bool = True


@cache
def installed_faces() -> tuple[Face, ...]:
    """Every scalable face of the machine, sorted by file and index; asked once a process.

    Raises EnvironmentLacks when fontconfig is there but does not answer.
    """
    program = process.find_program("fc-list")
    faces = read_list(process.run(program, ["-f", _FORMAT], hint=_ADVICE)) if program else scan(font_folders())
    return tuple(sorted(faces))


def read_list(listing: str) -> Iterator[Face]:
    """The faces in what `fc-list` printed in our format; bitmap fonts are left out.

    The upper half of a face's number names an instance of a variable font; such a font is taken once, as it stands.
    """
    for line in listing.splitlines():
        file, number, family, weight, slant = line.rsplit("|", 4)
        path = Path(file)
        if path.suffix.lower() not in _SUFFIXES or int(number) > 0xFFFF:
            continue
        yield Face(path, int(number), tuple(family.split(",")), _css_weight(weight), slant in {"", "0"})


def _css_weight(text: str) -> int:
    """fontconfig's weight on the scale of CSS; a variable font's range ("[0 210]") counts as regular."""
    try:
        asked = float(text)
    except ValueError:
        return 400
    return min(_WEIGHTS, key=lambda pair: abs(pair[0] - asked))[1]


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft" / "Windows" / "Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts")


def scan(folders: Iterable[Path]) -> Iterator[Face]:
    """The faces of all font files below these folders; a file that is no readable font is passed over."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                try:
                    yield from _faces_of(path)
                except (TTLibError, OSError, KeyError, AssertionError):
                    continue


def _faces_of(path: Path) -> Iterator[Face]:
    """Each face of one file, named in every language it has a name in."""
    with path.open("rb") as stream:
        if path.suffix.lower() in {".ttc", ".otc"}:
            fonts = TTCollection(stream, lazy=True).fonts
        else:
            fonts = [TTFont(stream, lazy=True)]
        yield from [_face(path, index, font) for index, font in enumerate(fonts)]


def _face(path: Path, index: int, font: TTFont) -> Face:
    names = {str(record.toUnicode()) for record in font["name"].names if record.nameID in {1, 16}}
    os2 = font["OS/2"]
    return Face(path, index, tuple(sorted(names)), int(os2.usWeightClass), not os2.fsSelection & 0b1)
