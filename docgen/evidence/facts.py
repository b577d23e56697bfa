"""What was found out about a file ↔ bytes, as the store keeps it and the worker sends it."""

from __future__ import annotations

import json
from typing import Any

from docgen.model.records import EvidenceFile, FileNote, NoteKind

_NUMBERS = ("pages", "width", "height")
_TEXTS = ("media", "fault", "remedy", "likeness", "unarchival")


def facts_of(file: EvidenceFile) -> dict[str, Any]:
    """All that does not depend on where the file lies, as JSON knows it."""
    return {
        **{name: getattr(file, name) for name in (*_NUMBERS, *_TEXTS)},
        "notes": [[note.kind.value, note.detail] for note in file.notes],
        "texts": list(file.texts),
    }


def file_of(facts: object, path: str, size: int = 0, sha256: str = "") -> EvidenceFile:
    """The file that facts describe. Raises ValueError where they are not in the form that `facts_of` gives."""
    if not isinstance(facts, dict):
        raise ValueError("facts are an object")
    numbers = {name: _checked(facts.get(name), int) for name in _NUMBERS}
    texts = {name: _checked(facts.get(name), str) for name in _TEXTS}
    notes = []
    for pair in _checked(facts.get("notes"), list):
        kind, detail = _checked(pair, list)
        notes.append(FileNote(NoteKind(kind), _checked(detail, str)))
    pages = tuple(_checked(text, str) for text in _checked(facts.get("texts"), list))
    return EvidenceFile(path, size, sha256, notes=tuple(notes), texts=pages, **numbers, **texts)


def _checked(value: object, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def packed(facts: dict[str, Any]) -> bytes:
    """Facts as bytes. Half characters in the text of damaged PDFs are kept as escapes."""
    return json.dumps(facts, separators=(",", ":")).encode("ascii")


def unpacked(data: bytes) -> dict[str, Any]:
    """The facts in bytes. Raises ValueError where there are none."""
    facts = json.loads(data)
    if not isinstance(facts, dict):
        raise ValueError("facts are an object")
    return facts
