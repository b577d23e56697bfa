"""A form seen as a whole before any place is judged: whom it asks for by name, what it is about, which body it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from docgen.model.text import fold

from .headings import HEADING
from .labels import SOMEBODY, THRESHOLD, WEAK, Vocabulary
from .listing import EVENT
from .owners import is_other_matter, is_theirs, is_titled_theirs
from .results import Place, PlaceKind, Proposal
from .spelling import read_label
from .vocabulary import school_vocabulary

SCHOOL_NAME = "院校.院校名称"
_OFFICERS = frozenset(("联系人", "主管领导", "负责人", "组长", "学校负责人", "部门负责人"))
_SOME_PERSON = re.compile("[\u4e00-\u9fff]{1,4}(?:人|员|者|领导|主任|代表|[科处队]长)")
"""A label that names a person by what he does (验收人), known or not."""
_SITE = re.compile("(?:所在|所属|承办|本|申报|申请)?(?:考核站点|考核点|考试点|考点|站点)")
_INVOICED = re.compile("抬头|发票|开票|购买方")
_AT_SITE = "考点"
PROPOSER = re.compile("(?:推荐|选送|报送|派出|选派|申报)(?:单位|学校|院校)")
"""Heads the block of a person's form that his school fills."""
_BODY = re.compile("(?:单位|学校|院校|机构)(?:名称|全称)?$|(?:名称|全称)$")
_OF_BODY = re.compile("(?=(?:名称|全称|地址|所在地址|详细地址|通讯地址|联系人|学校|院校|单位|$))")
_COMPOUND = re.compile("(.{1,6}?(?:单位|学校|院校))(?:的)?(?=(?:联系人|地址|详细地址|通讯地址|通信地址|联系地址))")
_OF_STUDENT = re.compile("学号|班级|准考证|考生号")
_SIGN_OFF = re.compile("(?:填表|填报|制表|填写|审核|复核|校核)人?(?:员)?(?:签[字名章])?$")
_ROW = re.compile(r"(.*?第\d+[行段])|(.*!)[A-Z]+(\d+)")
_ONE_THING = re.compile(
    "(?:教学|实训|考核|考试)*(?:实训室|实验室|场地|场所|实训基地|基地|考场|机房|教室|设备|仪器)(?:名称|编号|代码)"
)
_OF_CERTIFICATE = re.compile("证书(?:的)?(?:基本|详细)?(?:信息|情况|简介|目录|介绍)")
_OUTCOME = re.compile("(?:取证|获证|通过|合格|发证|实考|已考核|结业)(?:学生|学员)?人数")
_APPROVAL = re.compile("审批|会签|呈批|用印|签批|报批")
_PARTY = re.compile("[甲乙丙丁]方")
_PILOT = re.compile("证书|试点|1\\+?x")
_OF_ONE_PERSON = re.compile("单位|(?:工作|所在|任职|就职|供职|所属|毕业)(?:单位|学校|院校)(?:名称|全称)?")


@dataclass(frozen=True, slots=True)
class Survey:
    """What holds for every place of a form.

    `people` is everybody whom it asks for by name; `personal` says that one person fills it for himself; `pilot` that it is
    about a certificate or a pilot, so that its totals are of what serves that; `other_matter` that what it applies for is
    something else; `theirs` is its title where that says that another body fills it; `of_certificate` that it is about a certificate as such and names
    no school; `one_thing` that it is about one room or machine;
    `outcome` that it asks what came of a pilot; `event` that it is for one occasion; `heads` how often it asks for a bare 负责人; `approval` that people sign it on its way; `signed_off` are its rows with
    填表人, 审核人: whoever is named beside them signs there. `alias` is what it calls the school where no label says so outright (考点, 推荐单位), "" where one does.
    """

    people: frozenset[str] = frozenset()
    personal: bool = False
    pilot: bool = False
    other_matter: bool = False
    alias: str = ""
    of_certificate: bool = False
    one_thing: bool = False
    outcome: bool = False
    theirs: str = ""
    approval: bool = False
    event: bool = False
    heads: int = 0
    signed_off: frozenset[str] = frozenset()

    def own(self, words: str) -> str:
        """A label or heading with the form's name for the school replaced by 学校."""
        key = read_label(words).key
        site = _SITE.match(key) if _SITE.fullmatch(self.alias) else None
        if site and _OF_BODY.match(key[site.end() :]):
            rest = key[site.end() :]
            return rest if re.match("学校|院校|单位", rest) else f"学校{rest}"
        if self.alias and key.startswith(self.alias) and _OF_BODY.match(key[len(self.alias) :]):
            rest = key[len(self.alias) :]
            return rest if re.match("学校|院校|单位", rest) else f"学校{rest}"
        compound = _COMPOUND.match(key)
        if compound and is_school(compound[1]):
            return f"学校{key[compound.end() :]}"
        return words


def row_of(place: Place) -> str:
    """The row or paragraph that a place stands in, by its address."""
    match = _ROW.match(place.at)
    return "".join(match.groups(default="")) if match else place.at


@cache
def is_school(words: str) -> bool:
    """Whether words name the school outright."""
    matches = school_vocabulary().match(words)
    return bool(matches) and matches[0].field.key == SCHOOL_NAME and matches[0].score >= THRESHOLD


@dataclass(slots=True)
class Walk:
    """What is remembered on the way through a form: under each heading, whom it spoke of last, and of which body.

    `listed` is the list that was filled last; `other_certificate` the label of a certificate that is not the application's,
    `own_certificate` that it was asked for under this heading.
    """

    survey: Survey
    extras: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    person: str = ""
    stranger: bool = False
    listed: Proposal | None = None
    other_certificate: str = ""
    own_certificate: bool = False
    _left: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def enter(self, place: Place) -> None:
        """Come to a place: under another heading nobody has been spoken of, unless that was left and is come back to.

        Two headings side by side take turns from row to row.
        """
        if place.section == self.section:
            return
        self.other_certificate, self.own_certificate = "", False
        self._left[self.section] = (self.person, self.stranger)
        self.section = place.section
        before = self._left.get(place.section) if place.section and place.aside else None
        self.person, self.stranger = before or ("", self.is_theirs())

    def is_theirs(self) -> bool:
        """Whether the heading, or the title of the form, speaks of another body."""
        return is_theirs(self.section) or bool(self.survey.theirs)


def sheets_of(places: Sequence[Place]) -> list[str]:
    """The sheet that each place stands on, "" in all but workbooks."""
    names = {place.at.rpartition("!")[0] for place in places} - {""}
    found = []
    for place in places:
        name = place.at.rpartition("!")[0] or place.at.rpartition(" ")[0]  # a list's address: Sheet1 第4行起
        found.append(name if name in names else "")
    return found


def surveys(places: Sequence[Place], vocabulary: Vocabulary) -> dict[str, Survey]:
    """What a form is about: each sheet of a workbook by itself, a document as a whole."""
    sheets: dict[str, list[Place]] = {}
    for place, sheet in zip(places, sheets_of(places), strict=True):
        sheets.setdefault(sheet, []).append(place)
    pilot = any(_PILOT.search(fold("".join((place.label, *place.context)))) for place in places)
    return {sheet: _survey(found, vocabulary, pilot=pilot) for sheet, found in sheets.items()}


def _survey(places: Sequence[Place], vocabulary: Vocabulary, *, pilot: bool) -> Survey:
    headings = tuple(dict.fromkeys(place.context[-1] for place in places if place.context[place.near :]))
    return Survey(
        people=_people(places, vocabulary),
        personal=_is_personal(places, vocabulary),
        pilot=pilot,
        other_matter=is_other_matter(headings),
        theirs=next((each for each in headings[:1] if is_titled_theirs(each) and not HEADING.match(each)), ""),
        of_certificate=any(_OF_CERTIFICATE.search(fold(each)) for each in headings)
        and not any(_names_school(place, vocabulary) for place in places),
        one_thing=any(
            place.kind is not PlaceKind.TABLE and _ONE_THING.fullmatch(read_label(place.label).key) for place in places
        ),
        outcome=any(
            place.kind is not PlaceKind.TABLE and _OUTCOME.search(read_label(place.label).key) for place in places
        ),
        heads=sum(read_label(place.label).key == "负责人" for place in places),
        event=any(EVENT.search(fold(each)) for each in headings),
        approval=any(_APPROVAL.search(fold(each)) for each in headings) and not _leader_described(places, vocabulary),
        signed_off=frozenset(row_of(place) for place in places if _SIGN_OFF.search(read_label(place.label).key)),
        alias=_alias(places, vocabulary, personal=_is_personal(places, vocabulary)),
    )


def _leader_described(places: Sequence[Place], vocabulary: Vocabulary) -> bool:
    """Whether the form asks for the leader's post or phone beside the name: whoever only signs is asked for neither."""
    return any(
        vocabulary.part_of(read_label(place.label).key) in ("职务", "电话", "职务职称")
        and vocabulary.subject_in(place.context[0]) == "主管领导"
        for place in places
        if place.near
    )


def _names_school(place: Place, vocabulary: Vocabulary) -> bool:
    """Whether a place asks for the school's name, sure or not, or a list has a column of schools."""
    if place.kind is PlaceKind.TABLE:
        return any(is_school(column) for column in place.columns)
    matches = vocabulary.match(place.label, place.context)
    return bool(matches) and matches[0].field.key == SCHOOL_NAME and matches[0].score >= WEAK


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
            details |= {
                each.field.subject
                for each in vocabulary.match(place.label)
                if each.field.part == "姓名" and read_label(place.label).key.endswith("姓名")
            }
            details |= {"学号"} if _OF_STUDENT.search(fold(place.label)) else set()
    if "学号" in details and any(read_label(place.label).key in ("申报人", "申请人", "报名人") for place in places):
        return True
    if details & {"学生", "教师"}:
        return True
    return "姓名" in details and bool(details & {"性别", "出生年月", "身份证号", "民族", "学号"})


def _alias(places: Sequence[Place], vocabulary: Vocabulary, *, personal: bool) -> str:
    """What the form calls the school, where only one label can mean its name and none says it outright."""
    weak: set[str] = set()
    for place in places:
        key = read_label(place.label).key
        if place.kind is PlaceKind.TABLE and any(
            is_school(column) and not _OF_ONE_PERSON.fullmatch(read_label(column).key) for column in place.columns
        ):
            return ""  # whoever is asked for above a list of schools is none of them
        if place.kind is PlaceKind.TABLE or place.closed or is_theirs(place.section):
            continue
        if PROPOSER.fullmatch(read_label(place.section).key):
            weak.add(read_label(place.section).key)
            continue
        if personal and _OF_ONE_PERSON.fullmatch(key):
            continue
        if site := _SITE.match(key):
            if not personal and _OF_BODY.match(key[site.end() :]):
                weak.add(_AT_SITE)
            continue
        matches = vocabulary.match(place.label)
        if not matches or matches[0].field.key != SCHOOL_NAME:
            continue
        if _INVOICED.search(key):
            continue
        if matches[0].score >= THRESHOLD:
            party = _PARTY.search(fold(place.label))
            return party[0] if party else ""
        main = matches[0].field is vocabulary.by_key(SCHOOL_NAME)
        if matches[0].score == WEAK and main and not _PARTY.search(key) and not key.endswith("学院"):
            weak.add(re.sub("(?:名称|全称)$", "", key))
    return weak.pop() if len(weak) == 1 else ""
