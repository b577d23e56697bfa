"""What goes to whoever makes artefacts, and what comes back: values that can be sent to another process or machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docgen.assemble.records import VolumeOrder
from docgen.findings import Evaluation, Finding
from docgen.model.case import Case
from docgen.plan.artefacts import Maker
from docgen.render.templates import TemplateFolder
from docgen.tools.packed import PackedFiles


@dataclass(frozen=True, slots=True)
class Fact:
    """What other artefacts may show of a finished one. `items` is how many pieces of evidence a volume holds."""

    path: str
    sha256: str
    size: int
    pages: int | None = None
    items: int | None = None


def fact_book() -> PackedFiles[Fact]:
    """An empty collection of facts, by path."""
    return PackedFiles(
        lambda fact: (bytes.fromhex(fact.sha256), fact.size, fact.pages, fact.items),
        lambda path, plain: Fact(path, plain[0].hex(), *plain[1:]),
    )


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that making one artefact takes. `context` has only the fields that its template may use.

    `needs` are the artefacts of the same dossier that it tells of, `facts` what is known of them already; the others
    are made before it, by the same hands. `boxes` are characters that no font has. `volume` is there for a volume,
    `review` for a report; `evidence_folder` is where findings say that evidence lies.
    """

    path: str
    maker: Maker
    fingerprint: str
    template: TemplateFolder
    context: Mapping[str, Any] = field(default_factory=dict, repr=False)
    application: str = ""
    needs: Sequence[str] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    boxes: frozenset[str] = frozenset()
    volume: VolumeOrder | None = field(default=None, repr=False)
    review: tuple[Case, Evaluation] | None = field(default=None, repr=False)
    evidence_folder: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An artefact's bytes, its facts, what was found. A volume, which may not fit in memory, is a `file` aside instead.

    Neither is there where it could not be made, which a finding tells. `notes` name what the template asks for in vain;
    `seconds` is what it took. `lasting`: the same order would give the same again.
    """

    data: bytes = field(repr=False)
    fact: Fact
    findings: tuple[Finding, ...] = ()
    file: Path | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    lasting: bool = True

    @property
    def content(self) -> bytes | Path:
        """What to publish: the file, else the bytes."""
        return self.file or self.data


def _readable_size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size / 1000, 0.1):.1f} KB"


def total_digest(facts: Iterable[Fact]) -> str:
    """One digest over several files: names and digests, in order of the names."""
    return sorted_digest(sorted(facts, key=lambda fact: fact.path))


def sorted_digest(facts: Iterable[Fact]) -> str:
    """The same of files that come in order of their names."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(f"{fact.path}\0{fact.sha256}\n".encode())
    return digest.hexdigest()


def file_row(fact: Fact, folder: str = "") -> dict[str, Any]:
    """A finished file as documents list it, named from `folder` (below OUT) on."""
    name = fact.path.removeprefix(f"{folder}/") if folder else fact.path
    return {
        "名称": name,
        "地址": quote(fact.path),
        "页数": fact.pages,
        "件数": fact.items,
        "大小": _readable_size(fact.size),
        "摘要": fact.sha256,
    }


def file_fields(facts: Iterable[Fact], folder: str) -> dict[str, Any]:
    """The fields 文件 and 总摘要 of a dossier's document, from the facts of what it needs."""
    known = list(facts)
    return {"文件": [file_row(fact, folder) for fact in known], "总摘要": total_digest(known)}
