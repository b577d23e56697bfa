"""A form's bytes → the form opened, whatever its kind: its places, and filling it many times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from docgen.errors import InputError, UsageError

from .excel.filling import OpenExcel
from .maps import FormMap
from .package import FormKind, Package, kind_of
from .pdf.opened import OpenPdf
from .results import ExtractResult, FillResult, Place
from .values import FormData
from .word.filling import OpenWord


class OpenForm(Protocol):
    """A form, opened once. A plan shows in colour what would be written."""

    @property
    def suffix(self) -> str:
        """How the name of a filled form ends."""

    def places(self) -> tuple[Place, ...]:
        """Every place of the form, in the order of reading."""

    def extract(self, known: FormMap | None = None) -> ExtractResult:
        """What a filled form says; `known` is a map that names the fields of places by their labels."""

    def fill(
        self,
        data: FormData,
        mapped: Mapping[str, str] | None = None,
        *,
        remove_surplus: bool = False,
        plan: bool = False,
    ) -> FillResult:
        """The form filled from data; `mapped` as `propose` takes it."""


def open_form(data: bytes, name: str, *, flatten: bool = False) -> OpenForm:
    """Open a form by what its bytes are. With `flatten` a filled PDF cannot be changed any more.

    Raises InputError, with what to do, where it cannot be filled; UsageError for `flatten` with another kind.
    """
    kind = kind_of(data, name)
    if flatten and kind is not FormKind.PDF:
        raise UsageError("--flatten 只用于 PDF 表格。", "Word、Excel 表格不用写它。")
    if kind is FormKind.WORD:
        return OpenWord(Package.read(data, name))
    if kind is FormKind.EXCEL:
        return OpenExcel(Package.read(data, name))
    if kind is FormKind.PDF:
        return OpenPdf(data, name, flatten)
    raise InputError(f"“{name}”这种表格还填不了。", "能填的是 .docx、.xlsx 和 .pdf。")
