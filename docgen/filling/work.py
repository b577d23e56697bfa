"""`docgen fill`: one blank form, opened once, filled for everybody who is asked for; its map written and read again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import EnvironmentLacks, InputError, UsageError, reason_of
from docgen.findings import Finding
from docgen.forms.maps import fingerprint_of, fitted, write_map
from docgen.forms.opening import open_form
from docgen.forms.package import FormKind, kind_of
from docgen.forms.results import FillResult, Place
from docgen.publish.atomic import write_bytes
from docgen.tools import libreoffice

from .data import subjects_of
from .target import MAP_FOLDER, known_maps, load_map, map_path, refuse_overwriting, targets

Progress = Callable[[int, int, str], None]
_SUFFIXES = {FormKind.WORD: (".docx", ".docm"), FormKind.EXCEL: (".xlsx", ".xlsm"), FormKind.PDF: (".pdf",)}


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One filled form: whom it is for, where it was written (None for a plan without a file), and what became of it."""

    subject: str
    path: Path | None
    result: FillResult


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling came to. `map_file` is the form's map, `known` whether it was there before."""

    form: Path
    forms: tuple[FilledForm, ...]
    map_file: Path | None
    known: bool
    findings: tuple[Finding, ...] = ()


def _quiet(done: int, of: int, what: str) -> None:
    """Nobody is told."""


def fill(
    form: Path,
    data: Path,
    out: Path | None,
    *,
    applications: Iterable[str] = (),
    each: bool = False,
    period: str | None = None,
    map_file: Path | None = None,
    plan: bool = False,
    remove_surplus: bool = False,
    flatten: bool = False,
    force: bool = False,
    progress: Progress = _quiet,
) -> Filled:
    """Fill a blank form (`docgen fill`). `period` names the biweekly report whose figures are asked for. With `plan` the copy in `out` only shows in colour what would be filled.

    Raises InputError for a form or data that cannot be used, UsageError, OutputError, and EnvironmentLacks for an .xls
    form without LibreOffice. The blank form is never written to.
    """
    if out is None and not plan:
        raise UsageError("没有写填好的表格放在哪里。", "用 -o 写文件名或文件夹；只看对照用 --plan。")
    content, name = read_form(form)
    opened = open_form(content, name, flatten=flatten)
    subjects = subjects_of(data, applications, each=each, period=period)
    subjects = subjects[:1] if plan else subjects
    suffix = _suffix(form, content, name)
    paths: list[Path] = targets(form, out, [each_.name for each_ in subjects], suffix) if out is not None else []
    refuse_overwriting(form, paths, force=force)
    places = opened.places()
    folder = _map_folder(data, out)
    known, mapped, findings = _mapped(form, places, folder, map_file)
    forms = []
    for number, subject in enumerate(subjects):
        progress(number, len(subjects), subject.name)
        result = opened.fill(subject.data, mapped, remove_surplus=remove_surplus, plan=plan)
        path = paths[number] if paths else None
        if path is not None:
            write_bytes(path, result.data)
        forms.append(FilledForm(subject.name, path, result))
    if known is None and folder is not None and forms:
        known = map_path(folder, form, fingerprint_of(places))
        write_bytes(known, write_map(form.name, forms[0].result.proposals).encode())
        return Filled(form, tuple(forms), known, known=False, findings=findings)
    return Filled(form, tuple(forms), known, known=known is not None, findings=findings)


def _mapped(
    form: Path, places: tuple[Place, ...], folder: Path | None, given: Path | None
) -> tuple[Path | None, dict[str, str], tuple[Finding, ...]]:
    """The map that holds for a form: the one given, the one with its fingerprint, else what an older form of that name left."""
    if given is not None:
        chosen = load_map(given)
        mapped, findings = fitted(chosen, places, form.name)
        return given, mapped, findings
    print_ = fingerprint_of(places)
    maps = known_maps(folder) if folder is not None else []
    same = next((each for each in maps if each.fingerprint == print_), None)
    if same is not None:
        return Path(same.source), same.mapped(), ()
    older = [each for each in maps if each.form == form.name]
    if older:
        mapped, findings = fitted(older[-1], places, form.name)
        return None, mapped, findings
    return None, {}, ()


def _map_folder(data: Path, out: Path | None) -> Path | None:
    if data.is_dir():
        return data / MAP_FOLDER
    if out is None:
        return None
    return out if out.is_dir() or not out.suffix else out.parent


def read_form(form: Path) -> tuple[bytes, str]:
    """A form's bytes and name; an old .xls as LibreOffice makes an .xlsx of it. Raises InputError, EnvironmentLacks."""
    try:
        content = form.read_bytes()
    except OSError as error:
        raise InputError(f"表格 {form} 打不开：{reason_of(error)}。", "检查文件是否存在、是否有权限。") from error
    if kind_of(content, form.name) is not FormKind.OLD_EXCEL:
        return content, form.name
    with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
        try:
            return libreoffice.to_xlsx(form, Path(folder)).read_bytes(), form.name
        except EnvironmentLacks as error:
            hint = f"请用 Excel 或 WPS 把它另存为 .xlsx；或安装 LibreOffice：{libreoffice.ADVICE}"
            raise EnvironmentLacks(f"“{form.name}”是旧的 .xls 文件，本机转换不了：{error.message}", hint) from error


def _suffix(form: Path, content: bytes, name: str) -> str:
    usual = _SUFFIXES[kind_of(content, name)]
    own = form.suffix.lower()
    return own if own in usual else usual[0]
