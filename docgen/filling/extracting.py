"""`docgen extract`: what filled forms say, from one form or from many into one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import DocgenError, InputError
from docgen.forms.opening import open_form
from docgen.forms.results import ExtractResult

from .target import load_map
from .work import read_form

SUFFIXES = (".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".pdf")
_PASSING = ("~$", ".~lock.", "._", ".docgen-part-")


@dataclass(frozen=True, slots=True)
class Unread:
    """A form that could not be read: why, and what to do."""

    form: Path
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read: a result a form, in their order, and the forms that could not be read."""

    results: tuple[ExtractResult, ...]
    unread: tuple[Unread, ...] = ()


def _quiet(done: int, of: int, what: str) -> None:
    """Nobody is told."""


def extract(
    forms: Sequence[Path], *, map_file: Path | None = None, progress: Callable[[int, int, str], None] = _quiet
) -> Extraction:
    """Read filled forms (`docgen extract`); a folder stands for the forms in it, by name.

    A form among several that cannot be read is told in `unread`, the others are read. Raises InputError where a file is
    not there, or where nothing at all could be read.
    """
    known = load_map(map_file) if map_file is not None else None
    files = _files(forms)
    results: list[ExtractResult] = []
    unread: list[Unread] = []
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        try:
            content, name = read_form(file)
            results.append(open_form(content, name).extract(known))
        except DocgenError as error:
            if len(files) == 1:
                raise
            unread.append(Unread(file, error.message, error.hint))
    if not results:
        first = unread[0] if unread else None
        raise InputError(
            first.message if first else "没有可以读的表格。",
            first.hint if first else "写上填好的表格，或放着它们的文件夹。",
        )
    return Extraction(tuple(results), tuple(unread))


def _files(forms: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for form in forms:
        if form.is_dir():
            inside = (each for each in form.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
            files += sorted(each for each in inside if not each.name.startswith(_PASSING))
        elif form.exists():
            files.append(form)
        else:
            raise InputError(f"没有文件 {form}。", "检查文件名和位置。")
    return files
