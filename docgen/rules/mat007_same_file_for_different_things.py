"""## 查什么
内容完全相同的文件，有没有用来证明不同的教师（场地、设备）、放进不同的类别，或者不声明共用就用在几项申报里。

放在“公共”文件夹、申报编号写着“全部”或同时写着几个编号的，是声明了共用；证明同一位教师（同一处场地、同一种设备），而这位教师本来就属于这几项申报的，也不算错。同一册里的重复见 EVI012。

## 为什么
指南二（二）2（5）：佐证材料要与申报信息一一对应。同一份材料“证明”两个人，总有一处放错了。

## 例子

提醒：证明张丽华的 `A01/教师/张丽华.jpg` 和证明韦明的 `A02/教师/韦明.jpg` 是同一张照片。

通过：两项申报共用的材料只放一份在 `公共/教师/` 里，或在“佐证材料”工作表的申报编号里写“A01、A02”。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import EvidenceItem, EvidenceKind

from .base import Answer, Fail, NotApplicable, NotEvaluated, Rule
from .evidence import is_usable
from .evidence_texts import page_source
from .reuse import Clash, clash, contradiction, is_same_volume
from .words import quoted


def same_file_for_different_things(case: Case) -> Iterator[Answer]:
    """Fails contents that are used for different things; each content is told once."""
    if not case.evidence:
        yield NotApplicable("没有登记佐证材料。")
    same: dict[str, list[EvidenceItem]] = {}
    unread = []
    for item in case.evidence:
        if item.file is not None and is_usable(item) and item.file.sha256:
            same.setdefault(item.file.sha256, []).append(item)
        elif item.path:
            unread.append(item.path)
    for items in same.values():
        if len(items) > 1:
            yield from _told(case, items)
    if unread:
        paths = list(dict.fromkeys(unread))
        yield NotEvaluated(f"{len(paths)} 个文件不在或不能用，没有比较：{quoted(paths, counted=False)}。")


def _told(case: Case, items: list[EvidenceItem]) -> Iterator[Answer]:
    """The first contradiction among the uses of one content."""
    uses = list({(item.kind, item.subject, item.scope): item for item in reversed(items)}.values())[::-1]
    for number, one in enumerate(uses):
        for other in uses[number + 1 :]:
            found = clash(case, one, other)
            twice = is_same_volume(one, other)  # EVI012 tells of it
            declared = one.path == other.path and found is Clash.APPLICATIONS
            if found is None or twice or declared:
                continue
            paths = list(dict.fromkeys(item.path for item in items))
            what = f"文件“{one.path}”登记了几次" if len(paths) == 1 else f"{quoted(paths)}内容完全相同"
            harmless = found is Clash.KINDS and EvidenceKind.TEACHER not in (one.kind, other.kind)
            message = f"{what}，{contradiction(found, one, other)}。"
            yield Fail(message, page_source(case, other), level=Severity.INFO if harmless else None)
            return


RULE = Rule(
    id="MAT007",
    title="同一份材料没有用来证明不同的事",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对哪一处放错了；确实共用的，放进“公共”文件夹，或在申报编号里写上全部编号。",
    check_school=same_file_for_different_things,
)
