"""What the templates of a kind may use: every variable with what is in it, what it means, and an example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from docgen.model import schema
from docgen.model.case import Case

from .narrative import NARRATIVE_NAME
from .templates import MANIFEST_NAME, TemplateFolder, package_templates

_SHARED_FIELDS = "_shared/fields.toml"
_UNIT = re.compile(r"[（(].*?[）)]$")
ROWS = "[]"


@dataclass(frozen=True, slots=True)
class Field:
    """One variable. `path`: 院校.院校名称, 教师[].姓名 for one in a loop over 教师; `rows` where it has many rows."""

    path: str
    meaning: str
    example: str = ""
    rows: bool = False

    @property
    def depth(self) -> int:
        """How many variables it lies below."""
        return self.path.count(".")

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A path that a kind does not have: `name` is the first wrong part, `siblings` what there is instead.

    `rows`: what stands before is a table with many rows, whose fields need a loop.
    """

    name: str
    siblings: tuple[str, ...] = ()
    rows: str = ""


@dataclass(frozen=True, slots=True)
class KnownFields:
    """All fields of a kind, in the order in which they are told, and those that a template of it ought to show."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    required: tuple[str, ...] = ()
    tree: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def unknown(self, path: str) -> Unknown | None:
        """What is wrong with the path that a template uses; None where it is there."""
        node: Mapping[str, Any] = self.tree
        before = ""
        for name in path.replace(ROWS, f".{ROWS}").split("."):
            if name in node:
                node = node[name]
            elif name == ROWS:
                return None  # a text or a group that is gone through: no field is wrong
            elif ROWS in node:
                return Unknown(name, tuple(node[ROWS]), before)
            else:
                return Unknown(name, tuple(node))
            before = name
        return None


def field_name(header: str) -> str:
    """A column's name as templates have it: without the unit in brackets."""
    return _UNIT.sub("", header).strip()


@cache
def _shared() -> dict[str, Any]:
    return tomllib.loads((package_templates() / _SHARED_FIELDS).read_text(encoding="utf-8"))


def top_fields(folder: TemplateFolder) -> frozenset[str]:
    """The variables that the templates of a folder may use: a school's own any of its kind, ours those of its manifest."""
    if folder.own:
        return frozenset(known_fields(folder).tree)
    return frozenset(folder.fields)


def known_fields(folder: TemplateFolder, extra: Mapping[str, Iterable[str]] | None = None) -> KnownFields:
    """The fields of a kind. `extra`: sheet name → columns that a school added to its workbook."""
    shipped = package_templates() / folder.kind / MANIFEST_NAME
    manifest = tomllib.loads(shipped.read_text(encoding="utf-8")) if shipped.is_file() else {}
    context = str(manifest.get("context", ""))
    tops = {**manifest.get("fields", {}), **folder.fields}
    tops |= {name: meaning for name, meaning in _shared()["contexts"].get(context, {}).items() if name not in tops}
    shapes = {**_shared()["shapes"]["any"], **_shared()["shapes"].get(context, {})}
    groups = _groups(folder, extra or {})
    found: list[Field] = []
    for name, meaning in tops.items():
        found += _below(name, (str(meaning), "", shapes.get(name, "")), groups)
    required = tuple(str(path) for path in manifest.get("required", ()))
    return KnownFields(folder.kind, folder.title, tuple(found), required, _tree(found))


def extra_columns(case: Case) -> dict[str, tuple[str, ...]]:
    """Sheet name → the names of the columns that a school added to its workbook."""
    result = {}
    for sheet in schema.SHEETS:
        held = getattr(case, sheet.field)
        records = held if isinstance(held, Sequence) else (held,)
        names = dict.fromkeys(field_name(name) for record in records for name in record.extra)
        if names:
            result[sheet.name] = tuple(names)
    return result


def _groups(folder: TemplateFolder, extra: Mapping[str, Iterable[str]]) -> dict[str, dict[str, tuple[str, str, str]]]:
    """Group name → field → meaning, example, shape."""
    groups = {
        name: {
            title: (str(said[0]), str(said[1]), str(said[2]) if len(said) > 2 else "") for title, said in group.items()
        }
        for name, group in _shared()["groups"].items()
    }
    for sheet in (*schema.SHEETS, *schema.REVIEW_SHEETS):
        groups[sheet.name] = {
            field_name(column.header): (
                column.note.rstrip("。"),
                str(column.example),
                ROWS if column.kind is schema.ValueKind.NAMES else "",
            )
            for column in sheet.columns
        } | dict.fromkeys(extra.get(sheet.name, ()), ("工作簿里自己加的列", "", ""))
    groups["叙述"] = dict.fromkeys(_sections(folder), ("narrative.toml 中这一段文字，一个自然段一行", "", ROWS))
    return groups


def _sections(folder: TemplateFolder) -> list[str]:
    """The sections of the kind's prose; none where it has no prose, or prose that cannot be read."""
    path = folder.path / NARRATIVE_NAME
    try:
        return list(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return []


def _below(
    path: str, said: tuple[str, str, str], groups: Mapping[str, Mapping[str, tuple[str, str, str]]]
) -> Iterator[Field]:
    meaning, example, shape = said
    rows = shape.endswith(ROWS)
    yield Field(path, meaning, example, rows)
    for group in filter(None, shape.removesuffix(ROWS).split("+")):
        for name, inner in groups[group].items():
            yield from _below(f"{path}{ROWS if rows else ''}.{name}", inner, groups)


def _tree(found: Iterable[Field]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for each in found:
        node = tree
        for name in each.path.replace(ROWS, f".{ROWS}").split("."):
            node = node.setdefault(name, {})
        if each.rows:
            node.setdefault(ROWS, {})
    return tree
