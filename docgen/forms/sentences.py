"""Gaps in letters, which the words behind them name: ＿＿＿（学校名称）, ＿＿＿职业技能等级证书, 计划培训学生＿＿人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import THRESHOLD
from .spelling import read_label
from .vocabulary import school_vocabulary

_SPACE = "[ \t\u00a0\u3000]*"
_BRACKET = re.compile(rf"{_SPACE}[（(【\[]([^（）()【】\[\]:：_＿]{{2,20}})[）)】\]]")
_QUOTES = "[《》“”\"'「」『』]?"
_X = r"(?:1\+[Xx])?"
_ORGANISATION = "申报.培训评价组织"
_LONGEST_BEFORE = 16
_TRUSTED_BEFORE = 2
_TO_BE = "(?:同志|老师|教授|副?[校院]长)?(?:担任|任|为)"
_NAMED = "(?:[（(](?:负责人)?姓名[）)])?"
_OUR_WORK = "(?:本|该|此|我校|本校|学校)?(?:次|项)?(?:项目|试点|申报)(?:工作)?(?:的)?"

# What stands before a gap, what behind it, and the label that both together come to.
_FRAMES: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(f"(?:{before}){_SPACE}{_QUOTES}{_SPACE}$"), re.compile(f"{_SPACE}{_QUOTES}{_SPACE}(?:{behind})"), label)
    for before, behind, label in (
        (
            "申报|申请|承担|开展|参与|参加|实施|试点|推进|选择|的|组织|就|为|年度|我校|本校|我院|我单位|本单位|对接|选报|贵单位|你单位|贵公司|成为",
            rf"{_X}(?:X)?(?:职业技能等级|职业技能|技能等级)证书|{_X}证书(?:制度)?试点",
            "证书名称",
        ),
        ("(?:申报|申请|承担|承办|开展)", f"{_X}(?:X)?证书(?!名|等|级|编)", "证书名称"),
        ("证书[）)》”]?[（(]", "(?:等级|级别)?[）)]", "申报等级"),
        ("(?:申报|申请|试点|证书)(?:的)?(?:等级|级别)?为?", "等级[）)]?|级别[）)]?", "申报等级"),
        ("每期(?:培训|计划)*(?:学生|学员)?(?:约|共)?", "人|名", "每期人数"),
        (
            "(?:计划|拟|预计|组织)(?:年度?)?(?:培训|组织|安排|参训|参加培训|参与试点)(?:学生|学员)?(?:约|共|总计)?",
            "人|名(?:学生|学员)?",
            "计划培训人数",
        ),
        ("(?:培训|参训|试点)(?:的)?(?:学生|学员)(?:总?人数)?(?:约|共|为|总计)?", "人|名", "计划培训人数"),
        ("(?:完成|培训)", "(?:人|名)(?:学生|学员)?(?:的)?(?:培训|试点)(?:任务|工作|目标|计划)", "计划培训人数"),
        (
            "(?:分|共|计划|拟)(?:为|开设|举办|开办|培训)*",
            "期(?:$|培训|进行|完成|实施|，|,|。|；|开展|举办|组织|每期)",
            "培训期数",
        ),
        ("(?:于|在|自|为|开展|申报|申请|参加|组织)", "年度(?!.*月.*日)", "申报年度"),
        (
            "(?:面向|对应|涉及|覆盖|依托|在)(?:本校|我校|学校)?(?:的)?",
            "(?:[（(][^（()）]*专业[^（()）]*[）)])?(?:等|两个|三个)?(?:相关)?专业",
            "试点专业",
        ),
        (
            "(?:由|安排|指定|确定|明确|委派)(?:我校|本校|学校)?",
            "(?:同志|老师)?(?:担任|作为|任|为|负责)(?:本)?(?:项目|试点|申报|该项目|试点工作)(?:的)?(?:总)?负责",
            "项目负责人",
        ),
        ("(?:项目|试点|申报)(?:工作)?由", "(?:同志|老师)?(?:牵头|负责)", "项目负责人"),
        (
            "(?:由|安排|指定|确定|明确|委派)(?:我校|本校|学校)?",
            "(?:同志|老师)?(?:担任|作为|任|为|负责)(?:我校|本校|我院|我单位|本单位|学校|本|该|此)?(?:校|次|项)?(?:项目|试点|申报|工作|日常|具体)*(?:的)?(?:联系人|联络员|对接人|联络|联系|对接)",
            "联系人",
        ),
        (
            "(?:由|以)(?:我校|本校|学校)?",
            "(?:[（(]?(?:部门|处室|职能部门)(?:名称)?[）)]?)?(?:负责)?(?:统筹|牵头|归口)",
            "统筹部门",
        ),
        ("(?:^|[，,；;。、])", rf"{_NAMED}{_TO_BE}{_OUR_WORK}(?:总)?负责人", "项目负责人"),
        ("(?:^|[，,；;。、])", rf"{_NAMED}{_TO_BE}{_OUR_WORK}(?:联系人|联络员|联络人|对接人)", "联系人"),
        ("(?:以|由)(?:我校|本校|学校)?", rf"{_NAMED}{_TO_BE}(?:[^，。；]{{0,6}}(?:工作|领导)小组)?组长", "组长"),
        ("(?:我校|我院|本校|我单位|本单位)(?:全称)?[（(]", "[）)]", "学校名称"),
        (
            "(?:我校|我院|本校|我单位|本单位|学校)(?:全称)?[（(]?(?:全称)?",
            "[）)]?(?:，|,)?(?:现|拟|自愿|申请|承诺|特)",
            "学校名称",
        ),
    )
)
_SEALED = re.compile(rf"{_SPACE}[（(]((?:申报|申请)?(?:学校|院校|单位))(?:公章|盖章|印章|章)[）)]")
_LEVEL = re.compile(rf"{_SPACE}级{_SPACE}[）)]")
_LEVEL_AGAIN = re.compile(rf"{_SPACE}级(?!别)")
_YEAR = re.compile(rf"{_SPACE}年度?(?![ \t\u3000_＿]*月)")
_PARTY = re.compile("[甲乙丙丁]方")
_START = re.compile(
    rf"{_SPACE}[（(【\[]?(?:以下简称|拟(?:申报|申请|于|在|承担)|自愿(?:申报|申请|参加|参与)|现(?:申报|申请)|(?:特)?申请(?:开展|参加|参与|承担|成为))"
)
"""What goes on behind a gap that begins a letter: the school's name stands there."""


def label_behind(text: str, start: int, end: int, before: str) -> tuple[str, int]:
    """The label of a drawn gap, "" for none, and where a bracket that names it ends (0 for none).

    The words on both sides name it by the turns of phrase of applications; else the words `before` it, where they are
    known; else a bracket right behind it.
    """
    behind, so_far = text[end:], text[:start]
    if so_far.rstrip().endswith(("（", "(")) and _LEVEL.match(behind):
        return "", 0  # 中级 before 级 would say it twice
    if re.search("证书[）)》”]?$", so_far.rstrip()) and _LEVEL_AGAIN.match(behind):
        return "", 0
    near = "".join(so_far[-_LONGEST_BEFORE:].split())
    for front, back, label in _FRAMES:
        if front.search(near) and (followed := back.match(behind)):
            named = _BRACKET.match(behind)  # ＿＿（部门）统筹
            return label, end + named.end() if named and named.end() <= followed.end() else 0
    before = "" if before.rstrip().endswith(("（", "(")) else before  # 证书（＿＿级）
    if _YEAR.match(behind) and before and "年" not in before:
        return "", 0
    bracket = _BRACKET.match(behind)
    if bracket and before and _means(bracket[1]) == _ORGANISATION != _means(before):
        return bracket[1], end + bracket.end()  # 派遣单位：＿＿（培训评价组织）
    if before and _known(before):
        return before, 0
    square = bracket is not None and bracket[0].lstrip()[0] in "[【"  # heads what follows: [联系人] ＿＿ [手机] ＿＿
    if bracket and not (square and before) and _known(bracket[1]):
        return (f"{before}（{bracket[1]}）" if _PARTY.fullmatch(before) else bracket[1]), end + bracket.end()
    if not so_far.strip(" \t\u00a0\u3000") and (seal := _SEALED.match(behind)):
        return f"{seal[1]}名称（公章）", end + seal.end()
    if not so_far.strip(" \t\u00a0\u3000") and _START.match(behind):
        return "学校名称", 0
    return before, 0


def _means(words: str) -> str:
    """The key of the field that words mean for sure, "" for none."""
    matches = school_vocabulary().match(words)
    return matches[0].field.key if matches and matches[0].score >= THRESHOLD else ""


def unclosed(label: str) -> str:
    """What a label with a bracket that closes behind its gap says: 联系人（电话：＿＿） both words, 我校（学校代码：＿＿） the last."""
    before, bracket, inner = label.rpartition("（")
    if not bracket or "）" in inner or not inner or _known(f"{before}{inner}"):
        return label
    return inner if _known(inner) else label


def _known(words: str, context: Sequence[str] = ()) -> bool:
    """Whether a bracket's words name a field, or a person's detail that is known to be nobody's."""
    vocabulary = school_vocabulary()
    if vocabulary.part_of(read_label(words).key):
        return True
    matches = vocabulary.match(words, context)
    return bool(matches) and matches[0].score >= THRESHOLD
