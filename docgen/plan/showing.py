"""What each artefact shows: its context, put together when it is asked for, and a digest of every field of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.evidence.volumes import VolumePart
from docgen.model.case import Case

from .artefacts import Dossier, canonical, fingerprint
from .context import Checked, application_context, application_particulars, school_context
from .volumes import part_fields, volume_title

Fields = Mapping[str, Any]


def digests_of(context: Fields) -> dict[str, str]:
    """A digest for each field, so that an artefact's fingerprint can be over those that its template may use."""
    return {name: fingerprint(canonical(value)) for name, value in context.items()}


def only(context: Fields, fields: frozenset[str] | None) -> dict[str, Any]:
    """The fields that a kind's templates may use; None means all."""
    return {name: value for name, value in context.items() if fields is None or name in fields}


@dataclass(slots=True)
class Contexts:
    """The contexts of a case's documents. Of the dossiers' only the last is kept: artefacts of one come together."""

    case: Case
    checked: Checked
    dossiers: tuple[Dossier, ...] = ()
    _position: int = -1
    _last: Fields = field(default_factory=dict)
    _school: Fields = field(default_factory=dict)

    def of(self, position: int) -> Fields:
        """The context of one application's documents."""
        if position != self._position:
            self._last = application_context(self.case, self.case.applications[position], self.checked)
            self._position = position
        return self._last

    def particulars(self, position: int) -> dict[str, Any]:
        """What every document of a dossier says of it."""
        return application_particulars(self.case, self.case.applications[position], self.checked)

    def school(self) -> Fields:
        """The context of the whole school's documents; 资料夹 tells of the dossiers planned."""
        if not self._school:
            rows = [
                {
                    "编号": dossier.application,
                    "文件夹": dossier.folder,
                    "草稿": dossier.draft,
                    "错误数": dossier.errors,
                    "提醒数": dossier.warnings,
                    "问题": self.checked.rows(dossier.application),
                }
                for dossier in self.dossiers
            ]
            self._school = school_context(self.case, self.checked) | {"资料夹": rows}
        return self._school


def document_source(contexts: Contexts, position: int, fields: frozenset[str] | None) -> Callable[[], Fields]:
    """Gives the context of a document of a dossier, or of the school (`position` below 0)."""
    return lambda: only(contexts.of(position) if position >= 0 else contexts.school(), fields)


def volume_source(contexts: Contexts, position: int, part: VolumePart) -> Callable[[], Fields]:
    """Gives the context of a volume's front pages, and the captions that stand beside its photos."""

    def context() -> Fields:
        captions: Iterable[list[str]] = ([item.subject, item.note, item.path] for item in part.items)
        given = {"题名": volume_title(part), "条目": list(captions)}
        return contexts.particulars(position) | given | part_fields(part)

    return context
