"""What shapes documents besides the data: templates as they were when the build began, fonts, libraries.

A school's own templates are copied before anything is made of them, and the copy is what is read from then on: someone
may be working on one while the build runs, and every document of a build is to be of one template.
"""

from __future__ import annotations

import platform
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

import docgen
from docgen import __version__
from docgen.errors import InputError, reason_of
from docgen.evidence.store import Store
from docgen.fonts.caching import font_digest
from docgen.fonts.roles import Role, chain
from docgen.plan.artefacts import fingerprint
from docgen.plan.planning import Materials
from docgen.render.known_fields import top_fields
from docgen.render.templates import (
    TemplateFolder,
    contents_digest,
    contents_of,
    package_templates,
    shared_digest,
    template_folders,
)
from docgen.tools import fontconfig, pango

_LIBRARIES = (
    "cssselect2",
    "docxcompose",
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "openpyxl",
    "pikepdf",
    "pillow",
    "pillow-heif",
    "pydyf",
    "pypdfium2",
    "python-docx",
    "segno",
    "tinycss2",
    "uharfbuzz",
    "weasyprint",
)
"""Those whose versions shape bytes."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """Template folders by kind, to be read from; what the plan must know of them; the names of the copies kept."""

    templates: Mapping[str, TemplateFolder]
    materials: Materials
    copies: frozenset[str] = frozenset()


def supplies(workspace: Path, store: Store) -> Supplies:
    """What a build of this workspace is made with. Raises InputError where a template cannot be read."""
    templates, seals, fields, copies = {}, {}, {}, set()
    for folder in template_folders(workspace):
        contents = _contents(folder)
        seal = contents_digest(contents)
        if folder.own:
            path = store.keep_folder(seal, contents)
            copies.add(seal)
            folder = replace(folder, path=path, home=folder.path)
        templates[folder.kind] = folder
        seals[folder.kind] = fingerprint(seal, shared_digest())
        fields[folder.kind] = top_fields(folder)
    return Supplies(templates, Materials(seals, fonts_digest(), fields), frozenset(copies))


def _contents(folder: TemplateFolder) -> dict[str, bytes]:
    try:
        return contents_of(folder.path)
    except OSError as error:
        raise InputError(
            f"模板“{folder.title}”的文件读不出来（{folder.path}）：{reason_of(error)}。", "检查文件权限后再运行一次。"
        ) from error


def fonts_digest() -> str:
    """A digest over the fonts that documents are set in, and those that stand in for them character by character."""
    return fingerprint(*sorted({font_digest(choice.path) for role in Role for choice in chain(role)}))


@cache
def versions() -> dict[str, str]:
    """By what documents are made on this machine: name → version, "" for what is not there."""
    found = {"docgen": __version__, "Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found | {"Pango": pango.version()}


def surroundings() -> str:
    """A digest over all that may shape bytes and is no part of any document's identity: versions, installed fonts.

    In a source tree, where the version stays the same while the code changes, over the code's own state too.
    """
    faces = [f"{face.path}#{face.index}" for face in fontconfig.installed_faces()]
    return fingerprint(*(f"{name} {version}" for name, version in versions().items()), *faces, *_source_state())


@cache
def package_digest() -> str:
    """A digest over all templates that docgen comes with."""
    return contents_digest(contents_of(package_templates()))


def _source_state() -> list[str]:
    package = Path(docgen.__file__).parent
    if package_templates().is_relative_to(package) or getattr(sys, "frozen", False):
        return []
    files = ((path, path.stat()) for path in sorted(package.rglob("*.py")))
    return [f"{path.name} {status.st_size} {status.st_mtime_ns}" for path, status in files]
