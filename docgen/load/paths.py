"""Paths as people write them: whether they stay inside, how two spellings meet, in what order a person counts."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_DRIVE = re.compile(r"^[A-Za-z]:")
IGNORED_NAMES = frozenset(("thumbs.db", "desktop.ini", "说明.txt", "readme", "readme.txt", "readme.md", "__macosx"))


def leaves_workspace(path: str) -> bool:
    """Whether a written path is absolute (/, C:, \\\\server, ~) or climbs out with `..`, on any system."""
    parts = path.replace("\\", "/").split("/")
    return path.startswith(("/", "\\", "~/", "~\\")) or bool(_DRIVE.match(path)) or ".." in parts or "\x00" in path


def is_ignored(name: str) -> bool:
    """Whether a file or folder is the system's or docgen's own and never evidence."""
    return name.startswith((".", "~$")) or name.lower() in IGNORED_NAMES


def path_key(path: str) -> str:
    """Under which spellings of one path meet: NFC, / between parts, no empty parts."""
    parts = unicodedata.normalize("NFC", path.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def loose_key(path: str) -> str:
    """As `path_key`, and without regard to case, width and spaces: for a second try."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", path_key(path))).casefold()


def natural_key(path: str) -> tuple[tuple[tuple[tuple[int, int, str], ...], ...], str]:
    """Sorts folder by folder as a person counts: 1, 2, 10. Names that read alike are told apart by their bytes."""
    return tuple(_counted(name) for name in path_key(path).casefold().split("/")), path


def _counted(name: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"([0-9]+)", name)
    return tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts if part)


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, with every link in it followed, is below `root` (which is resolved already)."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        return False
