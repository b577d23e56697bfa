"""Places and data → proposals: which field each place means, what would be written there, and whether it is sure enough.

The same for Word, Excel and PDF: a reader finds the places, `propose` decides, a writer writes what is FILLED.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from docgen.model.text import fold

from .doubting import CERTIFICATE, ONE_THING, OURS, TOTALS, doubt_about
from .labels import BY_CONTEXT, SYNONYM, THRESHOLD, WEAK, Field, Kind, Match, Vocabulary
from .listing import match_table
from .owners import is_afterwards, names_another, stranger_beside
from .pairs import JOIN, field_of, pair_of, value_of
from .results import Place, PlaceKind, Proposal, State
from .spelling import read_label
from .survey import SCHOOL_NAME, Walk, is_school, sheets_of, spoken_of, surveys
from .tables import NUMBERING, ROW_TABLES, SUMS, TOTAL, WORTH
from .values import FormData, as_text, meant_by_options, options_of
from .vocabulary import school_vocabulary

_ALIKE = 0.02
"""Two fields whose scores differ by no more than this claim a place with equal right."""
_ORGANISATION = "申报.培训评价组织"
_ITS_NAME = re.compile("(?:机构|单位|组织|企业|公司)?(?:名称|全称)")
_INFORMATION = re.compile("(?:基本)?(?:信息|情况|资料)$")
_PARTY = re.compile("[甲乙丙丁]方")
LEFT_BLANK = "对照表里写明留空"
_BUREAU = re.compile("(?:部门|机关|[厅局])$")
"""Seals what it sends itself (推荐部门（盖章）)."""
_SHORT = 6
_FOR_TEXT = (PlaceKind.CELL, PlaceKind.BLANK, PlaceKind.CONTROL)
_PERSONAL = ("电话", "邮箱")
_COMPUTED = "统计."
"""Figures over the rows that the workbook lists: a form that asks for 教师数 may well mean all the school's."""
_ALL_SCHOOL = re.compile("教学|校内|全校|学校|院校|校舍|科研|建筑|固定资产")
_SORTS = re.compile("(?:学校|院校|[贵本我]校)?(?:(?:参赛|申报|所属)?组别|类型|类别|层次|性质|等级|级别)?")
_BARE = frozenset(("人数", "专业", "专业名称"))
"""Asked beside the certificate, they are the pilot's."""


def propose(
    places: Sequence[Place],
    data: FormData,
    mapped: Mapping[str, str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> tuple[Proposal, ...]:
    """What to do with each place, in their order.

    `mapped` is what a person (or an earlier fill) laid down: address → key of the data, "" for a place to leave blank;
    for a TABLE `名称: 列, 列…` as `map_entry` writes it. Places that it does not name are matched by their labels.
    """
    vocabulary = vocabulary or school_vocabulary()
    mapped = mapped or {}
    known = {each.key for each in vocabulary.fields}
    extras = {name: key for name, key in data.named().items() if key not in known and not key.startswith(_COMPUTED)}
    walks = {
        sheet: Walk(each, extras, stranger=bool(each.theirs)) for sheet, each in surveys(places, vocabulary).items()
    }
    proposals = []
    for place, sheet in zip(places, sheets_of(places), strict=True):
        walk = walks[sheet]
        walk.enter(place)
        if place.at in mapped:
            proposals.append(_as_mapped(place, mapped[place.at], data, vocabulary))
        elif place.kind is PlaceKind.TABLE:
            proposals.append(_theirs(_once(_table(place, data, walk), proposals), walk))
            walk.listed = proposals[-1] if proposals[-1].state is State.FILLED else None
        else:
            proposals.append(_single(place, data, vocabulary, walk))
    return tuple(proposals)


def _theirs(proposal: Proposal, walk: Walk) -> Proposal:
    """A list of schools below an office that seals it is that office's to fill."""
    if proposal.state is State.FILLED and walk.stranger and "院校名称" in proposal.columns.values():
        return replace(proposal, state=State.PROPOSED, score=WEAK, why="前面盖章的是别的单位")
    return proposal


def _single(place: Place, data: FormData, vocabulary: Vocabulary, walk: Walk) -> Proposal:
    """A place for one value."""
    label = read_label(place.label)
    if _PARTY.match(fold(place.label)) or stranger_beside(("".join((label.key, *label.remarks)),), person=False):
        own = walk.survey.own(place.label)
        walk.stranger = own == place.label and not is_school(own)
    if label.sealed and _BUREAU.search(label.key):
        walk.stranger = True
    if place.closed:
        return Proposal(place, why=place.closed)
    if label.signed or label.opinion:
        return Proposal(place, why="签字处" if label.signed else "由他人填写意见")
    if is_afterwards(place.label, place.context[: place.near]):
        return Proposal(place, why="问的是变更后的内容")
    matches = _matches(place, vocabulary, walk)
    if not any(each.score >= THRESHOLD and each.field.held for each in matches):
        unheld = (matches[0].field.title,) if matches and matches[0].score >= THRESHOLD else ()
        if extra := next((walk.extras[name] for name in (label.key, *unheld) if name in walk.extras), ""):
            matches = (Match(Field(extra, extra.rpartition(".")[2]), 1.0, "与数据中的名称相同"),)
    _note_certificate(label.key, matches, walk)
    if not matches:
        walk.stranger = walk.stranger or names_another(label.key)
        walk.person = spoken_of(label.key, vocabulary) or walk.person
        return Proposal(place, why="不认识这个标签" if label.key else "没有标签")
    best = matches[0]
    if best.score < WEAK and names_another(label.key) and not OURS.search(label.key):  # 就业单位名称, near to ours
        walk.stranger = True
    if best.field.subject and best.field.part == "姓名":
        sure = best.score >= THRESHOLD
        walk.person = best.field.subject if sure else spoken_of(label.key, vocabulary) or walk.person
    if not best.field.held:
        why = f"数据里没有“{best.field.title}”" if best.score >= WEAK and best.field.subject else ""
        return Proposal(place, title=best.field.title, why=why or f"数据里没有“{best.field.title}”这一项")
    # 机构名称 below 培训评价组织 does not bring us back to the school.
    theirs = walk.is_theirs() and not OURS.search(label.key)
    if best.field.key == SCHOOL_NAME and best.score >= THRESHOLD and not theirs:
        walk.stranger = False
    proposal = _judged(place, matches, data, vocabulary)
    doubt = doubt_about(place, best, vocabulary, walk)
    return replace(proposal, state=State.PROPOSED, score=WEAK, why=doubt) if doubt and proposal.value else proposal


def _note_certificate(key: str, matches: Sequence[Match], walk: Walk) -> None:
    """Remember of which certificate a form speaks: what follows 原证书名称 is not the application's level."""
    if re.search("证书(?:名称|全称)?$", key):
        known = bool(matches) and matches[0].field.key == CERTIFICATE and matches[0].score >= THRESHOLD
        walk.other_certificate = "" if known else key
        walk.own_certificate = known


def _once(proposal: Proposal, before: Sequence[Proposal]) -> Proposal:
    """A second list of the same rows wants another part of them (专任教师, 兼职教师): which, a person has to say."""
    if proposal.state is State.FILLED and any(each.field == proposal.field and each.rows for each in before):
        return replace(proposal, state=State.PROPOSED, score=WEAK, why=f"前面已有一张表填了“{proposal.field}”")
    return proposal


def _matches(place: Place, vocabulary: Vocabulary, walk: Walk) -> tuple[Match, ...]:
    """The candidates of a place, from its label, from what its field is called, or from its options alone."""
    if walk.listed and (total := _total(place, walk.listed, vocabulary)):
        return (total,)
    asked = walk.survey.own(place.label)
    context = tuple(map(walk.survey.own, place.context))
    matches = vocabulary.match(asked, context, walk.person, place.near)
    if place.name and (not matches or matches[0].score < THRESHOLD):
        named = vocabulary.match(place.name.replace("_", ""), place.context, walk.person, place.near)
        if named and named[0].score >= BY_CONTEXT:
            matches = named
    if not matches or matches[0].score <= WEAK:
        nearest = _INFORMATION.sub("", read_label(next(iter(context), "")).key)
        if 0 < len(nearest) <= _SHORT and read_label(place.label).key:  # 学校信息 | 名称：＿＿
            joined = vocabulary.match(f"{nearest}{read_label(place.label).key}")
            said = bool(joined) and joined[0].score >= SYNONYM
            other = (
                bool(matches)
                and matches[0].score == WEAK
                and joined[:1]
                and joined[0].field.key != matches[0].field.key
            )
            matches = joined if said and not other else matches
    if "评价组织" in fold(place.section or walk.survey.theirs) and _ITS_NAME.fullmatch(read_label(place.label).key):
        own = vocabulary.by_key(_ORGANISATION)
        matches = (Match(own, BY_CONTEXT, f"按上下文“{place.section or walk.survey.theirs}”"),) if own else matches
    if place.kind in _FOR_TEXT and not (matches and matches[0].score >= THRESHOLD):
        pair = pair_of(read_label(place.label).key, place.context, walk.person, vocabulary, place.near)
        matches = (pair,) if pair else matches
    if matches and not matches[0].field.held and not matches[0].field.subject and matches[0].field.part in _PERSONAL:
        matches = _unclaimed(matches[0], vocabulary, walk)
    key = read_label(place.label).key
    if matches and matches[0].score == WEAK and key in _BARE and walk.own_certificate and not walk.survey.event:
        matches = (replace(matches[0], score=THRESHOLD, why="和申报的证书在一起"),)
    totals = bool(matches) and matches[0].score == WEAK and matches[0].field.key in TOTALS
    if totals and walk.survey.pilot and not _ALL_SCHOOL.search(key):
        matches = (replace(matches[0], score=BY_CONTEXT, why="表里问的是证书试点的条件"),)
    if place.options and (meant := vocabulary.by_key(meant_by_options(place.options))):
        if matches and matches[0].field.key == meant.key:
            matches = (replace(matches[0], score=max(matches[0].score, BY_CONTEXT)),)
        elif (
            not matches
            or (matches[0].score < THRESHOLD and matches[0].field.held)
            or matches[0].field.key == SCHOOL_NAME
        ):  # 学校属于（　）中职（　）高职
            score = THRESHOLD if not key or _SORTS.fullmatch(key) else 0.85
            matches = (Match(meant, score, "按选项的内容"), *matches)
    return matches


def _total(place: Place, listed: Proposal, vocabulary: Vocabulary) -> Match | None:
    """The total of a column of the list above that was filled, where the data has it."""
    if not place.label.startswith(TOTAL):
        return None
    header = place.label.removeprefix(TOTAL)
    column = next((number for number, each in enumerate(listed.place.columns) if each == header), -1)
    known = vocabulary.by_key(SUMS.get(f"{listed.field}.{listed.columns.get(column, '')}", ""))
    return Match(known, BY_CONTEXT, "表格的合计") if known else None


def _unclaimed(match: Match, vocabulary: Vocabulary, walk: Walk) -> tuple[Match, ...]:
    """A phone number or mail address of nobody in particular: the contact's, where the form knows of nobody else."""
    sure = match.score >= WEAK and not walk.survey.personal and walk.survey.people <= {"联系人"}
    found = next(each for each in vocabulary.fields if each.subject == "联系人" and each.part == match.field.part)
    return (Match(found, THRESHOLD if sure else WEAK, "没有说明是谁的，按联系人" if sure else "没有说明是谁的"),)


def _judged(place: Place, matches: Sequence[Match], data: FormData, vocabulary: Vocabulary) -> Proposal:
    """The best candidate with its value: filled if it is sure, alone, and has a value that the place can take."""
    best = matches[0]
    label = read_label(place.label)
    others = tuple((each.field.key, each.score) for each in matches[1:] if each.field.held)
    rival = next(
        (
            each
            for each in matches[1:]
            if best.score - each.score <= _ALIKE and each.field.held and each.field.key != best.field.key
        ),
        None,
    )
    value = (
        value_of(best.field.key, data, vocabulary, label.unit or place.unit)
        if JOIN in best.field.key
        else as_text(data.value(best.field.key), best.field.kind, label.unit or place.unit)
    )
    proposal = Proposal(place, best.field.key, best.field.title, value, best.score, State.PROPOSED, best.why, others)
    group = best.field.key.partition(".")[0]
    if group in data.pending:
        return replace(proposal, state=State.BLANK, why=data.pending[group])
    if not value:
        return replace(proposal, state=State.BLANK, why=f"数据里没有填“{best.field.title}”")
    if rival is not None:
        return replace(proposal, why=f"“{best.field.title}”和“{rival.field.title}”都可能，请在对照表里写明")
    if label.year is not None and str(label.year) != as_text(data.value("院校.申报年度")):
        return replace(proposal, score=WEAK, why=f"问的是{label.year}年，与申报年度不同")
    if best.score < THRESHOLD:
        return replace(proposal, why=f"{best.why}，把握不够")
    return _fitted(proposal, best.field)


def _fitted(proposal: Proposal, field: Field) -> Proposal:
    """The proposal as filled, if the place can take the value."""
    place, value = proposal.place, proposal.value
    if place.kind is PlaceKind.DATE and field.kind is not Kind.DATE:
        return replace(proposal, state=State.PROPOSED, why="这里要填日期")
    if field.kind is Kind.DATE and place.kind not in (
        PlaceKind.DATE,
        PlaceKind.CELL,
        PlaceKind.CONTROL,
        PlaceKind.BLANK,
    ):
        return replace(proposal, state=State.PROPOSED, why="这里填不了日期")
    if place.kind in (PlaceKind.CHOICE, PlaceKind.LIST) and not options_of(field, place.options, value):
        return replace(proposal, state=State.PROPOSED, why=f"选项里没有与“{value}”对应的：{'、'.join(place.options)}")
    if place.kind is PlaceKind.COMB and len(value) > place.limit:
        return replace(proposal, state=State.PROPOSED, why=f"只有{place.limit}格，内容有{len(value)}个字")
    if place.kind is PlaceKind.CHECK and field.kind is not Kind.YES_NO:
        return replace(proposal, state=State.PROPOSED, why="这里只能打勾")
    if (place.kind is PlaceKind.PICTURE) is not (field.kind is Kind.PICTURE):
        return replace(proposal, state=State.BLANK, value="", why="照片只能贴在放照片的格子里")
    return replace(proposal, state=State.FILLED)


def _as_mapped(place: Place, entry: str, data: FormData, vocabulary: Vocabulary) -> Proposal:
    """A place whose field the map names."""
    if not entry:
        return Proposal(place, why=LEFT_BLANK)
    if place.kind is PlaceKind.TABLE:
        name, columns = read_entry(entry)
        return _rows(place, name, columns, 1.0, "按对照表", data)
    known = field_of(entry, vocabulary)
    if place.closed:
        return Proposal(place, entry, known.title, why=place.closed)
    label = read_label(place.label)
    value = value_of(entry, data, vocabulary, label.unit or place.unit)
    proposal = Proposal(place, entry, known.title, value, 1.0, State.BLANK, "按对照表")
    group = entry.partition(".")[0]
    if not value:
        return replace(proposal, why=data.pending.get(group) or f"数据里没有填“{entry}”")
    return _fitted(proposal, known)


def _table(place: Place, data: FormData, walk: Walk) -> Proposal:
    """A header row with empty rows below."""
    if place.closed:
        return Proposal(place, why=place.closed)
    match = match_table(place.columns, (place.label, *place.context))
    if match is None:
        return Proposal(place, why="表头里没有认识的内容")
    if walk.survey.one_thing and match.name in ("设备", "场地") and match.score >= THRESHOLD:
        match = replace(match, score=WEAK, why=ONE_THING)
    return _rows(place, match.name, match.columns, match.score, match.why or "按表头", data)


def _rows(place: Place, name: str, columns: Mapping[int, str], score: float, why: str, data: FormData) -> Proposal:
    """The rows that a table place would take."""
    kinds = {each.key: each.kind for table in ROW_TABLES if table.name == name for each in table.columns}
    units = {number: read_label(header).unit or place.unit for number, header in enumerate(place.columns)}
    rows = []
    for count, row in enumerate(data.rows(name), 1):
        cells = []
        for number in range(len(place.columns)):
            key = columns.get(number, "")
            value = count if key == NUMBERING else _cell(row, key)
            cells.append(as_text(value, kinds.get(key, Kind.TEXT), units[number]) if key else "")
        rows.append(tuple(cells))
    value = f"{len(rows)}行" if rows else ""
    proposal = Proposal(place, name, name, value, score, State.PROPOSED, why, columns=dict(columns), rows=tuple(rows))
    if not rows:
        return replace(proposal, state=State.BLANK, why=data.pending.get(name) or f"数据里没有“{name}”")
    return replace(proposal, state=State.FILLED) if score >= THRESHOLD else proposal


def _cell(row: Mapping[str, Any], key: str) -> Any:
    if key == WORTH and WORTH not in row:
        try:
            return Decimal(str(row.get("数量"))) * Decimal(str(row.get("单价")))
        except InvalidOperation:
            return None
    return row.get(key)


def map_entry(proposal: Proposal) -> str:
    """What a map says of a place: its key; for a table its name and columns (教师: #, 姓名, , 职称)."""
    if proposal.place.kind is not PlaceKind.TABLE or not proposal.field:
        return proposal.field
    columns = [proposal.columns.get(number, "") for number in range(len(proposal.place.columns))]
    return f"{proposal.field}: {', '.join(columns)}"


def read_entry(entry: str) -> tuple[str, dict[int, str]]:
    """A table's name and its columns out of a map's entry."""
    name, _, columns = entry.partition(":")
    keys = [key.strip() for key in columns.replace("，", ",").split(",")]
    return name.strip(), {number: key for number, key in enumerate(keys) if key}
