"""Whose data a block of a form asks for: the school's own, or another body's or person's, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.model.text import fold

STRANGER = re.compile(
    "[甲乙丙丁]方|供应商|供货|投标|中标|企业名称|企业信息|公司|厂商|厂家|受托|合作(?:单位|企业|机构|院校|学校|方)|(?:合同|协议|相)对方|对方|第三方|用人单位|实习单位|收款[方单]"
    "|联合(?:申报|申请)(?:单位|院校|学校)"
)
"""Names another body, wherever it stands beside a place."""
_THEIRS = re.compile(
    "评价组织|企业|合作[方者]|主管(?:部门|单位)|上级|教育[厅局]|举办[方者单]|主办|协办|收款|供[货应]|采购人|厂[家商]|行业|协会|受托|代理人|第三方|用人|实习"
    "|帮扶|对口|学生|学员|考生|选手|毕业生|专家|评委|评审|考评|监考|裁判|参会|参训|参赛|来访|监护|家长|外聘|验收|对方|(?:检查|核查|考核|调研|评审|评估|考察|复查|论证|督查)组"
)
"""Says of a heading that what stands under it is another's."""
_OWN_HEADING = re.compile(
    "校方|(?:学校|院校|申报单位|试点单位)(?:基本|填报)?(?:信息|情况|资料)|学生规模|(?:由|请)(?:学校|院校)填"
)
_OWN_PARTY = re.compile("方(?:\\(|:)[^()]*(?:学校|院校)")
"""甲方（试点院校）"""
_TITLED_THEIRS = re.compile(
    "^[^与和及对]*(?:评价组织|评价机构|企业|供应商|公司|厂[商家]|合作(?:单位|企业|机构)|协会|社区|代理机构|培训机构|主管部门|教育[局厅])(?:的)?"
    "(?:基本|年度|详细|相关|用人)?(?:信息|情况|资料|登记|采集|备案|入库|注册|年报|年度报告|概况|联系|需求)"
)
_LONGEST_BODY = 8
_BODY = re.compile("(?:单位|企业|公司|机构|组织|学校|院校|厂家?|商|银行|协会|学会|基地)(?:名称|全称)?$")
_STRANGERS_NEAR = re.compile(
    f"{STRANGER.pattern}|主管(?:部门|单位)|上级|专家|评委|评审|考评|监考|巡考|巡视|督考|裁判|(?:检查|核查|考核|调研|评审|评估|验收|巡视|考察|复查|论证|指导|督查)组|督导|主办|协办|举办|教育[厅局]|银行|学生|学员|考生"
)
"""The same beside the name or number of a person."""
_AFTERWARDS = re.compile("(?:变更|修改|调整|更正|更改)(?:后|为)|拟变更|新增(?:后)?(?=联系|信息)")
_BEFORE_NOW = re.compile("上年度?|上一年|去年|往年|历年|上期|上次|已(?:完成|开展|获批|试点)|实际|截至|截止目前")
_SECOND = re.compile(
    "(?:证书|项目|人|教师|领导|专业|申报)\\(?[2-9二三四五六]\\)?$|第[2-9二三四五六](?:项|个|种)?(?:证书|项目|联系人)|备用"
)
_OTHER_MATTER = re.compile(
    "采购|购置|变更|开通|退回|修改|用印|借用|领用|报销|请假|外出|报名|推荐|评选|成果|验收|报废|入库|聘用|差旅|注销|延期|终止|撤销|退出|补办|更名"
)
"""A form's title that says that its 理由 are for something else than the pilot."""


def is_theirs(heading: str) -> bool:
    """Whether a heading speaks of another body or of people whom the data does not know one by one."""
    words = fold(heading)
    own = _OWN_HEADING.search(words) or _OWN_PARTY.search(words)
    return bool(STRANGER.search(words) or _THEIRS.search(words)) and not own


def is_titled_theirs(title: str) -> bool:
    """Whether a title says that a form is another body's own (企业信息登记表), not one that speaks of it too."""
    return bool(_TITLED_THEIRS.search(fold(title)))


def names_another(key: str) -> bool:
    """Whether a label that nothing is known of names a body: what follows is that body's."""
    return len(key) <= _LONGEST_BODY and bool(_BODY.search(key)) and not re.search("[贵我本你该]", key)


def stranger_beside(words: Sequence[str], *, person: bool) -> bool:
    """Whether the words beside a place name another body (for a person's details also an office, a panel)."""
    pattern = _STRANGERS_NEAR if person else STRANGER
    return any(pattern.search(fold(each)) for each in words)


def is_afterwards(label: str, words: Sequence[str]) -> bool:
    """Whether a place asks for what shall be in place of what the data says (变更后)."""
    return any(_AFTERWARDS.search(fold(each)) for each in (label, *words))


def is_second(words: Sequence[str]) -> bool:
    """Whether the words beside a place count a second one (申报证书2, 联系人二)."""
    return any(_SECOND.search(fold(each)) for each in words)


def is_of_another_time(words: Sequence[str]) -> bool:
    """Whether the words beside a place speak of former years or of what was done, not of what is planned."""
    return any(_BEFORE_NOW.search(fold(each)) for each in words)


def is_other_matter(titles: Sequence[str]) -> bool:
    """Whether a form's headings say that it applies for something else than a pilot."""
    return any(_OTHER_MATTER.search(fold(each)) for each in titles)
