"""The map of a form: which place takes which field, in a small TOML file that a person can correct."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docgen.errors import InputError
from docgen.findings import Finding

from .faults import CHANGED, finding
from .matching import LEFT_BLANK, map_entry
from .results import Place, Proposal, State

_HEAD = """\
# docgen 的表单对照表：表格的哪个位置填哪一项数据。下次填同一张表格时照此填写。
# 可以改的是 field：写数据的名称（院校.院校名称、申报.证书名称……，表格写“教师: #, 姓名, , 职称”，一列一项，空着的列不填）；
# 写 "" 就是留空。maybe 是拿不准的候选，确定后把它抄到 field。at 和 label 用来认位置，不要改。
"""
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a map. `field` None: not decided, so it is matched anew each time."""

    at: str
    label: str
    field: str | None


@dataclass(frozen=True, slots=True)
class FormMap:
    """A map as read: the form that it belongs to, and its places."""

    form: str
    fingerprint: str
    entries: tuple[Entry, ...] = ()
    source: str = field(default="", compare=False)

    def mapped(self) -> dict[str, str]:
        """Address → field, as `propose` takes it."""
        return {entry.at: entry.field for entry in self.entries if entry.field is not None}


def fingerprint_of(places: Sequence[Place]) -> str:
    """What a blank form is known by: its places and their labels, whatever program saved it."""
    told = [[place.at, place.kind.value, place.label, list(place.options), list(place.columns)] for place in places]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def write_map(form: str, proposals: Sequence[Proposal]) -> str:
    """The map of a form as TOML: every place that is open, with its field, or its candidates where it is not sure."""
    places = [proposal.place for proposal in proposals]
    lines = [
        _HEAD,
        f"version = {VERSION}",
        f"form = {_quoted(form)}",
        f"fingerprint = {_quoted(fingerprint_of(places))}",
    ]
    for proposal in proposals:
        place = proposal.place
        if place.closed:
            continue
        lines += ["", "[[place]]", f"at = {_quoted(place.at)}", f"label = {_quoted(shown_label(place))}"]
        if proposal.state is State.PROPOSED:
            candidates = [map_entry(proposal), *(key for key, _ in proposal.others)]
            lines.append(f"maybe = [{', '.join(map(_quoted, candidates))}]")
        elif not proposal.field and proposal.why != LEFT_BLANK:
            lines.append("maybe = []")
        else:
            lines.append(f"field = {_quoted(map_entry(proposal))}")
    return "\n".join(lines) + "\n"


def shown_label(place: Place) -> str:
    """A place's label on one line; a table's headers."""
    words = " ".join("".join(column.split()) for column in place.columns) if place.columns else place.label
    return " ".join(words.split())


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_map(text: str, name: str) -> FormMap:
    """A map out of TOML. Raises InputError, with the place, where it is none."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"对照表“{name}”写得不对：{error}。", "按文件开头的说明改正，或删去它，让 docgen 重新写一份。"
        ) from error
    entries = []
    for number, entry in enumerate(_places(content, name), 1):
        at, value = entry.get("at"), entry.get("field")
        if not isinstance(at, str) or not isinstance(value, str | None):
            raise InputError(f"对照表“{name}”第{number}个 [[place]] 写得不对：at 和 field 都应是文字。", "改正后再试。")
        entries.append(Entry(at, str(entry.get("label", "")), value))
    return FormMap(str(content.get("form", "")), str(content.get("fingerprint", "")), tuple(entries), name)


def _places(content: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    places = content.get("place", [])
    if not isinstance(places, list) or not all(isinstance(each, dict) for each in places):
        raise InputError(f"对照表“{name}”写得不对：每个位置要写成一段 [[place]]。", "按文件开头的说明改正。")
    return places


def fitted(known: FormMap, places: Sequence[Place], form: str) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The map's fields for a form that it was not made for, where address and label agree; what no longer agrees is told."""
    labels = {place.at: shown_label(place) for place in places}
    kept: dict[str, str] = {}
    lost = []
    for entry in known.entries:
        if entry.field is None:
            continue
        if labels.get(entry.at) == entry.label:
            kept[entry.at] = entry.field
        elif entry.field:
            lost.append(entry)
    if not lost:
        return kept, ()
    names = "、".join(f"{entry.at}（{entry.label}）" for entry in lost[:4])
    more = f"等{len(lost)}处" if len(lost) > 4 else ""
    words = f"对照表“{known.source}”里的{names}{more}在这份表格里找不到。"
    return kept, (finding(CHANGED, form, "", words, "多半是表格改了版：核对新写的对照表。"),)
