"""Answers out of what inspection noted of evidence files."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.evidence.notes import advice, sentence
from docgen.model.case import Case
from docgen.model.records import FileNote, NoteKind

from .base import Answer, Fail, NotApplicable
from .evidence import is_usable
from .evidence_texts import page_source
from .words import concerned


def noted(case: Case, kind: NoteKind) -> Iterator[Answer]:
    """Fails files with a note of that kind, once a file and application; files with a fault are told of elsewhere."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    told: set[tuple[str, str, FileNote]] = set()
    for item in case.evidence:
        if item.file is None or not is_usable(item):
            continue
        for note in item.file.notes:
            if note.kind is not kind:
                continue
            for application in concerned(case, item.scope):
                if (item.path, application, note) not in told:
                    told.add((item.path, application, note))
                    message = sentence(note, item.path)
                    yield Fail(message, page_source(case, item), advice(note), application=application)
