"""Words and characters that stand twice by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .slip import Slip, SlipKind

_WORDS = (
    "进行|开展|通过|以及|或者|并且|因此|由于|按照|根据|对于|关于|为了|已经|可以|能够|应当|具有|具备|取得|完成|提升|加强|"
    "推进|促进|落实|制定|参加|成立|建立|采取|坚持|我们|他们|其中|目前|同时|此外|但是|如果|因为|所以|而且|包括|符合|满足|"
    "属于|位于|作为|成为|利用|结合|围绕|立足|确保|保证|做好|形成|实现|开始|充分|积极|认真|严格|逐步|不断|有效|切实|全面|"
    "深入|十分|非常|尤其|特别|必须|务必|即将|曾经|正在|仍然|依然|虽然|尽管|无论|即使|从而|然后|首先|其次|最后|针对|按时|"
    "及时|对照|依据|依托|致力|旨在|用于|有关|相关|各类|各种|学校|学生|教师|证书|专业|课程|设备|企业|实训|考核|申报|学院|院系|系部|部门|人员|负责|统筹|统一|保障|提供|培养|技能|职业|资源|条件|制度|方案|计划|标准|材料|经费|场地|试点|等级"
)
_TWICE = re.compile(rf"(?P<word>{_WORDS})(?P=word)")
_CHARACTERS = re.compile(
    "(?<![目似标端])的的(?!确)|(?<![为除到完算不])了了(?![解如结却然])|(?<![但还就不只可若要凡于总都正才乃硬倒国])是是(?![非否])"
    "|(?<![现存正所实内外潜好自旨])在在|(?<![饱总温共缓柔平调附中])和和(?![美气睦平谐])|(?<![参])与与(?!会)"
    "|(?<![所拥没只具还富含享占持未国私公专])有有(?![效关限机色利些时])|(?<![由关对属至处等])于于|(?<![波涉普以顾提触])及及(?![时格])"
    "|被被|(?<![或])或或(?![或多者])|也也|我我|(?<!合兼吞)并并(?![举行列且])|(?<![给赋授准])予予|我们们|(?<![行认作成因分称以更尤视极改变化人])为为(?![主了期])"
)


def doubled(text: str) -> Iterator[Slip]:
    """的的, 进行进行 and their like; never 人人, 等等, 研究研究, nor what meets across two words (目的的, 现在在)."""
    for match in _TWICE.finditer(text):
        word = match["word"]
        yield Slip(match.start(), match.end(), match.group(), word, SlipKind.DOUBLED, f"“{word}”写了两遍")
    for match in _CHARACTERS.finditer(text):
        found = match.group()
        yield Slip(match.start(), match.end(), found, found[:-1], SlipKind.DOUBLED, f"“{found[-1]}”写了两遍")
