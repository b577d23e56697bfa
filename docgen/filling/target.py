"""Where filled forms and their maps go."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.errors import InputError, OutputError, UsageError, reason_of
from docgen.forms.maps import FormMap, read_map

MAP_FOLDER = "表单对照"
"""The folder of a workspace that holds the maps of forms."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80
_KINDS = frozenset({".docx", ".doc", ".xlsx", ".xls", ".pdf", ".wps", ".et", ".rtf", ".csv", ".txt"})


def file_name(stem: str, subject: str, suffix: str) -> str:
    """The name of a filled form: the form's own, and whom it is for."""
    name = _UNFIT.sub("_", "-".join(filter(None, (stem, subject))))[:_LONGEST].strip(" .")
    return f"{name or '表格'}{suffix}"


def targets(form: Path, out: Path, subjects: list[str], suffix: str) -> list[Path]:
    """The files to write: `out` itself for one form where it is named as a file, else files in the folder `out`.

    Raises UsageError where that name says that it is a file of another kind, which no program would open then.
    """
    if len(subjects) == 1 and out.suffix and not out.is_dir():
        if out.suffix.lower() in _KINDS and out.suffix.lower() != suffix:
            raise UsageError(
                f"{form.name} 填好以后仍是 {suffix} 文件，不能叫“{out.name}”。",
                f"把 -o 后面的名称改成以 {suffix} 结尾；要 {out.suffix} 的，填好后用 Word 或 WPS 打开它，另存一份。",
            )
        return [out]
    if out.suffix and not out.is_dir() and (out.exists() or out.suffix.lower() == suffix):
        raise OutputError(f"要填{len(subjects)}份，{out} 却是一个文件。", "在 -o 后面写一个文件夹。")
    names: dict[str, int] = {}
    paths = []
    for subject in subjects:
        name = file_name(form.stem, subject or ("已填" if len(subjects) == 1 else ""), suffix)
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:
            name = f"{Path(name).stem} ({names[name]}){suffix}"
        paths.append(out / name)
    return paths


def refuse_overwriting(form: Path, paths: list[Path], *, force: bool) -> None:
    """Raises OutputError where a target is the blank form itself, or is there already and may not be replaced."""
    for path in paths:
        if path.exists() and path.resolve() == form.resolve():
            raise OutputError(f"{path} 就是空白表格本身，不能写在上面。", "用 -o 换一个名称或文件夹。")
        if path.exists() and not force:
            raise OutputError(f"{path} 已经有了。", "加 --force 覆盖它，或用 -o 换一个名称。")


def known_maps(folder: Path) -> list[FormMap]:
    """The maps of a folder, by name. Raises InputError for one that is written wrongly."""
    if not folder.is_dir():
        return []
    return [load_map(path) for path in sorted(folder.glob("*.toml")) if path.name != "docgen.toml" and _is_map(path)]


def _is_map(path: Path) -> bool:
    with path.open("rb") as stream:
        return "表单对照表".encode() in stream.read(400)


def load_map(path: Path) -> FormMap:
    """A map from a file. Raises InputError where it cannot be read or is none."""
    try:
        return read_map(path.read_text("utf-8-sig"), str(path))
    except OSError as error:
        raise InputError(f"对照表“{path}”打不开：{reason_of(error)}。", "检查文件是否存在、是否有权限。") from error
    except UnicodeDecodeError as error:
        raise InputError(f"对照表“{path}”不是 UTF-8 编码的文字。", "请用记事本另存为 UTF-8 编码。") from error


def map_path(folder: Path, form: Path, fingerprint: str) -> Path:
    """Where a new map goes: named after the form; with a part of its fingerprint where another form has that name."""
    path = folder / f"{_UNFIT.sub('_', form.stem)}.toml"
    return path if not path.exists() else folder / f"{_UNFIT.sub('_', form.stem)}-{fingerprint[:8]}.toml"
