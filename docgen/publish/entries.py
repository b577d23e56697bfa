"""The entries of a manifest, of which a large school has tens of thousands, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from typing import Any

from docgen.tools.packed import PackedFiles

_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file. `pages` is None where the format has no fixed pages; sizes in bytes."""

    path: str
    sha256: str
    size: int
    pages: int | None
    title: str
    application: str
    draft: bool
    fingerprint: str
    made_of: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "bytes": self.size,
            "pages": self.pages,
            "title": self.title,
            "application": self.application,
            "draft": self.draft,
            "fingerprint": self.fingerprint,
            "made_of": [{"name": name, "sha256": digest} for name, digest in self.made_of],
        }


class Entries(Mapping[str, Entry]):
    """Entries by path, in the order of the paths, and of each whether its file was written in this build."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._kept: PackedFiles[tuple[Entry, bool]] = PackedFiles(_plain, _kept)
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry, made: bool = False) -> None:
        """Add an entry, or put it in the place of that with its path. `made`: its file was written in this build."""
        self._kept[entry.path] = entry, made or (entry.path in self._kept and self.was_made(entry.path))

    def __getitem__(self, path: str) -> Entry:
        return self._kept[path][0]

    def was_made(self, path: str) -> bool:
        """Whether a file was written in this build."""
        return self._kept[path][1]

    def __contains__(self, path: object) -> bool:
        return path in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def values(self) -> InOrder:
        """The entries, in the order of their paths."""
        return InOrder(self)


def _plain(kept: tuple[Entry, bool]) -> tuple[Any, ...]:
    entry, made = kept
    return (
        *(_shortened(entry.sha256), entry.size, entry.pages, entry.title, entry.application, entry.draft),
        _shortened(entry.fingerprint),
        tuple((each, _shortened(digest)) for each, digest in entry.made_of),
        made,
    )


def _kept(path: str, plain: tuple[Any, ...]) -> tuple[Entry, bool]:
    sha256, size, pages, title, application, draft, fingerprint, made_of, made = plain
    parts = tuple((name, _whole(digest)) for name, digest in made_of)
    return Entry(path, _whole(sha256), size, pages, title, application, draft, _whole(fingerprint), parts), made


class InOrder(ValuesView[Entry]):
    """Entries in the order of their paths, each made when it is asked for."""

    def __init__(self, entries: Entries) -> None:
        super().__init__(entries)
        self.by_path = entries


def _shortened(digest: str) -> str | bytes:
    """A digest in half the room; any other text as it is."""
    if len(digest) != _DIGEST:
        return digest
    try:
        raw = bytes.fromhex(digest)
    except ValueError:
        return digest
    return raw if raw.hex() == digest else digest


def _whole(digest: str | bytes) -> str:
    return digest.hex() if isinstance(digest, bytes) else digest
