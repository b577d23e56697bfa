"""manifest.json: every file of OUT with its digest, size, pages and ingredients."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from docgen import __version__
from docgen.errors import InputError

MANIFEST_NAME = "manifest.json"
FORMAT = 1


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


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build left in OUT. `inputs` maps each file that was read to its sha256."""

    school: str
    entries: tuple[Entry, ...]
    inputs: Mapping[str, str]
    applications: Sequence[Mapping[str, Any]] = ()

    def as_bytes(self) -> bytes:
        """The file's bytes: UTF-8, sorted, and without a date, so that equal builds give equal manifests."""
        content = {
            "docgen": __version__,
            "format": FORMAT,
            "school": self.school,
            "applications": list(self.applications),
            "inputs": [{"name": name, "sha256": self.inputs[name]} for name in sorted(self.inputs)],
        }
        data = bytearray(_json(content).removesuffix("\n}").encode())
        # One file at a time: those of thousands of dossiers would be held in four forms at once.
        for number, entry in enumerate(sorted(self.entries, key=lambda entry: entry.path)):
            data += b",\n  " if number else b',\n "files": [\n  '
            data += _json(entry.as_dict()).replace("\n", "\n  ").encode()
        data += b"\n ]\n}\n" if self.entries else b',\n "files": []\n}\n'
        return bytes(data)


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
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise InputError(f"{path} 是另一个版本的 docgen 写的（格式 {content['format']}）。", hint)
        entries = tuple(_entry(row) for row in content["files"])
        inputs = {str(row["name"]): str(row["sha256"]) for row in content["inputs"]}
        manifest = Manifest(str(content["school"]), entries, inputs, tuple(content["applications"]))
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
    for entry in entries:
        if not stays_below(entry.path):
            raise InputError(f"成品清单 {path} 里有不该有的路径“{entry.path}”。", hint)
    return manifest
