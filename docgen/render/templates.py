"""Template folders: docgen's own, and a workspace's, which win."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from docgen.errors import InputError, UsageError

_PACKAGE = Path(__file__).resolve().parent.parent
MANIFEST_NAME = "manifest.toml"
WORKSPACE_TEMPLATES = "templates"
SHARED = "_shared"
_TEMPLATE_FILES = frozenset((".docx", ".xlsx", ".html", ".css", ".toml"))
_FORMS = frozenset(("双周报",))
"""Kinds whose folder may hold this year's official form and nothing else."""
_HOW_TO_CHANGE = "docgen templates list 列出各种模板的名字，docgen templates eject 取出完整的一套来改。"


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """One document kind. `kind` is the folder's name, `title` what users call it; `own` when the workspace's wins.

    `fields` maps each top-level variable that the templates may use to what it means.
    """

    kind: str
    title: str
    description: str
    path: Path
    own: bool
    fields: Mapping[str, str]
    home: Path | None = None
    """Where people find it, if what is read is a copy."""

    def file(self, name: str) -> Path:
        """A file of the folder. Raises InputError where it is missing."""
        path = self.path / name
        if not path.is_file():
            raise InputError(
                f"模板“{self.title}”缺少文件 {name}（文件夹 {self.home or self.path}）。",
                "补上这个文件，或者删除该模板文件夹以使用 docgen 自带的模板。",
            )
        return path

    def has(self, name: str) -> bool:
        """Whether the folder holds a file of that name."""
        return (self.path / name).is_file()


def package_templates() -> Path:
    """Where docgen's own templates lie: inside the installed package, or beside it in a source tree."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def _read_manifest(folder: Path, own: bool) -> TemplateFolder:
    path = folder / MANIFEST_NAME
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = dict(content.get("fields", {}))
    except (OSError, TypeError, ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第 {place[1]} 行写法不对" if place else "读不出来"
        raise InputError(
            f"模板说明文件 {path} {where}。", "修正这个文件，或者删除该模板文件夹以使用自带的模板。"
        ) from error
    return TemplateFolder(
        kind=str(content.get("kind", folder.name)),
        title=str(content.get("title", folder.name)),
        description=str(content.get("description", "")),
        path=folder,
        own=own,
        fields={str(name): str(meaning) for name, meaning in fields.items()},
    )


@cache
def _package_folders() -> tuple[TemplateFolder, ...]:
    folders = (path.parent for path in sorted(package_templates().glob(f"*/{MANIFEST_NAME}")))
    return tuple(_read_manifest(folder, own=False) for folder in folders)


def _refuse_links(folder: Path) -> None:
    """A school's template takes nothing from outside its folder. Raises InputError for a link that leads out."""
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and not _is_below(path, home):
            raise InputError(
                f"模板文件 {path} 是指向模板文件夹之外的链接，没有读取。",
                "请把文件本身复制到模板文件夹里，替换这个链接。",
            )


def _is_below(path: Path, home: Path) -> bool:
    """Whether a path, with every link followed, lies below `home`, which is resolved already."""
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a loop of links
        return False


def template_folders(workspace: Path | None = None) -> tuple[TemplateFolder, ...]:
    """Every document kind, in the order of the folders' names; a workspace's own folder stands in the shipped one's place."""
    result = []
    for shipped in _package_folders():
        result.append(shipped)
        if workspace is None:
            continue
        for name in (shipped.kind, shipped.title):
            own = workspace / WORKSPACE_TEMPLATES / name
            if (own / MANIFEST_NAME).is_file():
                _refuse_links(own)
                result[-1] = replace(_read_manifest(own, own=True), kind=shipped.kind)
                break
    return tuple(result)


def unused_templates(workspace: Path) -> tuple[str, ...]:
    """What lies among a workspace's own templates and is not used, a sentence each: someone believes that it is."""
    top = workspace / WORKSPACE_TEMPLATES
    found = sorted(top.iterdir()) if top.is_dir() else []
    titles = {name: folder.title for folder in _package_folders() for name in (folder.kind, folder.title)}
    used = {folder.path for folder in template_folders(workspace) if folder.own}
    said = []
    for path in found:
        name = path.name
        if name.startswith((".", "_", "~$")) or path in used:
            continue
        if path.is_file():
            if path.suffix.lower() in _TEMPLATE_FILES:
                said.append(f"{WORKSPACE_TEMPLATES} 里的文件“{name}”没有使用：模板要放在各自的文件夹里。")
        elif name not in titles:
            said.append(f"{WORKSPACE_TEMPLATES} 里的文件夹“{name}”没有使用：没有叫这个名字的模板。")
        elif (path / MANIFEST_NAME).is_file():
            said.append(f"{WORKSPACE_TEMPLATES} 里“{titles[name]}”的模板有两份，文件夹“{name}”这一份没有使用。")
        elif titles[name] not in _FORMS:
            said.append(f"{WORKSPACE_TEMPLATES} 里的文件夹“{name}”没有使用：里面缺少 {MANIFEST_NAME}。")
    return tuple(f"{sentence}{_HOW_TO_CHANGE}" for sentence in said)


def find_template(kind: str, workspace: Path | None = None) -> TemplateFolder:
    """The template folder of a kind, by its name or its title. Raises UsageError where there is none."""
    folders = template_folders(workspace)
    for folder in folders:
        if kind in (folder.kind, folder.title):
            return folder
    known = "、".join(folder.title for folder in folders)
    raise UsageError(f"没有“{kind}”这种模板。", f"现有的模板：{known}。")


def template_folder(kind: str, workspace: Path | None = None) -> Path:
    """The path of a kind's template folder. Raises UsageError where there is none."""
    return find_template(kind, workspace).path


def contents_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a folder, by path below it, in order."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def contents_digest(contents: Mapping[str, bytes]) -> str:
    """A sha256 over the names and bytes of files, for fingerprints."""
    digest = hashlib.sha256()
    for name, data in contents.items():
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def folder_digest(folder: TemplateFolder) -> str:
    """A sha256 over the names and bytes of every file of the folder, for fingerprints."""
    return contents_digest(contents_of(folder.path))


@cache
def shared_digest() -> str:
    """The same of what docgen's templates share: style sheets, page frames."""
    return contents_digest(contents_of(package_templates() / SHARED))
