"""The only writer of finished documents: whole files, only its own, and a manifest at the end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self, overload

from docgen.errors import OutputError, reason_of
from docgen.evidence.seen import digest_of

from .atomic import TEMPORARY_PREFIX, put_file, write_aside, write_bytes
from .journal import JOURNAL_NAME, Journal, Unfinished, read_journal
from .lock import LOCK_NAME, Lock
from .manifest import MANIFEST_NAME, Entries, Entry, Manifest, read_manifest

__all__ = ["Publisher", "Result", "check_place", "digest_of"]
_OWN = {MANIFEST_NAME, JOURNAL_NAME, LOCK_NAME}


@dataclass(frozen=True, slots=True)
class Result:
    """What publishing did, as paths below OUT. `foreign` files lie in OUT but are not docgen's; they were left alone.

    `files` gives the sha256 of every file that is docgen's there now, the manifest's too.
    """

    made: Sequence[str]
    kept: Sequence[str]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    _all: Sequence[str] = field(default=(), repr=False)

    def untouched(self) -> Result:
        """What the same comes to where nothing was changed since: every file is kept."""
        return replace(self, made=(), kept=self._all, removed=())


class Paths(Sequence[str]):
    """The paths of those entries whose files were written in this build, or were not, or of all (None), in their order.
    Each is made when it is asked for; as a whole they are equal to any sequence of the same.
    """

    def __init__(self, entries: Entries, made: bool | None) -> None:
        self._entries = entries
        self._made = made
        self._count = len(entries) if made is None else sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        entries, made = self._entries, self._made
        return (path for path in entries if made is None or entries.was_made(path) is made)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return list(self)[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def _is_inside(path: Path, folder: Path) -> bool:
    return path == folder or path.is_relative_to(folder)


def _resolved(out: Path) -> Path:
    """OUT with every link followed. Raises OutputError for a name that the system does not take."""
    try:
        target = out.resolve()
        target.exists()
    except OSError as error:
        raise OutputError(
            f"成品不能写进 {_short(out)}：{reason_of(error)}。", "换一个文件夹，例如 -o 成品。"
        ) from error
    except (RuntimeError, ValueError) as error:  # a link to itself; a NUL
        raise OutputError(f"{_short(out)} 不能用作文件夹名。", "换一个文件夹，例如 -o 成品。") from error
    return target


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 120 else f"{text[:60]}…{text[-40:]}"


def check_place(out: Path, workspace: Path, evidence: Path) -> None:
    """Refuse an OUT that would endanger the user's own files; `evidence` is the folder of what they were handed. Raises
    OutputError.
    """
    target, source = _resolved(out), workspace.resolve()
    if target == source or source.is_relative_to(target):
        raise OutputError(
            f"成品不能写进工作区本身（{out}）。",
            "换一个文件夹，例如 -o 成品；也可以不写 -o，成品会放在工作区的“成品”文件夹里。",
        )
    if _is_inside(target, evidence.resolve()):
        raise OutputError(f"成品不能写进“{evidence.name}”文件夹（{out}）。", "换一个文件夹，例如 -o 成品。")
    if _is_inside(target, source / "templates") or _is_inside(target, source / "目录"):
        raise OutputError(f"成品不能写进工作区的模板或目录文件夹（{out}）。", "换一个文件夹，例如 -o 成品。")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{out} 是一个文件，不是文件夹。", "换一个文件夹名。")


class Digests(Mapping[str, str]):
    """The sha256 of each file of a finished OUT, the manifest's too, by path."""

    def __init__(self, entries: Entries, manifest: str) -> None:
        self._entries = entries
        self._manifest = manifest

    def __getitem__(self, path: str) -> str:
        return self._manifest if path == MANIFEST_NAME else self._entries[path].sha256

    def __iter__(self) -> Iterator[str]:
        yield from self._entries
        yield MANIFEST_NAME

    def __len__(self) -> int:
        return len(self._entries) + 1


class Publisher:
    """Writes one build into OUT. Use: `open`, then `put` each file, then `finish`; `close` where it came to nothing.

    `digest` gives the sha256 of a file of OUT. From `open` on no other process writes there.
    """

    def __init__(self, out: Path, digest: Callable[[Path], str] = digest_of) -> None:
        self.out = out
        self._digest = digest
        self._lock = Lock(out)
        self._claims: set[str] | None = None
        self._announced: set[tuple[str, str]] = set()
        self._before: Mapping[str, Entry] = Entries()
        self._unfinished = Unfinished()
        self._journal = Journal(out)
        self._entries = Entries()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove halves, and let others write. What was published stays; the next build goes on from there."""
        if self._claims is not None:
            self._sweep()
        self._claims = None
        self._lock.release()

    def open(self, paths: Iterable[str], force: bool = False) -> None:
        """Look at what lies in OUT, and say what will be written. Raises OutputError before anything is written.

        A folder that holds only other people's files is refused; so is the overwriting of a file that docgen did not
        make, or of one that someone changed since (unless `force`), and writing while another process does.
        """
        self._make_folder(self.out)
        self._lock.take()
        try:
            self._look(paths, force)
        except BaseException:
            self._lock.release()
            raise

    def _look(self, paths: Iterable[str], force: bool) -> None:
        wanted = set(paths) | {MANIFEST_NAME}
        manifest = read_manifest(self.out)
        self._before = manifest.by_path if manifest else Entries()
        self._unfinished = read_journal(self.out)
        self._refuse_obstacles(wanted)
        foreign = sorted(
            path for path in self._present() if path not in self._before and path not in self._unfinished.claimed
        )
        if foreign and manifest is None and not self._unfinished.claimed:
            raise OutputError(
                f"文件夹 {self.out} 里已有不是 docgen 生成的文件（如“{foreign[0]}”），没有写入。",
                "换一个空的或新的文件夹。",
            )
        clashes = sorted(wanted & set(foreign))
        if clashes:
            raise OutputError(
                f"{self.out} 里的“{clashes[0]}”不是 docgen 生成的，但与要生成的文件同名，没有写入。",
                "把它移走或改名，再运行一次。",
            )
        if not force:
            self._refuse_changed()
        self._sweep()
        self._claims = wanted

    def _refuse_obstacles(self, wanted: set[str]) -> None:
        """A folder that is a link would lead writing and deleting elsewhere; a file must not bar a folder, nor the reverse."""
        paths = chain(wanted, self._before, self._unfinished.claimed)
        lowest = {path.rpartition("/")[0] for path in paths}
        folders = {folder for name in lowest for folder in (Path(name), *Path(name).parents) if folder != Path()}
        for folder in sorted(folders):
            place = self.out / folder
            if place.is_symlink():
                raise OutputError(
                    f"{self.out} 里的“{folder.as_posix()}”是指向别处的链接，没有写入。",
                    "删除这个链接（它指向的内容不会受影响），再运行一次。",
                )
            if place.exists() and not place.is_dir():
                raise OutputError(
                    f"{self.out} 里的“{folder.as_posix()}”是一个文件，但要在这里建同名的文件夹，没有写入。",
                    "把它移走或改名，再运行一次。",
                )
        for path in sorted(wanted):
            if (self.out / path).is_dir() and not (self.out / path).is_symlink():
                raise OutputError(
                    f"{self.out} 里的“{path}”是一个文件夹，但要在这里写同名的文件，没有写入。",
                    "把它移走或改名，再运行一次。",
                )

    def _refuse_changed(self) -> None:
        """Someone may have worked in a finished file: never overwrite that work unasked."""
        ours = chain(self._before, self._unfinished.claimed)
        changed = sorted({path for path in ours if self._is_changed(path)})
        if changed:
            more = f"等{len(changed)}个文件" if len(changed) > 1 else ""
            raise OutputError(
                f"{self.out} 里的“{changed[0]}”{more}在生成以后被改动过，没有覆盖。",
                "要保留改动，请把文件复制到别处；确定不要改动，请加 --force 再运行一次。",
            )

    def _is_changed(self, path: str) -> bool:
        """Whether a file of ours has bytes that neither the manifest nor an unfinished build's journal knows."""
        place, entry = self.out / path, self._before.get(path)
        if path == MANIFEST_NAME or not place.is_file():
            return False
        digest = self._digest(place)
        return (entry is None or digest != entry.sha256) and (path, digest) not in self._unfinished.written

    def _files(self) -> Iterator[str]:
        """Every file below OUT, as a path below it; a folder that cannot be listed counts as empty."""
        top = str(self.out)
        for folder, _, names in os.walk(top):
            below = Path(folder).relative_to(top).as_posix()
            yield from (name if below == "." else f"{below}/{name}" for name in names)

    def _present(self) -> Iterator[str]:
        """Every file that is not docgen's own in a narrower sense: no half, no manifest."""
        for path in self._files():
            if path not in _OWN and not path.rpartition("/")[2].startswith(TEMPORARY_PREFIX):
                yield path

    def _sweep(self) -> None:
        """Remove the halves that a killed build left behind."""
        for path in self._files():
            if path.rpartition("/")[2].startswith(TEMPORARY_PREFIX):
                with suppress(OSError):  # in use on Windows: the next build removes it
                    (self.out / path).unlink(missing_ok=True)

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"不能建立文件夹 {folder}：{reason_of(error)}。", "检查磁盘是否可写、是否有权限，或换一个文件夹。"
            ) from error

    def put(self, entry: Entry, content: bytes | Path) -> None:
        """Publish one file, whole or not at all. A file that has these very bytes already is left as it is.

        `content` is its bytes, or a file below OUT (see `atomic.aside_of`) that is moved into its place.
        """
        path = self.out / entry.path
        there = self.has(entry.path, entry.sha256)
        if there:
            if isinstance(content, Path):
                content.unlink(missing_ok=True)
        else:
            self.announce([(entry.path, entry.sha256)])
            if isinstance(content, Path):
                put_file(path, content)
            else:
                write_bytes(path, content)
            self._announced.discard((entry.path, entry.sha256))
        self._entries.put(entry, made=not there)

    def announce(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Tell (path, sha256) of files that will be put next. `put` does so by itself; for several it is quicker at once,
        since the disk is waited for once.
        """
        new = [pair for pair in pairs if pair not in self._announced]
        if new:
            self._begin()
            self._journal.note(new)
            self._announced.update(new)

    def _begin(self) -> None:
        """Claim what will be written, before anything is: a build that changes nothing writes nothing."""
        if self._claims:
            self._journal.begin(self._claims, self._unfinished)
            self._claims = set()

    def has(self, path: str, sha256: str) -> bool:
        """Whether a file of OUT is there with these very bytes."""
        place = self.out / path
        try:
            return place.is_file() and not place.is_symlink() and self._digest(place) == sha256
        except OSError:
            return False

    def leave(self, entry: Entry) -> None:
        """Count a file that is there already, with the very bytes of `entry` (see `has`), as part of this build."""
        self._entries.put(entry)

    def keep(self, paths: Iterable[str]) -> None:
        """Leave dossiers of an earlier build as they are (a build of only some applications)."""
        for path in paths:
            entry = self._before.get(path)
            if entry is not None and path not in self._entries and (self.out / path).is_file():
                self._entries.put(entry)

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever builds into this folder ought to know of it."""
        if not self._lock.unknown:
            return ()
        return (f"{self.out} 所在的磁盘（多半是网络共享）不支持文件锁：请不要同时运行两个 docgen 往里写。",)

    @property
    def earlier(self) -> Mapping[str, Entry]:
        """What the manifest before this build listed, by path."""
        return self._before

    def finish(self, school: str, inputs: Mapping[str, str], applications: Collection[Mapping[str, Any]]) -> Result:
        """Remove what earlier builds made and this one did not, then write the manifest."""
        entries = self._entries
        ours = chain(self._before, self._unfinished.claimed)
        removed = sorted({path for path in ours if path not in entries and path not in _OWN})
        seal = self._write_manifest(Manifest(school, entries.values(), inputs, applications))
        gone = [path for path in removed if self._remove(path)]
        self._journal.end()
        foreign = sorted(path for path in self._present() if path not in entries)
        self.close()
        made, kept, whole = (Paths(entries, which) for which in (True, False, None))
        return Result(made, kept, tuple(gone), tuple(foreign), Digests(entries, seal), whole)

    def _write_manifest(self, manifest: Manifest) -> str:
        """Write the manifest, unless it is there already; its sha256."""
        if self._claims:  # nothing was written: so it will most likely be as it was
            digest = hashlib.sha256()
            for piece in manifest.pieces():
                digest.update(piece)
            if self.has(MANIFEST_NAME, digest.hexdigest()):
                return digest.hexdigest()
            self._begin()
        aside, seal, _ = write_aside(self.out, manifest.pieces())
        if self.has(MANIFEST_NAME, seal):
            aside.unlink()
        else:
            put_file(self.out / MANIFEST_NAME, aside)
        return seal

    def _remove(self, path: str) -> bool:
        target = self.out / path
        if not target.is_file():
            return False
        try:
            target.unlink()
            folder = target.parent
            while folder != self.out and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        except OSError as error:
            raise OutputError(
                f"不能删除过时的成品 {target}：{reason_of(error)}。", "关闭正在打开它的程序，再运行一次。"
            ) from error
        return True
