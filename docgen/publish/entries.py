"""The entries of a manifest, of which a large school has tens of thousands, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from typing import Any

from docgen.tools.packed import pack, unpack

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
    """Entries by path, in the order of the paths. Those of a folder are packed together; the folder that was asked for
    last is kept open, since files come folder by folder.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._folders: dict[str, bytes] = {}
        self._count = 0
        self._name: str | None = None
        self._open: dict[str, tuple[Any, ...]] = {}
        self._changed = False
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry, made: bool = False) -> None:
        """Add an entry, or put it in the place of that with its path. `made`: its file was written in this build."""
        folder, _, name = entry.path.rpartition("/")
        named = self._in(folder)
        before = named.get(name)
        self._count += before is None
        named[name] = (
            *(_shortened(entry.sha256), entry.size, entry.pages, entry.title, entry.application, entry.draft),
            _shortened(entry.fingerprint),
            tuple((each, _shortened(digest)) for each, digest in entry.made_of),
            made or (before is not None and before[-1]),
        )
        self._changed = True

    def __getitem__(self, path: str) -> Entry:
        sha256, size, pages, title, application, draft, fingerprint, made_of, _ = self._plain(path)
        parts = tuple((name, _whole(digest)) for name, digest in made_of)
        return Entry(path, _whole(sha256), size, pages, title, application, draft, _whole(fingerprint), parts)

    def was_made(self, path: str) -> bool:
        """Whether a file was written in this build."""
        return bool(self._plain(path)[-1])

    def digest(self, path: str) -> str:
        """The sha256 of a file."""
        return _whole(self._plain(path)[0])

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        folder, _, name = path.rpartition("/")
        return (folder == self._name or folder in self._folders) and name in self._in(folder)

    def __len__(self) -> int:
        return self._count

    def values(self) -> InOrder:
        """The entries, in the order of their paths."""
        return InOrder(self)

    def __iter__(self) -> Iterator[str]:
        self._close()
        if any("/" in folder for folder in self._folders):
            yield from sorted(_joined(folder, name) for folder in tuple(self._folders) for name in self._in(folder))
            return
        # The paths of a folder all begin with its name and "/", so that they stand together among all.
        places = {f"{folder}/": folder for folder in self._folders if folder}
        alone = tuple(self._in("")) if "" in self._folders else ()
        for place in sorted((*places, *alone)):
            if place in places:
                yield from (place + name for name in sorted(self._in(places[place])))
            else:
                yield place

    def _plain(self, path: str) -> tuple[Any, ...]:
        folder, _, name = path.rpartition("/")
        if folder != self._name and folder not in self._folders:
            raise KeyError(path)
        try:
            return self._in(folder)[name]
        except KeyError:
            raise KeyError(path) from None

    def _in(self, folder: str) -> dict[str, tuple[Any, ...]]:
        """What is known of the files of a folder, by name."""
        if folder != self._name:
            self._close()
            data = self._folders.get(folder)
            self._open = unpack(data) if data else {}
            self._name = folder
        return self._open

    def _close(self) -> None:
        """Pack the folder that is open. It stays open."""
        if self._changed and self._name is not None:
            self._folders[self._name] = pack(self._open)
        self._changed = False


class InOrder(ValuesView[Entry]):
    """Entries in the order of their paths, each made when it is asked for."""

    def __init__(self, entries: Entries) -> None:
        super().__init__(entries)
        self.by_path = entries


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


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
