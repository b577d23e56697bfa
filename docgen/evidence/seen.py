"""Digests of files, computed again only where the system says that a file changed.

What the system says is not proof: a file may be written again within one tick of its clock, or while it is read. So a
digest is kept only for a file that had been at rest when it was read; all others are read again the next time. A clock
that was set back makes files look new, never old: they are read once more.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from docgen.tools.traits import at_rest, digest_of, traits

from .marks import Marks
from .store import Store

__all__ = ["Digests", "digest_of"]
_PIECE = 1 << 20


class Digests:
    """Answers for digests, from the store where a file is as it was. One object serves one run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.used = Marks()
        """The keys that this run asked for: what may stay in the store."""

    def of(self, path: Path) -> str:
        """The sha256 of a file's bytes. Raises OSError where it cannot be read."""
        return self.with_size(path)[0]

    def with_size(self, path: Path) -> tuple[str, int]:
        """The sha256 of a file, and how many bytes that was over. Raises OSError where it cannot be read."""
        key = place_of(path)
        self.used.add(key)
        now, status = time.time_ns(), path.stat()
        own = traits(status)
        kept = self._store.facts(f"{key}|seen")
        if kept is not None:
            before, _, digest = kept.decode("ascii").rpartition("|")
            if before == own:
                return digest, status.st_size
        digest, size = _read(path)
        if at_rest(status, now) and traits(path.stat()) == own:
            self._store.keep_facts(f"{key}|seen", f"{own}|{digest}".encode("ascii"))
        return digest, size


def place_of(path: Path) -> str:
    """What stands for a path in the store: a sha256 of it."""
    return hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()


def _read(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
