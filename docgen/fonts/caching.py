"""What is worked out of the machine's fonts and kept for the user's next runs, in a folder that may always be deleted."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path

from docgen.tools.traits import at_rest, digest_of, traits

_DIGESTS = "digests.json"
_OLD_SECONDS = 60 * 24 * 3600.0


def cache_folder() -> Path:
    """Where cut fonts are kept: the user's cache, or a temporary folder where that cannot be written to."""
    named = Path(os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME") or "")
    try:
        base = named if named.is_absolute() else Path.home() / ".cache"
        folder = base / "docgen" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home
        return _temporary_folder()
    return folder if os.access(folder, os.W_OK) else _temporary_folder()


@cache
def _temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="docgen-fonts-"))


@cache
def font_digest(path: Path) -> str:
    """The sha256 of a font file, read again only where the system says that it changed: together they have a hundred
    million bytes, and every run asks. Raises OSError where it cannot be read.
    """
    now, status = time.time_ns(), path.stat()
    place, own = str(path.absolute()), traits(status)
    kept = _kept_digests()
    before, _, digest = kept.get(place, "").rpartition("|")
    if before == own:
        return digest
    digest = digest_of(path)
    if at_rest(status, now) and traits(path.stat()) == own:
        _keep({**_kept_digests(), place: f"{own}|{digest}"})
    return digest


def _kept_digests() -> dict[str, str]:
    try:
        read = json.loads((cache_folder() / _DIGESTS).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):  # not there, or cut short: it is written anew
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: said for name, said in read.items() if isinstance(said, str)}


def _keep(digests: dict[str, str]) -> None:
    with suppress(OSError):  # a full disk: they are worked out again the next time
        write_whole(cache_folder() / _DIGESTS, json.dumps(digests, indent=1, sort_keys=True).encode())


def write_whole(target: Path, data: bytes) -> None:
    """Put a file in its place, whole, whatever others do there meanwhile. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def prune(used: Collection[Path]) -> None:
    """Delete what was put there two months ago or earlier, but for the files in use: cuts of fonts and of versions that
    are no more.
    """
    before = time.time() - _OLD_SECONDS
    with suppress(OSError):  # in use on Windows, or deleted by another run
        for path in sorted(cache_folder().glob("*.otf")):
            if path not in used and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
