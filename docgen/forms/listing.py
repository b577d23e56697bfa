"""A table with a header row → whose rows it wants, by its columns and the words around: ours, or a list of others that looks alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.model.text import fold

from .labels import THRESHOLD
from .spelling import read_label
from .tables import (
    APPLICATIONS,
    ENROLMENTS,
    EQUIPMENT,
    GOODS,
    NUMBERING,
    PAST_PILOTS,
    ROW_TABLES,
    TEACHERS,
    VENUES,
    RowTable,
)

_NUMBER = re.compile("序号?|编号|no\\.?|序|项次|#")
_NOT_OURS = re.compile(
    "(?:领导|工作)?小组|成员|学生名单|名册|考生|专家|评委|获奖|经费|预算|进度|安排|分工|课程|教材|论文|项目(?:成果|业绩)|企业|合作|代理|对方|供货|收货"
    "|(?:参训|参会|参培|参加|参赛|与会|出席|报名|报到)(?:的)?(?:人员|代表|领导|名单|教师|选手|学生)|现场|考察|检查|评审|核查|调研"
)
"""Heads a table of others, whatever its columns."""
EVENT = re.compile(
    "竞赛|比赛|大赛|赛项|会议|说明会|推进会|研讨|论坛|培训班|研修|报名表|报名回执|回执|签到|证明|采购|验收|借用|领用|报废"
)
"""A form's title that says that people and things are listed for one occasion, not for what the school has."""
_ROOMS = re.compile("(?:场地|场所|考场|实训室)(?:的)?安排")
_SCHEDULED = re.compile("时间|日期|场次|批次|人员|监考|班级|考生|课程|节次")
"""Heads columns of who is where when: rooms in such a list are chosen for an occasion."""
_OF_GUESTS = re.compile(
    "住宿|食宿|用餐|到达|抵达|返程|离会|车次|航班|自驾|接站|签到|签名|签字|手机|电话|邮箱|e-?mail|微信|qq|联系方式|身份证|工作单位|单位|分工|职责|岗位|课时|监考|成绩|准考证|学号"
)
"""Heads columns of a list of people for an occasion."""
_COMING = re.compile(
    "住宿|食宿|用餐|到达|抵达|返程|离会|车次|航班|自驾|接站|准考证|考号|学号|成绩|得分|名次|实收|实到|合同数"
)
"""Heads a column of a list of who or what comes for once: whom the school sends is not in its data."""
_OWN_TEACHERS = re.compile("师资|教师(?:队伍|情况|基本|一览|信息|名单|名册)|教学团队|任课教师|专任教师|专职教师")
_INFORMATION = re.compile("(?:基本)?(?:信息|情况|资料)$|\\n")
_WHOSE = re.compile("(?:联系|负责|对接|联络|填报|经办|主管)人|学校|院校|单位|企业|机构|领导|学生")
"""Stands over columns whose words alone do not say whose they are (电话, 名称)."""
_DONE = re.compile("取证|获证|获得证书|通过|合格|参考|实考|考核人数|已(?:培训|完成)|实际培训|完成")
"""Heads columns of what came of a pilot; what is applied for stands beside none of them."""
_DUTY = re.compile("课时|课酬|学时|工作量|授课内容|授课时间|承担任务|分工|职责|监考|评分|签到|酬金|劳务|^拟|计划")
"""Heads columns of what teachers did on an occasion."""
_FILLED_BY_OTHERS = re.compile("\\([^()]*(?:厅|局|部门|组织|机关|秘书处|专家组|企业)(?:统一)?填(?:写|报)?\\)")
"""（教育厅填写）"""
_STRONG = frozenset(("培训证书", "培训证书等级", "从教年限"))
"""Columns that only a list of the teachers of a pilot has, where their headings say so."""
_OF_TEACHING = re.compile("培训|师资|持|获|取得|取证|教|年限|工龄|考评")


@dataclass(frozen=True, slots=True)
class TableMatch:
    """Rows that a table wants: the data's name for them, the key of each column (by number), and how sure that is."""

    name: str
    columns: dict[int, str]
    score: float
    why: str = ""


def match_table(headers: Sequence[str], context: Sequence[str]) -> TableMatch | None:
    """The rows that a table with these headers wants (a line break parts a heading from what it stands over).

    `context` are the headings around, the nearest first. None where no rows of the data fit.
    """
    around = [fold(words) for words in context]
    found: list[tuple[float, int, TableMatch]] = []
    for order, table in enumerate(ROW_TABLES):
        columns = _columns(table, headers)
        known = set(columns.values()) - {NUMBERING}
        if not known:
            continue
        near = next((depth for depth, words in enumerate(around) if re.search(table.about, words)), None)
        distinct = known & set(table.distinctive)
        named = sum(bool(header.strip()) and not _NUMBER.fullmatch(fold(header)) for header in headers)
        share = len(known) / max(named, 1)
        speaks = len(distinct) >= 2 or (near == 0 and len(known) >= 2) or (near is not None and bool(distinct))
        weight = share + 0.3 * len(distinct) + (0.5 / (near + 1) if near is not None else 0)
        sure = speaks and share >= 0.4 and len(known) >= min(3, named) and known >= set(table.required)
        told = any(re.search(TEACHERS.about, words) for words in around)
        strong = {
            key for number, key in columns.items() if key in _STRONG and (told or _OF_TEACHING.search(headers[number]))
        }
        score = 0.95 if sure and not _foreign(table, strong, headers, around) else 0.75
        why = "" if score >= THRESHOLD else "表头像，但不能确定填的是不是这些内容"
        found.append((weight + (score >= THRESHOLD), -order, TableMatch(table.name, columns, score, why)))
    if not found:
        return None
    found.sort(key=lambda each: each[:2], reverse=True)
    return found[0][2]


def _foreign(table: RowTable, strong: set[str], headers: Sequence[str], around: Sequence[str]) -> bool:
    """Whether something says that a table that looks like ours lists others: a heading, the title, a column."""
    if any(_COMING.search(fold(header)) for header in headers):
        return True
    if any(_FILLED_BY_OTHERS.search(words) for words in around):
        return True
    scheduled = any(_SCHEDULED.search(fold(header)) for header in headers)
    nearest = [_ROOMS.sub("", words) if table is VENUES and not scheduled else words for words in around[:1]]
    if around and (_NOT_OURS.search(nearest[0]) or (table.theirs and re.search(table.theirs, around[0]))):
        return True
    if table.theirs and any(re.search(table.theirs, words) for words in around[1:-1]):
        return True
    if table is EQUIPMENT and any(re.search(GOODS, words) for words in around):
        return True
    event = bool(around) and bool(EVENT.search(around[-1]))
    if table is TEACHERS and any(_DUTY.search(fold(header)) for header in headers):
        return True
    if table is TEACHERS:
        guests = any(_OF_GUESTS.search(fold(header)) for header in headers)
        own = bool(around) and bool(_OWN_TEACHERS.search(around[0]))
        return not strong and (event or (guests and not own))
    if table is APPLICATIONS and any(_DONE.search(fold(header)) for header in headers):
        return True
    return event and table in (ENROLMENTS, VENUES, EQUIPMENT, PAST_PILOTS)


def _columns(table: RowTable, headers: Sequence[str]) -> dict[int, str]:
    """Column number → key; each key once, the surest first."""
    vocabulary = table.vocabulary()
    wishes = []
    for number, header in enumerate(headers):
        above, _, own = header.rpartition("\n")
        if _NUMBER.fullmatch(fold(own)):
            wishes.append((1.0, number, NUMBERING))
            continue
        turned = f"{own}{above.replace(chr(10), '')}"  # 本期 below 培训
        short = f"{_INFORMATION.sub('', above)}{own}"  # 电话 below 联系人信息
        texts = [(header.replace("\n", ""), 0.0), (short, 0.003), (turned, 0.005)]
        if not above or not _WHOSE.search(above):
            texts.append((own, 0.01 if above else 0.0))
        for text, lower in texts:
            matches = [each for each in vocabulary.match(read_label(text)) if each.score >= THRESHOLD]
            wishes += [(each.score - lower, number, each.field.key) for each in matches]
    columns: dict[int, str] = {}
    for _, number, key in sorted(wishes, key=lambda wish: (-wish[0], wish[1])):
        if number not in columns and key not in columns.values():
            columns[number] = key
    return _contacts(dict(sorted(columns.items())), headers)


def _contacts(columns: dict[int, str], headers: Sequence[str]) -> dict[int, str]:
    """A bare 联系电话 behind the column of 联系人 is his, not the 负责人's."""
    for number, key in columns.items():
        before = [columns[other] for other in sorted(columns) if other < number]
        people = [each for each in before if each in ("负责人", "联系人姓名")]
        bare = "负责人" not in headers[number] and "联系人" not in headers[number]
        if key == "负责人电话" and bare and people[-1:] == ["联系人姓名"] and "联系人手机号" not in columns.values():
            columns[number] = "联系人手机号"
    return columns
