"""Names as people write them → keys under which they meet, and how near two names are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from docgen.model.text import fold

_PREFIX = re.compile(r"^(1\+x|x证书)(证书|:|-)?")
_SUFFIX = re.compile(r"(职业技能等级证书|职业技能等级标准|职业技能等级|职业技能证书|等级证书|证书)$")
_TITLE_MARKS = str.maketrans("", "", "《》〈〉「」")
_BRACKETED = re.compile(r"\(([^()]*)\)")

THRESHOLD = 65.0
"""From this on a name is near (0 to 100).

At 65 two thirds of the characters are shared. Measured on the starter list: slips that people make reach it (老年护理 for
老年照护 75, 电商数据分析 for 电子商务数据分析 86, 网店运营 80), certificates that are merely related stay below
(云计算开发与运维 and 云计算中心运维服务 59, 网络安全运维 and 网络安全渗透测试 57, 宠物护理 and 母婴护理 50).
"""

MOST = 3


def certificate_key(name: str) -> str:
    """The key of a certificate: width, case, spaces, brackets, 1+X before and 职业技能等级证书 behind do not matter."""
    key = fold(name).translate(_TITLE_MARKS)
    return _SUFFIX.sub("", _PREFIX.sub("", key)) or key


def major_key(name: str) -> str:
    """The key of a major: as for certificates, without the word 专业 behind."""
    key = fold(name).translate(_TITLE_MARKS)
    return key.removesuffix("专业") or key


def nearness(asked: str, key: str) -> float:
    """How near two keys are, from 0 to 100.

    The same characters in another order count nearly as much as in the same (云计算开发与平台运维); what stands in
    brackets may be left out or stand alone (建筑信息模型 or BIM for 建筑信息模型(BIM)); a name that is part of the other
    counts as near if it has four characters or more, since shorter ones (汽车) are part of too many.
    """
    score = max(fuzz.ratio(asked, key), 0.95 * fuzz.ratio("".join(sorted(asked)), "".join(sorted(key))))
    if bracketed := _BRACKETED.findall(key):
        if asked in bracketed:
            score = max(score, 90.0)
        score = max(score, 0.99 * fuzz.ratio(_BRACKETED.sub("", asked), _BRACKETED.sub("", key)))
    if min(len(asked), len(key)) >= 4 and (asked in key or key in asked):
        score = max(score, 70.0)
    return score


def nearest(asked: str, candidates: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """At most three names of `candidates` (key, name) that are near to the key `asked`, nearest first."""
    if not asked:
        return ()
    scored = ((nearness(asked, key), name) for key, name in candidates)
    near = sorted((-score, name) for score, name in scored if score >= THRESHOLD)
    return tuple(dict.fromkeys(name for _, name in near))[:MOST]
