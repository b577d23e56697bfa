"""Many values of a kind, kept as compressed bytes and taken out a few at a time.

The rows of thousands of dossiers are many megabytes as Python objects, and most of the time none of them is looked at.
Kept here, they take a tenth of it, and go to another process as they are.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

T = TypeVar("T")
Value = TypeVar("Value")
_TOGETHER = 16
_MOST_OPEN = 4
"""Pieces that stay unpacked: the rows of one dossier, which are asked for again and again, may lie in several."""
_LEVEL = 1
"""Of zlib: the strongest takes ten times as long for a tenth of the bytes."""


def pack(value: Any) -> bytes:
    """A value as compressed bytes, for `unpack`; of this program only, never of a file that someone handed in."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _LEVEL)


def unpack(data: bytes) -> Any:
    """The value that `pack` made bytes of."""
    return pickle.loads(zlib.decompress(data))  # noqa: S301 - made by `pack` in this program


class PackedRows(Sequence[T]):
    """A sequence whose values are kept packed. It can be asked again and again; what it gives are copies, which are not to
    be changed: the next who asks may get the same one.
    """

    __slots__ = ("_count", "_open", "_pieces", "_together")

    def __init__(self, rows: Iterable[T], together: int = _TOGETHER) -> None:
        """`together` is how many rows are packed into one piece, and unpacked when one of them is asked for."""
        self._together = together
        self._pieces: list[bytes] = []
        self._count = 0
        self._open: dict[int, tuple[T, ...]] = {}
        left = iter(rows)
        while few := tuple(islice(left, together)):
            self._pieces.append(pack(few))
            self._count += len(few)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        for piece in self._pieces:
            yield from unpack(piece)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._count))]
        wanted = place + self._count if place < 0 else place
        if not 0 <= wanted < self._count:
            raise IndexError(place)
        at, within = divmod(wanted, self._together)
        few = self._open.get(at)
        if few is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.clear()
            few = self._open[at] = unpack(self._pieces[at])
        return few[within]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]
    """As a list's."""

    def __add__(self, other: Iterable[T]) -> list[T]:
        return [*self, *other]

    def __radd__(self, other: Iterable[T]) -> list[T]:
        return [*other, *self]

    def __repr__(self) -> str:
        return f"<{self._count} rows>"

    def __getstate__(self) -> tuple[int, int, list[bytes]]:
        return self._together, self._count, self._pieces

    def __setstate__(self, state: tuple[int, int, list[bytes]]) -> None:
        self._together, self._count, self._pieces = state
        self._open = {}


def _same(one: object, other: object) -> bool:
    return one == other


class PackedFiles(MutableMapping[str, Value]):
    """Values by path below some folder, in the order of the paths. Those of a folder are packed together; the folder
    that was asked for last is kept open, since files come folder by folder.

    `plain` makes of a value what takes little room, `whole` the value of that again and of its path.
    """

    __slots__ = ("_changed", "_count", "_folders", "_name", "_open", "_plain", "_whole")

    def __init__(self, plain: Callable[[Value], Any], whole: Callable[[str, Any], Value]) -> None:
        self._plain, self._whole = plain, whole
        self._folders: dict[str, bytes] = {}
        self._count = 0
        self._name, self._open, self._changed = "", dict[str, Any](), False

    def __getitem__(self, path: str) -> Value:
        folder, name = _parted(path)
        try:
            return self._whole(path, self._in(folder)[name])
        except KeyError:
            raise KeyError(path) from None

    def __setitem__(self, path: str, value: Value) -> None:
        folder, name = _parted(path)
        named = self._in(folder)
        self._count += name not in named
        named[name] = self._plain(value)
        self._changed = True

    def __delitem__(self, path: str) -> None:
        folder, name = _parted(path)
        try:
            del self._in(folder)[name]
        except KeyError:
            raise KeyError(path) from None
        self._count -= 1
        self._changed = True

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        folder, name = _parted(path)
        return name in self._in(folder)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        self._close()
        folders = tuple(self._folders)
        if any("/" in folder for folder in folders):
            yield from sorted(_joined(folder, name) for folder in folders for name in self._in(folder))
            return
        # The paths of a folder all begin with its name and "/", so that they stand together among all.
        places = {f"{folder}/": folder for folder in folders if folder}
        for place in sorted((*places, *self._in(""))):
            if place in places:
                yield from (place + name for name in sorted(self._in(places[place])))
            else:
                yield place

    def _in(self, folder: str) -> dict[str, Any]:
        """What is kept of the files of a folder, by name."""
        if folder != self._name:
            self._close()
            data = self._folders.get(folder)
            self._name, self._open = folder, unpack(data) if data else {}
        return self._open

    def _close(self) -> None:
        """Pack the folder that is open. It stays open."""
        if self._changed:
            self._folders[self._name] = pack(self._open)
        self._changed = False


def _parted(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
