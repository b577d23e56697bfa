"""What `merge` hands back: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.findings import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth saying of a merged file, or of the whole ("" as `file`). In Chinese; `hint` says what to do."""

    file: str
    level: Severity
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that did not go in: as it was given, why, and what to do."""

    file: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class MergedItem:
    """One file's place in the merged PDF. Pages count from 1 and are those of the PDF itself."""

    number: int
    title: str
    file: str
    kind: str
    first_page: int
    pages: int

    @property
    def last_page(self) -> int:
        """Its last page; two photos may share one."""
        return self.first_page + max(self.pages, 1) - 1


@dataclass(frozen=True, slots=True)
class Merged:
    """What `merge` made. `made` is false where the PDF did not pass its proof and was not written: `remarks` say why.

    `size` in bytes.
    """

    target: Path
    title: str
    made: bool
    pages: int
    size: int
    sha256: str
    items: tuple[MergedItem, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[Remark, ...]

    @property
    def whole(self) -> bool:
        """Whether everything that was given is in it, and nothing is wrong."""
        return self.made and not self.left_out and all(each.level is not Severity.ERROR for each in self.remarks)
