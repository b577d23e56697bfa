"""## 查什么
同一项申报的同一类佐证材料里，有没有内容完全相同的两个文件。

## 为什么
重复的材料会在同一册里印两遍，也常常意味着本该放的另一份被覆盖或漏放了（指南二（二）2（5）第一条）。

## 例子
提醒：`A01/教师/张某某.jpg` 和 `A01/教师/张某某(1).jpg` 内容相同。

通过：每个文件内容不同。
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.findings import Severity
from docgen.model.case import Case
from docgen.model.records import Application, EvidenceKind
from docgen.model.source import Source

from .base import Answer, Fail, NotApplicable, Rule
from .evidence import is_usable
from .words import quoted


def evidence_twice_in_volume(case: Case, application: Application) -> Iterator[Answer]:
    """Fails pieces of one volume with the same content."""
    found = False
    for kind in EvidenceKind:
        same: dict[str, list[str]] = {}
        for item in case.evidence_of(application, kind):
            found = True
            if item.file is not None and is_usable(item) and item.file.sha256:
                same.setdefault(item.file.sha256, []).append(item.path)
        for paths in same.values():
            if len(paths) > 1:
                where = Source(f"{case.settings.evidence_folder}/{paths[1]}")
                names = quoted(paths)
                what = f"文件{names}登记了 {len(paths)} 次" if len(set(paths)) == 1 else f"{names}内容完全相同"
                yield Fail(f"{kind}佐证材料中，{what}，会重复印出。", where)
    if not found:
        yield NotApplicable("没有佐证材料。")


RULE = Rule(
    id="EVI012",
    title="同一册中没有重复的材料",
    level=Severity.WARNING,
    clause="二（二）2（5）",
    doc=__doc__,
    hint="核对是不是放错了文件，删除多余的一份。",
    check_application=evidence_twice_in_volume,
    by_number=True,
)
