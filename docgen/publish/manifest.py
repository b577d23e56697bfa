"""manifest.json: every file of OUT with its digest, size, pages and ingredients."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from docgen import __version__
from docgen.errors import InputError

from .entries import Entries, Entry, InOrder
from .reading import members

__all__ = ["FORMAT", "MANIFEST_NAME", "Entries", "Entry", "Manifest", "read_manifest", "stays_below"]
MANIFEST_NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build left in OUT. `inputs` maps each file that was read to its sha256."""

    school: str
    entries: Collection[Entry]
    inputs: Mapping[str, str]
    applications: Collection[Mapping[str, Any]] = ()

    @property
    def by_path(self) -> Entries:
        """The entries by path."""
        return self.entries.by_path if isinstance(self.entries, InOrder) else Entries(self.entries)

    def as_bytes(self) -> bytes:
        """The whole file, see `pieces`."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The file piece by piece: UTF-8, sorted, and without a date, so that equal builds give equal manifests."""
        yield _json({"docgen": __version__, "format": FORMAT, "school": self.school}).removesuffix("\n}").encode()
        yield from _listed("applications", self.applications)
        yield from _listed("inputs", ({"name": name, "sha256": self.inputs[name]} for name in sorted(self.inputs)))
        yield from _listed("files", (entry.as_dict() for entry in self.by_path.values()))
        yield b"\n}\n"


def _listed(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A member that lists rows, one at a time, as JSON is written with an indent of 1."""
    before = f',\n "{name}": ['
    yield before.encode()
    empty = True
    for row in rows:
        yield b"\n  " if empty else b",\n  "
        yield _json(row).replace("\n", "\n  ").encode()
        empty = False
    yield b"]" if empty else b"\n ]"


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _entry(content: Mapping[str, Any]) -> Entry:
    return Entry(
        path=str(content["path"]),
        sha256=str(content["sha256"]),
        size=int(content["bytes"]),
        pages=None if content["pages"] is None else int(content["pages"]),
        title=str(content["title"]),
        application=str(content["application"]),
        draft=bool(content["draft"]),
        fingerprint=str(content["fingerprint"]),
        made_of=tuple((str(part["name"]), str(part["sha256"])) for part in content["made_of"]),
    )


def stays_below(path: str) -> bool:
    """Whether a path that stands in a file of OUT names something below OUT, on any system."""
    parts = PureWindowsPath(path)
    return bool(parts.parts) and not parts.anchor and ".." not in parts.parts and "\0" not in path


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of OUT, None where there is none. Raises InputError where it cannot be read or names a path outside."""
    path = out / MANIFEST_NAME
    hint = "如果它被手工改过，请把整个文件夹移走，再重新运行 docgen build。"
    try:
        if not path.is_file():
            return None
        with path.open(encoding="utf-8") as stream:
            content: dict[str, Any] = {}
            for name, value in members(stream):
                if name == "format" and value != FORMAT:
                    raise InputError(f"{path} 是另一个版本的 docgen 写的（格式 {value}）。", hint)
                content[name] = (
                    _TAKEN[name](value) if name in _TAKEN else value if isinstance(value, str | int) else None
                )
        if "format" not in content:
            raise KeyError("format")
        entries: Entries = content["files"]
        manifest = Manifest(str(content["school"]), entries.values(), content["inputs"], content["applications"])
    except (
        OSError,
        UnicodeDecodeError,
        json.JSONDecodeError,
        KeyError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise InputError(f"成品清单 {path} 读不出来或已损坏。", hint) from error
    for name in entries:
        if not stays_below(name):
            raise InputError(f"成品清单 {path} 里有不该有的路径“{name}”。", hint)
    return manifest


_TAKEN: Mapping[str, Callable[[Iterable[Any]], Any]] = {
    "files": lambda rows: Entries(map(_entry, rows)),
    "inputs": lambda rows: {str(row["name"]): str(row["sha256"]) for row in rows},
    "applications": tuple,
}
"""What is made of a member, row by row."""
