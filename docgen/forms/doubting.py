"""Why a place whose label is known may still ask for another's data: by the words beside it, its heading, the form as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.model.text import fold

from .labels import THRESHOLD, Kind, Match, Vocabulary
from .owners import is_of_another_time, is_second, stranger_beside
from .results import Place
from .spelling import read_label
from .survey import PROPOSER, SCHOOL_NAME, Walk, is_school, row_of
from .tables import TOTAL

OURS = re.compile("学校|院校|本校|我校|校级|校方|高校|申报|申请|试点|填报")
CERTIFICATE = "申报.证书名称"
_OF_OFFICE = re.compile("(?:部门|处室|科室|中心|院系|学院|系部|单位|机构|企业|公司|基地)$")
_OFFICE = re.compile("(?:统筹|牵头|主管|管理|归口|职能|责任|内设)+.*(?:部门|处室|机构)")
_OF_SCHOOL = re.compile(
    "(?:[一二三四五六七八九十\\d]+[、.])?(?:学校|院校|单位|学院|高校)(?:基本)?(?:信息|情况|资料|概况)"
)
_JUDGING = re.compile("自评|自查|评估|检查|核查|验收|督导|评审|巡视|巡考|考评")
_WORKING = re.compile("(?:工作|领导)(?:小组|组)|试点(?:工作)?小组")
_OF_PERSON = re.compile("(?:工作|所在|任职|就职|供职|所属)?单位(?:名称)?")
_OF_BODY = frozenset(("院校.院校网址", "院校.详细地址", "院校.统一社会信用代码"))
TOTALS = frozenset(("统计.总面积", "统计.设备总值", "统计.设备台数", "统计.总工位"))
_COUNTS = frozenset(("申报.培训人数", "申报.每期人数", "申报.期数", "申报.等级"))
_FOR_PILOT = re.compile("培训|考核|试点|证书|合计")
_INTENDED = re.compile("计划|拟|预计|申报|申请|试点|目标|规模")
_REPORT = re.compile("[双周月季]报|进度|进展|总结|结题|验收")
ONE_THING = "这张表像是说一处场地或一台设备"
_PLANNED = frozenset(("申报.培训人数", "申报.每期人数", "申报.期数", "申报.证书名称", "申报.等级", "申报.试点专业"))


def doubt_about(place: Place, best: Match, vocabulary: Vocabulary, walk: Walk) -> str:
    """Why a place whose label is known may still ask for another's data, "" where nothing says so."""
    key, near = read_label(place.label).key, place.context[: place.near]
    field = best.field
    ours = bool(OURS.search(key)) or walk.survey.own(place.label) != place.label
    near = tuple(each for each in map(walk.survey.own, near) if not is_school(each))
    if field.subject == "主管领导" and walk.survey.approval:
        return "审批表里像是由本人签"
    if (
        field.key.startswith("院校.")
        and not ours
        and (walk.stranger or stranger_beside(near, person=bool(field.subject)))
    ):
        return "前面问的是别的单位"
    if field.subject and not ours and stranger_beside((*near, place.section), person=True):
        return "前面问的是别的单位或外来人员"
    if field.key in _OF_BODY and not ours and walk.survey.of_certificate:
        return "表里没有问学校名称，不能确定是谁的"
    if field.key in TOTALS and not walk.survey.pilot and not _FOR_PILOT.search(key):
        return "不能确定问的是证书培训的条件"
    reported = walk.survey.outcome or any(_REPORT.search(fold(words)) for words in place.context[-1:])
    if field.key == "申报.培训人数" and reported and not _INTENDED.search(f"{place.section}{place.label}"):
        return "问的像是实际的情况"
    if walk.stranger and not walk.own_certificate and field.key in _COUNTS and not ours:
        return "前面问的是别的单位"
    if field.key in TOTALS and walk.survey.one_thing and not place.label.startswith(TOTAL):
        return ONE_THING
    left = read_label(place.context[0]).key if place.context else ""
    if key == "负责人" and walk.survey.heads > 1 and _OF_OFFICE.search(left):  # 配合部门, 财务部门: each has one
        return f"前面是“{place.context[0]}”，不能确定是谁的"
    if _of_another(place, key, field.key, vocabulary):
        return f"前面是“{place.context[0]}”，不能确定是谁的"
    if walk.survey.personal and (
        field.key.startswith("申报.")
        or (
            field.subject == "联系人"
            and not ours
            and not _contact_of_school(place.context[: place.near])
            and not is_school(walk.survey.own(place.section))
        )
    ):
        return "像是个人填的表"
    if field.subject == "组长" and _of_judges((place.label, *place.context)):
        return "像是评估、检查人员的组长"
    if is_second((place.label, *near)):
        return "问的像是第二项"
    if field.key == "申报.等级" and walk.other_certificate and not ours:
        return f"前面是“{walk.other_certificate}”，不能确定是谁的"
    if field.key == SCHOOL_NAME and _OF_PERSON.fullmatch(key) and stranger_beside(near, person=True):
        return "像是别人的单位"
    signs = field.part == "姓名" and field.subject not in ("联系人", "填表人")
    if signs and row_of(place) in walk.survey.signed_off:
        return "和填表人、审核人在一行，像是由本人签"
    if field.key in _PLANNED and not ours and is_of_another_time(near):
        return "问的像是以往或实际的情况"
    if field.kind is Kind.LONG and walk.survey.other_matter and not re.search("申报|试点|证书", key):
        return "这张表申请的像是别的事"
    return ""


def _of_judges(words: Sequence[str]) -> bool:
    """Whether a group that somebody heads evaluates or inspects, as far as the words around say."""
    said = [fold(each) for each in words]
    return any(_JUDGING.search(each) for each in said) and not any(_WORKING.search(each) for each in said)


def _contact_of_school(near: Sequence[str]) -> bool:
    """Whether a contact beside is said to be the school's."""
    return any(
        re.search("(?:学校|院校|单位|校级)(?:的)?联[系络]人", fold(each)) or PROPOSER.fullmatch(read_label(each).key)
        for each in near
    )


def _of_another(place: Place, key: str, field: str, vocabulary: Vocabulary) -> bool:
    """Whether the label to the left speaks of another certificate than ours, or of an office whose head a 负责人 is."""
    left = read_label(place.context[0]).key if place.context else ""
    if key == "负责人" and _OFFICE.search(left):
        return True
    if key.startswith("负责人") and field.startswith("申报."):  # the school's head, or the project's?
        return bool(_OF_SCHOOL.fullmatch(fold(place.section)))
    if field in ("申报.等级", "申报.培训人数", "申报.试点专业") and left.endswith(("证书", "证书名称")):
        known = vocabulary.match(left, place.context)
        return not known or known[0].field.key != CERTIFICATE or known[0].score < THRESHOLD
    return False
