"""What each artefact shows: its context, put together when it is asked for, and a digest of every field of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.evidence.volumes import VolumePart
from docgen.model.case import Case
from docgen.tools.packed import PackedRows

from .artefacts import Artefact, Dossier, Maker, canonical, fingerprint, fingerprint_of
from .context import Checked, application_context, application_particulars, school_context
from .volumes import part_fields, part_named, volume_title

Fields = Mapping[str, Any]


def digests_of(context: Fields) -> dict[str, str]:
    """A digest for each field, so that an artefact's fingerprint can be over those that its template may use."""
    return {name: _digest(value) for name, value in context.items()}


def _digest(value: Any) -> str:
    if isinstance(value, PackedRows):  # row by row: of thousands of dossiers it would be many megabytes at once
        return fingerprint_of(map(canonical, value))
    return fingerprint(canonical(value))


def only(context: Fields, fields: frozenset[str] | None) -> dict[str, Any]:
    """The fields that a kind's templates may use; None means all."""
    return {name: value for name, value in context.items() if fields is None or name in fields}


@dataclass(slots=True)
class Contexts:
    """The contexts of a case's documents. Of the dossiers' only the last is kept: artefacts of one come together."""

    case: Case
    checked: Checked
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The fields that a kind's templates may use; a kind that is not there may use all."""
    dossiers: Sequence[Dossier] = ()
    _position: int = -1
    _last: Fields = field(default_factory=dict)
    _school: Fields = field(default_factory=dict)

    def of(self, position: int) -> Fields:
        """The context of one application's documents."""
        if position != self._position:
            self._last = application_context(self.case, self.case.applications[position], self.checked)
            self._position = position
        return self._last

    def show(self, artefact: Artefact) -> Fields:
        """The context of an artefact, with only the fields that its templates may use."""
        if artefact.maker is Maker.VOLUME:
            application = self.case.applications[artefact.position]
            return self.volume(artefact.position, part_named(self.case, application, artefact.detail))
        context = self.of(artefact.position) if artefact.position >= 0 else self.school()
        return only(context, self.fields.get(artefact.kind))

    def volume(self, position: int, part: VolumePart) -> Fields:
        """The context of a volume's front pages, and the captions that stand beside its photos."""
        said = application_particulars(self.case, self.case.applications[position], self.checked)
        captions: Iterable[list[str]] = ([item.subject, item.note, item.path] for item in part.items)
        return said | {"题名": volume_title(part), "条目": list(captions)} | part_fields(part)

    def school(self) -> Fields:
        """The context of the whole school's documents; 资料夹 tells of the dossiers planned."""
        if not self._school:
            rows = PackedRows(
                {
                    "编号": dossier.application,
                    "文件夹": dossier.folder,
                    "草稿": dossier.draft,
                    "错误数": dossier.errors,
                    "提醒数": dossier.warnings,
                    "问题": self.checked.rows(dossier.application),
                }
                for dossier in self.dossiers
            )
            self._school = school_context(self.case, self.checked) | {"资料夹": rows}
        return self._school
