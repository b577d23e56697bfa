"""The five styles of Chinese documents, and which of the machine's fonts plays each of them.

The order of candidates is fixed: first the faces that GB/T 9704 names, as Windows, WPS and macOS have them, then the
free ones that the setup installs. The same fonts installed thus give the same choice, and the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from docgen.errors import EnvironmentLacks
from docgen.tools import fontconfig
from docgen.tools.fontconfig import Face


class Role(StrEnum):
    """A style of type as the standard for official documents names it."""

    SONG = "宋体"
    FANGSONG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    TITLE = "小标宋"


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The face that plays a role. `index` is its place in a collection; `weight` the CSS weight to ask for.

    `stand_in` is true where it is another style than the role's own.
    """

    role: Role
    family: str
    path: Path
    index: int
    weight: int
    stand_in: bool


CANDIDATES: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.SONG: (
            "SimSun",
            "NSimSun",
            "Songti SC",
            "STSong",
            "Noto Serif CJK SC",
            "Noto Serif SC",
            "Source Han Serif SC",
            "Source Han Serif CN",
            "FandolSong",
            "AR PL UMing CN",
        ),
        Role.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "STFangsong", "FandolFang"),
        Role.HEI: (
            "SimHei",
            "Heiti SC",
            "STHeiti",
            "PingFang SC",
            "Microsoft YaHei",
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "Source Han Sans SC",
            "Source Han Sans CN",
            "FandolHei",
            "WenQuanYi Zen Hei",
            "WenQuanYi Micro Hei",
        ),
        Role.KAI: (
            "楷体_GB2312",
            "KaiTi_GB2312",
            "KaiTi",
            "Kaiti SC",
            "STKaiti",
            "FandolKai",
            "LXGW WenKai",
            "AR PL UKai CN",
        ),
        Role.TITLE: ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    }
)
"""Families of each role, the better first. No free 小标宋 is known; bold 宋体 plays it."""

SYMBOLS = ("DejaVu Sans", "Noto Sans Symbols2", "Segoe UI Symbol", "Apple Symbols")
"""Families for signs that Chinese fonts lack, such as the boxes ☐ and ☑."""

MONO = ("DejaVu Sans Mono", "Consolas", "Menlo", "Liberation Mono", "Noto Sans Mono", "Courier New")
"""Families of even width, for digests."""

_STAND_INS: Mapping[Role, tuple[tuple[Role, int], ...]] = {
    Role.SONG: ((Role.FANGSONG, 400), (Role.HEI, 400), (Role.KAI, 400)),
    Role.FANGSONG: ((Role.SONG, 400), (Role.KAI, 400), (Role.HEI, 400)),
    Role.HEI: ((Role.SONG, 700), (Role.KAI, 700), (Role.FANGSONG, 700)),
    Role.KAI: ((Role.FANGSONG, 400), (Role.SONG, 400), (Role.HEI, 400)),
    Role.TITLE: ((Role.SONG, 700), (Role.HEI, 700), (Role.FANGSONG, 700), (Role.KAI, 700)),
}

INSTALL_ADVICE = (
    "Debian、Ubuntu：在 docgen 的源码文件夹中运行 make setup，或 apt-get install fonts-noto-cjk；"
    "macOS：brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc；"
    "Windows：在“设置—可选功能”中添加“简体中文补充字体”。装好后运行 docgen doctor 查看。"
)


@cache
def find_fonts() -> Mapping[Role, FontChoice]:
    """The font of every role, found once a process. Raises EnvironmentLacks when there is no Chinese font at all."""
    return choose(fontconfig.installed_faces())


def choose(faces: Iterable[Face]) -> Mapping[Role, FontChoice]:
    """The font of every role among these faces: the role's first candidate, else a stand-in of another role.

    Raises EnvironmentLacks when none of them is a candidate for any role.
    """
    faces = tuple(faces)
    chosen: dict[Role, FontChoice] = {}
    for role in Role:
        wishes = [(role, 400), *_STAND_INS[role]]
        found = (_first(role, other, weight, faces) for other, weight in wishes)
        choice = next((choice for choice in found if choice), None)
        if choice is None:
            raise EnvironmentLacks("本机没有可用的中文字体，无法生成文书。", INSTALL_ADVICE)
        chosen[role] = choice
    return MappingProxyType(chosen)


def _first(role: Role, wanted: Role, weight: int, faces: tuple[Face, ...]) -> FontChoice | None:
    """The first installed candidate of the role `wanted` in about this weight, as the player of `role`."""
    for family in CANDIDATES[wanted]:
        if face := _face(family, weight, faces):
            return FontChoice(role, family, face.path, face.index, weight, stand_in=role is not wanted)
    return None


def _face(family: str, weight: int, faces: tuple[Face, ...]) -> Face | None:
    """The upright face of this family that is nearest in weight; of equal ones the first by path."""
    fitting = [face for face in faces if face.upright and family in face.families]
    return min(fitting, key=lambda face: (abs(face.weight - weight), face), default=None)


@cache
def find_mono() -> Face | None:
    """The face of even width for digests; None where the machine has none that is known."""
    faces = fontconfig.installed_faces()
    return next((face for family in MONO if (face := _face(family, 400, faces))), None)


@cache
def chain(role: Role) -> tuple[FontChoice, ...]:
    """The fonts that are tried in turn for a character in this role, so that a rare one is never an empty box.

    The role's own font first, then its further candidates, then 宋体 and 黑体, then fonts of signs; only what is
    installed, each family once. Raises EnvironmentLacks when there is no Chinese font at all.
    """
    faces = fontconfig.installed_faces()
    first = find_fonts()[role]
    families = [*CANDIDATES[role], *CANDIDATES[Role.SONG], *CANDIDATES[Role.HEI], *CANDIDATES[Role.KAI], *SYMBOLS]
    result = {first.family: first}
    for family in families:
        if family not in result and (face := _face(family, first.weight, faces)):
            other = family not in CANDIDATES[role]
            result[family] = FontChoice(role, family, face.path, face.index, first.weight, stand_in=other)
    return tuple(result.values())


def css_family(role: Role) -> str:
    """The value of CSS `font-family` for this role: its chain in single quotes, then a generic family.

    Ask for `find_fonts()[role].weight` as `font-weight` beside it: bold 宋体 plays 小标宋.
    """
    generic = "sans-serif" if role is Role.HEI else "serif"
    return ", ".join([*(f"'{choice.family}'" for choice in chain(role)), generic])
