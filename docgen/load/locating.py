"""A workspace folder → its workbook, or one clear sentence why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.errors import InputError, reason_of
from docgen.findings import Finding
from docgen.model.schema import SHEETS, Sheet
from docgen.model.settings import REVIEW_WORKBOOK, SEASON_WORKBOOK, Settings
from docgen.model.source import Source

from .faults import finding
from .headers import assign
from .paths import is_inside
from .workbook import Book, lock_file_of, read_book, workbooks_in


def checked_directory(directory: Path) -> Path:
    """The workspace folder. Raises InputError where it does not exist, is a file, or may not be read."""
    if not directory.exists():
        raise InputError(f"找不到工作区文件夹“{directory}”。", "请核对路径；要新建工作区，运行 docgen init。")
    if not directory.is_dir():
        raise InputError(f"“{directory}”是一个文件，不是工作区文件夹。", "请给出放着工作簿的文件夹。")
    try:
        next(directory.iterdir(), None)
    except OSError as error:
        raise InputError(f"打不开文件夹“{directory}”：{reason_of(error)}。", "请检查文件夹的权限后再试。") from error
    return directory


def find_book(
    directory: Path, settings: Settings, given: Path | None, sheets: Sequence[Sheet] = SHEETS
) -> tuple[Book, list[Finding]]:
    """The workbook that was given, else the one of the settings, else the only fitting one in the folder.

    Raises InputError where there is none, or it cannot be read.
    """
    path = given if given is not None else directory / settings.workbook
    findings: list[Finding] = []
    if given is None and path.exists() and not is_inside(path, directory.resolve()):
        raise InputError(
            f"工作簿“{settings.workbook}”是指向工作区之外的链接，没有读取。",
            "请把工作簿本身复制到工作区里，替换这个链接。",
        )
    if given is None and not path.exists():
        book = _only_fitting(directory, settings.workbook, sheets)
        message = f"没有找到“{settings.workbook}”，读取的是同一文件夹里的“{book.name}”。"
        hint = f'请改名为“{settings.workbook}”，或在 docgen.toml 的 [workspace] 里写 workbook = "{book.name}"。'
        findings.append(finding("DAT021", message, hint, Source(book.name)))
        path = directory / book.name
    else:
        book = read_book(path, _name_below(path, directory))
        if given is None and (others := _copies(directory, path)):
            message = f"读取的是“{book.name}”；同一文件夹里还有{'、'.join(f'“{name}”' for name in others)}，没有读取。"
            hint = f"改的如果是那一本，请把它改名为“{book.name}”，原来的移到别处；只是备份的，不必理会。"
            findings.append(finding("DAT021", message, hint, Source(book.name)))
    if lock_file_of(path) is not None:
        message = f"“{book.name}”正在 Excel 或 WPS 中打开，还没有保存的修改读不到。"
        hint = "请保存并关闭工作簿后再运行一次；没有打开的，删除旁边以 ~$ 开头的文件。"
        findings.append(finding("DAT020", message, hint, Source(book.name)))
    return book, findings


def _name_below(path: Path, directory: Path) -> str:
    """The path below the workspace with /, or the bare name of a workbook that lies elsewhere."""
    try:
        return path.absolute().relative_to(directory.absolute()).as_posix()
    except ValueError:
        return path.name


_OF_OTHER_COMMANDS = {
    SEASON_WORKBOOK: f"生成双周报用 docgen report，它读“{SEASON_WORKBOOK}”。",
    REVIEW_WORKBOOK: f"秘书处的通知用 docgen notice，它读“{REVIEW_WORKBOOK}”。",
}
"""Workbooks that are never the one that is looked for under another name, and what they are for."""


def _copies(directory: Path, read: Path) -> list[str]:
    """Workbooks beside the one that is read which are named after it: copies, of which one may be what was filled in."""
    return [path.name for path in workbooks_in(directory) if path.name != read.name and read.stem in path.stem]


def _only_fitting(directory: Path, wanted: str, sheets: Sequence[Sheet]) -> Book:
    """The only workbook of the folder that has the compulsory sheets. Raises InputError if there is not just one."""
    found = workbooks_in(directory)
    candidates = [path for path in found if path.name not in _OF_OTHER_COMMANDS]
    if not candidates:
        also = "".join(hint for name, hint in _OF_OTHER_COMMANDS.items() if any(path.name == name for path in found))
        raise InputError(
            f"文件夹“{directory}”里没有工作簿“{wanted}”。", f"请核对文件夹；要新建一本，运行 docgen init。{also}"
        )
    if len(candidates) == 1:
        book = read_book(candidates[0], candidates[0].name)
        return _fitting(book, sheets) or _none_fits(wanted, [candidates[0].name])
    books = []
    for path in candidates:
        try:
            books.append(_fitting(read_book(path, path.name), sheets))
        except InputError:
            continue  # not the one; if no other fits, all are named below
    fitting = [book for book in books if book is not None]
    if len(fitting) == 1:
        return fitting[0]
    return _none_fits(wanted, [path.name for path in candidates])


def _none_fits(wanted: str, names: list[str]) -> Book:
    shown = "、".join(f"“{name}”" for name in names[:5]) + ("等" if len(names) > 5 else "")
    raise InputError(
        f"没有找到工作簿“{wanted}”；文件夹里有 {shown}，但不能确定该读哪一本。",
        f"请把填好的那一本改名为“{wanted}”，或在 docgen.toml 的 [workspace] 里写明 workbook。",
    )


def _fitting(book: Book, sheets: Sequence[Sheet]) -> Book | None:
    taken = assign(book.grids, sheets).taken
    return book if all(sheet.name in taken for sheet in sheets if sheet.required) else None
