"""A build after which nothing was touched has nothing to load: what it would say was noted when the last one ended.

Noted is a seal over what the system says (`docgen.tools.traits`) of every file of the workspace, of OUT, of docgen, and
of the surroundings that documents depend on: installed fonts, libraries, LibreOffice, settings of the environment. A
file's bytes are trusted to be as they were exactly where `evidence.seen` trusts them. Whatever is not beyond doubt, a
link to a folder or a file dated in the future, leads to an ordinary build.

This module, and what it imports, is all that such a build loads: keep it small.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import docgen
from docgen.tools.traits import TICK_SECONDS, at_rest, digest_of, traits

FOLDER = "standing"
FORMAT = 1
_STORE = ".docgen"
_MOST_FILES = 200_000
_MOST_KEPT = 8
_PROGRAMS = ("soffice", "libreoffice", "fc-list")
_LOADER = "/etc/ld.so.cache"
"""Changes with every shared library that is installed."""
_SETTINGS = (
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
    "HOME",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "LOCALAPPDATA",
    "PATH",
    "PYTHONPATH",
    "WEASYPRINT_DLL_DIRECTORIES",
    "WINDIR",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
)


class Unsure(Exception):  # noqa: N818 - no fault: an ordinary build follows
    """It cannot be told cheaply whether all is as it was."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a build says on its two streams, and its exit code."""

    output: str
    trouble: str
    exit_code: int


@dataclass(slots=True)
class _Look:
    """What was seen of trees: a seal for each folder, and files that were changed only just now."""

    now: int
    folders: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    _count: int = 0

    def tree(self, top: str, apart: str = "") -> None:
        """Take in all files below `top`, but those of its folder `apart`."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            seal = hashlib.sha256()
            for entry in sorted(os.scandir(folder), key=lambda each: each.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__" and not (entry.name == apart and folder == top):
                        waiting.append(entry.path)
                    continue
                if entry.is_symlink() and Path(entry.path).is_dir():
                    raise Unsure
                seal.update(f"{entry.name}|{self._file(entry)}\n".encode("utf-8", "surrogateescape"))
            self.folders[folder] = seal.hexdigest()

    def _file(self, entry: os.DirEntry[str]) -> str:
        self._count += 1
        if self._count > _MOST_FILES:
            raise Unsure
        # What Windows tells with a folder's list may be older than the file.
        status = entry.stat(follow_symlinks=False) if os.name != "nt" else os.lstat(entry.path)
        if not at_rest(status, self.now):
            self.fresh.append(entry.path)
        said = f"{status.st_mode}|{traits(status)}"
        return said if not entry.is_symlink() else f"{said}|{os.readlink(entry.path)}|{_trait(entry.path)}"  # noqa: PTH115

    def seal(self, outside: str = "") -> str:
        """A digest over all folders but those below `outside`."""
        within = outside + os.sep
        kept = sorted(
            f"{path}|{seal}"
            for path, seal in self.folders.items()
            if not outside or not f"{path}{os.sep}".startswith(within)
        )
        return _digest(kept)


class Standing:
    """One call of build, held against the last one that was called alike. To be made before the build reads anything.

    `form` names what the telling is for: people, or programs.
    """

    def __init__(self, directory: Path, out: Path | None, only: Sequence[str], form: str = "") -> None:
        self._top = str(directory.absolute())
        self._trees = [self._top, *_own_folders()]
        called = [self._top, str(directory), str(out), str(out and out.absolute()), form, *sorted(only)]
        self._place = Path(self._top) / _STORE / FOLDER / f"{_digest(called)[:24]}.json"
        self._before: _Look | None = None

    def told(self) -> Telling | None:
        """What the build would say, where nothing was touched since the last one; None where that is not sure."""
        try:
            head, _, body = self._place.read_text("utf-8").partition("\n")
            if head != f"{FORMAT} {_digest([body])}":
                return None
            noted = json.loads(body)
            look = self._look(self._with(noted["out"]))
            if noted["seal"] != _digest([look.seal(), *_surroundings(noted["watched"])]):
                return None
            fresh: Mapping[str, str] = noted["fresh"]
            if not fresh.keys() >= set(look.fresh) or any(digest_of(Path(path)) != fresh[path] for path in fresh):
                return None
            return Telling(**noted["telling"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, Unsure):
            return None  # whatever is wrong with the note, an ordinary build does without

    def begin(self) -> None:
        """Note how all is before the build reads it. Waits for the clock's next tick where a file was written just now."""
        for wait in (TICK_SECONDS * 1.2, 0.0):
            try:
                self._before = self._look(self._trees)
            except (OSError, Unsure):
                return
            if not self._before.fresh:
                return
            time.sleep(wait)
        self._before = None

    def keep(self, out: Path, files: Mapping[str, str], digest: Callable[[Path], str], telling: Telling) -> None:
        """Note a build that ended, and what it would say if it were called again.

        `files` gives the sha256 of what it left, by path below `out`; each file is asked for its `digest` once more.
        """
        before, now = self._before, time.time_ns()
        if before is None or not self._place.parent.parent.is_dir() or self._place.parent.parent.is_symlink():
            return
        target = str(out.absolute())
        try:
            after = self._look(self._with(target))
            if before.seal(target) != after.seal(target) or any(
                digest(out / path) != sha256 for path, sha256 in files.items()
            ):
                return
            watched = sorted(_watched())
            rested = all(at_rest(status, before.now) for status in map(_status, watched) if status is not None)
            noted = {
                "out": target,
                "watched": watched,
                "seal": _digest([after.seal(), *_surroundings(watched)]),
                "fresh": {path: digest_of(Path(path)) for path in after.fresh},
                "telling": asdict(telling),
            }
        except (OSError, Unsure):
            return
        if rested and now >= before.now:
            self._write(json.dumps(noted))

    def _with(self, out: str) -> list[str]:
        inside = out == self._top or out.startswith(self._top + os.sep)
        return self._trees if inside else [*self._trees, out]

    def _look(self, trees: Iterable[str]) -> _Look:
        look = _Look(time.time_ns())
        for tree in trees:
            look.tree(tree, _STORE if tree == self._top else "")
        return look

    def _write(self, body: str) -> None:
        from docgen.errors import OutputError  # noqa: PLC0415 - not loaded by a build that has nothing to do
        from docgen.publish.atomic import write_bytes  # noqa: PLC0415

        try:
            write_bytes(self._place, f"{FORMAT} {_digest([body])}\n{body}".encode())
            kept = sorted(self._place.parent.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            for old in kept[:-_MOST_KEPT]:
                old.unlink(missing_ok=True)
        except (OutputError, OSError):
            return  # a full disk: the next build is an ordinary one


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogateescape")
        digest.update(b"%d|" % len(encoded) + encoded)
    return digest.hexdigest()


def _own_folders() -> list[str]:
    """docgen itself, and its templates where those lie beside it; what is compiled in one file is told by its name."""
    package = Path(docgen.__file__).parent
    beside = package.parent / "templates"
    if getattr(sys, "frozen", False):
        return []
    return [str(package)] if (package / "_templates").is_dir() else [str(package), str(beside)]


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - asked of hundreds of paths
    except OSError:
        return None


def _trait(path: str) -> str:
    status = _status(path)
    return "absent" if status is None else f"{status.st_mode}|{traits(status)}"


def _surroundings(watched: Iterable[str]) -> Iterator[str]:
    """What documents depend on besides files of the workspace."""
    yield from (docgen.__version__, sys.version, sys.executable, sys.platform, zlib.ZLIB_RUNTIME_VERSION)
    yield from (f"{name}={os.environ.get(name)}" for name in _SETTINGS)
    yield from (f"{path}|{_trait(path)}" for path in (*watched, *_packages(), sys.executable))
    if not Path(_LOADER).exists():
        from docgen.tools import pango  # noqa: PLC0415 - only where the system does not keep a list of its libraries

        yield pango.version()


def _packages() -> list[str]:
    """Where Python's libraries are installed: the folder changes with each of them."""
    return [path for path in sys.path if path.endswith("-packages")]


def _watched() -> set[str]:
    """Every path outside the workspace whose change may change a document. Loads what a build has loaded already."""
    from docgen.fonts.roles import Role, chain  # noqa: PLC0415 - not loaded by a build that has nothing to do
    from docgen.tools import fontconfig, libreoffice  # noqa: PLC0415

    found = {_LOADER, *(str(choice.path) for role in Role for choice in chain(role))}
    faces = {str(face.path.parent) for face in fontconfig.installed_faces()}
    home = Path.home()
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fontconfig"
    for top in (*map(str, fontconfig.font_folders()), str(home / ".fonts"), *faces):
        found |= {top, *(folder for folder, _, _ in os.walk(top))}
    for top in ("/etc/fonts", str(settings)):
        found |= {top, *(os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names)}  # noqa: PTH118
        found |= {folder for folder, _, _ in os.walk(top)}
    suffixes = ("", ".exe", ".com") if os.name == "nt" else ("",)
    for folder in filter(None, os.environ.get("PATH", "").split(os.pathsep)):
        found |= {str(Path(folder) / f"{name}{suffix}") for name in _PROGRAMS for suffix in suffixes}
    found |= set(map(str, libreoffice.PLACES.get(sys.platform, ())))
    program = libreoffice.find()
    if program is not None:
        real = program.resolve().parent
        found |= {str(real), *map(str, real.glob("versionrc")), "/usr/lib/libreoffice/program"}
    return found | {str(home / ".fonts.conf")}
