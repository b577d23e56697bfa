"""Where the merged file may be written: never over what it is made of, nor over what somebody did not mean."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from docgen.errors import OutputError, UsageError, reason_of

from .words import shown

PDF_SUFFIX = ".pdf"
_PDF_START = b"%PDF-"


def check_name(target: Path) -> None:
    """Refuse a name that is no PDF's. Raises UsageError."""
    if target.suffix.lower() != PDF_SUFFIX:
        raise UsageError(f"合并的结果是 PDF，文件名要以 .pdf 结尾（{shown(target)}）。", "例如 -o 合并.pdf。")


def check_target(target: Path, inputs: Iterable[Path], force: bool) -> None:
    """Refuse a target before the work begins. Raises OutputError."""
    try:
        there, final = target.exists(), target.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a name that the system does not take; a loop of links
        reason = reason_of(error) if isinstance(error, OSError) else "不能用作文件名"
        raise OutputError(f"不能写入 {shown(target)}：{reason}。", "用 -o 换一个文件名。") from error
    for path in inputs:
        # Two names may lead to one file: by a link, or by case on Windows.
        if path.resolve() == final or (there and path.exists() and path.samefile(target)):
            raise OutputError(
                f"{shown(target)} 是要合并的文件之一，不能被结果覆盖。", "用 -o 换一个文件名，或换到别的文件夹。"
            )
    if there and not target.is_file():
        what = "是一个文件夹" if target.is_dir() else "不是普通的文件"
        raise OutputError(f"{shown(target)} {what}，不能当作文件来写。", "在 -o 后面写出文件名，例如 -o 合并.pdf。")
    if there and not force:
        raise OutputError(f"已经有文件 {shown(target)}，没有覆盖。", "加上 --force 覆盖它，或用 -o 换一个文件名。")
    if there and not _is_pdf(target):
        raise OutputError(
            f"{shown(target)} 虽然叫 .pdf，内容却不是 PDF，没有覆盖。", "把它移走，或用 -o 换一个文件名。"
        )
    home = next(folder for folder in final.parents if folder.exists())
    if not home.is_dir():
        raise OutputError(f"{shown(target)} 的上级“{home.name}”不是文件夹。", "用 -o 换一个位置。")
    if not os.access(home, os.W_OK):
        raise OutputError(f"没有权限写入文件夹 {shown(home)}。", "用 -o 换一个位置。")


def _is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, or empty, so that nothing is lost by overwriting it with another."""
    try:
        with path.open("rb") as stream:
            start = stream.read(1024)
    except OSError as error:
        raise OutputError(f"不能覆盖 {shown(path)}：{reason_of(error)}。", "用 -o 换一个文件名。") from error
    return not start or _PDF_START in start
