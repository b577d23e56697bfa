"""A form seen as a whole before any place is judged: whom it asks for by name, what it is about, which body it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from docgen.model.text import fold

from .labels import SOMEBODY, THRESHOLD, WEAK, Vocabulary, read_label
from .owners import is_other_matter, is_theirs
from .results import Place, PlaceKind, Proposal
from .vocabulary import school_vocabulary

SCHOOL_NAME = "院校.院校名称"
_OFFICERS = frozenset(("联系人", "主管领导", "负责人", "组长", "学校负责人", "部门负责人"))
_SOME_PERSON = re.compile("[\u4e00-\u9fff]{1,4}(?:人|员|者)")
"""A label that names a person by what he does (验收人), known or not."""
_SITE = re.compile("考核站点|考核点|考点|站点")
_BODY = re.compile("(?:单位|学校|院校|机构)(?:名称|全称)?$|(?:名称|全称)$")
_OF_BODY = re.compile("(?=(?:名称|全称|地址|所在地址|详细地址|通讯地址|联系人|学校|院校|单位|$))")
_COMPOUND = re.compile("(.{1,6}?(?:单位|学校|院校))(?:的)?(?=(?:联系人|地址|详细地址|通讯地址|通信地址|联系地址))")
_APPROVAL = re.compile("审批|会签|呈批|用印|签批|报批")
_PARTY = re.compile("[甲乙丙丁]方")
_PILOT = re.compile("证书|试点|1\\+?x")
_OF_ONE_PERSON = re.compile("(?:工作|所在|任职|就职|供职|所属|毕业)(?:单位|学校|院校)(?:名称|全称)?")


@dataclass(frozen=True, slots=True)
class Survey:
    """What holds for every place of a form.

    `people` is everybody whom it asks for by name; `personal` says that one person fills it for himself; `pilot` that it is
    about a certificate or a pilot, so that its totals are of what serves that; `other_matter` that what it applies for is
    something else; `approval` that people sign it on its way. `alias` is what it calls the school where no label says so outright (考点, 推荐单位), "" where one does.
    """

    people: frozenset[str] = frozenset()
    personal: bool = False
    pilot: bool = False
    other_matter: bool = False
    alias: str = ""
    approval: bool = False

    def own(self, words: str) -> str:
        """A label or heading with the form's name for the school replaced by 学校."""
        key = read_label(words).key
        if self.alias and key.startswith(self.alias) and _OF_BODY.match(key[len(self.alias) :]):
            rest = key[len(self.alias) :]
            return rest if re.match("学校|院校|单位", rest) else f"学校{rest}"
        compound = _COMPOUND.match(key)
        if compound and is_school(compound[1]):
            return f"学校{key[compound.end() :]}"
        return words


@cache
def is_school(words: str) -> bool:
    """Whether words name the school outright."""
    matches = school_vocabulary().match(words)
    return bool(matches) and matches[0].field.key == SCHOOL_NAME and matches[0].score >= THRESHOLD


@dataclass(slots=True)
class Walk:
    """What is remembered on the way through a form: under each heading, whom it spoke of last, and of which body.

    `listed` is the list that was filled last.
    """

    survey: Survey
    extras: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    person: str = ""
    stranger: bool = False
    listed: Proposal | None = None
    _left: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def enter(self, place: Place) -> None:
        """Come to a place: under another heading nobody has been spoken of, unless that was left and is come back to.

        Two headings side by side take turns from row to row.
        """
        if place.section == self.section:
            return
        self._left[self.section] = (self.person, self.stranger)
        self.section = place.section
        before = self._left.get(place.section) if place.section and place.aside else None
        self.person, self.stranger = before or ("", is_theirs(place.section))


def survey(places: Sequence[Place], vocabulary: Vocabulary) -> Survey:
    """What a form is about."""
    headings = tuple(dict.fromkeys(place.context[-1] for place in places if place.context[place.near :]))
    return Survey(
        people=_people(places, vocabulary),
        personal=_is_personal(places, vocabulary),
        pilot=any(_PILOT.search(fold("".join((place.label, *place.context)))) for place in places),
        other_matter=is_other_matter(headings),
        approval=any(_APPROVAL.search(fold(each)) for each in headings),
        alias=_alias(places, vocabulary, personal=_is_personal(places, vocabulary)),
    )


def _people(places: Sequence[Place], vocabulary: Vocabulary) -> frozenset[str]:
    """Everybody whom the form asks for by name."""
    found = set()
    for place in places:
        if place.kind is not PlaceKind.TABLE and not place.closed:
            key = read_label(place.label).key
            named = {each.field.subject for each in vocabulary.match(place.label) if each.field.part == "姓名"}
            found |= named or {spoken_of(key, vocabulary)}
    return frozenset(found - {""})


def spoken_of(key: str, vocabulary: Vocabulary) -> str:
    """Whom a label speaks of, SOMEBODY for a person whom the data does not know, "" for nobody."""
    return vocabulary.subject_in(key) or (SOMEBODY if _SOME_PERSON.fullmatch(key) else "")


def _is_personal(places: Sequence[Place], vocabulary: Vocabulary) -> bool:
    """Whether one person fills the form for himself: a 姓名 of nobody in particular beside a birth date, a number of an ID."""
    details = set()
    for place in places:
        if place.kind is not PlaceKind.TABLE and not any(
            vocabulary.subject_in(words) in _OFFICERS for words in place.context
        ):
            details.add(vocabulary.part_of(read_label(place.label).key))
    return "姓名" in details and bool(details & {"性别", "出生年月", "身份证号", "民族"})


def _alias(places: Sequence[Place], vocabulary: Vocabulary, *, personal: bool) -> str:
    """What the form calls the school, where only one label can mean its name and none says it outright."""
    weak: set[str] = set()
    for place in places:
        key = read_label(place.label).key
        if place.kind is PlaceKind.TABLE and any(
            is_school(column) and read_label(column).key != "单位" for column in place.columns
        ):
            return ""  # whoever is asked for above a list of schools is none of them
        if place.kind is PlaceKind.TABLE or place.closed or is_theirs(place.section):
            continue
        if personal and _OF_ONE_PERSON.fullmatch(key):
            continue
        if site := _SITE.match(key):
            if _OF_BODY.match(key[site.end() :]):
                weak.add(site[0])
            continue
        matches = vocabulary.match(place.label)
        if not matches or matches[0].field.key != SCHOOL_NAME:
            continue
        if matches[0].score >= THRESHOLD:
            party = _PARTY.search(fold(place.label))
            return party[0] if party else ""
        if matches[0].score == WEAK:
            weak.add(re.sub("(?:名称|全称)$", "", key))
    return weak.pop() if len(weak) == 1 else ""
